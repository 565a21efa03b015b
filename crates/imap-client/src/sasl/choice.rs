//! Which mechanism to use.

use std::collections::VecDeque;

use imap_proto::Capability;

use super::candidates::is_bound;
use super::credentials::CredentialKind;
use super::{
    Anonymous, Candidates, ChannelBinding, CramMd5, Credentials, External, Login, Mechanism,
    MechanismError, MechanismName, OAuthBearer, Plain, Scram, ScramHash, XOAuth2,
};
use crate::state::Capabilities;

/// What there is to choose from: what the server offers, and what the connection is worth.
///
/// ```
/// use imap_client::Capabilities;
/// use imap_client::sasl::{Choice, Credentials, MechanismError};
/// use imap_proto::{Capability, Mechanism};
///
/// let offered = [Mechanism::Plain, Mechanism::Login, Mechanism::ScramSha256];
/// let capabilities: Capabilities = offered.into_iter().map(Capability::Auth).collect();
/// let ann = Credentials::password("ann", "secret");
///
/// let names = |choice: Choice<'_>| -> Result<Vec<String>, MechanismError> {
///     let mechanisms = choice.mechanisms(&ann)?;
///     Ok(mechanisms.map(|m| m.name().as_str().to_owned()).collect())
/// };
/// assert_eq!(names(Choice::new(&capabilities))?, ["SCRAM-SHA-256"]);
/// let encrypted = Choice::new(&capabilities).with_encryption(&[]);
/// assert_eq!(names(encrypted)?, ["SCRAM-SHA-256", "PLAIN", "LOGIN"]);
/// # Ok::<(), MechanismError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    capabilities: &'a Capabilities,
    bindings: &'a [ChannelBinding],
    encrypted: bool,
    plaintext_allowed: bool,
    binding_required: bool,
}

impl<'a> Choice<'a> {
    /// What the server offers, without encryption.
    pub fn new(capabilities: &'a Capabilities) -> Self {
        Self {
            capabilities,
            bindings: &[],
            encrypted: false,
            plaintext_allowed: false,
            binding_required: false,
        }
    }

    /// The connection is encrypted, and the server is the right one; these bindings of it are
    /// known, the best one first.
    pub fn with_encryption(mut self, bindings: &'a [ChannelBinding]) -> Self {
        self.encrypted = true;
        self.bindings = bindings;
        self
    }

    /// Allows to show passwords and tokens to everybody on the way, where there is no encryption.
    pub fn with_plaintext_allowed(mut self) -> Self {
        self.plaintext_allowed = true;
        self
    }

    /// Requires channel binding, so that nobody can be in the middle of the encrypted connection.
    ///
    /// Without that, somebody who is there can always refuse the mechanisms that would notice.
    pub fn with_channel_binding_required(mut self) -> Self {
        self.binding_required = true;
        self
    }

    /// The mechanisms that can be used, the strongest first.
    ///
    /// - passwords: SCRAM with channel binding, SCRAM without, both with SHA-512, SHA-256 and SHA-1
    ///   in this order, CRAM-MD5, PLAIN, LOGIN; [`DigestMd5`](super::DigestMd5) is for those who ask
    ///   for it;
    /// - tokens: OAUTHBEARER, XOAUTH2.
    ///
    /// # Errors
    ///
    /// If there is none: because the server has none for these credentials, because they would be
    /// shown to everybody, because channel binding is missing, or because the credentials cannot be
    /// sent.
    pub fn mechanisms(&self, credentials: &Credentials) -> Result<Candidates, MechanismError> {
        let mut list = List::new(self);
        let authzid = credentials.authzid.as_deref();
        match &credentials.kind {
            CredentialKind::Anonymous { trace } => list.add_anonymous(trace),
            CredentialKind::External => list.add_external(authzid),
            CredentialKind::Password { user, password } => {
                list.add_scram(user, password, authzid);
                list.add_others(user, password, authzid);
            }
            CredentialKind::Token { user, token } => {
                let server = credentials.server.as_ref();
                list.add_tokens(authzid.unwrap_or(user), token, server);
            }
        }
        list.finish()
    }

    fn offers(&self, name: MechanismName<'_>) -> bool {
        self.capabilities.has(Capability::Auth(name))
    }

    /// Whether this mechanism may be used.
    fn permit(&self, mechanism: &dyn Mechanism) -> Result<(), MechanismError> {
        if self.binding_required && !is_bound(mechanism) {
            return Err(MechanismError::ChannelBindingMissing);
        }
        if mechanism.reveals_secret() && !self.encrypted && !self.plaintext_allowed {
            return Err(MechanismError::NeedsEncryption);
        }
        Ok(())
    }
}

/// The mechanisms that were found, and the first reason why one was left out.
struct List<'a> {
    choice: &'a Choice<'a>,
    found: VecDeque<Box<dyn Mechanism>>,
    error: Option<MechanismError>,
}

impl<'a> List<'a> {
    fn new(choice: &'a Choice<'a>) -> Self {
        Self {
            choice,
            found: VecDeque::new(),
            error: None,
        }
    }

    fn finish(self) -> Result<Candidates, MechanismError> {
        if !self.found.is_empty() {
            return Ok(Candidates::new(self.found));
        }
        Err(self.error.unwrap_or(match self.choice.binding_required {
            true => MechanismError::ChannelBindingMissing,
            false => MechanismError::NoMechanism,
        }))
    }

    /// Makes a mechanism, if the server offers it.
    fn add<M: Mechanism + 'static>(
        &mut self,
        name: MechanismName<'_>,
        make: impl FnOnce() -> Result<M, MechanismError>,
    ) {
        if !self.choice.offers(name) {
            return;
        }
        let permitted = make().and_then(|made| self.choice.permit(&made).map(|()| made));
        match permitted {
            Ok(mechanism) => self.found.push_back(Box::new(mechanism)),
            Err(error) => {
                self.error.get_or_insert(error);
            }
        }
    }

    fn add_anonymous(&mut self, trace: &str) {
        self.add(MechanismName::Anonymous, || match trace {
            "" => Ok(Anonymous::new()),
            trace => Anonymous::with_trace(trace),
        });
    }

    fn add_external(&mut self, authzid: Option<&str>) {
        self.add(MechanismName::External, || {
            authzid.map_or_else(|| Ok(External::new()), External::acting_as)
        });
    }

    /// RFC 5802 6: the form with binding where the server has it. If it does not do with any
    /// binding at hand, the client is one that does not support what the server does. A client that
    /// sees no such form at all has to tell that it could have used it.
    fn add_scram(&mut self, user: &str, password: &str, authzid: Option<&str>) {
        let bindings = self.choice.bindings;
        let scram = |hash| {
            let scram = Scram::new(hash, user, password)?;
            match authzid {
                Some(authzid) => scram.with_authzid(authzid),
                None => Ok(scram),
            }
        };
        for hash in HASHES {
            for binding in bindings {
                self.add(hash.mechanism(true), || {
                    Ok(scram(hash)?.with_channel_binding(binding.clone()))
                });
            }
        }
        let is_offered = |hash: &ScramHash| self.choice.offers(hash.mechanism(true));
        let hidden = !bindings.is_empty() && !HASHES.iter().any(is_offered);
        for hash in HASHES {
            self.add(hash.mechanism(false), || match hidden {
                true => Ok(scram(hash)?.with_binding_not_offered()),
                false => scram(hash),
            });
        }
    }

    /// CRAM-MD5 and LOGIN have no place for another identity.
    fn add_others(&mut self, user: &str, password: &str, authzid: Option<&str>) {
        if let Some(authzid) = authzid {
            self.add(MechanismName::Plain, || {
                Plain::acting_as(authzid, user, password)
            });
            return;
        }
        self.add(MechanismName::CramMd5, || CramMd5::new(user, password));
        self.add(MechanismName::Plain, || Plain::new(user, password));
        self.add(MechanismName::Login, || Login::new(user, password));
    }

    fn add_tokens(&mut self, user: &str, token: &str, server: Option<&(String, u16)>) {
        self.add(MechanismName::OAuthBearer, || {
            let bearer = OAuthBearer::new(token)?.with_user(user)?;
            match server {
                Some((host, port)) => bearer.with_server(host, *port),
                None => Ok(bearer),
            }
        });
        self.add(MechanismName::XOAuth2, || XOAuth2::new(user, token));
    }
}

/// The hashes of SCRAM, the strongest first.
const HASHES: [ScramHash; 3] = [ScramHash::Sha512, ScramHash::Sha256, ScramHash::Sha1];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sasl::ChannelBindingKind;

    const PASSWORD: [MechanismName<'static>; 10] = [
        MechanismName::Login,
        MechanismName::Plain,
        MechanismName::CramMd5,
        MechanismName::DigestMd5,
        MechanismName::ScramSha1,
        MechanismName::ScramSha1Plus,
        MechanismName::ScramSha256,
        MechanismName::ScramSha256Plus,
        MechanismName::ScramSha512,
        MechanismName::ScramSha512Plus,
    ];

    fn offer(names: &[MechanismName<'_>]) -> Capabilities {
        names.iter().copied().map(Capability::Auth).collect()
    }

    fn bindings() -> [ChannelBinding; 2] {
        [
            ChannelBindingKind::TlsExporter,
            ChannelBindingKind::TlsServerEndPoint,
        ]
        .map(|kind| ChannelBinding::new(kind, b"data").unwrap())
    }

    /// The names, and of SCRAM the flag.
    fn names(choice: Choice<'_>, credentials: &Credentials) -> Result<Vec<String>, MechanismError> {
        let name = |mut mechanism: Box<dyn Mechanism>| {
            let first = mechanism.initial_response().unwrap_or_default();
            let name = mechanism.name().as_str();
            match first.as_bytes().split(|b| *b == b',').next() {
                Some(flag) if name.starts_with("SCRAM") => {
                    format!("{name} {}", flag.escape_ascii())
                }
                _ => name.to_owned(),
            }
        };
        let mechanisms = choice.mechanisms(credentials)?;
        Ok(mechanisms.map(name).collect())
    }

    fn ann() -> Credentials {
        Credentials::password("ann", "secret")
    }

    #[test]
    fn ok_strongest_first() {
        let (offered, bindings) = (offer(&PASSWORD), bindings());
        let choice = Choice::new(&offered).with_encryption(&bindings);
        assert_eq!(
            names(choice, &ann()).unwrap(),
            [
                "SCRAM-SHA-512-PLUS p=tls-exporter",
                "SCRAM-SHA-512-PLUS p=tls-server-end-point",
                "SCRAM-SHA-256-PLUS p=tls-exporter",
                "SCRAM-SHA-256-PLUS p=tls-server-end-point",
                "SCRAM-SHA-1-PLUS p=tls-exporter",
                "SCRAM-SHA-1-PLUS p=tls-server-end-point",
                "SCRAM-SHA-512 n",
                "SCRAM-SHA-256 n",
                "SCRAM-SHA-1 n",
                "CRAM-MD5",
                "PLAIN",
                "LOGIN",
            ]
        );
        let required = choice.with_channel_binding_required();
        assert_eq!(names(required, &ann()).unwrap().len(), 6);
    }

    #[test]
    fn ok_says_that_binding_was_not_offered() {
        let offered = offer(&[MechanismName::ScramSha256]);
        let (bindings, choice) = (bindings(), Choice::new(&offered));
        assert_eq!(names(choice, &ann()).unwrap(), ["SCRAM-SHA-256 n"]);
        let choice = choice.with_encryption(&bindings);
        assert_eq!(names(choice, &ann()).unwrap(), ["SCRAM-SHA-256 y"]);
    }

    #[test]
    fn err_nothing_in_clear_unless_allowed() {
        let offered = offer(&[MechanismName::Plain, MechanismName::Login]);
        let choice = Choice::new(&offered);
        assert_eq!(names(choice, &ann()), Err(MechanismError::NeedsEncryption));
        for choice in [choice.with_encryption(&[]), choice.with_plaintext_allowed()] {
            assert_eq!(names(choice, &ann()).unwrap(), ["PLAIN", "LOGIN"]);
        }
        let token = Credentials::token("ann", "abc");
        let offered = offer(&[MechanismName::XOAuth2, MechanismName::OAuthBearer]);
        let choice = Choice::new(&offered);
        assert_eq!(names(choice, &token), Err(MechanismError::NeedsEncryption));
        assert_eq!(
            names(choice.with_encryption(&[]), &token).unwrap(),
            ["OAUTHBEARER", "XOAUTH2"]
        );
    }

    #[test]
    fn err_binding_required_and_missing() {
        let (everything, without) = (offer(&PASSWORD), offer(&[MechanismName::ScramSha1]));
        let bindings = bindings();
        for choice in [
            Choice::new(&everything).with_encryption(&[]),
            Choice::new(&without).with_encryption(&bindings),
            Choice::new(&Capabilities::default()),
        ] {
            assert_eq!(
                names(choice.with_channel_binding_required(), &ann()),
                Err(MechanismError::ChannelBindingMissing)
            );
        }
    }

    #[test]
    fn err_nothing_for_these_credentials() {
        let offered = offer(&PASSWORD);
        let choice = Choice::new(&offered).with_encryption(&[]);
        for credentials in [
            Credentials::anonymous(""),
            Credentials::external(),
            Credentials::token("ann", "abc"),
        ] {
            assert_eq!(
                names(choice, &credentials),
                Err(MechanismError::NoMechanism)
            );
        }
    }

    #[test]
    fn ok_other_identity_only_where_it_has_a_place() {
        let offered = offer(&PASSWORD);
        let choice = Choice::new(&offered).with_encryption(&[]);
        let admin = Credentials::password("admin", "secret").with_authzid("ann");
        assert_eq!(
            names(choice, &admin).unwrap(),
            [
                "SCRAM-SHA-512 n",
                "SCRAM-SHA-256 n",
                "SCRAM-SHA-1 n",
                "PLAIN"
            ]
        );
        let offered = offer(&[MechanismName::External, MechanismName::OAuthBearer]);
        let choice = Choice::new(&offered).with_encryption(&[]);
        for (credentials, start) in [
            (Credentials::external(), "ann"),
            (
                Credentials::token("admin", "abc"),
                "n,a=ann,\x01host=h\x01port=1\x01auth",
            ),
        ] {
            let credentials = credentials.with_authzid("ann").with_server("h", 1);
            let mut mechanisms = choice.mechanisms(&credentials).unwrap();
            let said = mechanisms.next().unwrap().initial_response().unwrap();
            assert!(said.as_bytes().starts_with(start.as_bytes()));
        }
    }

    #[test]
    fn ok_a_password_that_saslprep_refuses_goes_without_scram() {
        let offered = offer(&[MechanismName::ScramSha256, MechanismName::Plain]);
        let choice = Choice::new(&offered);
        let key = Credentials::password("ann", "\u{1f511}");
        assert!(matches!(
            names(choice, &key),
            Err(MechanismError::Argument {
                name: "password",
                ..
            })
        ));
        let choice = choice.with_encryption(&[]);
        assert_eq!(names(choice, &key).unwrap(), ["PLAIN"]);
    }
}
