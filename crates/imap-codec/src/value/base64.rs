//! Base64 texts.

use imap_proto::Base64;

use crate::encode::{Encode, Encoder};

impl Encode for Base64<'_> {
    /// `base64`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
