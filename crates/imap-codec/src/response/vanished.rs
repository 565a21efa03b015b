//! What is gone, by UID.

use imap_proto::response::Vanished;

use crate::encode::{Encode, Encoder};

impl Encode for Vanished<'_> {
    /// `"*" SP expunged-resp CRLF`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* VANISHED ");
        if self.earlier {
            out.raw(b"(EARLIER) ");
        }
        self.uids.encode(out);
        out.raw(b"\r\n");
    }
}
