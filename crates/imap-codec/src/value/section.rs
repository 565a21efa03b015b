//! Sections: which part of a message, and what of it.

use imap_proto::{IString, Part, Section, SectionText};

use crate::encode::{Encode, Encoder, Reason};

impl Encode for Section<'_> {
    /// `section`, with its brackets.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"[");
        self.part.encode(out);
        if let Some(text) = &self.text {
            if !self.part.0.is_empty() {
                out.raw(b".");
            } else if *text == SectionText::Mime {
                out.argument("section");
                out.refuse(0, Reason::Syntax);
            }
            text.encode(out);
        }
        out.raw(b"]");
    }
}

impl Encode for Part<'_> {
    /// `section-part`; nothing for the whole message.
    fn encode(&self, out: &mut Encoder) {
        for (n, number) in self.0.iter().enumerate() {
            if n > 0 {
                out.raw(b".");
            }
            out.number(number.get().into());
        }
    }
}

impl Encode for SectionText<'_> {
    /// `section-text`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Header => out.raw(b"HEADER"),
            Self::HeaderFields(names) => header_list(b"HEADER.FIELDS (", names, out),
            Self::HeaderFieldsNot(names) => header_list(b"HEADER.FIELDS.NOT (", names, out),
            Self::Mime => out.raw(b"MIME"),
            Self::Text => out.raw(b"TEXT"),
        }
    }
}

/// `section-binary`, with its brackets.
pub(crate) fn section_binary(part: &Part<'_>, out: &mut Encoder) {
    out.raw(b"[");
    part.encode(out);
    out.raw(b"]");
}

/// A word with the parenthesis that opens its `header-list`, and the rest of the list.
pub(super) fn header_list(word: &[u8], names: &[IString<'_>], out: &mut Encoder) {
    if names.is_empty() {
        out.argument("list of header field names");
        return out.refuse_empty();
    }
    out.argument("header field name");
    out.raw(word);
    for (n, name) in names.iter().enumerate() {
        if n > 0 {
            out.raw(b" ");
        }
        out.astring(*name);
    }
    out.raw(b")");
}
