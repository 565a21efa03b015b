//! Identifiers of mailboxes, messages and threads.

use imap_proto::ObjectId;

use crate::encode::{Encode, Encoder};

impl Encode for ObjectId<'_> {
    /// `objectid`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_bytes());
    }
}
