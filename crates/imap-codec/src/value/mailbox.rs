//! Mailbox names.

use imap_proto::Mailbox;

use crate::encode::{Encode, Encoder};

impl Encode for Mailbox<'_> {
    /// `mailbox`: an atom if that is possible, and INBOX in the case it was given in.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.astring(self.as_string());
    }
}
