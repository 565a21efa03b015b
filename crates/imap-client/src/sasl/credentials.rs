//! Who wants to log in, and by what.

use std::fmt;

use imap_proto::command::Login;
use zeroize::Zeroizing;

/// Who wants to log in, and by what. `Debug` shows neither passwords nor tokens.
///
/// ```
/// use imap_client::sasl::Credentials;
///
/// let ann = Credentials::password("ann", "secret");
/// let admin_for_ann = Credentials::password("admin", "secret").with_authzid("ann");
/// let token = Credentials::token("ann@example.com", "abc").with_server("imap.example.com", 993);
/// # let _ = (ann, admin_for_ann, token);
/// ```
#[derive(Clone)]
pub struct Credentials {
    pub(super) kind: CredentialKind,
    pub(super) authzid: Option<String>,
    pub(super) server: Option<(String, u16)>,
}

/// What there is to show.
#[derive(Clone)]
pub(super) enum CredentialKind {
    Anonymous {
        trace: String,
    },
    External,
    Password {
        user: String,
        password: Zeroizing<String>,
    },
    Token {
        user: String,
        token: Zeroizing<String>,
    },
}

impl Credentials {
    /// A guest, who may leave a trace; an empty one is none.
    pub fn anonymous(trace: &str) -> Self {
        Self::of(CredentialKind::Anonymous {
            trace: trace.to_owned(),
        })
    }

    /// Somebody whom the server knows already, by a certificate for example.
    pub fn external() -> Self {
        Self::of(CredentialKind::External)
    }

    /// A user with a password.
    pub fn password(user: &str, password: &str) -> Self {
        Self::of(CredentialKind::Password {
            user: user.to_owned(),
            password: Zeroizing::new(password.to_owned()),
        })
    }

    /// A user with a bearer token of OAuth 2.0.
    pub fn token(user: &str, token: &str) -> Self {
        Self::of(CredentialKind::Token {
            user: user.to_owned(),
            token: Zeroizing::new(token.to_owned()),
        })
    }

    fn of(kind: CredentialKind) -> Self {
        Self {
            kind,
            authzid: None,
            server: None,
        }
    }

    /// Asks to act as another user.
    pub fn with_authzid(mut self, authzid: &str) -> Self {
        self.authzid = Some(authzid.to_owned());
        self
    }

    /// Names the server that the client connected to, which OAUTHBEARER tells.
    pub fn with_server(mut self, host: &str, port: u16) -> Self {
        self.server = Some((host.to_owned(), port));
        self
    }

    /// The same for the command LOGIN, which knows names and passwords only.
    pub(crate) fn to_login(&self) -> Option<Login<'_>> {
        match &self.kind {
            CredentialKind::Password { user, password } if self.authzid.is_none() => Some(Login {
                user_name: user.as_str().into(),
                password: password.as_str().into(),
            }),
            _ => None,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, user) = match &self.kind {
            CredentialKind::Anonymous { trace } => ("anonymous", trace.as_str()),
            CredentialKind::External => ("external", ""),
            CredentialKind::Password { user, .. } => ("password", user.as_str()),
            CredentialKind::Token { user, .. } => ("token", user.as_str()),
        };
        f.debug_struct("Credentials")
            .field("kind", &kind)
            .field("user", &user)
            .field("authzid", &self.authzid)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_debug_keeps_the_secret() {
        for credentials in [
            Credentials::password("ann", "hunter2"),
            Credentials::token("ann", "hunter2"),
        ] {
            let shown = format!("{credentials:?}");
            assert!(shown.contains("ann"), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}
