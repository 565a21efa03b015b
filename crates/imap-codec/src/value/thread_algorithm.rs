//! How messages are gathered in threads.

use imap_proto::ThreadAlgorithm;

use crate::encode::{Encode, Encoder};

impl Encode for ThreadAlgorithm<'_> {
    /// `thread-alg`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
