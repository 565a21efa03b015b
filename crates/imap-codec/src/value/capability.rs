//! Capabilities and authentication mechanisms.

use imap_proto::{Capability, Mechanism};

use crate::encode::{Encode, Encoder};

impl Encode for Capability<'_> {
    /// `capability`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
        if let Self::Auth(mechanism) = self {
            mechanism.encode(out);
        }
    }
}

impl Encode for Mechanism<'_> {
    /// `auth-type`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
