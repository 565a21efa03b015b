//! Tags and atoms.

use imap_proto::{Atom, Tag};

use crate::encode::{Encode, Encoder};

impl Encode for Atom<'_> {
    /// `atom`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_bytes());
    }
}

impl Encode for Tag<'_> {
    /// `tag`
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_bytes());
    }
}
