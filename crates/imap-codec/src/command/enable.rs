//! ENABLE.

use imap_proto::command::Enable;

use crate::encode::{Encode, Encoder};

impl Encode for Enable<'_> {
    /// `enable`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"ENABLE ");
        if self.capabilities.is_empty() {
            out.argument("list of capabilities");
            out.refuse_empty();
        }
        out.joined(self.capabilities, b" ");
    }
}
