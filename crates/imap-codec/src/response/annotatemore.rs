//! ANNOTATION responses.

use imap_proto::response::{AnnotateMore, AnnotateMoreData};

use super::metadata::changed_entries;
use crate::encode::{Encode, Encoder};

impl Encode for AnnotateMore<'_> {
    /// `"*" SP "ANNOTATION" SP mailbox`, and the annotations or their names
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* ANNOTATION ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        match self.data {
            AnnotateMoreData::Changed(names) => changed_entries(names, out),
            AnnotateMoreData::Values { entry, attributes } => {
                out.raw(b" ");
                out.argument("entry name");
                entry.encode(out);
                out.raw(b" ");
                if attributes.is_empty() {
                    out.argument("list of attributes");
                    out.refuse_empty();
                }
                out.list(attributes);
            }
        }
        out.raw(b"\r\n");
    }
}
