//! The messages of a SCRAM server.

use std::fmt;
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::sasl::MechanismError;
use crate::sasl::mutual::is_nonce;

/// How many iterations of the hash are done when a server asks for them.
///
/// RFC 5802 and RFC 7677 name the least; a server that asks for less may want to guess the password
/// from the proof. The most are a second or two of work, and more than is advised for any hash.
pub(super) const ITERATIONS: RangeInclusive<u32> = 4096..=2_000_000;

/// Salt and count for the password of the user.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct ServerFirst<'a> {
    /// The message.
    pub(super) text: &'a str,
    /// The nonces of both sides.
    pub(super) nonce: &'a str,
    pub(super) salt: Vec<u8>,
    pub(super) iterations: u32,
}

impl<'a> ServerFirst<'a> {
    /// ```abnf
    /// server-first-message =
    ///                   [reserved-mext ","] nonce "," salt ","
    ///                   iteration-count ["," extensions]
    /// nonce           = "r=" c-nonce [s-nonce]
    /// salt            = "s=" base64
    /// iteration-count = "i=" posit-number
    /// ```
    ///
    /// A mandatory extension is an error, since none is known; others do not matter.
    pub(super) fn parse(message: &'a [u8], client_nonce: &str) -> Result<Self, MechanismError> {
        let text = text(message)?;
        let mut attributes = text.split(',');
        let nonce = attributes.next().and_then(|text| text.strip_prefix("r="));
        let nonce = nonce
            .filter(|nonce| nonce.len() > client_nonce.len() && nonce.starts_with(client_nonce))
            .filter(|nonce| is_nonce(nonce))
            .ok_or(MechanismError::Challenge(
                "a nonce that begins with the one of the client",
            ))?;
        let salt = base64(attributes.next(), "s=").ok_or(MechanismError::Challenge("a salt"))?;
        let count = attributes.next().and_then(|text| text.strip_prefix("i="));
        let iterations = count
            .and_then(posit_number)
            .ok_or(MechanismError::Challenge("a number of iterations"))?;
        if !ITERATIONS.contains(&iterations) {
            return Err(MechanismError::Iterations(iterations));
        }
        Ok(Self {
            text,
            nonce,
            salt,
            iterations,
        })
    }
}

/// The signature of the server in its last message.
///
/// ```abnf
/// server-final-message = (server-error / verifier)
///                   ["," extensions]
/// verifier        = "v=" base64
/// ```
pub(super) fn server_final(message: &[u8]) -> Result<Vec<u8>, MechanismError> {
    base64(text(message)?.split(',').next(), "v=").ok_or(MechanismError::Challenge("a signature"))
}

/// The text of a message that is no error.
///
/// ```abnf
/// server-error = "e=" server-error-value
/// ```
fn text(message: &[u8]) -> Result<&str, MechanismError> {
    let text = str::from_utf8(message).map_err(|_| MechanismError::Challenge("UTF-8"))?;
    let Some(error) = text.strip_prefix("e=") else {
        return Ok(text);
    };
    let value = error.split(',').next().unwrap_or_default();
    Err(MechanismError::Scram(ScramError::from(value)))
}

/// Octets in base64, of which there is at least one, behind the name of their attribute.
fn base64(attribute: Option<&str>, name: &str) -> Option<Vec<u8>> {
    let value = attribute?.strip_prefix(name)?;
    STANDARD
        .decode(value)
        .ok()
        .filter(|octets| !octets.is_empty())
}

/// `posit-number = %x31-39 *DIGIT`; what is larger than any number here is the largest.
fn posit_number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && !digits.starts_with('0')).then(|| digits.parse().unwrap_or(u32::MAX))
}

/// Why a SCRAM server refuses, by its own word.
///
/// `e=invalid-proof` is a wrong password. A server need not tell, and may tell another reason.
///
/// [RFC 5802 section 7](https://www.rfc-editor.org/rfc/rfc5802#section-7)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ScramError {
    /// `invalid-encoding`: a message could not be read.
    InvalidEncoding,
    /// `extensions-not-supported`: a mandatory extension is not known.
    ExtensionsNotSupported,
    /// `invalid-proof`: the password is wrong.
    InvalidProof,
    /// `channel-bindings-dont-match`: somebody may be in the middle of the connection.
    ChannelBindingsDontMatch,
    /// `server-does-support-channel-binding`: somebody may have hidden that from the client.
    ServerDoesSupportChannelBinding,
    /// `channel-binding-not-supported`: the server knows no channel binding.
    ChannelBindingNotSupported,
    /// `unsupported-channel-binding-type`: the server does not know this kind of channel binding.
    UnsupportedChannelBindingType,
    /// `unknown-user`: there is no such user.
    UnknownUser,
    /// `invalid-username-encoding`: the name of the user could not be read.
    InvalidUsernameEncoding,
    /// `no-resources`: the server has no time or memory.
    NoResources,
    /// `other-error`: the server does not tell.
    OtherError,
    /// Any other.
    Other(Box<str>),
}

impl From<&str> for ScramError {
    fn from(value: &str) -> Self {
        let known = NAMES.iter().find(|(name, _)| *name == value);
        known.map_or_else(|| Self::Other(value.into()), |(_, error)| error.clone())
    }
}

impl fmt::Display for ScramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Other(value) = self {
            return write!(f, "{}", value.escape_debug());
        }
        let known = NAMES.iter().find(|(_, error)| error == self);
        f.write_str(known.map_or("", |(name, _)| name))
    }
}

const NAMES: [(&str, ScramError); 11] = [
    ("invalid-encoding", ScramError::InvalidEncoding),
    (
        "extensions-not-supported",
        ScramError::ExtensionsNotSupported,
    ),
    ("invalid-proof", ScramError::InvalidProof),
    (
        "channel-bindings-dont-match",
        ScramError::ChannelBindingsDontMatch,
    ),
    (
        "server-does-support-channel-binding",
        ScramError::ServerDoesSupportChannelBinding,
    ),
    (
        "channel-binding-not-supported",
        ScramError::ChannelBindingNotSupported,
    ),
    (
        "unsupported-channel-binding-type",
        ScramError::UnsupportedChannelBindingType,
    ),
    ("unknown-user", ScramError::UnknownUser),
    (
        "invalid-username-encoding",
        ScramError::InvalidUsernameEncoding,
    ),
    ("no-resources", ScramError::NoResources),
    ("other-error", ScramError::OtherError),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(message: &str) -> Result<ServerFirst<'_>, MechanismError> {
        ServerFirst::parse(message.as_bytes(), "abc")
    }

    #[test]
    fn ok_extensions_that_are_not_mandatory() {
        let first = parse("r=abcd,s=AAEC,i=4096,x=y,z=1").unwrap();
        assert_eq!(first.nonce, "abcd");
        assert_eq!(first.salt, [0, 1, 2]);
        assert_eq!(first.iterations, 4096);
        assert_eq!(server_final(b"v=AAEC,x=y").unwrap(), [0, 1, 2]);
    }

    #[test]
    fn err_says_what_was_expected() {
        for (message, error) in [
            (
                "",
                "expected a nonce that begins with the one of the client",
            ),
            (
                "m=x,r=abcd,s=AAEC,i=4096",
                "expected a nonce that begins with the one of the client",
            ),
            (
                "r=abc,s=AAEC,i=4096",
                "expected a nonce that begins with the one of the client",
            ),
            (
                "r=xbcd,s=AAEC,i=4096",
                "expected a nonce that begins with the one of the client",
            ),
            (
                "r=abc d,s=AAEC,i=4096",
                "expected a nonce that begins with the one of the client",
            ),
            ("r=abcd", "expected a salt"),
            ("r=abcd,s=,i=4096", "expected a salt"),
            ("r=abcd,s=AAE,i=4096", "expected a salt"),
            ("r=abcd,i=4096,s=AAEC", "expected a salt"),
            ("r=abcd,s=AAEC", "expected a number of iterations"),
            ("r=abcd,s=AAEC,i=", "expected a number of iterations"),
            ("r=abcd,s=AAEC,i=+4096", "expected a number of iterations"),
            ("r=abcd,s=AAEC,i=04096", "expected a number of iterations"),
            (
                "r=abcd,s=AAEC,i=4095",
                "4095 iterations are too few or too many",
            ),
            (
                "r=abcd,s=AAEC,i=2000001",
                "2000001 iterations are too few or too many",
            ),
            (
                "r=abcd,s=AAEC,i=99999999999999999999",
                "4294967295 iterations are too few or too many",
            ),
            ("e=unknown-user", "server refused: unknown-user"),
            ("e=my-own,x=y", "server refused: my-own"),
        ] {
            assert_eq!(parse(message).unwrap_err().to_string(), error, "{message}");
        }
        for message in ["", "v=", "v=A", "v=AAEC=", "x=y,v=AAEC"] {
            let error = server_final(message.as_bytes()).unwrap_err();
            assert_eq!(error, MechanismError::Challenge("a signature"), "{message}");
        }
    }

    #[test]
    fn ok_each_error_has_its_name() {
        for (name, error) in NAMES {
            assert_eq!(ScramError::from(name), error);
            assert_eq!(error.to_string(), name);
        }
    }
}
