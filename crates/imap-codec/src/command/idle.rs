//! DONE, which ends IDLE.

use imap_proto::command::Done;

use crate::encode::{Encode, Encoder};

impl Encode for Done {
    /// `"DONE"`, with its line end.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"DONE\r\n");
    }
}
