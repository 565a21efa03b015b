//! Message data items that a FETCH command asks for.

use imap_proto::{FetchItemName, FetchItems, OtherItem, PreviewModifier, Verbatim};

use super::section::{header_list, section_binary};
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
            Self::Annotation(names) => {
                out.raw(b"ANNOTATION ");
                return names.encode(out);
            }
            Self::Binary {
                part,
                peek,
                partial,
            } => {
                out.raw(if *peek { b"BINARY.PEEK" } else { b"BINARY" });
                section_binary(part, out);
                return write_partial(*partial, out);
            }
            Self::BinarySize(part) => {
                out.raw(b"BINARY.SIZE");
                return section_binary(part, out);
            }
            Self::Body => b"BODY",
            Self::BodySection {
                section,
                peek,
                partial,
            } => {
                out.raw(if *peek { b"BODY.PEEK" } else { b"BODY" });
                section.encode(out);
                return write_partial(*partial, out);
            }
            Self::BodyStructure => b"BODYSTRUCTURE",
            Self::EmailId => b"EMAILID",
            Self::Envelope => b"ENVELOPE",
            Self::Flags => b"FLAGS",
            Self::InternalDate => b"INTERNALDATE",
            Self::ModSeq => b"MODSEQ",
            Self::Preview([]) => b"PREVIEW",
            Self::Preview(modifiers) => {
                out.raw(b"PREVIEW ");
                return out.list(modifiers);
            }
            Self::Rfc822 => b"RFC822",
            Self::Rfc822Header => b"RFC822.HEADER",
            Self::Rfc822HeaderLines(names) => {
                return header_list(b"RFC822.HEADER.LINES (", names, out);
            }
            Self::Rfc822HeaderLinesNot(names) => {
                return header_list(b"RFC822.HEADER.LINES.NOT (", names, out);
            }
            Self::Rfc822Peek => b"RFC822.PEEK",
            Self::Rfc822Size => b"RFC822.SIZE",
            Self::Rfc822Text => b"RFC822.TEXT",
            Self::Rfc822TextPeek => b"RFC822.TEXT.PEEK",
            Self::SaveDate => b"SAVEDATE",
            Self::Snippet([]) => b"SNIPPET",
            Self::Snippet(modifiers) => {
                out.raw(b"SNIPPET ");
                return out.list(modifiers);
            }
            Self::ThreadId => b"THREADID",
            Self::Uid => b"UID",
            Self::XGmLabels => b"X-GM-LABELS",
            Self::XGmMsgId => b"X-GM-MSGID",
            Self::XGmThrId => b"X-GM-THRID",
            Self::Other(OtherItem { name, value }) => {
                out.argument("item name");
                return out.verbatim_item(Verbatim::FetchItemName, name, value);
            }
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
    }
}

/// `[partial]`
pub(crate) fn write_partial(partial: Option<(u64, u64)>, out: &mut Encoder) {
    let Some((first, count)) = partial else {
        return;
    };
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

impl Encode for PreviewModifier<'_> {
    /// `preview-mod`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Fuzzy => out.raw(b"FUZZY"),
            Self::Lazy => out.raw(b"LAZY"),
            Self::LazyFuzzy => out.raw(b"LAZY=FUZZY"),
            Self::Other(name) => name.encode(out),
            _ => out.refuse_unknown(),
        }
    }
}
