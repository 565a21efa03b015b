//! Message data items that a FETCH response has.

use imap_util::{Flag, InternalDate, is_atom_char};

use super::body_structure::body;
use super::envelope::envelope_item;
use super::flag::{FlagPlace, flag_list};
use super::label::labels_or_nil;
use super::object_id::object_id_in_parens;
use super::preview::preview;
use super::section::{section, section_binary};
use super::{BodyStructure, Envelope, IString, Malformed, ObjectId, OtherItem, Part, Section, Uid};
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, at, behind, byte, close, digits64, fold, istring, mod_sequence_value, nil,
    non_zero, nstring, nstring8, number, number64, open, opt, opt_sp, peek, run, skip_broken_item,
    skip_item, skip_to_last_paren, skip_value, sp, taken,
};
use crate::quirks::Quirk;

/// An item of a FETCH response.
///
/// `S: * 1 FETCH (UID 7 FLAGS (\Seen))` has two.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FetchItem<'a> {
    /// `BINARY[part]`: contents without their transfer encoding, RFC 3516.
    Binary(&'a BinarySection<'a>),
    /// `BINARY.SIZE[part]`: their size, RFC 3516.
    BinarySize(&'a BinarySize<'a>),
    /// `BODY`: the structure without extension data.
    Body(BodyStructure<'a>),
    /// `BODY[section]`: contents.
    BodySection(&'a BodySection<'a>),
    /// `BODYSTRUCTURE`: the structure.
    BodyStructure(BodyStructure<'a>),
    /// `EMAILID`: what is the same for all copies of a message,
    /// [RFC 8474 section 5.1](https://www.rfc-editor.org/rfc/rfc8474#section-5.1).
    EmailId(ObjectId<'a>),
    /// `ENVELOPE`.
    Envelope(&'a Envelope<'a>),
    /// `FLAGS`: all flags that are set.
    Flags(&'a [Flag<'a>]),
    /// `INTERNALDATE`: when the message arrived.
    InternalDate(InternalDate),
    /// `MODSEQ`: the modification sequence,
    /// [RFC 7162 section 3.1.4.2](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4.2).
    ModSeq(u64),
    /// `PREVIEW`: the beginning of the text; `NIL` where the server has not made one,
    /// [RFC 8970](https://www.rfc-editor.org/rfc/rfc8970).
    Preview(Option<IString<'a>>),
    /// `RFC822`: the whole message.
    Rfc822(Option<IString<'a>>),
    /// `RFC822.HEADER`: the header.
    Rfc822Header(Option<IString<'a>>),
    /// `RFC822.SIZE`: the size of the message in octets.
    Rfc822Size(u64),
    /// `RFC822.TEXT`: the body.
    Rfc822Text(Option<IString<'a>>),
    /// `SAVEDATE`: when the message came into the mailbox; `NIL` where the server does not know,
    /// [RFC 8514](https://www.rfc-editor.org/rfc/rfc8514).
    SaveDate(Option<&'a InternalDate>),
    /// `THREADID`: what is the same for all messages of a thread; `NIL` where the server has none,
    /// [RFC 8474 section 5.2](https://www.rfc-editor.org/rfc/rfc8474#section-5.2).
    ThreadId(Option<ObjectId<'a>>),
    /// `UID`.
    Uid(Uid),
    /// `X-GM-LABELS`: the labels that Gmail shows, those of the system with their backslash.
    XGmLabels(&'a [IString<'a>]),
    /// `X-GM-MSGID`: the number of the message at Gmail.
    XGmMsgId(u64),
    /// `X-GM-THRID`: the number of the thread at Gmail.
    XGmThrId(u64),
    /// An item that is not known.
    Other(&'a OtherItem<'a>),
    /// A known item whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// Contents of a message or of a part of it: `BODY[section]<origin> data`.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BodySection<'a> {
    /// What of the message.
    pub section: Section<'a>,
    /// The 0-based octet that the data begin with, where a range was asked for.
    pub origin: Option<u32>,
    /// The octets; `NIL` where there is no such part.
    pub data: Option<IString<'a>>,
}

/// A part of a message without its transfer encoding: `BINARY[part]<origin> data`.
///
/// `S: * 3 FETCH (BINARY[1.2] ~{3}CRLF a NUL b)` has three octets of the part 1.2.
///
/// [RFC 3516 section 4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BinarySection<'a> {
    /// Which part; the whole message if it is empty.
    pub part: Part<'a>,
    /// The 0-based octet that the data begin with, where a range was asked for.
    pub origin: Option<u32>,
    /// The octets; `NIL` where there is no such part.
    pub data: Option<IString<'a>>,
}

/// How large a part of a message is without its transfer encoding: `BINARY.SIZE[part] octets`.
///
/// [RFC 3516 section 4.2](https://www.rfc-editor.org/rfc/rfc3516#section-4.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BinarySize<'a> {
    /// Which part; the whole message if it is empty.
    pub part: Part<'a>,
    /// The size in octets.
    pub octets: u64,
}

#[derive(Clone, Copy)]
enum Name {
    Rare(Rare),
    Body,
    BodyStructure,
    Envelope,
    Flags,
    InternalDate,
    Rfc822,
    Rfc822Header,
    Rfc822Size,
    Rfc822Text,
    Uid,
}

/// Items of extensions.
#[derive(Clone, Copy)]
enum Rare {
    Binary,
    BinarySize,
    EmailId,
    ModSeq,
    Preview,
    SaveDate,
    ThreadId,
    XGmLabels,
    XGmMsgId,
    XGmThrId,
}

#[inline(always)]
fn name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"UID" => Name::Uid,
        b"FLAGS" => Name::Flags,
        b"BODY" => Name::Body,
        b"ENVELOPE" => Name::Envelope,
        b"RFC822.SIZE" => Name::Rfc822Size,
        b"INTERNALDATE" => Name::InternalDate,
        b"BODYSTRUCTURE" => Name::BodyStructure,
        b"RFC822" => Name::Rfc822,
        b"RFC822.HEADER" => Name::Rfc822Header,
        b"RFC822.TEXT" => Name::Rfc822Text,
        b"MODSEQ" => Name::Rare(Rare::ModSeq),
        b"BINARY" => Name::Rare(Rare::Binary),
        b"BINARY.SIZE" => Name::Rare(Rare::BinarySize),
        b"EMAILID" => Name::Rare(Rare::EmailId),
        b"PREVIEW" => Name::Rare(Rare::Preview),
        b"SAVEDATE" => Name::Rare(Rare::SaveDate),
        b"THREADID" => Name::Rare(Rare::ThreadId),
        b"X-GM-LABELS" => Name::Rare(Rare::XGmLabels),
        b"X-GM-MSGID" => Name::Rare(Rare::XGmMsgId),
        b"X-GM-THRID" => Name::Rare(Rare::XGmThrId),
        _ => return None,
    })
}

/// The names that most items have, with what follows.
#[inline(always)]
fn usual_name<'a>(i: &Input<'a>) -> Option<(Name, Input<'a>)> {
    Some(match peek(i)? {
        b'U' => (Name::Uid, behind(i, b"UID")?),
        b'F' => (Name::Flags, behind(i, b"FLAGS")?),
        b'E' => (Name::Envelope, behind(i, b"ENVELOPE")?),
        b'R' => (Name::Rfc822Size, behind(i, b"RFC822.SIZE")?),
        b'I' => (Name::InternalDate, behind(i, b"INTERNALDATE")?),
        b'B' => match i.strip_prefix(b"BODY")? {
            rest @ [b'[', ..] => (Name::Body, rest),
            rest => (Name::BodyStructure, behind(&rest, b"STRUCTURE")?),
        },
        _ => return None,
    })
}

/// The octets of an item's name, without a section.
#[inline(always)]
pub(super) fn item_word<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
    let in_name = |b: u8| is_atom_char(b) && !matches!(b, b'<' | b'[');
    match run(i, in_name) {
        [] => fail(i, Expected::Keyword),
        name => Ok(name),
    }
}

/// One item of a FETCH response.
///
/// ```abnf
/// msg-att-dynamic = "FLAGS" SP "(" [flag-fetch *(SP flag-fetch)] ")"
/// msg-att-static  = "ENVELOPE" SP envelope / "INTERNALDATE" SP date-time /
///                   "RFC822" [".HEADER" / ".TEXT"] SP nstring / "RFC822.SIZE" SP number64 /
///                   "BODY" ["STRUCTURE"] SP body / "BODY" section ["<" number ">"] SP nstring /
///                   "UID" SP uniqueid
/// msg-att-static  =/ "BINARY" section-binary SP (nstring / literal8) /
///                   "BINARY.SIZE" section-binary SP number   ; RFC 3516
/// msg-att-dynamic =/ "MODSEQ" SP "(" mod-sequence-value ")"   ; RFC 7162
/// msg-att-static  =/ "EMAILID" SP "(" objectid ")" /
///                   "THREADID" SP ("(" objectid ")" / nil)   ; RFC 8474
/// msg-att-static  =/ "SAVEDATE" SP (date-time / nil)   ; RFC 8514
/// msg-att-dynamic =/ "PREVIEW" SP nstring   ; RFC 8970
/// ```
#[inline(always)]
pub(crate) fn msg_att<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchItem<'a>> {
    let start = *i;
    let known = match usual_name(i) {
        Some((name, rest)) => {
            *i = rest;
            Ok(Some(name))
        }
        None => item_word(i).map(|word| fold(word, name)),
    };
    // Items are returned at once, since moving them first takes longer than to read them.
    let error = match known {
        Ok(Some(name)) => match value(i, cx, name) {
            Ok(item) if is_item_end(i) => return Ok(item),
            result => result.err(),
        },
        Ok(None) => match other_item(i, cx, start) {
            Ok(item) if is_item_end(i) => return Ok(item),
            result => result.err(),
        },
        Err(error) => Some(error),
    };
    malformed_item(i, cx, start, error)
}

/// Behind a value that was read to its end stands a blank or the end of the list.
#[inline(always)]
fn is_item_end(i: &Input<'_>) -> bool {
    matches!(peek(i), Some(b' ' | b')'))
}

#[inline(always)]
fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: Name) -> PResult<FetchItem<'a>> {
    if matches!(name, Name::Body) && at(i, b'[') {
        return body_section(i, cx);
    }
    if let Name::Rare(name) = name {
        return rare_value(i, cx, name);
    }
    sp(i)?;
    match name {
        Name::Rare(name) => rare_value(i, cx, name),
        Name::Uid => non_zero(i, cx).map(FetchItem::Uid),
        Name::Flags => flag_list(i, cx, FlagPlace::Fetch).map(FetchItem::Flags),
        Name::Envelope => envelope_item(i, cx).map(FetchItem::Envelope),
        Name::Rfc822Size => size(i, cx).map(FetchItem::Rfc822Size),
        Name::InternalDate => date_time(i, cx).map(FetchItem::InternalDate),
        Name::Body => body(i, cx).map(FetchItem::Body),
        Name::BodyStructure => body(i, cx).map(FetchItem::BodyStructure),
        Name::Rfc822 => nstring(i, cx).map(FetchItem::Rfc822),
        Name::Rfc822Header => nstring(i, cx).map(FetchItem::Rfc822Header),
        Name::Rfc822Text => nstring(i, cx).map(FetchItem::Rfc822Text),
    }
}

/// `number64`, also in the form of a floating point number if it is whole.
#[inline(always)]
fn size(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    let start = *i;
    let whole = number64(i, cx)?;
    if matches!(peek(i), Some(b'.' | b'e' | b'E')) {
        float_size(i, cx, start)
    } else {
        Ok(whole)
    }
}

/// A number such as `9.37e+06`, which begins at `start`.
#[cold]
#[inline(never)]
fn float_size<'a>(i: &mut Input<'a>, cx: &Context<'_>, start: Input<'a>) -> PResult<u64> {
    let mut rest = start;
    let mut digits = 0u64;
    let mut exponent = 0i64;
    for (n, part) in [run(&mut rest, |b| b.is_ascii_digit()), fraction(&mut rest)]
        .into_iter()
        .enumerate()
    {
        for digit in part {
            let next = digits
                .checked_mul(10)
                .and_then(|d| d.checked_add(u64::from(digit - b'0')));
            let Some(next) = next else {
                return fail(start, Expected::NumberInRange);
            };
            digits = next;
            exponent -= n as i64;
        }
    }
    exponent += power_of_ten(&mut rest)?;
    let power = u32::try_from(exponent.unsigned_abs())
        .ok()
        .and_then(|e| 10u64.checked_pow(e));
    let value = match power {
        Some(power) if exponent >= 0 => digits.checked_mul(power),
        Some(power) if digits.is_multiple_of(power) => Some(digits / power),
        _ => None,
    };
    let Some(value) = value else {
        return fail(start, Expected::NumberInRange);
    };
    // quirk: FloatNumber
    cx.forgive_or(start, Quirk::FloatNumber, Expected::Number)?;
    *i = rest;
    Ok(value)
}

/// `["." *DIGIT]`, without the dot.
fn fraction<'a>(i: &mut Input<'a>) -> &'a [u8] {
    if opt(i, b'.') {
        run(i, |b| b.is_ascii_digit())
    } else {
        &[]
    }
}

/// `["E" ["+" / "-"] 1*DIGIT]`
fn power_of_ten(i: &mut Input<'_>) -> PResult<i64> {
    if !opt(i, b'e') && !opt(i, b'E') {
        return Ok(0);
    }
    let negative = opt(i, b'-');
    if !negative {
        opt(i, b'+');
    }
    let power = number(i).map(i64::from)?;
    Ok(if negative { -power } else { power })
}

/// `"BODY" section ["<" number ">"] SP nstring`, the word being taken.
#[inline]
fn body_section<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchItem<'a>> {
    let section = section(i, cx)?;
    let origin = origin(i, cx)?;
    sp(i)?;
    let data = nstring(i, cx)?;
    cx.alloc(
        i,
        BodySection {
            section,
            origin,
            data,
        },
    )
    .map(FetchItem::BodySection)
}

/// `["<" number ">"]`
#[inline]
fn origin(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u32>> {
    if !opt(i, b'<') {
        return Ok(None);
    }
    let origin = number(i)?;
    if at(i, b'.') {
        // quirk: OriginWithLength
        cx.forgive_or(i, Quirk::OriginWithLength, Expected::Section)?;
        opt(i, b'.');
        number(i)?;
    }
    byte(i, b'>', Expected::Section)?;
    Ok(Some(origin))
}

/// What follows the name of an item of an extension.
#[inline(never)]
fn rare_value<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: Rare) -> PResult<FetchItem<'a>> {
    if !matches!(name, Rare::Binary | Rare::BinarySize) {
        sp(i)?;
    }
    match name {
        Rare::Binary => binary(i, cx).map(FetchItem::Binary),
        Rare::BinarySize => binary_size(i, cx).map(FetchItem::BinarySize),
        Rare::EmailId => object_id_in_parens(i).map(FetchItem::EmailId),
        Rare::ModSeq => mod_seq(i, cx).map(FetchItem::ModSeq),
        Rare::Preview => preview(i, cx).map(FetchItem::Preview),
        Rare::SaveDate => save_date(i, cx).map(FetchItem::SaveDate),
        Rare::ThreadId => or_nil(i, object_id_in_parens).map(FetchItem::ThreadId),
        Rare::XGmLabels => labels_or_nil(i, cx).map(FetchItem::XGmLabels),
        Rare::XGmMsgId => digits64(i).map(FetchItem::XGmMsgId),
        Rare::XGmThrId => digits64(i).map(FetchItem::XGmThrId),
    }
}

/// `section-binary ["<" number ">"] SP (nstring / literal8)`
fn binary<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a BinarySection<'a>> {
    let part = section_binary(i, cx)?;
    let origin = origin(i, cx)?;
    sp(i)?;
    let data = nstring8(i, cx)?;
    cx.alloc(i, BinarySection { part, origin, data })
}

/// `section-binary SP number`
fn binary_size<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a BinarySize<'a>> {
    let part = section_binary(i, cx)?;
    sp(i)?;
    let octets = size(i, cx)?;
    cx.alloc(i, BinarySize { part, octets })
}

/// `"(" mod-sequence-value ")"`
fn mod_seq(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    if matches!(peek(i), Some(b'0'..=b'9')) {
        // quirk: BareModSeq
        cx.forgive_or(i, Quirk::BareModSeq, Expected::OpenParen)?;
        return mod_sequence_value(i, cx);
    }
    open(i)?;
    let value = mod_sequence_value(i, cx)?;
    close(i)?;
    Ok(value)
}

/// `date-time / nil`
fn save_date<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<&'a InternalDate>> {
    or_nil(i, |i| {
        let date = date_time(i, cx)?;
        cx.alloc(i, date)
    })
}

/// A value or `NIL`, which the value cannot begin with.
fn or_nil<'a, T>(
    i: &mut Input<'a>,
    value: impl FnOnce(&mut Input<'a>) -> PResult<T>,
) -> PResult<Option<T>> {
    match nil(i) {
        Ok(()) => Ok(None),
        Err(_) => value(i).map(Some),
    }
}

/// `date-time`: the strict form at once, others by way of the quoted string.
#[inline(always)]
pub(crate) fn date_time<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<InternalDate> {
    match InternalDate::split_quoted(i) {
        Some((date, rest)) => {
            *i = rest;
            Ok(date)
        }
        None => date_time_slow(i, cx),
    }
}

#[cold]
#[inline(never)]
fn date_time_slow<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<InternalDate> {
    let start = *i;
    if !at(i, b'"') {
        return fail(i, Expected::DateTime);
    }
    let text = istring(i, cx)?;
    let Ok(date) = InternalDate::parse(text.as_bytes()) else {
        return fail(start, Expected::DateTime);
    };
    if text.as_bytes().len() + 2 != InternalDate::WIRE_LEN {
        // quirk: UnpaddedDay
        cx.forgive_or(start, Quirk::UnpaddedDay, Expected::DateTime)?;
    }
    Ok(date)
}

/// Passes a section in brackets and a range behind a name; both belong to it.
pub(super) fn skip_section(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if opt(i, b'[') {
        loop {
            run(i, |b| {
                !matches!(b, b']' | b'"' | b'(' | b'{' | b'\r' | b'\n')
            });
            if opt(i, b']') {
                break;
            }
            skip_value(i, cx)?;
        }
    }
    if at(i, b'<') {
        run(i, |b| !matches!(b, b' ' | b')' | b'>' | b'\r' | b'\n'));
        opt(i, b'>');
    }
    Ok(())
}

/// Any item, kept as it came.
#[cold]
#[inline(never)]
fn other_item<'a>(i: &mut Input<'a>, cx: &Context<'a>, start: Input<'a>) -> PResult<FetchItem<'a>> {
    skip_section(i, cx)?;
    let name = taken(start, i);
    let value = skip_item(i, cx, begins_known_item)?;
    cx.alloc(i, OtherItem { name, value }).map(FetchItem::Other)
}

/// An item from `start` on that could not be read: it is passed over as a whole.
#[cold]
#[inline(never)]
fn malformed_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Option<Fail>,
) -> PResult<FetchItem<'a>> {
    let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
    if let Some(item) = value_behind_blanks(i, cx, start) {
        return Ok(item);
    }
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(start, Quirk::MalformedItem) {
        return Err(error);
    }
    *i = start;
    // There may be no name at all.
    let _ = item_word(i);
    let after_word = *i;
    let may_resume = match skip_section(i, cx) {
        Ok(()) => true,
        Err(error) if error.is_final() => return Err(error),
        Err(_) => {
            *i = after_word;
            cx.may_resume()
        }
    };
    let name = taken(start, i);
    let value_start = i.strip_prefix(b" ").unwrap_or(i);
    let value = if may_resume {
        skip_broken_item(i, cx, begins_known_item)?
    } else {
        skip_to_last_paren(i, error)?
    };
    if i.len() == start.len() {
        return Err(error);
    }
    let error = error.locate(value_start, "FETCH item");
    cx.alloc(i, Malformed { name, value, error })
        .map(FetchItem::Malformed)
}

/// The item from `start` on, if it is one of the usual ones and only has too many blanks in front of
/// its value.
fn value_behind_blanks<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
) -> Option<FetchItem<'a>> {
    let mut rest = start;
    let name = fold(item_word(&mut rest).ok()?, name)?;
    let noted = cx.noted();
    let more = rest.strip_prefix(b" ").filter(|more| at(more, b' '))?;
    // quirk: ListBlanks
    if matches!(name, Name::Rare(_)) || !cx.forgive(more, Quirk::ListBlanks) {
        return None;
    }
    while rest.starts_with(b"  ") {
        opt_sp(&mut rest);
    }
    match value(&mut rest, cx, name) {
        Ok(item) if is_item_end(&rest) => {
            *i = rest;
            Some(item)
        }
        _ => {
            cx.unnote(noted);
            None
        }
    }
}

/// Whether the name of a known item begins here, with something behind it.
fn begins_known_item(mut i: Input<'_>) -> bool {
    let word = item_word(&mut i).unwrap_or_default();
    fold(word, name).is_some() && matches!(peek(&i), Some(b' ' | b'['))
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::*;
    use crate::lexeme::testing::{lenient, strict};

    fn octets<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        size(i, cx).map(|size| size.to_string())
    }

    #[test]
    fn quirk_float_number() {
        for (input, shown) in [
            ("9.37e+06)", "9370000|) ~FloatNumber@0"),
            ("1e0", "1| ~FloatNumber@0"),
            ("5.", "5| ~FloatNumber@0"),
            ("5.000", "5| ~FloatNumber@0"),
            ("1200E-2", "12| ~FloatNumber@0"),
            ("0.5e1", "5| ~FloatNumber@0"),
        ] {
            assert_eq!(lenient(input.as_bytes(), octets), shown);
            let error = "expected number at byte 0 of response";
            assert_eq!(strict(input.as_bytes(), octets), error);
        }
    }

    #[test]
    fn err_floats_that_are_not_whole_or_too_large() {
        for (input, error) in [
            ("1.5", "expected number in range at byte 0 of response"),
            ("15e-1", "expected number in range at byte 0 of response"),
            ("1e20", "expected number in range at byte 0 of response"),
            ("1e-1", "expected number in range at byte 0 of response"),
            (
                "1e99999999999",
                "expected number in range at byte 2 of response",
            ),
            (
                "9.9999999999999999999999",
                "expected number in range at byte 0 of response",
            ),
            ("1e", "expected number at byte 2 of response"),
            ("1e+", "expected number at byte 3 of response"),
        ] {
            assert_eq!(lenient(input.as_bytes(), octets), error, "{input}");
        }
    }

    #[test]
    fn quirk_unpadded_day() {
        fn date<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
            date_time(i, cx).map(|date| date.to_string())
        }
        let padded = "\" 7-Feb-1994 21:52:25 -0800\"";
        assert!(strict(padded.as_bytes(), date).ends_with('|'));
        let bare = padded
            .replace(' ', "")
            .replace("1994", "1994 ")
            .replace("25", "25 ");
        assert_eq!(
            lenient(bare.as_bytes(), date),
            "\"07-Feb-1994 21:52:25 -0800\"| ~UnpaddedDay@0"
        );
        for rule in [strict(bare.as_bytes(), date), lenient(b"{2}\r\nab", date)] {
            assert_eq!(rule, "expected date and time at byte 0 of response");
        }
    }
}
