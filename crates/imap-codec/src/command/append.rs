//! APPEND.

use imap_proto::command::{Append, AppendData, AppendMessage, CatenatePart};
use imap_proto::{IString, OtherItem};

use super::mailbox::other_parameter;
use crate::encode::{Encode, Encoder};

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

impl Encode for AppendMessage<'_> {
    /// `append-message`, without the blank in front.
    fn encode(&self, out: &mut Encoder) {
        if !self.flags.is_empty() {
            out.list(self.flags);
            out.raw(b" ");
        }
        if let Some(date) = &self.date {
            date.encode(out);
            out.raw(b" ");
        }
        for extension in self.extensions {
            tagged_ext(extension, out);
            out.raw(b" ");
        }
        self.data.encode(out);
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
            Self::Url(url) => {
                out.argument("URL");
                out.raw(b"URL ");
                out.astring(*url);
            }
            Self::Utf8(text) => utf8_literal(*text, out),
            _ => out.refuse_unknown(),
        }
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
