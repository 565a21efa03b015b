//! Authentication mechanisms.

use imap_proto::Mechanism;

use crate::encode::{Encode, Encoder};

impl Encode for Mechanism<'_> {
    /// `auth-type`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
