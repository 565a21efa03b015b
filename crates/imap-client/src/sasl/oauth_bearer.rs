//! OAUTHBEARER: RFC 7628.

use super::gs2::{header, saslname};
use super::token::{Token, TokenDialogue, without_control};
use super::{Mechanism, MechanismError, MechanismName, Secret};

/// `OAUTHBEARER`: a bearer token of OAuth 2.0.
///
/// ```
/// use imap_client::sasl::{Mechanism, OAuthBearer};
///
/// let mut bearer = OAuthBearer::new("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")?
///     .with_user("user@example.com")?
///     .with_server("server.example.com", 143)?;
/// assert_eq!(
///     bearer.initial_response().unwrap().as_bytes(),
///     b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01\
///       auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
/// );
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
///
/// [RFC 7628 section 3.1](https://www.rfc-editor.org/rfc/rfc7628#section-3.1)
#[derive(Clone, Debug)]
pub struct OAuthBearer {
    token: Option<Token>,
    user: Option<String>,
    server: String,
    dialogue: TokenDialogue,
}

impl OAuthBearer {
    /// Logs in by a token.
    ///
    /// # Errors
    ///
    /// If the token is empty or has other characters than tokens have.
    pub fn new(token: &str) -> Result<Self, MechanismError> {
        Ok(Self {
            token: Some(Token::new(token)?),
            ..Self::without_token()
        })
    }

    /// Does not log in, but asks which token the server wants: the [`failure`](Mechanism::failure)
    /// tells.
    pub fn without_token() -> Self {
        Self {
            token: None,
            user: None,
            server: String::new(),
            dialogue: TokenDialogue::new(b"\x01"),
        }
    }

    /// Names the user whose mail is wanted.
    ///
    /// # Errors
    ///
    /// If the name is empty, or has control characters.
    pub fn with_user(mut self, user: &str) -> Result<Self, MechanismError> {
        self.user = Some(saslname("user name", without_control("user name", user)?)?);
        Ok(self)
    }

    /// Names the host and the port that the client connected to.
    ///
    /// # Errors
    ///
    /// If the host is empty, or has control characters.
    pub fn with_server(mut self, host: &str, port: u16) -> Result<Self, MechanismError> {
        let host = without_control("host", host)?;
        self.server = format!("host={host}\x01port={port}\x01");
        Ok(self)
    }
}

impl Mechanism for OAuthBearer {
    fn name(&self) -> MechanismName<'_> {
        MechanismName::OAuthBearer
    }

    /// ```abnf
    /// client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
    /// kvpair      = key "=" value kvsep
    /// ```
    fn initial_response(&mut self) -> Option<Secret> {
        let header = header("n", self.user.as_deref());
        let (scheme, token): (&[u8], &[u8]) = match &self.token {
            Some(token) => (b"Bearer ", token.as_bytes()),
            None => (b"", b""),
        };
        Some(Secret::concat(&[
            header.as_bytes(),
            b"\x01",
            self.server.as_bytes(),
            b"auth=",
            scheme,
            token,
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

    /// The example of RFC 7628 section 4.3, which asks for what the server wants.
    #[test]
    fn ok_failed_exchange_of_the_rfc() {
        let mut bearer = OAuthBearer::without_token()
            .with_user("user@example.com")
            .and_then(|bearer| bearer.with_server("server.example.com", 143))
            .unwrap();
        assert_eq!(
            bearer.initial_response().unwrap().as_bytes(),
            b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01auth=\x01\x01"
        );
        let challenge = br#"{"status":"invalid_token","scope":"example_scope",
            "openid-configuration":"https://example.com/.well-known/openid-configuration"}"#;
        assert_eq!(bearer.respond(challenge).unwrap().as_bytes(), b"\x01");
        let Some(MechanismError::Token(failure)) = bearer.failure() else {
            panic!("no failure");
        };
        assert_eq!(failure.status.as_deref(), Some("invalid_token"));
        assert_eq!(failure.scope.as_deref(), Some("example_scope"));
        assert_eq!(
            failure.openid_configuration.as_deref(),
            Some("https://example.com/.well-known/openid-configuration")
        );
    }

    #[test]
    fn err_a_second_challenge() {
        let mut bearer = OAuthBearer::new("abc").unwrap();
        bearer.respond(b"{}").unwrap();
        assert!(matches!(
            bearer.respond(b"{}"),
            Err(MechanismError::Challenge(_))
        ));
    }

    #[test]
    fn ok_name_with_comma_and_equals_sign() {
        let mut bearer = OAuthBearer::new("abc").unwrap().with_user("a,b=c").unwrap();
        let response = bearer.initial_response().unwrap();
        assert_eq!(
            response.as_bytes(),
            b"n,a=a=2Cb=3Dc,\x01auth=Bearer abc\x01\x01"
        );
    }

    #[test]
    fn err_what_would_move_the_borders_between_the_fields() {
        for token in ["", "a b", "a\x01b", "a\0", "t\u{fc}"] {
            assert!(OAuthBearer::new(token).is_err(), "{token:?}");
        }
        for text in ["", "a\x01auth=b"] {
            let bearer = OAuthBearer::without_token();
            assert!(bearer.clone().with_user(text).is_err(), "{text:?}");
            assert!(bearer.with_server(text, 993).is_err(), "{text:?}");
        }
    }

    #[test]
    fn ok_debug_keeps_the_secret() {
        let bearer = OAuthBearer::new("hunter2").unwrap();
        assert!(!format!("{bearer:?}").contains("hunter2"));
    }
}
