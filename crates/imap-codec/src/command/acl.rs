//! SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS.

use imap_proto::command::{AclAction, DeleteAcl, GetAcl, ListRights, MyRights, SetAcl};
use imap_proto::{IString, Mailbox};

use super::mailbox::about;
use crate::encode::{Encode, Encoder};

impl Encode for SetAcl<'_> {
    /// `setacl`
    fn encode(&self, out: &mut Encoder) {
        about_somebody(b"SETACL ", self.mailbox, self.identifier, out);
        out.raw(b" ");
        self.action.encode(out);
        if self.action == AclAction::Replace || !self.rights.is_empty() {
            self.rights.encode(out);
        }
    }
}

impl Encode for AclAction {
    /// `"+"`, `"-"`, or nothing
    fn encode(&self, out: &mut Encoder) {
        out.raw(match self {
            Self::Add => b"+",
            Self::Remove => b"-",
            Self::Replace => b"",
        });
    }
}

impl Encode for DeleteAcl<'_> {
    /// `deleteacl`
    fn encode(&self, out: &mut Encoder) {
        about_somebody(b"DELETEACL ", self.mailbox, self.identifier, out);
    }
}

impl Encode for GetAcl<'_> {
    /// `getacl`
    fn encode(&self, out: &mut Encoder) {
        about(b"GETACL ", self.mailbox, out);
    }
}

impl Encode for ListRights<'_> {
    /// `listrights`
    fn encode(&self, out: &mut Encoder) {
        about_somebody(b"LISTRIGHTS ", self.mailbox, self.identifier, out);
    }
}

impl Encode for MyRights<'_> {
    /// `myrights`
    fn encode(&self, out: &mut Encoder) {
        about(b"MYRIGHTS ", self.mailbox, out);
    }
}

/// The name of a command, with a blank, a mailbox, and somebody who has rights on it.
fn about_somebody(name: &[u8], mailbox: Mailbox<'_>, identifier: IString<'_>, out: &mut Encoder) {
    about(name, mailbox, out);
    out.raw(b" ");
    out.argument("identifier");
    out.astring(identifier);
}
