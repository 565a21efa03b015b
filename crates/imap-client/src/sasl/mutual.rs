//! What mechanisms have in common in which both sides prove that they know the password.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;

use super::{MechanismError, Secret};

/// How far the exchange is.
pub(super) enum Step {
    Start,
    /// The client has proved what it knows; the server has to prove the same by this signature.
    Proved(Secret),
    Verified,
    Broken,
}

impl Step {
    /// The step after the signature of the server, if it is the right one.
    pub(super) fn verify(said: &[u8], signature: &Secret) -> Result<Self, MechanismError> {
        match bool::from(said.ct_eq(signature.as_bytes())) {
            true => Ok(Self::Verified),
            false => Err(MechanismError::ServerSignature),
        }
    }

    pub(super) fn finish(&self) -> Result<(), MechanismError> {
        match self {
            Self::Verified => Ok(()),
            _ => Err(MechanismError::Unfinished),
        }
    }
}

/// 24 random octets in base64, which has no comma.
pub(super) fn random_nonce() -> Result<String, MechanismError> {
    let mut octets = [0; 24];
    getrandom::fill(&mut octets).map_err(|_| MechanismError::Random)?;
    Ok(STANDARD.encode(octets))
}

/// A nonce that the program has chosen.
pub(super) fn checked_nonce(nonce: &str) -> Result<String, MechanismError> {
    match is_nonce(nonce) {
        true => Ok(nonce.to_owned()),
        false => Err(MechanismError::Argument {
            name: "nonce",
            reason: "is empty or not printable",
        }),
    }
}

/// Whether this can be a nonce.
///
/// ```abnf
/// printable = %x21-2B / %x2D-7E
/// ```
///
/// [RFC 5802 section 7](https://www.rfc-editor.org/rfc/rfc5802#section-7)
pub(super) fn is_nonce(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic() && b != b',')
}
