//! How a URL is authorized.

use imap_proto::UrlMechanism;

use crate::encode::{Encode, Encoder, Reason};

impl Encode for UrlMechanism<'_> {
    /// `mechanism`
    fn encode(&self, out: &mut Encoder) {
        let name = self.as_str().as_bytes();
        let is_odd = |b: &u8| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'.');
        match name.iter().position(is_odd) {
            Some(offset) => {
                out.argument("mechanism");
                out.refuse(offset, Reason::Syntax);
            }
            None => out.raw(name),
        }
    }
}
