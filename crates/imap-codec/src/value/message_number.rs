//! Message sequence numbers and unique identifiers.

use imap_proto::{SeqNum, Uid, UidValidity};

use crate::encode::{Encode, Encoder};

impl Encode for SeqNum {
    /// `nz-number`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.number(self.get().into());
    }
}

impl Encode for Uid {
    /// `uniqueid`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.number(self.get().into());
    }
}

impl Encode for UidValidity {
    /// `nz-number`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.number(self.get().into());
    }
}
