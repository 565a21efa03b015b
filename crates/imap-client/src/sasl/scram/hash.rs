//! The hashes of SCRAM.

use hmac::EagerHash;
use imap_proto::Mechanism as MechanismName;
use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::sasl::{Secret, keyed_hash};

/// The hash that SCRAM works with.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ScramHash {
    /// SHA-1: [RFC 5802](https://www.rfc-editor.org/rfc/rfc5802).
    Sha1,
    /// SHA-256: [RFC 7677](https://www.rfc-editor.org/rfc/rfc7677).
    Sha256,
    /// SHA-512: RFC 5802 with another hash.
    Sha512,
}

impl ScramHash {
    /// The mechanism with this hash, with channel binding or without.
    pub(in crate::sasl) fn mechanism(self, bound: bool) -> MechanismName<'static> {
        match (self, bound) {
            (Self::Sha1, false) => MechanismName::ScramSha1,
            (Self::Sha1, true) => MechanismName::ScramSha1Plus,
            (Self::Sha256, false) => MechanismName::ScramSha256,
            (Self::Sha256, true) => MechanismName::ScramSha256Plus,
            (Self::Sha512, false) => MechanismName::ScramSha512,
            (Self::Sha512, true) => MechanismName::ScramSha512Plus,
        }
    }

    /// Signs the messages of both sides.
    pub(super) fn sign(
        self,
        password: &Secret,
        salt: &[u8],
        iterations: u32,
        messages: &[u8],
    ) -> Signatures {
        let sign = match self {
            Self::Sha1 => Signatures::new::<Sha1>,
            Self::Sha256 => Signatures::new::<Sha256>,
            Self::Sha512 => Signatures::new::<Sha512>,
        };
        sign(password.as_bytes(), salt, iterations, messages)
    }
}

/// What each side shows of its knowledge of the password.
pub(super) struct Signatures {
    /// The proof of the client.
    pub(super) proof: Secret,
    /// What the server has to say.
    pub(super) server: Secret,
}

impl Signatures {
    /// The algorithm of RFC 5802 section 3, in its words.
    fn new<D: EagerHash + Digest>(
        password: &[u8],
        salt: &[u8],
        iterations: u32,
        auth_message: &[u8],
    ) -> Self {
        let mut salted_password = Zeroizing::new(vec![0; <D as Digest>::output_size()]);
        pbkdf2_hmac::<D>(password, salt, iterations, &mut salted_password);
        let client_key = keyed_hash::<D>(&salted_password, b"Client Key");
        let stored_key = D::digest(client_key.as_bytes());
        let client_signature = keyed_hash::<D>(&stored_key, auth_message);
        let server_key = keyed_hash::<D>(&salted_password, b"Server Key");
        let pairs = client_key
            .as_bytes()
            .iter()
            .zip(client_signature.as_bytes());
        Self {
            proof: Secret::from(
                pairs
                    .map(|(key, signature)| key ^ signature)
                    .collect::<Vec<_>>(),
            ),
            server: keyed_hash::<D>(server_key.as_bytes(), auth_message),
        }
    }
}
