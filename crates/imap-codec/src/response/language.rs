//! LANGUAGE and COMPARATOR responses.

use imap_proto::IString;
use imap_proto::response::Comparator;

use crate::encode::{Encode, Encoder};

impl Encode for Comparator<'_> {
    /// `"*" SP comparator-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* COMPARATOR ");
        out.argument("comparator");
        out.astring(self.active);
        if !self.matching.is_empty() {
            out.raw(b" ");
            out.astring_list(self.matching);
        }
        out.raw(b"\r\n");
    }
}

/// `"*" SP language-data`
pub(super) fn language_data(tags: &[IString<'_>], out: &mut Encoder) {
    out.raw(b"* LANGUAGE ");
    out.argument("list of languages");
    out.astring_list(tags);
    out.raw(b"\r\n");
}
