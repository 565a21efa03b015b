//! COMPRESS.

use imap_proto::command::Compress;

use crate::encode::{Encode, Encoder};

impl Encode for Compress<'_> {
    /// `compress`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"COMPRESS ");
        out.raw(self.as_str().as_bytes());
    }
}
