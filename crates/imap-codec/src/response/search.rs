//! SEARCH responses.

use imap_proto::response::Search;

use crate::encode::{Encode, Encoder};

impl Encode for Search<'_> {
    /// `"*" SP "SEARCH" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* SEARCH");
        for number in self.numbers {
            out.raw(b" ");
            out.number((*number).into());
        }
        if let Some(mod_seq) = self.mod_seq {
            out.raw(b" (MODSEQ ");
            out.number(mod_seq);
            out.raw(b")");
        }
        out.raw(b"\r\n");
    }
}
