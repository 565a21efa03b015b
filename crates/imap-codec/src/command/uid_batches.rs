//! UIDBATCHES.

use imap_proto::command::UidBatches;

use crate::encode::{Encode, Encoder};

impl Encode for UidBatches {
    /// `"UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"UIDBATCHES ");
        out.number(self.size.get().into());
        if let Some((first, last)) = self.range {
            out.raw(b" ");
            out.number(first.get().into());
            out.raw(b":");
            out.number(last.get().into());
        }
    }
}
