//! Resources that quotas limit.

use imap_proto::QuotaResource;

use crate::encode::{Encode, Encoder};

impl Encode for QuotaResource<'_> {
    /// `resource-name`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}
