//! ACL, LISTRIGHTS and MYRIGHTS responses.

use imap_proto::response::{Acl, AclEntry, ListRights, MyRights};

use crate::encode::{Encode, Encoder};

impl Encode for Acl<'_> {
    /// `"*" SP acl-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* ACL ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        for entry in self.entries {
            out.raw(b" ");
            entry.encode(out);
        }
        out.raw(b"\r\n");
    }
}

impl Encode for AclEntry<'_> {
    /// `identifier SP rights`
    fn encode(&self, out: &mut Encoder) {
        out.argument("identifier");
        out.astring(self.identifier);
        out.raw(b" ");
        self.rights.encode(out);
    }
}

impl Encode for ListRights<'_> {
    /// `"*" SP listrights-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* LISTRIGHTS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        out.argument("identifier");
        out.astring(self.identifier);
        out.raw(b" ");
        self.required.encode(out);
        for rights in self.optional {
            out.raw(b" ");
            rights.encode(out);
        }
        out.raw(b"\r\n");
    }
}

impl Encode for MyRights<'_> {
    /// `"*" SP myrights-data`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* MYRIGHTS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        self.rights.encode(out);
        out.raw(b"\r\n");
    }
}
