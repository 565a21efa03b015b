//! APPEND.

use imap_proto::command::Append;

use crate::encode::{Encode, Encoder};

impl Encode for Append<'_> {
    /// `append`; the message is a literal in any case, whose line breaks are always allowed.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"APPEND ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        if !self.flags.is_empty() {
            out.list(self.flags);
            out.raw(b" ");
        }
        if let Some(date) = &self.date {
            date.encode(out);
            out.raw(b" ");
        }
        out.argument("message");
        out.literal(self.message.as_bytes());
    }
}
