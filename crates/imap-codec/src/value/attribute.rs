//! Mailbox attributes.

use imap_proto::MailboxAttribute;

use crate::encode::{Encode, Encoder};

impl Encode for MailboxAttribute<'_> {
    /// The attribute with its backslash.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"\\");
        out.raw(self.as_str().as_bytes());
    }
}
