//! Mailbox names.

use imap_proto::Mailbox;

use crate::encode::{Encode, Encoder, Reason};

impl Encode for Mailbox<'_> {
    /// `mailbox`: an atom if that is possible, and INBOX in the case it was given in.
    #[inline]
    fn encode(&self, out: &mut Encoder) {
        out.astring(self.as_string());
    }
}

/// `DQUOTE QUOTED-CHAR DQUOTE / nil`
pub(crate) fn delimiter(delimiter: Option<u8>, out: &mut Encoder) {
    match delimiter {
        None => out.raw(b"NIL"),
        Some(c @ (b'"' | b'\\')) => out.raw(&[b'"', b'\\', c, b'"']),
        Some(c @ b' '..=b'~') => out.raw(&[b'"', c, b'"']),
        Some(_) => {
            out.argument("delimiter");
            out.refuse(0, Reason::Syntax);
        }
    }
}
