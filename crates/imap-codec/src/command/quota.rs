//! GETQUOTA, GETQUOTAROOT and SETQUOTA.

use imap_proto::IString;
use imap_proto::command::{GetQuota, GetQuotaRoot, QuotaLimit, SetQuota};

use super::mailbox::about;
use crate::encode::{Encode, Encoder};

impl Encode for GetQuota<'_> {
    /// `getquota`
    fn encode(&self, out: &mut Encoder) {
        about_root(b"GETQUOTA ", self.root, out);
    }
}

impl Encode for GetQuotaRoot<'_> {
    /// `getquotaroot`
    fn encode(&self, out: &mut Encoder) {
        about(b"GETQUOTAROOT ", self.mailbox, out);
    }
}

impl Encode for SetQuota<'_> {
    /// `setquota`
    fn encode(&self, out: &mut Encoder) {
        about_root(b"SETQUOTA ", self.root, out);
        out.raw(b" ");
        out.list(self.limits);
    }
}

impl Encode for QuotaLimit<'_> {
    /// `setquota-resource`
    fn encode(&self, out: &mut Encoder) {
        self.resource.encode(out);
        out.raw(b" ");
        out.number(self.limit);
    }
}

/// The name of a command, with a blank, and the quota root that it is about.
fn about_root(name: &[u8], root: IString<'_>, out: &mut Encoder) {
    out.raw(name);
    out.argument("quota root");
    out.astring(root);
}
