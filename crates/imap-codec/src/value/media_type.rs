//! Media types.

use imap_proto::{IString, MediaType};

use crate::encode::{Encode, Encoder};

impl Encode for MediaType<'_> {
    /// `quoted-to-mime-type`
    fn encode(&self, out: &mut Encoder) {
        IString(self.as_bytes()).encode(out);
    }
}
