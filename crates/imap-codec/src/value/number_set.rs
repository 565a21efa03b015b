//! Sequence sets to compute with.

use imap_proto::{MessageNumber, SequenceSetBuf};

use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for SequenceSetBuf<N> {
    /// `sequence-set`; an empty set is refused.
    fn encode(&self, out: &mut Encoder) {
        match self.as_set() {
            Some(set) => set.encode(out),
            None => {
                out.argument("sequence set");
                out.refuse_empty();
            }
        }
    }
}
