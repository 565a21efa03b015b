//! Message data items: what a FETCH asks for, and what it gets.

use imap_proto::{
    BodySection, FetchItem, FetchItemName, FetchItems, IString, Malformed, OtherItem, Section,
    Verbatim,
};

use super::body_structure::{Extension, body};
use crate::encode::{Encode, Encoder, Reason};

impl Encode for FetchItems<'_> {
    /// A macro, or the items in parentheses, also if there is one only.
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::All => out.raw(b"ALL"),
            Self::Fast => out.raw(b"FAST"),
            Self::Full => out.raw(b"FULL"),
            Self::List([]) => {
                out.argument("list of items");
                out.refuse_empty();
            }
            Self::List(items) => out.list(items),
        }
    }
}

impl Encode for FetchItemName<'_> {
    /// `fetch-att`
    fn encode(&self, out: &mut Encoder) {
        let name: &[u8] = match self {
            Self::Body => b"BODY",
            Self::BodySection {
                section,
                peek,
                partial,
            } => return body_section_name(section, *peek, *partial, out),
            Self::BodyStructure => b"BODYSTRUCTURE",
            Self::Envelope => b"ENVELOPE",
            Self::Flags => b"FLAGS",
            Self::InternalDate => b"INTERNALDATE",
            Self::Rfc822 => b"RFC822",
            Self::Rfc822Header => b"RFC822.HEADER",
            Self::Rfc822Size => b"RFC822.SIZE",
            Self::Rfc822Text => b"RFC822.TEXT",
            Self::Uid => b"UID",
            Self::Other(OtherItem { name, value }) => {
                out.argument("item name");
                return out.verbatim_item(Verbatim::FetchItemName, name, value);
            }
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
    }
}

/// `"BODY" [".PEEK"] section [partial]`
fn body_section_name(
    section: &Section<'_>,
    peek: bool,
    partial: Option<(u64, u64)>,
    out: &mut Encoder,
) {
    out.raw(if peek { b"BODY.PEEK" } else { b"BODY" });
    section.encode(out);
    if let Some((first, count)) = partial {
        if count == 0 {
            out.argument("octet count");
            out.refuse(0, Reason::Syntax);
        }
        out.raw(b"<");
        out.number(first);
        out.raw(b".");
        out.number(count);
        out.raw(b">");
    }
}

impl Encode for FetchItem<'_> {
    /// An item of `msg-att`: its name and its value.
    fn encode(&self, out: &mut Encoder) {
        match self {
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
            Self::Rfc822(data) => message_data(b"RFC822 ", *data, out),
            Self::Rfc822Header(data) => message_data(b"RFC822.HEADER ", *data, out),
            Self::Rfc822Size(octets) => {
                out.raw(b"RFC822.SIZE ");
                out.number(*octets);
            }
            Self::Rfc822Text(data) => message_data(b"RFC822.TEXT ", *data, out),
            Self::Uid(uid) => {
                out.raw(b"UID ");
                uid.encode(out);
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
        if let Some(origin) = self.origin {
            out.raw(b"<");
            out.number(origin.into());
            out.raw(b">");
        }
        message_data(b" ", self.data, out);
    }
}

/// A name and contents of a message, which are a literal whatever they are: no client reads them else.
fn message_data(name: &[u8], data: Option<IString<'_>>, out: &mut Encoder) {
    out.argument("message data");
    out.raw(name);
    match data {
        Some(data) => out.literal(data.as_bytes()),
        None => out.raw(b"NIL"),
    }
}
