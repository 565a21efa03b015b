//! What can go wrong in a mechanism.

use std::fmt;

use super::{ScramError, TokenFailure};

/// Why a mechanism cannot go on, or why its outcome is not to be trusted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum MechanismError {
    /// An argument cannot be sent by this mechanism; nothing was sent.
    Argument {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The program does not want to go on.
    Cancelled,
    /// The server sent a challenge that has no answer; this was expected instead.
    Challenge(&'static str),
    /// Channel binding is required, and there is no mechanism with it that both sides can do.
    ChannelBindingMissing,
    /// The server asks for so many iterations of the hash, which is too few to be safe, or too many
    /// to be computed.
    Iterations(u32),
    /// The mechanisms that the server offers show the secret, and the connection is not encrypted.
    NeedsEncryption,
    /// The server offers no mechanism for these credentials.
    NoMechanism,
    /// The system gives no random numbers.
    Random,
    /// The server told why it refuses.
    Scram(ScramError),
    /// The server does not know the password: its signature is wrong.
    ServerSignature,
    /// The server refuses the token.
    Token(Box<TokenFailure>),
    /// The server said OK before it had proved that it knows the password.
    Unfinished,
}

impl MechanismError {
    /// Whether another mechanism may do with the same credentials.
    pub fn is_unsupported(&self) -> bool {
        matches!(
            self,
            Self::Scram(
                ScramError::ChannelBindingNotSupported | ScramError::UnsupportedChannelBindingType
            )
        )
    }
}

impl fmt::Display for MechanismError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { name, reason } => write!(f, "{name} {reason}"),
            Self::Cancelled => f.write_str("authentication cancelled"),
            Self::Challenge(expected) => write!(f, "expected {expected}"),
            Self::ChannelBindingMissing => f.write_str("no mechanism with channel binding"),
            Self::Iterations(count) => write!(f, "{count} iterations are too few or too many"),
            Self::NeedsEncryption => f.write_str("mechanism needs an encrypted connection"),
            Self::NoMechanism => f.write_str("server offers no mechanism for these credentials"),
            Self::Random => f.write_str("no random numbers"),
            Self::Scram(error) => write!(f, "server refused: {error}"),
            Self::ServerSignature => f.write_str("wrong signature of the server"),
            Self::Token(failure) => write!(f, "token refused: {failure}"),
            Self::Unfinished => f.write_str("server did not prove that it knows the password"),
        }
    }
}

impl std::error::Error for MechanismError {}
