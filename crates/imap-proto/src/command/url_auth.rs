//! GENURLAUTH, RESETKEY and URLFETCH.

use imap_util::Atom;

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, at, atom, close, collect, fold, open, opt_sp, sp};
use crate::value::mailbox::mailbox;
use crate::value::url_mechanism::mechanism;
use crate::value::{IString, Mailbox, UrlMechanism};

/// `GENURLAUTH`: make URLs that others can use to fetch a part of a message.
///
/// [RFC 4467 section 6.1](https://www.rfc-editor.org/rfc/rfc4467#section-6.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GenUrlAuth<'a> {
    /// The URLs without their authorization; at least one.
    pub urls: &'a [UrlRump<'a>],
}

/// A URL that lacks its authorization, and how it gets one.
///
/// [RFC 4467 section 6.1](https://www.rfc-editor.org/rfc/rfc4467#section-6.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UrlRump<'a> {
    /// The URL, which ends behind `;URLAUTH=` and who may use it.
    pub url: IString<'a>,
    /// How it is authorized.
    pub mechanism: UrlMechanism<'a>,
}

/// `RESETKEY`: revoke the URLs that were made for a mailbox, or for all.
///
/// [RFC 4467 section 6.2](https://www.rfc-editor.org/rfc/rfc4467#section-6.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ResetKey<'a> {
    /// Which mailbox; all of the user's if nothing is said.
    pub mailbox: Option<Mailbox<'a>>,
    /// Which mechanisms; all if none are named. Needs a mailbox.
    pub mechanisms: &'a [UrlMechanism<'a>],
}

/// `URLFETCH`: get what URLs stand for.
///
/// [RFC 4467 section 6.3](https://www.rfc-editor.org/rfc/rfc4467#section-6.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UrlFetch<'a> {
    /// The URLs; at least one.
    pub urls: &'a [UrlRequest<'a>],
}

/// A URL, and what of it is wanted.
///
/// `C: A001 URLFETCH ("imap://joe@example.com/INBOX/;uid=20/;section=1.2" BINARY)` has one with one item.
///
/// [RFC 5524 section 3.1](https://www.rfc-editor.org/rfc/rfc5524#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UrlRequest<'a> {
    /// The URL.
    pub url: IString<'a>,
    /// What of it, RFC 5524; its octets, told in the form of RFC 4467, if nothing is said.
    pub items: &'a [UrlItemName<'a>],
}

/// What of a URL is wanted.
///
/// [RFC 5524 section 3.1](https://www.rfc-editor.org/rfc/rfc5524#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum UrlItemName<'a> {
    /// `BINARY`: the octets without transfer encoding.
    Binary,
    /// `BODY`: the octets as they are.
    Body,
    /// `BODYPARTSTRUCTURE`: what kind of part it is.
    BodyPartStructure,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> UrlItemName<'a> {
    /// The name.
    pub const fn as_str(&self) -> &'a str {
        match self {
            Self::Binary => "BINARY",
            Self::Body => "BODY",
            Self::BodyPartStructure => "BODYPARTSTRUCTURE",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl<'a> From<Atom<'a>> for UrlItemName<'a> {
    fn from(name: Atom<'a>) -> Self {
        fold(name.as_bytes(), item_name).unwrap_or(Self::Other(name))
    }
}

fn item_name(name: &[u8]) -> Option<UrlItemName<'static>> {
    Some(match name {
        b"BINARY" => UrlItemName::Binary,
        b"BODY" => UrlItemName::Body,
        b"BODYPARTSTRUCTURE" => UrlItemName::BodyPartStructure,
        _ => return None,
    })
}

/// `genurlauth = "GENURLAUTH" 1*(SP url-rump SP mechanism)`, RFC 4467, the first blank being taken.
pub(super) fn gen_url_auth<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GenUrlAuth<'a>> {
    cx.set_rule("GENURLAUTH command");
    let urls = blank_separated(i, cx, |i| {
        let url = astring(i, cx)?;
        sp(i)?;
        let mechanism = mechanism(i)?;
        Ok(UrlRump { url, mechanism })
    })?;
    Ok(GenUrlAuth { urls })
}

/// `resetkey = "RESETKEY" [SP mailbox *(SP mechanism)]`, RFC 4467
pub(super) fn reset_key<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ResetKey<'a>> {
    cx.set_rule("RESETKEY command");
    let mut key = ResetKey {
        mailbox: None,
        mechanisms: &[],
    };
    if more(i) {
        sp(i)?;
        key.mailbox = Some(mailbox(i, cx)?);
        key.mechanisms = collect(i, cx, |i, _| {
            if !more(i) {
                return Ok(None);
            }
            sp(i)?;
            mechanism(i).map(Some)
        })?;
    }
    Ok(key)
}

/// What follows the word URLFETCH and its blank.
///
/// ```abnf
/// urlfetch         = "URLFETCH" 1*(SP url-fetch-arg)              ; RFC 5524
/// url-fetch-arg    = url-fetch-simple / url-fetch-ext
/// url-fetch-simple = url-full
/// url-fetch-ext    = "(" url-full *(SP url-fetch-param) ")"
/// ```
pub(super) fn url_fetch<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<UrlFetch<'a>> {
    cx.set_rule("URLFETCH command");
    let urls = blank_separated(i, cx, |i| {
        if !at(i, b'(') {
            let (url, items) = (astring(i, cx)?, &[][..]);
            return Ok(UrlRequest { url, items });
        }
        open(i)?;
        let url = astring(i, cx)?;
        let items = collect(i, cx, |i, _| {
            if !opt_sp(i) {
                return Ok(None);
            }
            atom(i).map(|name| Some(name.into()))
        })?;
        close(i)?;
        Ok(UrlRequest { url, items })
    })?;
    Ok(UrlFetch { urls })
}

/// `element *(SP element)`, up to blanks that end the line.
fn blank_separated<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    mut element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    collect(i, cx, |i, first| {
        if !first {
            if !more(i) {
                return Ok(None);
            }
            sp(i)?;
        }
        element(i).map(Some)
    })
}

/// Whether another argument follows: blanks in front of the end of the line are for what reads that.
fn more(i: &Input<'_>) -> bool {
    matches!(**i, [b' ', next, ..] if !matches!(next, b' ' | b'\t' | b'\r' | b'\n'))
}
