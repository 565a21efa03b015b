//! SEARCH and SORT responses.

use imap_proto::response::Search;

use crate::encode::{Encode, Encoder};

impl Encode for Search<'_> {
    /// `"*" SP "SEARCH" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]`; SORT is
    /// [`Response::Sort`](imap_proto::Response::Sort).
    fn encode(&self, out: &mut Encoder) {
        search(b"* SEARCH", self, out);
    }
}

/// The beginning of a line, and the numbers.
pub(super) fn search(name: &[u8], search: &Search<'_>, out: &mut Encoder) {
    out.raw(name);
    for number in search.numbers {
        out.raw(b" ");
        out.number((*number).into());
    }
    if let Some(mod_seq) = search.mod_seq {
        out.raw(b" (MODSEQ ");
        out.number(mod_seq);
        out.raw(b")");
    }
    out.raw(b"\r\n");
}
