//! Body structures that are not by the book: what the reading of those that are turns to.

use super::body_structure::{body_fld_dsp, body_fld_lang, body_fld_param, istring_or_nil};
use super::envelope::envelope;
use super::envelope_lenient::string_follows;
use super::{
    BodyExtension, BodyStructure, Disposition, Envelope, IString, MultiPart, Parameter, SinglePart,
};
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, at, blanks, digits64, extra_blanks, list_or_nil, nil, nstring, nstring_before,
    number, number64, opt_sp, peek, sp,
};
use crate::quirks::Quirk;

/// A body structure that is not told.
#[cold]
pub(super) fn empty_body<'a>(i: Input<'_>, cx: &Context<'a>) -> PResult<BodyStructure<'a>> {
    // quirk: EmptyBody
    cx.forgive_or(i, Quirk::EmptyBody, Expected::String)?;
    let part = MultiPart {
        parts: &[],
        media_subtype: IString::default(),
        parameters: &[],
        extension: BodyExtension::default(),
    };
    Ok(BodyStructure::Multi(cx.alloc(i, part)?))
}

/// What stands for the structure of a message that is cut short behind its envelope.
#[cold]
pub(super) fn no_body<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<BodyStructure<'a>> {
    if !at(i, b')') {
        sp(i)?;
        if nil(i).is_err() {
            return fail(i, Expected::OpenParen);
        }
    }
    empty_body(i, cx)
}

/// Passes blanks between parts; those in front of the subtype stay.
pub(super) fn skip_part_blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    let mut next = *i;
    while opt_sp(&mut next) {}
    if at(&next, b'(') {
        // quirk: PartBlanks
        cx.forgive_or(i, Quirk::PartBlanks, Expected::String)?;
        *i = next;
    }
    Ok(())
}

/// What stands for a string where none is.
#[cold]
pub(super) fn no_string<'a>(i: Input<'_>, cx: &Context<'_>) -> PResult<IString<'a>> {
    // quirk: NilString
    cx.forgive_or(i, Quirk::NilString, Expected::Space)?;
    Ok(IString::default())
}

/// A string behind too many blanks, or what stands for one where NIL is.
#[cold]
pub(super) fn odd_string<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    if at(i, b' ') {
        extra_blanks(i, cx)?;
        return istring_or_nil(i, cx);
    }
    let start = *i;
    if nil(i).is_err() {
        return fail(i, Expected::String);
    }
    // quirk: NilString
    cx.forgive_or(start, Quirk::NilString, Expected::String)?;
    Ok(IString::default())
}

/// What stands for the lines of a text where no number is.
#[cold]
pub(super) fn no_lines(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    if matches!(**i, [b')', ..] | [b' ', b'"' | b'(', ..]) {
        // quirk: MissingLines
        cx.forgive_or(i, Quirk::MissingLines, Expected::Number)?;
        return Ok(0);
    }
    sp(i)?;
    odd_number(i, cx).map(u64::from)
}

/// A number behind too many blanks, or what stands for one that is not known.
#[cold]
pub(super) fn odd_number(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u32> {
    if at(i, b' ') {
        extra_blanks(i, cx)?;
        if matches!(peek(i), Some(b'0'..=b'9')) {
            return number(i);
        }
    }
    let start = *i;
    if nil(i).is_err() {
        *i = match i.strip_prefix(b"-1") {
            Some(rest) => rest,
            None => return fail(i, Expected::Number),
        };
    }
    // quirk: NilNumber
    cx.forgive_or(start, Quirk::NilNumber, Expected::Number)?;
    Ok(0)
}

/// The fields of a part from `start` on, which may be cut short or have unescaped quotes.
#[cold]
#[inline(never)]
pub(super) fn odd_fields<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
    part: &mut SinglePart<'a>,
) -> PResult<()> {
    let quirks = [Quirk::LargePart, Quirk::ShortPart, Quirk::UnescapedQuote];
    if error.is_final() || !quirks.iter().any(|quirk| cx.allows(*quirk)) {
        return Err(error);
    }
    *i = start;
    // What was noted at the start itself is that there is no subtype.
    cx.unnote_behind(start.get(1..).unwrap_or_default());
    for field in 0..5 {
        if at(i, b')') {
            // quirk: ShortPart
            return cx.forgive_or(i, Quirk::ShortPart, Expected::Space);
        }
        blanks(i, cx)?;
        match field {
            0 => part.parameters = body_fld_param(i, cx)?,
            1 => part.id = nstring_before(i, cx, string_follows)?,
            2 => part.description = nstring_before(i, cx, string_follows)?,
            3 => part.encoding = istring_or_nil(i, cx)?,
            _ => part.octets = odd_octets(i, cx)?,
        }
    }
    Ok(())
}

/// A size, which may be over 32 bits.
fn odd_octets(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u32> {
    if !matches!(peek(i), Some(b'0'..=b'9')) {
        return odd_number(i, cx);
    }
    let start = *i;
    if let Ok(octets) = u32::try_from(digits64(i)?) {
        return Ok(octets);
    }
    // quirk: LargePart
    cx.forgive_or(start, Quirk::LargePart, Expected::NumberInRange)?;
    Ok(u32::MAX)
}

/// Parameters from `start` on, with unescaped quotes in their values.
#[cold]
#[inline(never)]
pub(super) fn odd_parameters<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
) -> PResult<&'a [Parameter<'a>]> {
    if error.is_final() || !cx.allows(Quirk::UnescapedQuote) {
        return Err(error);
    }
    *i = start;
    cx.unnote_behind(start);
    let parameters = list_or_nil(i, cx, |i| {
        let name = istring_or_nil(i, cx)?;
        sp(i)?;
        let before_value = *i;
        let value = match nstring_before(i, cx, parameter_ends)? {
            Some(value) => value,
            None => no_string(before_value, cx)?,
        };
        Ok(Parameter { name, value })
    });
    parameters.map_err(|_| error)
}

/// Whether the next parameter or the end of the list comes next.
fn parameter_ends(i: Input<'_>) -> bool {
    matches!(i, [b')', b' ' | b')', ..] | [b' ', b'"' | b'{', ..])
}

/// The envelope of a `message` part that is not by the book: one of an attached message that is NIL, or
/// one where none is expected.
#[cold]
#[inline(never)]
pub(super) fn odd_message<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    has_message: bool,
) -> PResult<Option<&'a Envelope<'a>>> {
    if !has_message {
        if !i.starts_with(b" (") || !cx.allows(Quirk::ExtraEnvelope) || is_disposition(i, cx) {
            return Ok(None);
        }
        // quirk: ExtraEnvelope
        cx.forgive_or(i, Quirk::ExtraEnvelope, Expected::CloseParen)?;
        sp(i)?;
        return envelope(i, cx).map(Some);
    }
    match i.strip_prefix(b" NIL") {
        Some(rest) if body_follows(rest, cx) => {
            // quirk: NilEnvelope
            cx.forgive_or(i, Quirk::NilEnvelope, Expected::OpenParen)?;
            *i = rest;
            cx.alloc(i, Envelope::default()).map(Some)
        }
        _ => {
            // quirk: BasicMessage
            cx.forgive_or(i, Quirk::BasicMessage, Expected::OpenParen)?;
            Ok(None)
        }
    }
}

/// Whether a structure, or NIL for it and a number of lines come next, and no extension data.
fn body_follows(i: Input<'_>, cx: &Context<'_>) -> bool {
    match i.strip_prefix(b" NIL ") {
        Some(lines) => matches!(peek(&lines), Some(b'0'..=b'9')),
        None => i.starts_with(b" (") && !is_disposition(i, cx),
    }
}

/// Whether a blank and a disposition in parentheses come next.
fn is_disposition(i: Input<'_>, cx: &Context<'_>) -> bool {
    let noted = cx.noted();
    let mut rest = i.get(1..).unwrap_or_default();
    let read = body_fld_dsp(&mut rest, cx);
    cx.unnote(noted);
    read.is_ok()
}

/// The missing blank in front of a subtype.
#[cold]
pub(super) fn no_blank(i: Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if !at(&i, b'"') {
        return fail(i, Expected::Space);
    }
    // quirk: MissingSubtypeBlank
    cx.forgive_or(i, Quirk::MissingSubtypeBlank, Expected::Space)
}

/// Whether a part that begins with this string has no parts.
#[cold]
pub(super) fn is_media_type(first: IString<'_>) -> bool {
    MEDIA_TYPES
        .iter()
        .any(|known| first.eq_ignore_ascii_case(known))
}

/// What comes `behind_fields` where a checksum is expected and something else is.
#[cold]
#[inline(never)]
pub(super) fn odd_md5<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    behind_fields: Input<'a>,
    error: Fail,
) -> PResult<Option<IString<'a>>> {
    *i = behind_fields;
    let value = behind_fields.get(1..).unwrap_or_default();
    match peek(&value) {
        // quirk: MissingMd5
        Some(b'(') if cx.forgive(value, Quirk::MissingMd5) => Ok(None),
        // quirk: ExtraLines
        Some(b'0'..=b'9') if cx.forgive(value, Quirk::ExtraLines) => {
            sp(i)?;
            number64(i, cx)?;
            if opt_sp(i) { nstring(i, cx) } else { Ok(None) }
        }
        _ => Err(error),
    }
}

/// NIL for a disposition, or its kind alone.
#[inline(never)]
pub(super) fn no_disposition<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Option<&'a Disposition<'a>>> {
    let start = *i;
    let Some(kind) = nstring(i, cx)? else {
        return Ok(None);
    };
    if i.starts_with(b" (") && !is_disposition_type(kind) {
        // It may be a language that has changed places.
        return fail(start, Expected::OpenParen);
    }
    bare_disposition(start, cx, kind)
}

fn bare_disposition<'a>(
    i: Input<'_>,
    cx: &Context<'a>,
    kind: IString<'a>,
) -> PResult<Option<&'a Disposition<'a>>> {
    // quirk: BareDisposition
    cx.forgive_or(i, Quirk::BareDisposition, Expected::OpenParen)?;
    let parameters = &[];
    cx.alloc(i, Disposition { kind, parameters }).map(Some)
}

/// A disposition and a language from `start` on that are not by the book: the kind alone in
/// parentheses, or the language first.
#[cold]
#[inline(never)]
pub(super) fn odd_extension<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
) -> PResult<BodyExtension<'a>> {
    let lenient = cx.allows(Quirk::BareDisposition) || cx.allows(Quirk::SwappedDisposition);
    if error.is_final() || !lenient {
        return Err(error);
    }
    *i = start;
    let mut extension = BodyExtension::default();
    let first = body_fld_lang(i, cx)?;
    if let [kind] = first
        && is_disposition_type(*kind)
    {
        extension.disposition = bare_disposition(start, cx, *kind)?;
        if opt_sp(i) {
            extension.language = body_fld_lang(i, cx)?;
        }
    } else {
        // quirk: SwappedDisposition
        cx.forgive_or(start, Quirk::SwappedDisposition, Expected::OpenParen)?;
        extension.language = first;
        // A string is the location: no disposition is told.
        if !i.starts_with(b" \"") && opt_sp(i) {
            extension.disposition = body_fld_dsp(i, cx)?;
        }
    }
    Ok(extension)
}

/// Whether this is surely the kind of a disposition, and no language.
fn is_disposition_type(kind: IString<'_>) -> bool {
    let known = ["ATTACHMENT", "INLINE", "FORM-DATA"];
    known.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

const MEDIA_TYPES: [&str; 8] = [
    "APPLICATION",
    "AUDIO",
    "FONT",
    "IMAGE",
    "MESSAGE",
    "MODEL",
    "TEXT",
    "VIDEO",
];
