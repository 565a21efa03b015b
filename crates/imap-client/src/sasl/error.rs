//! What can go wrong in a mechanism.

use std::fmt;

use super::TokenFailure;

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
    /// The server refuses the token.
    Token(Box<TokenFailure>),
}

impl fmt::Display for MechanismError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument { name, reason } => write!(f, "{name} {reason}"),
            Self::Cancelled => f.write_str("authentication cancelled"),
            Self::Challenge(expected) => write!(f, "expected {expected}"),
            Self::Token(failure) => write!(f, "token refused: {failure}"),
        }
    }
}

impl std::error::Error for MechanismError {}
