//! Which mechanisms a server offers, and to whom.

use imap_proto::Mechanism;

use super::{Bindings, is_equal};

/// How clients may log in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    /// The mechanisms that are offered; all that can work if nothing is said.
    pub(crate) mechanisms: Option<Vec<Mechanism<'static>>>,
    /// Users and the bearer tokens that are valid for them.
    pub(crate) tokens: Vec<(String, String)>,
    /// The user that guests become.
    pub(crate) guest: Option<String>,
    /// Whether passwords and tokens are refused where everybody can read them.
    pub(crate) tls_required: bool,
}

impl Policy {
    /// What is offered on a connection, which has bindings if it has TLS.
    pub(crate) fn offered(&self, bindings: Option<&Bindings>) -> Vec<Mechanism<'static>> {
        let offers = |m: &Mechanism<'_>| self.offers(*m) && self.works(*m, bindings);
        ALL.into_iter().filter(offers).collect()
    }

    /// Whether a mechanism is one that the server has.
    fn offers(&self, mechanism: Mechanism<'_>) -> bool {
        match &self.mechanisms {
            Some(mechanisms) => mechanisms.contains(&mechanism),
            None => true,
        }
    }

    /// Whether a mechanism can work on a connection.
    fn works(&self, mechanism: Mechanism<'_>, bindings: Option<&Bindings>) -> bool {
        match mechanism {
            Mechanism::Anonymous => self.guest.is_some(),
            Mechanism::OAuthBearer | Mechanism::XOAuth2 => {
                !self.tokens.is_empty() && self.allows_plaintext(bindings)
            }
            Mechanism::Login | Mechanism::Plain => self.allows_plaintext(bindings),
            _ => bindings.is_some() || !mechanism.as_str().ends_with("-PLUS"),
        }
    }

    /// Whether secrets may be sent as they are.
    pub(crate) const fn allows_plaintext(&self, bindings: Option<&Bindings>) -> bool {
        bindings.is_some() || !self.tls_required
    }

    /// The user that a token is valid for.
    pub(super) fn user_of(&self, token: &[u8]) -> Option<&str> {
        let mut tokens = self.tokens.iter();
        tokens
            .find(|(_, valid)| is_equal(valid.as_bytes(), token))
            .map(|(user, _)| &**user)
    }
}

/// The mechanisms that there are, the best ones first.
const ALL: [Mechanism<'static>; 12] = [
    Mechanism::ScramSha512Plus,
    Mechanism::ScramSha256Plus,
    Mechanism::ScramSha1Plus,
    Mechanism::ScramSha512,
    Mechanism::ScramSha256,
    Mechanism::ScramSha1,
    Mechanism::CramMd5,
    Mechanism::OAuthBearer,
    Mechanism::XOAuth2,
    Mechanism::Plain,
    Mechanism::Login,
    Mechanism::Anonymous,
];
