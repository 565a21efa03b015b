//! Message data items that a FETCH response has.

use imap_proto::{
    BinarySection, BinarySize, BodySection, FetchItem, IString, Malformed, ObjectId, OtherItem,
    Verbatim,
};

use super::annotation::annotations;
use super::body_structure::{Extension, body};
use super::section::section_binary;
use crate::encode::{Encode, Encoder};

impl Encode for FetchItem<'_> {
    /// An item of `msg-att`: its name and its value.
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Annotation(list) => {
                out.raw(b"ANNOTATION ");
                annotations(list, out);
            }
            Self::Binary(section) => section.encode(out),
            Self::BinarySize(size) => size.encode(out),
            Self::Body(structure) => {
                out.argument("body structure");
                out.raw(b"BODY ");
                body(*structure, Extension::IfAny, out);
            }
            Self::BodySection(section) => section.encode(out),
            Self::BodyStructure(structure) => {
                out.argument("body structure");
                out.raw(b"BODYSTRUCTURE ");
                body(*structure, Extension::All, out);
            }
            Self::EmailId(id) => id_in_parens(b"EMAILID ", id, out),
            Self::Envelope(envelope) => {
                out.argument("envelope");
                out.raw(b"ENVELOPE ");
                envelope.encode(out);
            }
            Self::Flags(flags) => {
                out.raw(b"FLAGS ");
                out.list(flags);
            }
            Self::InternalDate(date) => {
                out.raw(b"INTERNALDATE ");
                date.encode(out);
            }
            Self::ModSeq(value) => {
                out.raw(b"MODSEQ (");
                out.number(*value);
                out.raw(b")");
            }
            Self::Preview(text) => {
                out.argument("preview");
                out.raw(b"PREVIEW ");
                out.or_nil(*text);
            }
            Self::Rfc822(data) => message_data(b"RFC822 ", *data, out),
            Self::Rfc822Header(data) => message_data(b"RFC822.HEADER ", *data, out),
            Self::Rfc822Size(octets) => {
                out.raw(b"RFC822.SIZE ");
                out.number(*octets);
            }
            Self::Rfc822Text(data) => message_data(b"RFC822.TEXT ", *data, out),
            Self::SaveDate(date) => {
                out.raw(b"SAVEDATE ");
                out.or_nil(*date);
            }
            Self::Snippet(text) => {
                out.argument("snippet");
                out.raw(b"SNIPPET (FUZZY ");
                out.or_nil(*text);
                out.raw(b")");
            }
            Self::ThreadId(Some(id)) => id_in_parens(b"THREADID ", id, out),
            Self::ThreadId(None) => out.raw(b"THREADID NIL"),
            Self::Uid(uid) => {
                out.raw(b"UID ");
                uid.encode(out);
            }
            Self::XGmLabels(labels) => {
                out.raw(b"X-GM-LABELS ");
                out.labels(labels);
            }
            Self::XGmMsgId(id) => {
                out.raw(b"X-GM-MSGID ");
                out.number(*id);
            }
            Self::XGmThrId(id) => {
                out.raw(b"X-GM-THRID ");
                out.number(*id);
            }
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                out.verbatim_item(Verbatim::FetchItem, name, value);
            }
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for BodySection<'_> {
    /// `"BODY" section ["<" number ">"] SP nstring`, the string being a literal.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"BODY");
        self.section.encode(out);
        origin(self.origin, out);
        message_data(b" ", self.data, out);
    }
}

impl Encode for BinarySection<'_> {
    /// `"BINARY" section-binary ["<" number ">"] SP (nil / literal / literal8)`.
    ///
    /// It is a literal8 only if it has to be: if there is a NUL in it.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"BINARY");
        section_binary(&self.part, out);
        origin(self.origin, out);
        binary_data(b" ", self.data, out);
    }
}

impl Encode for BinarySize<'_> {
    /// `"BINARY.SIZE" section-binary SP number`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"BINARY.SIZE");
        section_binary(&self.part, out);
        out.raw(b" ");
        out.number(self.octets);
    }
}

/// A name with its blank, and an identifier in parentheses.
fn id_in_parens(name: &[u8], id: &ObjectId<'_>, out: &mut Encoder) {
    out.raw(name);
    out.raw(b"(");
    id.encode(out);
    out.raw(b")");
}

/// `["<" number ">"]`
pub(crate) fn origin(origin: Option<u32>, out: &mut Encoder) {
    if let Some(origin) = origin {
        out.raw(b"<");
        out.number(origin.into());
        out.raw(b">");
    }
}

/// A name and contents that may have NUL in them, which makes a literal8 of them.
pub(crate) fn binary_data(name: &[u8], data: Option<IString<'_>>, out: &mut Encoder) {
    match data {
        Some(IString(data)) if data.contains(&0) => {
            out.raw(name);
            out.literal8(data);
        }
        data => message_data(name, data, out),
    }
}

/// A name and contents of a message, which are a literal whatever they are: no client reads them else.
pub(crate) fn message_data(name: &[u8], data: Option<IString<'_>>, out: &mut Encoder) {
    out.argument("message data");
    out.raw(name);
    match data {
        Some(data) => out.literal(data.as_bytes()),
        None => out.raw(b"NIL"),
    }
}
