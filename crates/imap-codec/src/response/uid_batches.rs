//! UIDBATCHES responses.

use imap_proto::Bound;
use imap_proto::response::UidBatches;

use super::esearch::search_correlator;
use crate::encode::{Encode, Encoder, Reason};

impl Encode for UidBatches<'_> {
    /// `"*" SP "UIDBATCHES" search-correlator [SP uid-range *("," uid-range)]`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* UIDBATCHES");
        search_correlator(self.correlators, out);
        for (n, range) in self.batches.iter().enumerate() {
            if range.start == Bound::Largest || range.end == Bound::Largest {
                out.argument("batch");
                out.refuse(0, Reason::Syntax);
            }
            out.raw(if n == 0 { b" " } else { b"," });
            // Here both ends are told, also if they are the same.
            range.start.encode(out);
            out.raw(b":");
            range.end.encode(out);
        }
        out.raw(b"\r\n");
    }
}
