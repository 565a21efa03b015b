//! QUOTA and QUOTAROOT responses.

use imap_proto::response::{Quota, QuotaRoot, QuotaUsage};

use crate::encode::{Encode, Encoder};

impl Encode for Quota<'_> {
    /// `"*" SP quota-response`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* QUOTA ");
        out.argument("quota root");
        out.astring(self.root);
        out.raw(b" ");
        out.list(self.resources);
        out.raw(b"\r\n");
    }
}

impl Encode for QuotaUsage<'_> {
    /// `quota-resource`
    fn encode(&self, out: &mut Encoder) {
        self.resource.encode(out);
        out.raw(b" ");
        out.number(self.usage);
        out.raw(b" ");
        out.number(self.limit);
    }
}

impl Encode for QuotaRoot<'_> {
    /// `"*" SP quotaroot-response`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* QUOTAROOT ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.argument("quota root");
        for root in self.roots {
            out.raw(b" ");
            out.astring(*root);
        }
        out.raw(b"\r\n");
    }
}
