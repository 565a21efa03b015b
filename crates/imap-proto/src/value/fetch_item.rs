//! Message data items that a FETCH response has.

use imap_util::{Flag, InternalDate, is_atom_char};

use super::annotation::annotations;
use super::body_section::{
    BinarySection, BinarySize, BodySection, binary, binary_size, body_section,
};
use super::body_structure::body;
use super::envelope::envelope_item;
use super::fetch_item_lenient::{begins_known_item, malformed_item, other_item};
use super::flag::{FlagPlace, flag_list};
use super::internal_date::date_time;
use super::label::labels_or_nil;
use super::object_id::object_id_in_parens;
use super::preview::{preview, snippet};
use super::size::size;
use super::{Annotation, BodyStructure, Envelope, IString, Malformed, ObjectId, OtherItem, Uid};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, behind, close, digits64, fold, is_unclosed, mod_sequence_value, nil,
    non_zero, nstring, open, opt_blanks, peek, run, sp,
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
    /// `ANNOTATION`: annotations of the message,
    /// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    Annotation(&'a [Annotation<'a>]),
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
    /// `SNIPPET`: the beginning of the text, before it was called a preview;
    /// `SNIPPET (FUZZY "Hello")` on the wire.
    Snippet(Option<IString<'a>>),
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

#[derive(Clone, Copy)]
pub(super) enum Name {
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
pub(super) enum Rare {
    Annotation,
    Binary,
    BinarySize,
    EmailId,
    ModSeq,
    Preview,
    SaveDate,
    Snippet,
    ThreadId,
    XGmLabels,
    XGmMsgId,
    XGmThrId,
}

#[inline(always)]
pub(super) fn name(name: &[u8]) -> Option<Name> {
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
        b"SNIPPET" => Name::Rare(Rare::Snippet),
        b"THREADID" => Name::Rare(Rare::ThreadId),
        b"ANNOTATION" => Name::Rare(Rare::Annotation),
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
pub(crate) fn item_word<'a>(i: &mut Input<'a>) -> PResult<&'a [u8]> {
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
/// msg-att-dynamic =/ "ANNOTATION" SP annotations   ; RFC 5257
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
            Ok(item) if is_item_end(i) || is_unclosed(i, cx, start, begins_known_item) => {
                return Ok(item);
            }
            result => result.err(),
        },
        Ok(None) => match other_item(i, cx, start, begins_known_item) {
            Ok(item) if is_item_end(i) || is_unclosed(i, cx, start, begins_known_item) => {
                return Ok(FetchItem::Other(item));
            }
            result => result.err(),
        },
        Err(error) => Some(error),
    };
    malformed_item(i, cx, start, error)
}

/// Behind a value that was read to its end stands a blank or the end of the list.
#[inline(always)]
pub(crate) fn is_item_end(i: &Input<'_>) -> bool {
    matches!(peek(i), Some(b' ' | b')'))
}

#[inline(always)]
pub(super) fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: Name) -> PResult<FetchItem<'a>> {
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

/// What follows the name of an item of an extension.
#[inline(never)]
fn rare_value<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: Rare) -> PResult<FetchItem<'a>> {
    if !matches!(name, Rare::Binary | Rare::BinarySize) {
        sp(i)?;
    }
    match name {
        Rare::Annotation => annotations(i, cx).map(FetchItem::Annotation),
        Rare::Binary => binary(i, cx).map(FetchItem::Binary),
        Rare::BinarySize => binary_size(i, cx).map(FetchItem::BinarySize),
        Rare::EmailId => object_id_in_parens(i).map(FetchItem::EmailId),
        Rare::ModSeq => mod_seq(i, cx).map(FetchItem::ModSeq),
        Rare::Preview => preview(i, cx).map(FetchItem::Preview),
        Rare::SaveDate => save_date(i, cx).map(FetchItem::SaveDate),
        Rare::Snippet => snippet(i, cx).map(FetchItem::Snippet),
        Rare::ThreadId => or_nil(i, object_id_in_parens).map(FetchItem::ThreadId),
        Rare::XGmLabels => labels_or_nil(i, cx).map(FetchItem::XGmLabels),
        Rare::XGmMsgId => digits64(i).map(FetchItem::XGmMsgId),
        Rare::XGmThrId => digits64(i).map(FetchItem::XGmThrId),
    }
}

/// `"(" mod-sequence-value ")"`
fn mod_seq(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    if matches!(peek(i), Some(b'0'..=b'9')) {
        // quirk: BareModSeq
        cx.forgive_or(i, Quirk::BareModSeq, Expected::OpenParen)?;
        return mod_sequence_value(i, cx);
    }
    open(i)?;
    opt_blanks(i, cx)?;
    let value = mod_sequence_value(i, cx)?;
    opt_blanks(i, cx)?;
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
