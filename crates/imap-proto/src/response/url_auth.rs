//! GENURLAUTH and URLFETCH responses, and the response code URLMECH.

use crate::command::UrlItemName;
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, atom, close, collect, exact_word, nstring, nstring8, open, opt,
    opt_sp, run, skip_value, sp, sp_separated,
};
use crate::quirks::Quirk;
use crate::value::base64::base64;
use crate::value::body_structure::body;
use crate::value::url_mechanism::mechanism;
use crate::value::{Base64, BodyStructure, IString, Malformed, OtherItem, UrlMechanism};

/// What a URL stands for: one of those in a URLFETCH response.
///
/// `S: * URLFETCH "imap://joe@example.com/INBOX/;uid=20/;section=1.2" "Si vis pacem"` has one.
///
/// [RFC 4467 section 6.4](https://www.rfc-editor.org/rfc/rfc4467#section-6.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UrlContents<'a> {
    /// The URL.
    pub url: IString<'a>,
    /// What it stands for.
    pub data: UrlData<'a>,
}

/// The data that a URL stands for.
///
/// [RFC 5524 section 3.2](https://www.rfc-editor.org/rfc/rfc5524#section-3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum UrlData<'a> {
    /// What was asked for of it, RFC 5524; at least one item.
    Items(&'a [UrlItem<'a>]),
    /// The octets; `NIL` where the URL stands for nothing, or must not be used.
    Octets(Option<IString<'a>>),
}

/// Something that was asked for of a URL.
///
/// `S: * URLFETCH imap://x (BODYPARTSTRUCTURE ("IMAGE" "PNG" NIL NIL NIL "BINARY" 3)) (BINARY {3}` has
/// two.
///
/// [RFC 5524 section 3.2](https://www.rfc-editor.org/rfc/rfc5524#section-3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UrlItem<'a> {
    /// `BINARY`: the octets without transfer encoding; `NIL` where that cannot be decoded.
    Binary(Option<IString<'a>>),
    /// `BODY`: the octets as they are.
    Body(Option<IString<'a>>),
    /// `BODYPARTSTRUCTURE`: what kind of part it is.
    BodyPartStructure(BodyStructure<'a>),
    /// An item that is not known.
    Other(&'a OtherItem<'a>),
    /// A known item whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// A mechanism that authorizes URLs, and data that it needs, such as a public key.
///
/// `S: * OK [URLMECH INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==] done` has one beside `INTERNAL`.
///
/// [RFC 4467 section 7](https://www.rfc-editor.org/rfc/rfc4467#section-7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UrlMechanismData<'a> {
    /// The mechanism.
    pub mechanism: UrlMechanism<'a>,
    /// Its data.
    pub data: Option<Base64<'a>>,
}

/// `genurlauth-data = "GENURLAUTH" 1*(SP url-full)`, without the name; RFC 4467
pub(super) fn genurlauth_data<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [IString<'a>]> {
    cx.set_rule("GENURLAUTH response");
    let start = *i;
    match sp_separated(i, cx, |i| astring(i, cx))? {
        [] => fail(start, Expected::StringOrAtom),
        urls => Ok(urls),
    }
}

/// What follows the word URLFETCH.
///
/// ```abnf
/// urlfetch-data  = "*" SP "URLFETCH" 1*(SP (urldata-simple / urldata-ext / urldata-error)) ; RFC 5524
/// urldata-error  = url-full SP nil
/// urldata-simple = url-full SP nstring
/// urldata-ext    = url-full url-metadata
/// url-metadata   = 1*(SP "(" url-metadata-el ")")
/// ```
pub(super) fn urlfetch_data<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [UrlContents<'a>]> {
    cx.set_rule("URLFETCH response");
    let start = *i;
    let urls = sp_separated(i, cx, |i| {
        let url = astring(i, cx)?;
        let data = if i.starts_with(b" (") {
            UrlData::Items(url_metadata(i, cx)?)
        } else {
            sp(i)?;
            UrlData::Octets(nstring(i, cx)?)
        };
        Ok(UrlContents { url, data })
    })?;
    if urls.is_empty() {
        return fail(start, Expected::StringOrAtom);
    }
    Ok(urls)
}

/// `url-metadata`
fn url_metadata<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [UrlItem<'a>]> {
    collect(i, cx, |i, _| {
        if !i.starts_with(b" (") {
            return Ok(None);
        }
        sp(i)?;
        let start = *i;
        match url_metadata_el(i, cx) {
            Ok(Some(item)) => Ok(Some(item)),
            Ok(None) => {
                *i = start;
                other_el(i, cx).map(Some)
            }
            Err(error) => {
                *i = start;
                malformed_el(i, cx, error).map(Some)
            }
        }
    })
}

/// An item with its parentheses, unless its name is not known.
///
/// ```abnf
/// url-metadata-el     = url-meta-bodystruct / url-meta-body / url-meta-binary
/// url-meta-bodystruct = "BODYPARTSTRUCTURE" SP body
/// url-meta-binary     = "BINARY" SP (nstring / literal8)
/// url-meta-body       = "BODY" SP nstring
/// ```
fn url_metadata_el<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<UrlItem<'a>>> {
    open(i)?;
    let name = UrlItemName::from(atom(i)?);
    if let UrlItemName::Other(_) = name {
        return Ok(None);
    }
    sp(i)?;
    let item = match name {
        UrlItemName::Binary => UrlItem::Binary(nstring8(i, cx)?),
        UrlItemName::Body => UrlItem::Body(nstring(i, cx)?),
        UrlItemName::BodyPartStructure => UrlItem::BodyPartStructure(body(i, cx)?),
        UrlItemName::Other(_) => return Ok(None),
    };
    close(i)?;
    Ok(Some(item))
}

/// An item that is not known.
fn other_el<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<UrlItem<'a>> {
    let (name, value) = kept_el(i, cx)?;
    cx.alloc(i, OtherItem { name, value }).map(UrlItem::Other)
}

/// An item that cannot be read.
#[cold]
fn malformed_el<'a>(i: &mut Input<'a>, cx: &Context<'a>, error: Fail) -> PResult<UrlItem<'a>> {
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(i, Quirk::MalformedItem) {
        return Err(error);
    }
    let start = *i;
    let (name, value) = kept_el(i, cx)?;
    let value_start = start.get(1 + name.len()..).unwrap_or_default();
    let value_start = value_start.strip_prefix(b" ").unwrap_or(value_start);
    let error = error.locate(value_start, "URLFETCH item");
    cx.alloc(i, Malformed { name, value, error })
        .map(UrlItem::Malformed)
}

/// The name and the value of an item in parentheses, as they came.
fn kept_el<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<(&'a [u8], &'a [u8])> {
    let list = skip_value(i, cx)?;
    let mut inside = list.strip_prefix(b"(").unwrap_or(list);
    inside = inside.strip_suffix(b")").unwrap_or(inside);
    let name = run(&mut inside, imap_util::is_atom_char);
    Ok((name, inside.strip_prefix(b" ").unwrap_or(inside)))
}

/// What follows the word URLMECH and its blank: the mechanisms beside INTERNAL.
///
/// ```abnf
/// "URLMECH" SP "INTERNAL" *(SP mechanism ["=" base64])   ; RFC 4467
/// ```
pub(super) fn urlmech<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [UrlMechanismData<'a>]> {
    exact_word(i, "INTERNAL")?;
    collect(i, cx, |i, _| {
        if !opt_sp(i) {
            return Ok(None);
        }
        let mechanism = mechanism(i)?;
        let data = if opt(i, b'=') { Some(base64(i)?) } else { None };
        Ok(Some(UrlMechanismData { mechanism, data }))
    })
}
