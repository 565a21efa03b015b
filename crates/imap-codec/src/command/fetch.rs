//! FETCH, COPY and UID EXPUNGE.

use imap_proto::MessageNumber;
use imap_proto::command::{Copy, Fetch, UidExpunge};

use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for Fetch<'_, N> {
    /// `fetch`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"FETCH ");
        self.set.encode(out);
        out.raw(b" ");
        self.items.encode(out);
    }
}

impl<N: MessageNumber> Encode for Copy<'_, N> {
    /// `copy`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"COPY ");
        self.set.encode(out);
        out.raw(b" ");
        out.argument("mailbox");
        self.mailbox.encode(out);
    }
}

impl Encode for UidExpunge<'_> {
    /// `uid-expunge`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"UID EXPUNGE ");
        self.set.encode(out);
    }
}
