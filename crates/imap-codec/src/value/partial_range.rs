//! Ranges of a result.

use imap_proto::PartialRange;

use crate::encode::{Encode, Encoder};

impl Encode for PartialRange {
    /// `partial-range`
    fn encode(&self, out: &mut Encoder) {
        let (sign, start, end) = match self {
            Self::First(start, end) => (&b""[..], start, end),
            Self::Last(start, end) => (&b"-"[..], start, end),
        };
        out.raw(sign);
        out.number(start.get().into());
        out.raw(b":");
        out.raw(sign);
        out.number(end.get().into());
    }
}
