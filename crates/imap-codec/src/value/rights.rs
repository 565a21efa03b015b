//! Rights on a mailbox.

use imap_proto::Rights;

use crate::encode::{Encode, Encoder};

impl Encode for Rights {
    /// The letters and digits, which are an atom; none are `""`.
    fn encode(&self, out: &mut Encoder) {
        if self.is_empty() {
            return out.raw(b"\"\"");
        }
        for letter in self.letters() {
            out.raw(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}
