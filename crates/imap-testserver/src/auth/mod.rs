//! SASL: how a client proves who it is.
//!
//! [RFC 4422](https://www.rfc-editor.org/rfc/rfc4422)

mod plain;

use imap_proto::Mechanism;
use subtle::ConstantTimeEq as _;

use crate::store::Store;

/// One exchange of an AUTHENTICATE command, from the side of the server.
pub(crate) trait Exchange: Send {
    /// What the server says before the client has said anything; nothing where the client begins.
    fn first_challenge(&mut self) -> Option<Vec<u8>>;

    /// Takes what the client says.
    fn respond(&mut self, response: &[u8], store: &Store) -> Step;
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

/// Begins an exchange, if the server has the mechanism.
pub(crate) fn begin(mechanism: Mechanism<'_>) -> Option<Box<dyn Exchange>> {
    match mechanism {
        Mechanism::Plain => Some(Box::new(plain::Plain)),
        _ => None,
    }
}

/// Whether there is such a user with this password.
pub(crate) fn is_password(store: &Store, user: &str, password: &[u8]) -> bool {
    store
        .account(user)
        .is_some_and(|account| bool::from(account.password.as_bytes().ct_eq(password)))
}
