//! What OAUTHBEARER and XOAUTH2 have in common.

use super::{MechanismError, Secret, TokenFailure, checked, no_more};

/// A bearer token.
#[derive(Clone, Debug)]
pub(super) struct Token(Secret);

impl Token {
    /// A token, or an error if it has other characters than those of a bearer token.
    ///
    /// ```abnf
    /// b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
    /// ```
    pub(super) fn new(token: &str) -> Result<Self, MechanismError> {
        let is_char = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b);
        if !checked("token", token.as_bytes())?
            .iter()
            .copied()
            .all(is_char)
        {
            return Err(MechanismError::Argument {
                name: "token",
                reason: "has characters that no token has",
            });
        }
        Ok(Self(Secret::from(token)))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// What comes after the token: nothing, or the reason why it is refused.
#[derive(Clone, Debug)]
pub(super) struct TokenDialogue {
    /// What is said to the reason, so that the server can say NO.
    dummy: &'static [u8],
    failure: Option<TokenFailure>,
}

impl TokenDialogue {
    pub(super) fn new(dummy: &'static [u8]) -> Self {
        Self {
            dummy,
            failure: None,
        }
    }

    pub(super) fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        if self.failure.is_some() {
            return no_more();
        }
        self.failure = Some(TokenFailure::from_json(challenge));
        Ok(Secret::from(self.dummy))
    }

    pub(super) fn failure(&mut self) -> Option<MechanismError> {
        let failure = self.failure.take()?;
        Some(MechanismError::Token(Box::new(failure)))
    }
}

/// Refuses an argument that is empty, or has control characters, which separate the fields.
pub(super) fn without_control<'a>(
    name: &'static str,
    value: &'a str,
) -> Result<&'a str, MechanismError> {
    checked(name, value.as_bytes())?;
    if value.contains(char::is_control) {
        return Err(MechanismError::Argument {
            name,
            reason: "has control characters",
        });
    }
    Ok(value)
}
