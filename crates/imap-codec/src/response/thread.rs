//! THREAD responses.

use imap_proto::response::Thread;

use crate::encode::{Encode, Encoder, Reason};

impl Encode for Thread<'_> {
    /// `thread-list`
    fn encode(&self, out: &mut Encoder) {
        out.argument("thread");
        // One reply, or no message at all, has another form: a longer list of messages, or nothing.
        if self.replies.len() == 1 || (self.messages.is_empty() && self.replies.is_empty()) {
            out.refuse(0, Reason::Syntax);
        }
        out.raw(b"(");
        for (n, message) in self.messages.iter().enumerate() {
            out.raw(if n == 0 { b"" } else { b" " });
            out.number(message.get().into());
        }
        if !self.messages.is_empty() && !self.replies.is_empty() {
            out.raw(b" ");
        }
        out.nested(|out| out.joined(self.replies, b""));
        out.raw(b")");
    }
}

/// `"*" SP thread-data`, and the end of the line.
pub(super) fn thread_data(threads: &[Thread<'_>], out: &mut Encoder) {
    out.raw(b"* THREAD");
    if !threads.is_empty() {
        out.raw(b" ");
        out.joined(threads, b"");
    }
    out.raw(b"\r\n");
}
