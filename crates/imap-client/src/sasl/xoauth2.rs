//! XOAUTH2, Google's and Microsoft's.

use super::token::{Token, TokenDialogue, without_control};
use super::{Mechanism, MechanismError, MechanismName, Secret};

/// `XOAUTH2`: a bearer token of OAuth 2.0, as before RFC 7628.
///
/// ```
/// use imap_client::sasl::{Mechanism, XOAuth2};
///
/// let mut bearer = XOAuth2::new("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3Rl")?;
/// assert_eq!(
///     bearer.initial_response().unwrap().as_bytes(),
///     b"user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3Rl\x01\x01"
/// );
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
#[derive(Clone, Debug)]
pub struct XOAuth2 {
    user: String,
    token: Token,
    dialogue: TokenDialogue,
}

impl XOAuth2 {
    /// Logs in a user by a token.
    ///
    /// # Errors
    ///
    /// If one of them is empty or has characters that cannot be sent.
    pub fn new(user: &str, token: &str) -> Result<Self, MechanismError> {
        Ok(Self {
            user: without_control("user name", user)?.to_owned(),
            token: Token::new(token)?,
            dialogue: TokenDialogue::new(b""),
        })
    }
}

impl Mechanism for XOAuth2 {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::XOAuth2
    }

    fn initial_response(&mut self) -> Option<Secret> {
        Some(Secret::concat(&[
            b"user=",
            self.user.as_bytes(),
            b"\x01auth=Bearer ",
            self.token.as_bytes(),
            b"\x01\x01",
        ]))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        self.dialogue.respond(challenge)
    }

    fn failure(&mut self) -> Option<MechanismError> {
        self.dialogue.failure()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_a_refused_token_is_told_and_answered_with_nothing() {
        let mut bearer = XOAuth2::new("ann@example.com", "abc").unwrap();
        let challenge =
            br#"{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}"#;
        assert_eq!(bearer.respond(challenge).unwrap().as_bytes(), b"");
        let Some(MechanismError::Token(failure)) = bearer.failure() else {
            panic!("no failure");
        };
        assert!(failure.wants_new_token());
        assert_eq!(failure.schemes.as_deref(), Some("bearer"));
        assert_eq!(failure.scope.as_deref(), Some("https://mail.google.com/"));
    }

    #[test]
    fn err_what_would_move_the_borders_between_the_fields() {
        for (user, token) in [
            ("", "t"),
            ("a\x01b", "t"),
            ("a", ""),
            ("a", "t\x01"),
            ("a", "t t"),
        ] {
            assert!(XOAuth2::new(user, token).is_err(), "{user:?} {token:?}");
        }
    }
}
