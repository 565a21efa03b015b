//! SASL: how a client proves who it is.
//!
//! A [`Mechanism`] turns challenges into responses. It knows nothing of connections, and nothing of
//! base64: what goes in and comes out are the octets of the mechanism. Programs can add mechanisms
//! of their own by implementing the trait, or by a [`Callback`]. [`Choice`] finds the mechanisms
//! that a server offers for [`Credentials`].
//!
//! [RFC 4422](https://www.rfc-editor.org/rfc/rfc4422),
//! [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)

mod anonymous;
mod callback;
mod candidates;
mod channel_binding;
mod choice;
mod cram_md5;
mod credentials;
mod digest_md5;
mod error;
mod external;
mod gs2;
mod login;
mod mutual;
mod oauth_bearer;
mod plain;
mod prepare;
mod scram;
mod secret;
mod token;
mod token_failure;
mod xoauth2;

use hmac::{EagerHash, Hmac, KeyInit as _, Mac as _};
use imap_proto::Mechanism as MechanismName;

pub use anonymous::Anonymous;
pub use callback::Callback;
pub use candidates::Candidates;
pub use channel_binding::{ChannelBinding, ChannelBindingKind};
pub use choice::Choice;
pub use cram_md5::CramMd5;
pub use credentials::Credentials;
pub use digest_md5::DigestMd5;
pub use error::MechanismError;
pub use external::External;
pub use login::Login;
pub use oauth_bearer::OAuthBearer;
pub use plain::Plain;
pub use scram::{Scram, ScramError, ScramHash};
pub use secret::Secret;
pub use token_failure::TokenFailure;
pub use xoauth2::XOAuth2;

/// One authentication by a SASL mechanism, from its start to its outcome.
///
/// Who runs it
///
/// 1. asks for the [`initial_response`](Self::initial_response). If there is one, it goes along
///    with AUTHENTICATE where the server knows SASL-IR, and else answers the first challenge, whose
///    content is none;
/// 2. answers each challenge with what [`respond`](Self::respond) gives; an error cancels with `*`,
///    and is the outcome when the server has said NO or BAD to that;
/// 3. asks [`finish`](Self::finish) when the server says OK: an error means that whoever speaks
///    there cannot be trusted, and that the connection must not be used;
/// 4. asks [`failure`](Self::failure) when the server says NO or BAD.
///
/// ```
/// use imap_client::sasl::{Mechanism, Plain};
///
/// let mut plain = Plain::new("tim", "tanstaaftanstaaf")?;
/// assert_eq!(plain.name().as_str(), "PLAIN");
/// let response = plain.initial_response().unwrap();
/// assert_eq!(response.as_bytes(), b"\0tim\0tanstaaftanstaaf");
/// plain.finish()?;
/// # Ok::<(), imap_client::sasl::MechanismError>(())
/// ```
///
/// [RFC 4422 section 5](https://www.rfc-editor.org/rfc/rfc4422#section-5)
pub trait Mechanism: Send {
    /// The name by which AUTHENTICATE asks for it.
    fn name(&self) -> MechanismName<'_>;

    /// Whether a listener learns from what is sent how to log in, so that it needs an encrypted
    /// connection.
    ///
    /// What does not say otherwise does.
    fn reveals_secret(&self) -> bool {
        true
    }

    /// What the client says first; nothing if the server begins. It may be empty, yet there.
    fn initial_response(&mut self) -> Option<Secret> {
        None
    }

    /// Answers a challenge of the server.
    ///
    /// # Errors
    ///
    /// If the challenge is none that could be answered, or must not be.
    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError>;

    /// The server said OK.
    ///
    /// # Errors
    ///
    /// If the server has not proved what it has to prove in this mechanism.
    fn finish(&mut self) -> Result<(), MechanismError> {
        Ok(())
    }

    /// The server said NO or BAD: what it told before of the reason.
    fn failure(&mut self) -> Option<MechanismError> {
        None
    }
}

impl<M: Mechanism + ?Sized> Mechanism for Box<M> {
    fn name(&self) -> MechanismName<'_> {
        (**self).name()
    }

    fn reveals_secret(&self) -> bool {
        (**self).reveals_secret()
    }

    fn initial_response(&mut self) -> Option<Secret> {
        (**self).initial_response()
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        (**self).respond(challenge)
    }

    fn finish(&mut self) -> Result<(), MechanismError> {
        (**self).finish()
    }

    fn failure(&mut self) -> Option<MechanismError> {
        (**self).failure()
    }
}

/// The error of a mechanism that has said all it has to say.
fn no_more() -> Result<Secret, MechanismError> {
    Err(MechanismError::Challenge(
        "no challenge after the last response",
    ))
}

/// Refuses an argument that is empty, or has NUL, which separates arguments.
fn checked<'a>(name: &'static str, value: &'a [u8]) -> Result<&'a [u8], MechanismError> {
    let reason = match value {
        [] => "is empty",
        _ if value.contains(&0) => "has NUL",
        _ => return Ok(value),
    };
    Err(MechanismError::Argument { name, reason })
}

/// The keyed hash of a message, by HMAC: [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104).
fn keyed_hash<D: EagerHash>(key: &[u8], message: &[u8]) -> Secret {
    // cannot fail: HMAC takes keys of any length
    let mut hmac = Hmac::<D>::new_from_slice(key).expect("a key of any length");
    hmac.update(message);
    Secret::from(hmac.finalize().into_bytes().as_slice())
}

/// Two digits for each octet, in lower case.
fn hex(octets: &[u8]) -> Secret {
    let mut digits = Vec::with_capacity(2 * octets.len());
    for octet in octets {
        digits.extend([octet >> 4, octet & 0xf].map(|half| match half {
            0..10 => b'0' + half,
            _ => b'a' + half - 10,
        }));
    }
    Secret::from(digits)
}
