//! STORE.

use imap_proto::MessageNumber;
use imap_proto::command::{Store, StoreAction};

use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for Store<'_, N> {
    /// `store`, with `UID` in front for UIDs; the flags are in parentheses, also if there is one.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"STORE ");
        self.set.encode(out);
        out.raw(b" ");
        self.action.encode(out);
        if self.silent {
            out.raw(b".SILENT");
        }
        out.raw(b" ");
        out.list(self.flags);
    }
}

impl Encode for StoreAction {
    /// `["+" / "-"] "FLAGS"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(match self {
            Self::Add => b"+FLAGS",
            Self::Remove => b"-FLAGS",
            Self::Replace => b"FLAGS",
        });
    }
}
