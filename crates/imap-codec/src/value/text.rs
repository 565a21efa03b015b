//! Human-readable text.

use imap_proto::Text;

use crate::encode::{Encode, Encoder};

impl Encode for Text<'_> {
    /// `[text]`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_bytes());
    }
}
