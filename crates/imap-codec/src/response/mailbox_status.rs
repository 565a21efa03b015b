//! STATUS responses.

use imap_proto::response::MailboxStatus;

use crate::encode::{Encode, Encoder};

impl Encode for MailboxStatus<'_> {
    /// `"*" SP "STATUS" SP mailbox SP "(" [status-att-list] ")"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* STATUS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
        out.list(self.items);
        out.raw(b"\r\n");
    }
}
