//! Why a server refuses a token.

use std::fmt;

use serde_json::Value;

/// What a server says of a token that it refuses, in JSON.
///
/// `S: + eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=` has `status` and `schemes`.
///
/// ```
/// use imap_client::sasl::TokenFailure;
///
/// let failure = TokenFailure::from_json(br#"{"status":"invalid_token","scope":"example_scope"}"#);
/// assert_eq!(failure.status.as_deref(), Some("invalid_token"));
/// assert_eq!(failure.scope.as_deref(), Some("example_scope"));
/// assert!(failure.wants_new_token());
/// ```
///
/// [RFC 7628 section 3.2.2](https://www.rfc-editor.org/rfc/rfc7628#section-3.2.2)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct TokenFailure {
    /// The code of the error: `invalid_token`, or a status of HTTP such as `401`.
    pub status: Option<String>,
    /// The kinds of tokens that the server takes: `bearer mac`.
    pub schemes: Option<String>,
    /// The scope that a token needs; tokens without a scope are wanted where there is none.
    pub scope: Option<String>,
    /// The URL where the endpoints are told that give out tokens.
    pub openid_configuration: Option<String>,
    /// All of it, as the server sent it.
    pub text: String,
}

impl TokenFailure {
    /// What the octets of a challenge say; if they are no JSON, there is only the text.
    pub fn from_json(challenge: &[u8]) -> Self {
        let json: Value = serde_json::from_slice(challenge).unwrap_or_default();
        let member = |name| match json.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        Self {
            status: member("status"),
            schemes: member("schemes"),
            scope: member("scope"),
            openid_configuration: member("openid-configuration"),
            text: String::from_utf8_lossy(challenge).into_owned(),
        }
    }

    /// Whether the token is expired, revoked or wrong, so that a new one may do.
    ///
    /// [RFC 6750 section 3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1)
    pub fn wants_new_token(&self) -> bool {
        matches!(self.status.as_deref(), Some("invalid_token" | "401"))
    }
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.status {
            Some(status) => f.write_str(&status.escape_debug().to_string()),
            None => f.write_str(&self.text.escape_debug().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_status_as_a_number() {
        let failure = TokenFailure::from_json(br#"{"status":401,"scope":null}"#);
        assert_eq!(failure.status.as_deref(), Some("401"));
        assert_eq!(failure.scope, None);
        assert!(failure.wants_new_token());
    }

    #[test]
    fn ok_what_is_no_json_is_kept() {
        for text in ["", "{", "[]", "\"status\"", "expired"] {
            let failure = TokenFailure::from_json(text.as_bytes());
            assert_eq!(failure.text, text);
            assert_eq!(failure.status, None);
            assert!(!failure.wants_new_token());
            assert_eq!(failure.to_string(), text.escape_debug().to_string());
        }
    }
}
