//! APPEND: messages into a mailbox.

use imap_util::{Flag, InternalDate};

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, close, collect, fold, literal, literal8, non_empty_list, open,
    other_parameter, sp, tagged_ext_label, word,
};
use crate::value::annotation::set_annotations;
use crate::value::flag::{FlagPlace, flag_list};
use crate::value::internal_date::date_time;
use crate::value::mailbox::mailbox;
use crate::value::{Annotation, IString, Mailbox, OtherItem};

/// `APPEND`: put messages at the end of a mailbox.
///
/// More than one only where the server has `MULTIAPPEND`; then all are put there, or none.
///
/// ```
/// use imap_proto::command::{Append, AppendMessage};
/// use imap_proto::Flag;
///
/// let message = AppendMessage {
///     flags: &[Flag::Seen],
///     ..AppendMessage::new(b"Subject: x\r\n\r\n")
/// };
/// let append = Append::one("Sent".into(), &message);
/// assert_eq!(append.messages.len(), 1);
/// ```
///
/// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
/// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Append<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The messages in the order that they get there; at least one.
    pub messages: &'a [AppendMessage<'a>],
}

/// A message on its way into a mailbox, by [`Append`] or [`Replace`](super::Replace).
///
/// `C: a1 APPEND Sent (\Seen) "17-Jul-1996 02:44:25 -0700" {310}` has one flag, a date and a literal.
///
/// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
/// [RFC 4466 section 2.5](https://www.rfc-editor.org/rfc/rfc4466#section-2.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AppendMessage<'a> {
    /// The flags that the message gets.
    pub flags: &'a [Flag<'a>],
    /// The internal date that the message gets; the present time if nothing is said.
    pub date: Option<InternalDate>,
    /// What extensions say about the message.
    pub extensions: &'a [AppendExtension<'a>],
    /// The message itself.
    pub data: AppendData<'a>,
}

/// What an extension says about a message on its way into a mailbox.
///
/// [RFC 4466 section 2.5](https://www.rfc-editor.org/rfc/rfc4466#section-2.5), `append-ext`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AppendExtension<'a> {
    /// `ANNOTATION`: the annotations that the message gets,
    /// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    Annotation(&'a [Annotation<'a>]),
    /// Any other, with its label and its value.
    Other(OtherItem<'a>),
}

/// The octets of a message, or where they are.
///
/// [RFC 4466 section 2.5](https://www.rfc-editor.org/rfc/rfc4466#section-2.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AppendData<'a> {
    /// `CATENATE (...)`: the server puts the message together from these parts, RFC 4469.
    Catenate(&'a [CatenatePart<'a>]),
    /// `{n}`: the octets of RFC 5322, with CR LF line ends and without NUL.
    ///
    /// No octets at all cancel an APPEND of several messages.
    Literal(IString<'a>),
    /// `~{n}`: the same, which may hold NUL, RFC 3516.
    Literal8(IString<'a>),
    /// `UTF8 (~{n})`: a message with UTF-8 in its header, RFC 6855.
    Utf8(IString<'a>),
    /// Any other, with its label and its value.
    Other(OtherItem<'a>),
}

/// A part that the server makes a message of.
///
/// `C: a1 APPEND Drafts CATENATE (URL "/Drafts/;UID=20/;section=HEADER" TEXT {42}` has two.
///
/// [RFC 4469 section 3](https://www.rfc-editor.org/rfc/rfc4469#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CatenatePart<'a> {
    /// `TEXT {n}`: these octets.
    Text(IString<'a>),
    /// `URL`: the octets that an IMAP URL stands for.
    Url(IString<'a>),
    /// `UTF8 (~{n})`: these octets, with UTF-8 in a header, RFC 6855.
    Utf8(IString<'a>),
}

impl<'a> Append<'a> {
    /// One message into a mailbox.
    pub const fn one(mailbox: Mailbox<'a>, message: &'a AppendMessage<'a>) -> Self {
        Self {
            mailbox,
            messages: core::slice::from_ref(message),
        }
    }
}

impl<'a> AppendMessage<'a> {
    /// A message of these octets, without flags, and with the present time for its date.
    pub const fn new(message: &'a [u8]) -> Self {
        Self {
            flags: &[],
            date: None,
            extensions: &[],
            data: AppendData::Literal(IString(message)),
        }
    }
}

/// What follows the word APPEND.
///
/// ```abnf
/// append = "APPEND" SP mailbox 1*append-message   ; RFC 4466
/// ```
pub(super) fn append<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Append<'a>> {
    cx.set_rule("APPEND command");
    let mailbox = mailbox(i, cx)?;
    let messages = collect(i, cx, |i, first| {
        // Blanks in front of the end of the line are for what reads that.
        let more = matches!(**i, [b' ', next, ..] if !matches!(next, b' ' | b'\t' | b'\r' | b'\n'));
        if first || more {
            append_message(i, cx).map(Some)
        } else {
            Ok(None)
        }
    })?;
    Ok(Append { mailbox, messages })
}

/// A message with what is said about it, and the blank in front.
///
/// ```abnf
/// append-message = append-opts SP append-data                          ; RFC 4466
/// append-opts    = [SP flag-list] [SP date-time] *(SP append-ext)
/// append-ext     = append-ext-name SP append-ext-value
/// ```
pub(super) fn append_message<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<AppendMessage<'a>> {
    sp(i)?;
    let mut flags = &[][..];
    if at(i, b'(') {
        flags = flag_list(i, cx, FlagPlace::Any)?;
        sp(i)?;
    }
    let mut date = None;
    if at(i, b'"') {
        date = Some(date_time(i, cx)?);
        sp(i)?;
    }
    let mut data = None;
    let extensions = collect(i, cx, |i, _| match append_part(i, cx)? {
        AppendPart::Annotation(annotations) => {
            sp(i)?;
            Ok(Some(AppendExtension::Annotation(annotations)))
        }
        AppendPart::Data(AppendData::Other(extension)) if data_follows(i) => {
            sp(i)?;
            Ok(Some(AppendExtension::Other(extension)))
        }
        AppendPart::Data(last) => {
            data = Some(last);
            Ok(None)
        }
    })?;
    match data {
        Some(data) => Ok(AppendMessage {
            flags,
            date,
            extensions,
            data,
        }),
        None => fail(i, Expected::LiteralLength),
    }
}

/// Whether what was read is about the message, rather than the message itself: both have the same form.
fn data_follows(i: &Input<'_>) -> bool {
    match **i {
        [b' ', b'{', ..] | [b' ', b'~', b'{', ..] => true,
        [b' ', ref rest @ ..] => tagged_ext_label(&mut &*rest).is_ok(),
        _ => false,
    }
}

/// A message, or what an extension has in front of it or in its place.
///
/// ```abnf
/// append-data     = literal / literal8 / append-data-ext               ; RFC 4466
/// append-data     =/ "CATENATE" SP "(" cat-part *(SP cat-part) ")"     ; RFC 4469
/// append-data     =/ utf8-literal                                      ; RFC 6855
/// append-data-ext = tagged-ext
/// append-ext      =/ "ANNOTATION" SP annotations                       ; RFC 5257
/// ```
fn append_part<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<AppendPart<'a>> {
    match **i {
        [b'{', ref rest @ ..] => {
            *i = rest;
            return literal(i, cx).map(|data| AppendPart::Data(AppendData::Literal(IString(data))));
        }
        [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            return literal8(i, cx)
                .map(|data| AppendPart::Data(AppendData::Literal8(IString(data))));
        }
        _ => {}
    }
    let Ok(label) = tagged_ext_label(i) else {
        return fail(i, Expected::LiteralLength);
    };
    Ok(AppendPart::Data(match fold(label, data_name) {
        Some(Name::Annotation) => {
            sp(i)?;
            return set_annotations(i, cx).map(AppendPart::Annotation);
        }
        Some(Name::Catenate) => {
            sp(i)?;
            AppendData::Catenate(non_empty_list(i, cx, |i| cat_part(i, cx))?)
        }
        Some(Name::Utf8) => AppendData::Utf8(utf8_literal(i, cx)?),
        None => AppendData::Other(tagged_ext(i, cx, label)?),
    }))
}

/// What stands in front of a message, or the message.
enum AppendPart<'a> {
    Annotation(&'a [Annotation<'a>]),
    Data(AppendData<'a>),
}

enum Name {
    Annotation,
    Catenate,
    Utf8,
}

fn data_name(name: &[u8]) -> Option<Name> {
    match name {
        b"ANNOTATION" => Some(Name::Annotation),
        b"CATENATE" => Some(Name::Catenate),
        b"UTF8" => Some(Name::Utf8),
        _ => None,
    }
}

/// One part of a message that is put together.
///
/// ```abnf
/// cat-part     = text-literal / url   ; RFC 4469
/// cat-part     =/ utf8-literal        ; RFC 6855
/// text-literal = "TEXT" SP literal
/// url          = "URL" SP astring
/// ```
fn cat_part<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<CatenatePart<'a>> {
    let start = *i;
    match fold(word(i)?, part_name) {
        Some(PartName::Text) => {
            sp(i)?;
            let [b'{', rest @ ..] = *i else {
                return fail(i, Expected::LiteralLength);
            };
            *i = rest;
            literal(i, cx).map(|text| CatenatePart::Text(IString(text)))
        }
        Some(PartName::Url) => {
            sp(i)?;
            astring(i, cx).map(CatenatePart::Url)
        }
        Some(PartName::Utf8) => utf8_literal(i, cx).map(CatenatePart::Utf8),
        None => fail(start, Expected::Keyword),
    }
}

enum PartName {
    Text,
    Url,
    Utf8,
}

fn part_name(name: &[u8]) -> Option<PartName> {
    match name {
        b"TEXT" => Some(PartName::Text),
        b"URL" => Some(PartName::Url),
        b"UTF8" => Some(PartName::Utf8),
        _ => None,
    }
}

/// `utf8-literal = "UTF8" SP "(" literal8 ")"`, the word UTF8 being taken; RFC 6855.
fn utf8_literal<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    sp(i)?;
    open(i)?;
    let [b'~', b'{', rest @ ..] = *i else {
        return fail(i, Expected::LiteralLength);
    };
    *i = rest;
    let octets = literal8(i, cx)?;
    close(i)?;
    Ok(IString(octets))
}

/// The value of an extension with this label, which has to have one.
///
/// ```abnf
/// tagged-ext = tagged-ext-label SP tagged-ext-val   ; RFC 4466
/// ```
fn tagged_ext<'a>(i: &mut Input<'a>, cx: &Context<'a>, label: &'a [u8]) -> PResult<OtherItem<'a>> {
    let item = other_parameter(i, cx, label)?;
    if item.value.is_empty() {
        return fail(i, Expected::Value);
    }
    Ok(item)
}
