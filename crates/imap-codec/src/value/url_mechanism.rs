//! How a URL is authorized.

use imap_proto::UrlMechanism;

use crate::encode::{Encode, Encoder};

impl Encode for UrlMechanism<'_> {
    /// `mechanism`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
