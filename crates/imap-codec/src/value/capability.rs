//! Capabilities.

use imap_proto::Capability;

use crate::encode::{Encode, Encoder};

impl Encode for Capability<'_> {
    /// `capability`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
        match self {
            Self::AppendLimit(Some(n))
            | Self::I18nLevel(n)
            | Self::MessageLimit(n)
            | Self::SaveLimit(n) => out.number((*n).into()),
            Self::Auth(mechanism) => mechanism.encode(out),
            Self::ImapSieve(url) => url.encode(out),
            Self::QuotaRes(resource) => resource.encode(out),
            Self::Rights(rights) => {
                if rights.is_empty() {
                    out.argument("rights");
                    out.refuse_empty();
                }
                rights.encode(out);
            }
            Self::Thread(algorithm) => algorithm.encode(out),
            _ => {}
        }
    }
}
