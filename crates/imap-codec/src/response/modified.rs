//! What a conditional STORE left alone.

use imap_proto::response::Modified;

use crate::encode::{Encode, Encoder};

impl Encode for Modified<'_> {
    /// `sequence-set`
    fn encode(&self, out: &mut Encoder) {
        if self.ranges.is_empty() {
            out.argument("set of messages");
            out.refuse_empty();
        }
        out.joined(self.ranges, b",");
    }
}
