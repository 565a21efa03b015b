//! THREAD.

use imap_proto::command::Thread;

use super::search::search_criteria;
use crate::encode::{Encode, Encoder};

impl Encode for Thread<'_> {
    /// `thread`; UID THREAD is [`Command::UidThread`](imap_proto::Command::UidThread).
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"THREAD ");
        self.algorithm.encode(out);
        out.raw(b" ");
        search_criteria(self.charset, self.keys, out);
    }
}
