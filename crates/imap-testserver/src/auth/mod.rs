//! SASL: how a client proves who it is.
//!
//! [RFC 4422](https://www.rfc-editor.org/rfc/rfc4422)

mod anonymous;
mod bindings;
mod cram_md5;
mod login;
mod plain;
mod policy;
mod scram;
mod token;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{EagerHash, Hmac, KeyInit as _, Mac as _};
use imap_proto::Mechanism;
use subtle::ConstantTimeEq as _;

use crate::store::Store;

pub(crate) use bindings::Bindings;
pub(crate) use policy::Policy;

/// One exchange of an AUTHENTICATE command, from the side of the server.
pub(crate) trait Exchange: Send {
    /// What the server says before the client has said anything; nothing where the client begins.
    fn first_challenge(&mut self) -> Option<Vec<u8>> {
        None
    }

    /// Takes what the client says.
    fn respond(&mut self, response: &[u8], context: &Context<'_>) -> Step;
}

/// What an exchange has to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) store: &'a Store,
    pub(crate) policy: &'a Policy,
    /// Those of the connection, if it has TLS.
    pub(crate) bindings: Option<&'a Bindings>,
}

/// What comes of a response of the client.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Step {
    /// The server has more to say.
    Challenge(Vec<u8>),
    /// The client is this user.
    Done(String),
    /// The name or the password is wrong.
    Denied,
    /// The user may not act for the other one.
    NotForOther,
    /// The response cannot be read.
    Malformed,
}

/// Begins an exchange, if the server has the mechanism, and random numbers for it.
pub(crate) fn begin(mechanism: Mechanism<'_>) -> Option<Box<dyn Exchange>> {
    Some(match mechanism {
        Mechanism::Anonymous => Box::new(anonymous::Anonymous),
        Mechanism::CramMd5 => Box::new(cram_md5::CramMd5::new(&nonce()?)),
        Mechanism::Login => Box::new(login::Login::default()),
        Mechanism::OAuthBearer => Box::new(token::Bearer::new(token::Form::OAuthBearer)),
        Mechanism::Plain => Box::new(plain::Plain),
        Mechanism::XOAuth2 => Box::new(token::Bearer::new(token::Form::XOAuth2)),
        _ => Box::new(scram::Scram::new(scram::Hash::of(mechanism)?, nonce()?)),
    })
}

/// Whether there is such a user with this password.
pub(crate) fn is_password(store: &Store, user: &str, password: &[u8]) -> bool {
    store
        .account(user)
        .is_some_and(|account| is_equal(account.password.as_bytes(), password))
}

/// The outcome for a user who has proved who it is, and wants to act as another one or itself.
fn acting_as(user: &str, authorized: &str) -> Step {
    if authorized.is_empty() || authorized == user {
        Step::Done(user.to_owned())
    } else {
        Step::NotForOther
    }
}

/// Whether octets are the same, without telling by the time it takes where they differ.
fn is_equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// 18 random octets in base64, which has no comma.
fn nonce() -> Option<String> {
    let mut octets = [0; 18];
    getrandom::fill(&mut octets).ok()?;
    Some(STANDARD.encode(octets))
}

/// The keyed hash of a message, by HMAC: [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104).
fn keyed_hash<D: EagerHash>(key: &[u8], message: &[u8]) -> Vec<u8> {
    // cannot fail: HMAC takes keys of any length
    let mut hmac = Hmac::<D>::new_from_slice(key).expect("a key of any length");
    hmac.update(message);
    hmac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of a response, on a server with the users `ann` and `bob`, and without TLS.
    pub(super) fn respond(exchange: &mut dyn Exchange, response: &[u8]) -> Step {
        let mut store = Store::new(1);
        store.add_account("ann", "secret");
        store.add_account("bob", "other");
        let policy = Policy {
            tokens: vec![("ann".to_owned(), "t0ken".to_owned())],
            guest: Some("bob".to_owned()),
            ..Policy::default()
        };
        let context = Context {
            store: &store,
            policy: &policy,
            bindings: None,
        };
        exchange.respond(response, &context)
    }
}
