//! Envelopes.

use imap_proto::{Address, Envelope};

use crate::encode::{Encode, Encoder};

impl Encode for Envelope<'_> {
    /// `envelope`
    fn encode(&self, out: &mut Encoder) {
        out.nstring_behind(b'(', self.date);
        out.nstring_behind(b' ', self.subject);
        let lists = [
            self.from,
            self.sender,
            self.reply_to,
            self.to,
            self.cc,
            self.bcc,
        ];
        for addresses in lists {
            address_list_sp(addresses, out);
        }
        out.nstring_behind(b' ', self.in_reply_to);
        out.nstring_behind(b' ', self.message_id);
        out.raw(b")");
    }
}

impl Encode for Address<'_> {
    /// `address`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.nstring_behind(b'(', self.name);
        out.nstring_behind(b' ', self.route);
        out.nstring_behind(b' ', self.mailbox);
        out.nstring_behind(b' ', self.host);
        out.raw(b")");
    }
}

/// `SP ("(" 1*address ")" / nil)`
fn address_list_sp(addresses: &[Address<'_>], out: &mut Encoder) {
    if addresses.is_empty() {
        return out.raw(b" NIL");
    }
    out.raw(b" (");
    out.joined(addresses, b"");
    out.raw(b")");
}
