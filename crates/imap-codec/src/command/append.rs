//! APPEND.

use imap_proto::command::{Append, AppendData, AppendExtension, AppendMessage, CatenatePart};
use imap_proto::{Flag, IString, InternalDate, Mailbox, OtherItem};

use super::mailbox::other_parameter;
use super::url_auth::url;
use crate::encode::{Encode, Encoder};
use crate::value::annotation::set_annotations;

impl Encode for Append<'_> {
    /// `append`; messages are literals in any case, whose line breaks are always allowed.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"APPEND ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        if self.messages.is_empty() {
            out.argument("list of messages");
            out.refuse_empty();
        }
        let mut before = None;
        for message in self.messages {
            out.raw(b" ");
            if matches!(before, Some(AppendData::Other(_))) && begins_with_data(message) {
                // Else the data of the message before would be taken for an extension of this one.
                out.raw(b"() ");
            }
            message.encode(out);
            before = Some(message.data);
        }
    }
}

/// `APPEND` of one message whose octets are not there yet: all of it but the literal and its line end.
///
/// ```
/// use imap_codec::{AppendHead, EncodeOptions, encode_command};
/// use imap_proto::{Flag, Tag};
///
/// let head = AppendHead {
///     mailbox: "Drafts".into(),
///     flags: &[Flag::Seen],
///     date: None,
///     length: 310,
/// };
/// let encoded = encode_command(Tag::new("a1").unwrap(), &head, EncodeOptions::CLIENT)?;
/// assert_eq!(encoded.as_bytes(), b"a1 APPEND Drafts (\\Seen) {310}\r\n");
/// assert_eq!(encoded.pauses(), [encoded.as_bytes().len()]);
/// # Ok::<(), imap_codec::EncodeError>(())
/// ```
///
/// Who sends it waits for `+` if there is a pause, sends as many octets as announced, none of them NUL, and
/// a line end.
///
/// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12)
#[derive(Clone, Copy, Debug)]
pub struct AppendHead<'a> {
    /// Where the message goes.
    pub mailbox: Mailbox<'a>,
    /// The flags that it gets.
    pub flags: &'a [Flag<'a>],
    /// The internal date that it gets; the present time if nothing is said.
    pub date: Option<InternalDate>,
    /// How long the message is, in octets.
    pub length: u64,
}

impl Encode for AppendHead<'_> {
    /// `append`, up to the marker of the literal.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"APPEND ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        flags_and_date(self.flags, self.date, out);
        if out.marker(self.length) {
            out.pause(out.position() + LINE_END);
        }
    }
}

/// Octets of the line end behind the marker.
const LINE_END: usize = 2;

impl Encode for AppendMessage<'_> {
    /// `append-message`, without the blank in front.
    fn encode(&self, out: &mut Encoder) {
        flags_and_date(self.flags, self.date, out);
        for extension in self.extensions {
            extension.encode(out);
            out.raw(b" ");
        }
        self.data.encode(out);
    }
}

impl Encode for AppendExtension<'_> {
    /// `append-ext`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Annotation(annotations) => {
                out.raw(b"ANNOTATION ");
                set_annotations(annotations, out);
            }
            Self::Other(item) => tagged_ext(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for AppendData<'_> {
    /// `append-data`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Catenate(parts) => {
                if parts.is_empty() {
                    out.argument("list of parts");
                    out.refuse_empty();
                }
                out.raw(b"CATENATE ");
                out.list(parts);
            }
            Self::Literal(message) => {
                out.argument("message");
                out.literal(message.as_bytes());
            }
            Self::Literal8(message) => out.literal8(message.as_bytes()),
            Self::Utf8(message) => utf8_literal(*message, out),
            Self::Other(item) => tagged_ext(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for CatenatePart<'_> {
    /// `cat-part`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Text(text) => {
                out.argument("message");
                out.raw(b"TEXT ");
                out.literal(text.as_bytes());
            }
            Self::Url(location) => {
                out.raw(b"URL ");
                url(*location, out);
            }
            Self::Utf8(text) => utf8_literal(*text, out),
            _ => out.refuse_unknown(),
        }
    }
}

/// What stands in front of a message, each with a blank behind it.
fn flags_and_date(flags: &[Flag<'_>], date: Option<InternalDate>, out: &mut Encoder) {
    if !flags.is_empty() {
        out.list(flags);
        out.raw(b" ");
    }
    if let Some(date) = &date {
        date.encode(out);
        out.raw(b" ");
    }
}

/// Whether neither flags nor a date tell where a message begins.
fn begins_with_data(message: &AppendMessage<'_>) -> bool {
    message.flags.is_empty() && message.date.is_none()
}

/// `utf8-literal`
fn utf8_literal(octets: IString<'_>, out: &mut Encoder) {
    out.raw(b"UTF8 (");
    out.literal8(octets.as_bytes());
    out.raw(b")");
}

/// `tagged-ext`
fn tagged_ext(item: &OtherItem<'_>, out: &mut Encoder) {
    other_parameter(item, out);
    if item.value.is_empty() {
        out.refuse_empty();
    }
}
