//! Envelopes.

use imap_proto::{Address, Envelope};

use crate::encode::{Encode, Encoder};

impl Encode for Envelope<'_> {
    /// `envelope`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        out.or_nil(self.date);
        out.raw(b" ");
        out.or_nil(self.subject);
        out.raw(b" ");
        let lists = [
            self.from,
            self.sender,
            self.reply_to,
            self.to,
            self.cc,
            self.bcc,
        ];
        for addresses in lists {
            address_list(addresses, out);
            out.raw(b" ");
        }
        out.or_nil(self.in_reply_to);
        out.raw(b" ");
        out.or_nil(self.message_id);
        out.raw(b")");
    }
}

impl Encode for Address<'_> {
    /// `address`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        out.or_nil(self.name);
        out.raw(b" ");
        out.or_nil(self.route);
        out.raw(b" ");
        out.or_nil(self.mailbox);
        out.raw(b" ");
        out.or_nil(self.host);
        out.raw(b")");
    }
}

/// `"(" 1*address ")" / nil`
fn address_list(addresses: &[Address<'_>], out: &mut Encoder) {
    if addresses.is_empty() {
        return out.raw(b"NIL");
    }
    out.raw(b"(");
    out.joined(addresses, b"");
    out.raw(b")");
}
