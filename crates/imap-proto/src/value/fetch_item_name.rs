//! Message data items that a FETCH command asks for.

use super::annotation::annotation_names;
use super::fetch_item::item_word;
use super::fetch_item_lenient::skip_section;
use super::preview::preview_modifiers;
use super::section::{header_list, section, section_binary};
use super::{AnnotationNames, IString, OtherItem, Part, PreviewModifier, Section};
use crate::command::fetch::begins_modifiers;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, byte, fold, list, number64, opt, skip_value, sp, taken};

/// What a FETCH command asks for.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum FetchItems<'a> {
    /// `ALL`: flags, internal date, size and envelope.
    All,
    /// `FAST`: flags, internal date and size.
    Fast,
    /// `FULL`: flags, internal date, size, envelope and `BODY`.
    Full,
    /// These items; at least one.
    List(&'a [FetchItemName<'a>]),
}

impl<'a> From<&'a [FetchItemName<'a>]> for FetchItems<'a> {
    fn from(items: &'a [FetchItemName<'a>]) -> Self {
        Self::List(items)
    }
}

impl<'a, const K: usize> From<&'a [FetchItemName<'a>; K]> for FetchItems<'a> {
    fn from(items: &'a [FetchItemName<'a>; K]) -> Self {
        Self::List(items)
    }
}

/// An item that a FETCH command asks for.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FetchItemName<'a> {
    /// `ANNOTATION (entries attributes)`: annotations,
    /// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    Annotation(AnnotationNames<'a>),
    /// `BINARY[part]` or `BINARY.PEEK[part]`: contents without their transfer encoding, RFC 3516.
    Binary {
        /// Which part; the whole message if it is empty.
        part: Part<'a>,
        /// `PEEK`: `\Seen` is not set.
        peek: bool,
        /// `<first.count>`, of the octets without transfer encoding; `count` is not 0.
        partial: Option<(u64, u64)>,
    },
    /// `BINARY.SIZE[part]`, RFC 3516.
    BinarySize(Part<'a>),
    /// `BODY`: the structure without extension data.
    Body,
    /// `BODY[section]` or `BODY.PEEK[section]`: contents.
    BodySection {
        /// What of the message.
        section: Section<'a>,
        /// `PEEK`: `\Seen` is not set.
        peek: bool,
        /// `<first.count>`: only `count` octets from the 0-based octet `first`; `count` is not 0.
        partial: Option<(u64, u64)>,
    },
    /// `BODYSTRUCTURE`.
    BodyStructure,
    /// `EMAILID`, RFC 8474.
    EmailId,
    /// `ENVELOPE`.
    Envelope,
    /// `FLAGS`.
    Flags,
    /// `INTERNALDATE`.
    InternalDate,
    /// `MODSEQ`, RFC 7162.
    ModSeq,
    /// `PREVIEW`, with how to make it in parentheses; mostly nothing. RFC 8970.
    Preview(&'a [PreviewModifier<'a>]),
    /// `RFC822`: as `BODY[]`.
    Rfc822,
    /// `RFC822.HEADER`: as `BODY.PEEK[HEADER]`.
    Rfc822Header,
    /// `RFC822.HEADER.LINES (...)`: as `BODY.PEEK[HEADER.FIELDS (...)]`,
    /// [RFC 1730 section 6.4.5](https://www.rfc-editor.org/rfc/rfc1730#section-6.4.5).
    Rfc822HeaderLines(&'a [IString<'a>]),
    /// `RFC822.HEADER.LINES.NOT (...)`: as `BODY.PEEK[HEADER.FIELDS.NOT (...)]`, RFC 1730.
    Rfc822HeaderLinesNot(&'a [IString<'a>]),
    /// `RFC822.PEEK`: as `BODY.PEEK[]`, RFC 1730.
    Rfc822Peek,
    /// `RFC822.SIZE`.
    Rfc822Size,
    /// `RFC822.TEXT`: as `BODY[TEXT]`.
    Rfc822Text,
    /// `RFC822.TEXT.PEEK`: as `BODY.PEEK[TEXT]`, RFC 1730.
    Rfc822TextPeek,
    /// `SAVEDATE`, RFC 8514.
    SaveDate,
    /// `SNIPPET`, with how to make it in parentheses: what a preview was called before RFC 8970.
    Snippet(&'a [PreviewModifier<'a>]),
    /// `THREADID`, RFC 8474.
    ThreadId,
    /// `UID`.
    Uid,
    /// `X-GM-LABELS`.
    XGmLabels,
    /// `X-GM-MSGID`.
    XGmMsgId,
    /// `X-GM-THRID`.
    XGmThrId,
    /// Any other, with its arguments as they came.
    Other(&'a OtherItem<'a>),
}

/// What a FETCH command asks for.
///
/// ```abnf
/// fetch-items = "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"
/// ```
pub(crate) fn fetch_items<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchItems<'a>> {
    let start = *i;
    if at(i, b'(') {
        return match list(i, cx, |i| fetch_att(i, cx))? {
            [] => fail(start, Expected::Keyword),
            items => Ok(FetchItems::List(items)),
        };
    }
    let mut after = *i;
    let word = item_word(&mut after)?;
    let macros = [
        ("ALL", FetchItems::All),
        ("FAST", FetchItems::Fast),
        ("FULL", FetchItems::Full),
    ];
    if let Some((_, items)) = macros
        .iter()
        .find(|m| word.eq_ignore_ascii_case(m.0.as_bytes()))
    {
        *i = after;
        return Ok(*items);
    }
    let item = att(i, cx, begins_modifiers)?;
    cx.alloc(i, item)
        .map(|item| FetchItems::List(core::slice::from_ref(item)))
}

#[derive(Clone, Copy)]
enum Name {
    Alone(FetchItemName<'static>),
    Annotation,
    HeaderLines,
    HeaderLinesNot,
    Preview,
    Snippet,
}

fn name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"UID" => Name::Alone(FetchItemName::Uid),
        b"FLAGS" => Name::Alone(FetchItemName::Flags),
        b"BODY" => Name::Alone(FetchItemName::Body),
        b"ENVELOPE" => Name::Alone(FetchItemName::Envelope),
        b"RFC822.SIZE" => Name::Alone(FetchItemName::Rfc822Size),
        b"INTERNALDATE" => Name::Alone(FetchItemName::InternalDate),
        b"BODYSTRUCTURE" => Name::Alone(FetchItemName::BodyStructure),
        b"RFC822" => Name::Alone(FetchItemName::Rfc822),
        b"RFC822.HEADER" => Name::Alone(FetchItemName::Rfc822Header),
        b"RFC822.TEXT" => Name::Alone(FetchItemName::Rfc822Text),
        b"ANNOTATION" => Name::Annotation,
        b"EMAILID" => Name::Alone(FetchItemName::EmailId),
        b"MODSEQ" => Name::Alone(FetchItemName::ModSeq),
        b"PREVIEW" => Name::Preview,
        b"SNIPPET" => Name::Snippet,
        b"RFC822.HEADER.LINES" => Name::HeaderLines,
        b"RFC822.HEADER.LINES.NOT" => Name::HeaderLinesNot,
        b"RFC822.PEEK" => Name::Alone(FetchItemName::Rfc822Peek),
        b"RFC822.TEXT.PEEK" => Name::Alone(FetchItemName::Rfc822TextPeek),
        b"SAVEDATE" => Name::Alone(FetchItemName::SaveDate),
        b"THREADID" => Name::Alone(FetchItemName::ThreadId),
        b"X-GM-LABELS" => Name::Alone(FetchItemName::XGmLabels),
        b"X-GM-MSGID" => Name::Alone(FetchItemName::XGmMsgId),
        b"X-GM-THRID" => Name::Alone(FetchItemName::XGmThrId),
        _ => return None,
    })
}

/// The names that have a section behind them.
#[derive(Clone, Copy)]
enum SectionName {
    Binary { peek: bool },
    BinarySize,
    Body { peek: bool },
}

fn section_name(name: &[u8]) -> Option<SectionName> {
    Some(match name {
        b"BODY.PEEK" => SectionName::Body { peek: true },
        b"BODY" => SectionName::Body { peek: false },
        b"BINARY.PEEK" => SectionName::Binary { peek: true },
        b"BINARY" => SectionName::Binary { peek: false },
        b"BINARY.SIZE" => SectionName::BinarySize,
        _ => return None,
    })
}

/// One item that is asked for.
///
/// ```abnf
/// fetch-att = "ENVELOPE" / "FLAGS" / "INTERNALDATE" / "RFC822" [".HEADER" / ".SIZE" / ".TEXT"] /
///             "BODY" ["STRUCTURE"] / "UID" / "BODY" section [partial] /
///             "BODY.PEEK" section [partial]
/// fetch-att =/ "RFC822" [".TEXT"] ".PEEK" / "RFC822.HEADER.LINES" [".NOT"] SP header-list ; RFC 1730
/// fetch-att =/ "BINARY" [".PEEK"] section-binary [partial] / "BINARY.SIZE" section-binary ; RFC 3516
/// fetch-att =/ "ANNOTATION" SP "(" entries SP attribs ")"                                    ; RFC 5257
/// fetch-att =/ "MODSEQ"                                                                   ; RFC 7162
/// fetch-att =/ "EMAILID" / "THREADID"                                                     ; RFC 8474
/// fetch-att =/ "SAVEDATE"                                                                 ; RFC 8514
/// fetch-att =/ "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]                       ; RFC 8970
/// ```
pub(crate) fn fetch_att<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchItemName<'a>> {
    att(i, cx, |_| false)
}

/// The same; `ends` tells whether a list behind it is not its own.
fn att<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    ends: fn(Input<'_>) -> bool,
) -> PResult<FetchItemName<'a>> {
    let start = *i;
    let word = item_word(i)?;
    if at(i, b'[')
        && let Some(name) = fold(word, section_name)
    {
        return section_att(i, cx, name);
    }
    match fold(word, name) {
        Some(Name::Alone(item)) => Ok(item),
        Some(Name::Annotation) => {
            sp(i)?;
            annotation_names(i, cx).map(FetchItemName::Annotation)
        }
        Some(Name::HeaderLines) => header_lines(i, cx).map(FetchItemName::Rfc822HeaderLines),
        Some(Name::HeaderLinesNot) => header_lines(i, cx).map(FetchItemName::Rfc822HeaderLinesNot),
        Some(Name::Preview) => modifiers(i, cx, ends).map(FetchItemName::Preview),
        Some(Name::Snippet) => modifiers(i, cx, ends).map(FetchItemName::Snippet),
        None => other_att(i, cx, start, ends).map(FetchItemName::Other),
    }
}

/// `[SP "(" preview-mod *(SP preview-mod) ")"]`
fn modifiers<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    ends: fn(Input<'_>) -> bool,
) -> PResult<&'a [PreviewModifier<'a>]> {
    if !i.starts_with(b" (") || ends(i) {
        return Ok(&[]);
    }
    sp(i)?;
    preview_modifiers(i, cx)
}

/// A section and what may stand behind it.
fn section_att<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: SectionName,
) -> PResult<FetchItemName<'a>> {
    Ok(match name {
        SectionName::Binary { peek } => FetchItemName::Binary {
            part: section_binary(i, cx)?,
            peek,
            partial: partial(i, cx)?,
        },
        SectionName::BinarySize => FetchItemName::BinarySize(section_binary(i, cx)?),
        SectionName::Body { peek } => FetchItemName::BodySection {
            section: section(i, cx)?,
            peek,
            partial: partial(i, cx)?,
        },
    })
}

/// `SP header-list`
fn header_lines<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    sp(i)?;
    header_list(i, cx)
}

/// `[partial]`; `partial = "<" number64 "." nz-number64 ">"`
pub(crate) fn partial(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<(u64, u64)>> {
    if !opt(i, b'<') {
        return Ok(None);
    }
    let first = number64(i, cx)?;
    byte(i, b'.', Expected::Section)?;
    let start = *i;
    let count = number64(i, cx)?;
    if start.first() == Some(&b'0') {
        return fail(start, Expected::NonZeroNumber);
    }
    byte(i, b'>', Expected::Section)?;
    Ok(Some((first, count)))
}

/// Any item that is asked for: a name, its section, and arguments in parentheses.
pub(crate) fn other_att<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    ends: fn(Input<'_>) -> bool,
) -> PResult<&'a OtherItem<'a>> {
    skip_section(i, cx)?;
    let name = taken(start, i);
    let mut value: &[u8] = &[];
    if i.starts_with(b" (") && !ends(i) {
        sp(i)?;
        value = skip_value(i, cx)?;
    }
    cx.alloc(i, OtherItem { name, value })
}
