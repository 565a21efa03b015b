//! Commands about a mailbox as a whole.

use imap_proto::Mailbox;
use imap_proto::command::{Create, Delete, Examine, Rename, Select, Subscribe, Unsubscribe};

use crate::encode::{Encode, Encoder};

impl Encode for Select<'_> {
    /// `select`
    fn encode(&self, out: &mut Encoder) {
        about(b"SELECT ", self.mailbox, out);
    }
}

impl Encode for Examine<'_> {
    /// `examine`
    fn encode(&self, out: &mut Encoder) {
        about(b"EXAMINE ", self.mailbox, out);
    }
}

impl Encode for Create<'_> {
    /// `create`
    fn encode(&self, out: &mut Encoder) {
        about(b"CREATE ", self.mailbox, out);
    }
}

impl Encode for Delete<'_> {
    /// `delete`
    fn encode(&self, out: &mut Encoder) {
        about(b"DELETE ", self.mailbox, out);
    }
}

impl Encode for Rename<'_> {
    /// `rename`
    fn encode(&self, out: &mut Encoder) {
        about(b"RENAME ", self.from, out);
        out.raw(b" ");
        out.argument("new mailbox name");
        self.to.encode(out);
    }
}

impl Encode for Subscribe<'_> {
    /// `subscribe`
    fn encode(&self, out: &mut Encoder) {
        about(b"SUBSCRIBE ", self.mailbox, out);
    }
}

impl Encode for Unsubscribe<'_> {
    /// `unsubscribe`
    fn encode(&self, out: &mut Encoder) {
        about(b"UNSUBSCRIBE ", self.mailbox, out);
    }
}

/// The name of a command, with a blank, and the mailbox that it is about.
fn about(name: &[u8], mailbox: Mailbox<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("mailbox");
    mailbox.encode(out);
}
