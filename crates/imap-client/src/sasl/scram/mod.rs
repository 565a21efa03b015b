//! SCRAM: RFC 5802 and RFC 7677.

mod hash;
mod message;

use std::fmt;
use std::mem;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use hash::ScramHash;
pub use message::ScramError;
use message::{ServerFirst, server_final};

use super::gs2::{header, saslname};
use super::mutual::{Step, checked_nonce, random_nonce};
use super::{ChannelBinding, Mechanism, MechanismError, MechanismName, Secret, no_more, prepare};

/// `SCRAM-SHA-1`, `SCRAM-SHA-256`, `SCRAM-SHA-512` and their `-PLUS` forms: both sides prove that
/// they know the password, and neither tells it.
///
/// ```text
/// C: n,,n=user,r=rOprNGfwEbeRWgbNEkqO
/// S: r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096
/// C: c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=
/// S: v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=
/// ```
///
/// The server sets how often the password is hashed; [`respond`](Mechanism::respond) refuses less
/// than 4096 times, and more than 2 million times, which is a second or two of work. It is done within
/// `respond`, in the client for tokio while its future is polled: where that must not take so long, log in
/// inside of `spawn_blocking`, by `Handle::block_on`.
///
/// [RFC 5802 section 5](https://www.rfc-editor.org/rfc/rfc5802#section-5),
/// [RFC 7677 section 3](https://www.rfc-editor.org/rfc/rfc7677#section-3)
pub struct Scram {
    hash: ScramHash,
    /// As `saslname`, like the other identity.
    user: String,
    authzid: Option<String>,
    password: Secret,
    binding: Binding,
    nonce: String,
    step: Step,
}

impl Scram {
    /// Logs in a user, by a nonce of the system's random numbers.
    ///
    /// # Errors
    ///
    /// If name or password have characters that `SASLprep` prohibits, if nothing is left of the
    /// name, or if there are no random numbers.
    pub fn new(hash: ScramHash, user: &str, password: &str) -> Result<Self, MechanismError> {
        Ok(Self {
            hash,
            user: saslname("user name", &prepare::user_name(user)?)?,
            authzid: None,
            password: prepare::password(password)?,
            binding: Binding::Unsupported,
            nonce: random_nonce()?,
            step: Step::Start,
        })
    }

    /// Asks to act as another user.
    ///
    /// # Errors
    ///
    /// If the name is empty or has NUL.
    pub fn with_authzid(mut self, authzid: &str) -> Result<Self, MechanismError> {
        self.authzid = Some(saslname("authorization identity", authzid)?);
        Ok(self)
    }

    /// Ties the authentication to the connection; this makes it the `-PLUS` form.
    pub fn with_channel_binding(mut self, binding: ChannelBinding) -> Self {
        self.binding = Binding::Bound(binding);
        self
    }

    /// Says that the client could have tied the authentication to the connection, but has seen no
    /// `-PLUS` form among the capabilities.
    ///
    /// A server that has one refuses then, since somebody must have hidden it.
    pub fn with_binding_not_offered(mut self) -> Self {
        self.binding = Binding::NotOffered;
        self
    }

    /// Uses this nonce, which must never have been used before, instead of a random one.
    ///
    /// # Errors
    ///
    /// If the nonce is empty, or has anything but printable ASCII without comma.
    pub fn with_nonce(mut self, nonce: &str) -> Result<Self, MechanismError> {
        self.nonce = checked_nonce(nonce)?;
        Ok(self)
    }

    fn prove(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        let first = ServerFirst::parse(challenge, &self.nonce)?;
        let binding = STANDARD.encode([self.gs2_header().as_bytes(), self.binding.data()].concat());
        let without_proof = format!("c={binding},r={}", first.nonce);
        let messages = [&self.client_first_bare(), first.text, &without_proof].join(",");
        let password = mem::take(&mut self.password);
        let signatures = self.hash.sign(
            &password,
            &first.salt,
            first.iterations,
            messages.as_bytes(),
        );
        self.step = Step::Proved(signatures.server);
        let proof = STANDARD.encode(signatures.proof.as_bytes());
        Ok(Secret::from(format!("{without_proof},p={proof}")))
    }

    fn verify(&mut self, challenge: &[u8], signature: &Secret) -> Result<Secret, MechanismError> {
        self.step = Step::verify(&server_final(challenge)?, signature)?;
        Ok(Secret::default())
    }

    fn gs2_header(&self) -> String {
        header(&self.binding.flag(), self.authzid.as_deref())
    }

    /// ```abnf
    /// client-first-message-bare =
    ///                   [reserved-mext ","]
    ///                   username "," nonce ["," extensions]
    /// ```
    fn client_first_bare(&self) -> String {
        format!("n={},r={}", self.user, self.nonce)
    }
}

impl Mechanism for Scram {
    fn name(&self) -> MechanismName<'_> {
        let bound = matches!(self.binding, Binding::Bound(_));
        self.hash.mechanism(bound)
    }

    fn reveals_secret(&self) -> bool {
        false
    }

    fn initial_response(&mut self) -> Option<Secret> {
        let message = self.gs2_header() + &self.client_first_bare();
        Some(Secret::from(message))
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<Secret, MechanismError> {
        match mem::replace(&mut self.step, Step::Broken) {
            Step::Start => self.prove(challenge),
            Step::Proved(signature) => self.verify(challenge, &signature),
            Step::Verified | Step::Broken => no_more(),
        }
    }

    fn finish(&mut self) -> Result<(), MechanismError> {
        self.step.finish()
    }
}

impl fmt::Debug for Scram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scram")
            .field("name", &self.name())
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// What the client says of channel binding.
enum Binding {
    Unsupported,
    NotOffered,
    Bound(ChannelBinding),
}

impl Binding {
    /// ```abnf
    /// gs2-cbind-flag = ("p=" cb-name) / "n" / "y"
    /// ```
    fn flag(&self) -> String {
        match self {
            Self::Unsupported => "n".to_owned(),
            Self::NotOffered => "y".to_owned(),
            Self::Bound(binding) => format!("p={}", binding.kind().as_str()),
        }
    }

    fn data(&self) -> &[u8] {
        match self {
            Self::Bound(binding) => binding.data(),
            _ => b"",
        }
    }
}
