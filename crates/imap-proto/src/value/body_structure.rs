//! Body structures.

use super::body_structure_lenient::{
    empty_body, is_media_type, no_blank, no_body, no_disposition, no_lines, no_string,
    odd_extension, odd_fields, odd_md5, odd_message, odd_number, odd_parameters, odd_string,
    skip_part_blanks,
};
use super::{Envelope, IString};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, blanks, close, collect, istring, list_or_nil, nstring, number, number64,
    open, opt_sp, peek, skip_value, sp,
};
use crate::quirks::Quirk;
use crate::value::envelope::envelope;

/// The MIME structure of a message, as far as the server took it apart.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum BodyStructure<'a> {
    /// A part without parts, though a `message/rfc822` has the structure of its message inside.
    Single(&'a SinglePart<'a>),
    /// A `multipart` of some kind.
    Multi(&'a MultiPart<'a>),
}

/// A part without parts.
///
/// `("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 1152 23)` is a text of 1152 octets and 23 lines.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SinglePart<'a> {
    /// The media type: `TEXT`, `IMAGE`, in any case.
    pub media_type: IString<'a>,
    /// The media subtype: `PLAIN`, `PNG`, in any case.
    pub media_subtype: IString<'a>,
    /// The parameters of `Content-Type`.
    pub parameters: &'a [Parameter<'a>],
    /// `Content-ID`.
    pub id: Option<IString<'a>>,
    /// `Content-Description`.
    pub description: Option<IString<'a>>,
    /// `Content-Transfer-Encoding`: `7BIT`, `BASE64`, in any case.
    pub encoding: IString<'a>,
    /// Size in octets, encoded as it is.
    pub octets: u32,
    /// What the media type adds.
    pub kind: PartKind<'a>,
    /// `Content-MD5`; not there in `BODY`.
    pub md5: Option<IString<'a>>,
    /// The rest of the extension data; not there in `BODY`.
    pub extension: BodyExtension<'a>,
}

/// What a body structure has for some media types only.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PartKind<'a> {
    /// Nothing.
    Basic,
    /// A `message/rfc822` or `message/global`; other kinds where a server sends an envelope with them.
    Message {
        /// The envelope of the message inside.
        envelope: &'a Envelope<'a>,
        /// Its structure.
        body: BodyStructure<'a>,
        /// Its size in lines.
        lines: u64,
    },
    /// A `text`.
    Text {
        /// Its size in lines, encoded as it is.
        lines: u64,
    },
}

/// Some parts together.
///
/// `((...)(...) "MIXED" ("BOUNDARY" "x") NIL NIL NIL)` has two parts and the subtype `MIXED`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MultiPart<'a> {
    /// The parts, at least one where the server is by the book.
    pub parts: &'a [BodyStructure<'a>],
    /// `MIXED`, `ALTERNATIVE` and so on, in any case.
    pub media_subtype: IString<'a>,
    /// The parameters of `Content-Type`; not there in `BODY`.
    pub parameters: &'a [Parameter<'a>],
    /// The rest of the extension data; not there in `BODY`.
    pub extension: BodyExtension<'a>,
}

/// Extension data of a part: only in `BODYSTRUCTURE`, and there a server may leave off the end.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct BodyExtension<'a> {
    /// `Content-Disposition`.
    pub disposition: Option<&'a Disposition<'a>>,
    /// `Content-Language`.
    pub language: &'a [IString<'a>],
    /// `Content-Location`.
    pub location: Option<IString<'a>>,
}

/// A `Content-Disposition`: `("ATTACHMENT" ("FILENAME" "x.pdf"))`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Disposition<'a> {
    /// `INLINE`, `ATTACHMENT`, in any case.
    pub kind: IString<'a>,
    /// The parameters, such as `FILENAME`.
    pub parameters: &'a [Parameter<'a>],
}

/// A parameter of a MIME header field, undecoded: `"CHARSET" "utf-8"`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Parameter<'a> {
    /// The name, in any case.
    pub name: IString<'a>,
    /// The value.
    pub value: IString<'a>,
}

/// A body structure, with or without extension data.
///
/// ```abnf
/// body = "(" (body-type-1part / body-type-mpart) ")"
/// ```
pub(crate) fn body<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BodyStructure<'a>> {
    nested_body(i, cx, cx.max_depth())
}

/// A body structure not deeper than `depth` levels.
///
/// This function and those between it and itself hold little: what takes room returns before.
fn nested_body<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<BodyStructure<'a>> {
    let Some(depth) = depth.checked_sub(1) else {
        return fail(i, Expected::LessNesting);
    };
    open(i)?;
    let body = match peek(i) {
        Some(b'(' | b' ') => multi_part(i, cx, depth)?,
        Some(b')') => empty_body(i, cx)?,
        _ => single_part(i, cx, depth)?,
    };
    close(i)?;
    Ok(body)
}

/// Several parts.
///
/// ```abnf
/// body-type-mpart = 1*body SP media-subtype [SP body-ext-mpart]
/// body-ext-mpart  = body-fld-param [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc
///                   *(SP body-extension)]]]
/// ```
#[inline]
fn multi_part<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<BodyStructure<'a>> {
    let start = *i;
    let parts = collect(i, cx, |i, _| {
        if at(i, b' ') {
            skip_part_blanks(i, cx)?;
        }
        if at(i, b'(') {
            nested_body(i, cx, depth).map(Some)
        } else {
            Ok(None)
        }
    })?;
    multi_part_end(i, cx, start, parts)
}

/// What follows the parts, which begin at `start`.
#[inline]
fn multi_part_end<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    parts: &'a [BodyStructure<'a>],
) -> PResult<BodyStructure<'a>> {
    if parts.is_empty() {
        // quirk: ChildlessMultipart
        cx.forgive_or(start, Quirk::ChildlessMultipart, Expected::String)?;
    }
    let media_subtype = if at(i, b')') {
        no_string(i, cx)?
    } else {
        if !opt_sp(i) {
            no_blank(i, cx)?;
        }
        istring_or_nil(i, cx)?
    };
    multi_part_extension(i, cx, parts, media_subtype)
}

/// `[SP body-ext-mpart]`, which ends a part with these parts and this subtype.
#[inline]
fn multi_part_extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    parts: &'a [BodyStructure<'a>],
    media_subtype: IString<'a>,
) -> PResult<BodyStructure<'a>> {
    let (mut parameters, mut extension) = (&[][..], BodyExtension::default());
    if opt_sp(i) {
        parameters = body_fld_param(i, cx)?;
        extension = body_ext(i, cx)?;
    }
    let part = MultiPart {
        parts,
        media_subtype,
        parameters,
        extension,
    };
    Ok(BodyStructure::Multi(cx.alloc(i, part)?))
}

/// One part.
///
/// ```abnf
/// body-type-1part = (body-type-basic / body-type-msg / body-type-text) [SP body-ext-1part]
/// body-type-basic = media-basic SP body-fields
/// body-type-msg   = media-message SP body-fields SP envelope SP body SP body-fld-lines
/// body-type-text  = media-text SP body-fields SP body-fld-lines
/// body-ext-1part  = body-fld-md5 [SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc
///                   *(SP body-extension)]]]
/// ```
#[inline]
fn single_part<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<BodyStructure<'a>> {
    let mut part = UNREAD;
    if let Some(body) = body_fields(i, cx, &mut part)? {
        return Ok(body);
    }
    if let Some(envelope) = part_kind(i, cx, &mut part)? {
        part.kind = message(i, cx, envelope, depth)?;
    }
    single_part_end(i, cx, &mut part)
}

/// The media type, and `body-fields`; or all of a multipart whose parts are missing.
#[inline]
fn body_fields<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    part: &mut SinglePart<'a>,
) -> PResult<Option<BodyStructure<'a>>> {
    part.media_type = istring_or_nil(i, cx)?;
    part.media_subtype = if at(i, b')') || i.starts_with(b" (") {
        if !is_media_type(part.media_type) {
            return childless_multipart(i, cx, part.media_type).map(Some);
        }
        no_string(i, cx)?
    } else {
        sp(i)?;
        istring_or_nil(i, cx)?
    };
    let behind_subtype = *i;
    if let Err(error) = common_fields(i, cx, part) {
        odd_fields(i, cx, behind_subtype, error, part)?;
    }
    Ok(None)
}

/// ```abnf
/// body-fields = body-fld-param SP body-fld-id SP body-fld-desc SP body-fld-enc SP body-fld-octets
/// ```
#[inline]
fn common_fields<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    part: &mut SinglePart<'a>,
) -> PResult<()> {
    blanks(i, cx)?;
    part.parameters = body_fld_param(i, cx)?;
    blanks(i, cx)?;
    part.id = nstring(i, cx)?;
    blanks(i, cx)?;
    part.description = nstring(i, cx)?;
    sp(i)?;
    part.encoding = istring_or_nil(i, cx)?;
    sp(i)?;
    part.octets = if matches!(peek(i), Some(b'0'..=b'9')) {
        number(i)?
    } else {
        odd_number(i, cx)?
    };
    Ok(())
}

/// What the media type adds, or the first of it: the envelope of a message.
#[inline]
fn part_kind<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    part: &mut SinglePart<'a>,
) -> PResult<Option<&'a Envelope<'a>>> {
    let SinglePart {
        media_type,
        media_subtype,
        ..
    } = part;
    if media_type.eq_ignore_ascii_case("TEXT") {
        let lines = lines(i, cx)?;
        part.kind = PartKind::Text { lines };
        return Ok(None);
    }
    if !media_type.eq_ignore_ascii_case("MESSAGE") {
        return Ok(None);
    }
    let has_message = media_subtype.eq_ignore_ascii_case("RFC822")
        || media_subtype.eq_ignore_ascii_case("GLOBAL");
    if !has_message || !i.starts_with(b" (") {
        return odd_message(i, cx, has_message);
    }
    sp(i)?;
    envelope(i, cx).map(Some)
}

/// What follows the envelope of a message: `SP body SP body-fld-lines`.
#[inline]
fn message<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    envelope: &'a Envelope<'a>,
    depth: u8,
) -> PResult<PartKind<'a>> {
    let body = if i.starts_with(b" (") {
        sp(i)?;
        nested_body(i, cx, depth)?
    } else {
        no_body(i, cx)?
    };
    Ok(PartKind::Message {
        envelope,
        body,
        lines: lines(i, cx)?,
    })
}

/// `[SP body-ext-1part]`, which ends a part.
#[inline]
fn single_part_end<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    part: &mut SinglePart<'a>,
) -> PResult<BodyStructure<'a>> {
    let behind_fields = *i;
    if opt_sp(i) {
        part.md5 = match nstring(i, cx) {
            Ok(md5) => md5,
            Err(error) => odd_md5(i, cx, behind_fields, error)?,
        };
        part.extension = body_ext(i, cx)?;
    }
    Ok(BodyStructure::Single(cx.alloc(i, *part)?))
}

/// `SP body-fld-lines`
#[cfg_attr(not(debug_assertions), inline(always))]
fn lines(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    match **i {
        [b' ', b'0'..=b'9', ..] => {
            sp(i)?;
            number64(i, cx)
        }
        _ => no_lines(i, cx),
    }
}

/// A string that has to be there.
#[inline(always)]
pub(super) fn istring_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    if matches!(peek(i), Some(b' ' | b'N' | b'n')) {
        odd_string(i, cx)
    } else {
        istring(i, cx)
    }
}

/// What follows the subtype of a multipart whose parts are missing, as in
/// `("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)`.
#[cold]
fn childless_multipart<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    media_subtype: IString<'a>,
) -> PResult<BodyStructure<'a>> {
    // quirk: ChildlessMultipart
    cx.forgive_or(i, Quirk::ChildlessMultipart, Expected::Space)?;
    multi_part_extension(i, cx, &[], media_subtype)
}

/// `body-fld-param = "(" string SP string *(SP string SP string) ")" / nil`
#[inline(never)]
pub(super) fn body_fld_param<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [Parameter<'a>]> {
    let start = *i;
    let parameters = list_or_nil(i, cx, |i| {
        let name = istring_or_nil(i, cx)?;
        let value = if opt_sp(i) {
            istring_or_nil(i, cx)?
        } else {
            no_string(i, cx)?
        };
        Ok(Parameter { name, value })
    });
    match parameters {
        Err(error) => odd_parameters(i, cx, start, error),
        parameters => parameters,
    }
}

/// `[SP body-fld-dsp [SP body-fld-lang [SP body-fld-loc *(SP body-extension)]]]`
#[inline]
fn body_ext<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BodyExtension<'a>> {
    if !opt_sp(i) {
        return Ok(BodyExtension::default());
    }
    let start = *i;
    let mut extension = match disposition_and_language(i, cx) {
        Ok(extension) => extension,
        Err(error) => odd_extension(i, cx, start, error)?,
    };
    if opt_sp(i) {
        extension.location = nstring(i, cx)?;
        // RFC 9051 7.5.2: extension data of the future is to be passed over.
        while opt_sp(i) {
            skip_value(i, cx)?;
        }
    }
    Ok(extension)
}

/// `body-fld-dsp [SP body-fld-lang]`
#[inline(always)]
fn disposition_and_language<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BodyExtension<'a>> {
    let mut extension = BodyExtension {
        disposition: body_fld_dsp(i, cx)?,
        ..BodyExtension::default()
    };
    if opt_sp(i) {
        extension.language = body_fld_lang(i, cx)?;
    }
    Ok(extension)
}

/// `body-fld-dsp = "(" string SP body-fld-param ")" / nil`
#[inline]
pub(super) fn body_fld_dsp<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Option<&'a Disposition<'a>>> {
    if !at(i, b'(') {
        return no_disposition(i, cx);
    }
    open(i)?;
    let kind = istring_or_nil(i, cx)?;
    sp(i)?;
    let parameters = body_fld_param(i, cx)?;
    close(i)?;
    cx.alloc(i, Disposition { kind, parameters }).map(Some)
}

/// `body-fld-lang = nstring / "(" string *(SP string) ")"`
#[inline]
pub(super) fn body_fld_lang<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    if at(i, b'(') {
        return list_or_nil(i, cx, |i| istring_or_nil(i, cx));
    }
    match nstring(i, cx)? {
        Some(language) => cx.alloc(i, language).map(core::slice::from_ref),
        None => Ok(&[]),
    }
}

/// A part of which nothing is read yet.
const UNREAD: SinglePart<'static> = SinglePart {
    media_type: IString(b""),
    media_subtype: IString(b""),
    parameters: &[],
    id: None,
    description: None,
    encoding: IString(b""),
    octets: 0,
    kind: PartKind::Basic,
    md5: None,
    extension: BodyExtension {
        disposition: None,
        language: &[],
        location: None,
    },
};
