//! MOVE and REPLACE.

use imap_proto::MessageNumber;
use imap_proto::command::{Move, Replace};

use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for Move<'_, N> {
    /// `move`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"MOVE ");
        self.set.encode(out);
        out.raw(b" ");
        out.argument("mailbox");
        self.mailbox.encode(out);
    }
}

impl<N: MessageNumber> Encode for Replace<'_, N> {
    /// `replace`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"REPLACE ");
        self.number.encode(out);
        out.raw(b" ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        self.message.encode(out);
    }
}
