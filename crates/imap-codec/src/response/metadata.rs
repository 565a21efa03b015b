//! METADATA responses and response codes.

use imap_proto::IString;
use imap_proto::response::{Metadata, MetadataCode, MetadataEntries};

use crate::encode::{Encode, Encoder};

impl Encode for Metadata<'_> {
    /// `"*" SP metadata-resp`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* METADATA ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        match self.entries {
            MetadataEntries::Changed(names) => changed_entries(names, out),
            MetadataEntries::Values(entries) => {
                out.raw(b" ");
                if entries.is_empty() {
                    out.argument("list of entries");
                    out.refuse_empty();
                }
                out.list(entries);
            }
        }
        out.raw(b"\r\n");
    }
}

impl Encode for MetadataCode {
    /// What stands behind the word METADATA.
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::LongEntries(octets) => {
                out.raw(b"LONGENTRIES ");
                out.number((*octets).into());
            }
            Self::MaxSize(octets) => {
                out.raw(b"MAXSIZE ");
                out.number((*octets).into());
            }
            Self::NoPrivate => out.raw(b"NOPRIVATE"),
            Self::TooMany => out.raw(b"TOOMANY"),
            _ => out.refuse_unknown(),
        }
    }
}

/// `SP entry *(SP entry)`
pub(super) fn changed_entries(names: &[IString<'_>], out: &mut Encoder) {
    out.argument("entry name");
    if names.is_empty() {
        out.refuse_empty();
    }
    for name in names {
        out.raw(b" ");
        out.astring(*name);
    }
}
