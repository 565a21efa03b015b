//! Flags.

use imap_proto::{Flag, Keyword};

use crate::encode::{Encode, Encoder};

impl Encode for Flag<'_> {
    /// `flag-perm`: the flag, with its backslash if it has one.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        let name: &[u8] = match self {
            Self::Answered => b"\\Answered",
            Self::Any => b"\\*",
            Self::Deleted => b"\\Deleted",
            Self::Draft => b"\\Draft",
            Self::Flagged => b"\\Flagged",
            Self::Keyword(keyword) => keyword.as_bytes(),
            Self::Other(name) => {
                out.raw(b"\\");
                name.as_bytes()
            }
            Self::Recent => b"\\Recent",
            Self::Seen => b"\\Seen",
        };
        out.raw(name);
    }
}

impl Encode for Keyword<'_> {
    /// `flag-keyword`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_bytes());
    }
}
