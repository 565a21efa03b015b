//! LIST, LSUB and STATUS.

use imap_proto::command::{List, ListPattern, Status};

use crate::encode::{Encode, Encoder};

impl Encode for List<'_> {
    /// `list`; LSUB is [`Command::Lsub`](imap_proto::Command::Lsub).
    fn encode(&self, out: &mut Encoder) {
        list(b"LIST ", self, out);
    }
}

impl Encode for ListPattern<'_> {
    /// `list-mailbox`
    fn encode(&self, out: &mut Encoder) {
        out.list_mailbox(self.0);
    }
}

impl Encode for Status<'_> {
    /// `status`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"STATUS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        if self.items.is_empty() {
            out.argument("list of items");
            out.refuse_empty();
        }
        out.raw(b" ");
        out.list(self.items);
    }
}

/// LIST or LSUB, which differ in their name.
pub(super) fn list(name: &[u8], list: &List<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("reference");
    list.reference.encode(out);
    out.raw(b" ");
    out.argument("pattern");
    list.pattern.encode(out);
}
