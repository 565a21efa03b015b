//! Octets that nobody should see.

use std::fmt;

use zeroize::Zeroizing;

/// Octets that are wiped from memory when dropped, and that `Debug` does not show.
///
/// ```
/// use imap_client::sasl::Secret;
///
/// let secret = Secret::from("open sesame");
/// assert_eq!(secret.as_bytes(), b"open sesame");
/// assert_eq!(format!("{secret:?}"), "Secret { .. }");
/// ```
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// The parts, one after another, in one allocation, so that no copy is left behind.
    pub(super) fn concat(parts: &[&[u8]]) -> Self {
        Self::from(parts.concat())
    }

    /// The octets.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Secret {
    fn from(octets: Vec<u8>) -> Self {
        Self(Zeroizing::new(octets))
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<&[u8]> for Secret {
    fn from(octets: &[u8]) -> Self {
        Self::from(octets.to_vec())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").finish_non_exhaustive()
    }
}
