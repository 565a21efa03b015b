//! GETMETADATA and SETMETADATA.

use imap_proto::command::{GetMetadata, MetadataOption, SetMetadata};

use super::mailbox::{about, other_parameter};
use crate::encode::{Encode, Encoder};

impl Encode for GetMetadata<'_> {
    /// `getmetadata`, the options in front of the mailbox as the formal syntax has them.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"GETMETADATA ");
        if !self.options.is_empty() {
            out.list(self.options);
            out.raw(b" ");
        }
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        out.argument("entry name");
        match self.entries {
            [entry] => out.astring(*entry),
            entries => out.astring_list(entries),
        }
    }
}

impl Encode for MetadataOption<'_> {
    /// `getmetadata-option`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Depth(depth) => {
                out.raw(b"DEPTH ");
                out.raw(depth.as_str().as_bytes());
            }
            Self::MaxSize(octets) => {
                out.raw(b"MAXSIZE ");
                out.number((*octets).into());
            }
            Self::Other(item) => other_parameter(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for SetMetadata<'_> {
    /// `setmetadata`
    fn encode(&self, out: &mut Encoder) {
        about(b"SETMETADATA ", self.mailbox, out);
        out.raw(b" ");
        if self.entries.is_empty() {
            out.argument("list of entries");
            out.refuse_empty();
        }
        out.list(self.entries);
    }
}
