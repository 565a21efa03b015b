//! HMAC: RFC 2104.

use hmac::{EagerHash, Hmac, KeyInit as _, Mac as _};

use super::Secret;

/// The keyed hash of a message.
pub(super) fn keyed_hash<D: EagerHash>(key: &[u8], message: &[u8]) -> Secret {
    // cannot fail: HMAC takes keys of any length
    let mut hmac = Hmac::<D>::new_from_slice(key).expect("a key of any length");
    hmac.update(message);
    Secret::from(hmac.finalize().into_bytes().as_slice())
}
