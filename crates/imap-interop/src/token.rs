//! Bearer tokens.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::hmac::{self, HMAC_SHA256};

/// The key in BASE64, as Dovecot reads it.
pub(crate) fn key() -> String {
    STANDARD.encode(SECRET)
}

/// A JSON Web Token that lets the bearer log in as a user for an hour.
///
/// [RFC 7519 section 3](https://www.rfc-editor.org/rfc/rfc7519#section-3)
pub(crate) fn bearer_token(issuer: &str, user: &str) -> String {
    token_until(issuer, user, now().saturating_add(3600))
}

/// A token that was good until a minute ago.
pub(crate) fn expired_token(issuer: &str, user: &str) -> String {
    token_until(issuer, user, now().saturating_sub(60))
}

fn token_until(issuer: &str, user: &str, end: u64) -> String {
    let start = end.saturating_sub(3660);
    sign(&format!(
        r#"{{"iss":"{issuer}","sub":"{user}","scope":"mail","iat":{start},"exp":{end}}}"#
    ))
}

/// Seconds since 1970.
fn now() -> u64 {
    let elapsed = SystemTime::UNIX_EPOCH.elapsed();
    elapsed.unwrap_or_default().as_secs()
}

/// The claims with their header and signature.
fn sign(claims: &str) -> String {
    let [header, claims] = [HEADER, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
    let signed = format!("{header}.{claims}");
    let key = hmac::Key::new(HMAC_SHA256, SECRET);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
    format!("{signed}.{signature}")
}

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const SECRET: &[u8] = b"no secret, since whoever can read this may read the tests' mail";
