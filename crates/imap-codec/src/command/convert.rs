//! CONVERT and CONVERSIONS.

use imap_proto::command::{Conversions, Convert, ConvertItemName};
use imap_proto::{MessageNumber, OtherItem, Part, Section, SectionText, Verbatim};

use super::mailbox::parameters;
use crate::encode::{Encode, Encoder};
use crate::value::fetch_item_name::write_partial;
use crate::value::section::section_binary;

impl<N: MessageNumber> Encode for Convert<'_, N> {
    /// `convert`, with `UID` in front for UIDs; the items are in parentheses, also if there is one only.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"CONVERT ");
        self.set.encode(out);
        out.raw(b" (");
        out.or_nil(self.media_type);
        parameters(self.parameters, Encode::encode, out);
        out.raw(b") ");
        if self.items.is_empty() {
            out.argument("list of items");
            out.refuse_empty();
        }
        out.list(self.items);
    }
}

impl Encode for ConvertItemName<'_> {
    /// `convert-att`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::AvailableConversions(part) => of_part(b"AVAILABLECONVERSIONS", part, out),
            Self::Binary { part, partial } => {
                of_part(b"BINARY", part, out);
                write_partial(*partial, out);
            }
            Self::BinarySize(part) => of_part(b"BINARY.SIZE", part, out),
            Self::BodyPartStructure(part) => of_part(b"BODYPARTSTRUCTURE", part, out),
            Self::Header(part) => header(*part, SectionText::Header, out),
            Self::Mime(part) => header(*part, SectionText::Mime, out),
            Self::Uid => out.raw(b"UID"),
            Self::Other(OtherItem { name, value }) => {
                out.argument("item name");
                out.verbatim_item(Verbatim::FetchItemName, name, value);
            }
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for Conversions<'_> {
    /// `conversions-cmd`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"CONVERSIONS ");
        out.argument("media type");
        self.source.encode(out);
        out.raw(b" ");
        self.target.encode(out);
    }
}

/// A name with `section-convert`.
fn of_part(name: &[u8], part: &Part<'_>, out: &mut Encoder) {
    out.raw(name);
    section_binary(part, out);
}

/// `BODY` with the section of a header.
fn header(part: Part<'_>, text: SectionText<'_>, out: &mut Encoder) {
    out.raw(b"BODY");
    let text = Some(text);
    Section { part, text }.encode(out);
}
