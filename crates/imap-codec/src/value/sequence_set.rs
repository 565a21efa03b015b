//! Sequence sets as they travel.

use imap_proto::{Bound, MessageNumber, Range, SequenceSet};

use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for SequenceSet<'_, N> {
    /// `sequence-set`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        if self.is_saved() {
            out.raw(b"$");
        } else {
            out.joined(self.ranges(), b",");
        }
    }
}

impl<N: Copy + Eq + Into<u32>> Encode for Range<N> {
    /// `seq-range`, or `seq-number` if both ends are the same.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        self.start.encode(out);
        if self.start != self.end {
            out.raw(b":");
            self.end.encode(out);
        }
    }
}

impl<N: Copy + Into<u32>> Encode for Bound<N> {
    /// `seq-number`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Number(number) => {
                let number: u32 = (*number).into();
                out.number(number.into());
            }
            Self::Largest => out.raw(b"*"),
        }
    }
}
