//! Logging in by the best mechanism: what both drivers do alike.

use imap_proto::Capability;
use imap_proto::command::Login;

use super::Driver;
use crate::Client;
use crate::error::Error;
use crate::exchange::Authenticate;
use crate::sasl::{Candidates, Choice, Credentials, MechanismError};

/// What is allowed in order to log in.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct LogInOptions {
    /// Show passwords and tokens to everybody on the way, where there is no encryption.
    pub allow_plaintext: bool,
    /// Log in by mechanisms with channel binding only, so that nobody can be in the middle.
    pub require_channel_binding: bool,
}

/// The ways to log in that were not tried yet.
#[derive(Debug)]
pub(super) struct Attempts<'c> {
    mechanisms: Candidates,
    /// What to try behind the mechanisms.
    login: Option<Login<'c>>,
}

/// One way to log in.
#[derive(Debug)]
pub(super) enum Attempt<'c> {
    Authenticate(Authenticate),
    Login(Login<'c>),
}

impl<'c> Attempts<'c> {
    /// The ways that the server offers for these credentials.
    ///
    /// LOGIN is one for servers that offer no mechanisms.
    pub(super) fn new<D: Driver>(
        client: &Client<D>,
        credentials: &'c Credentials,
        options: LogInOptions,
    ) -> Result<Self, Error> {
        let state = client.state();
        let capabilities = state.capabilities().cloned().unwrap_or_default();
        let bindings = client.channel_bindings();
        let mut choice = Choice::new(&capabilities);
        if state.is_encrypted() {
            choice = choice.with_encryption(&bindings);
        }
        if options.allow_plaintext {
            choice = choice.with_plaintext_allowed();
        }
        if options.require_channel_binding {
            choice = choice.with_channel_binding_required();
        }
        let login_allowed = !state.has(Capability::LoginDisabled)
            && (state.is_encrypted() || options.allow_plaintext);
        match choice.mechanisms(credentials) {
            Ok(mechanisms) => Ok(Self {
                mechanisms,
                login: None,
            }),
            Err(MechanismError::NoMechanism) if login_allowed => Ok(Self {
                mechanisms: Candidates::default(),
                login: credentials.to_login(),
            }),
            Err(error) => Err(Error::Mechanism(error)),
        }
    }

    /// The next way to try.
    pub(super) fn next<D: Driver>(&mut self, client: &Client<D>) -> Result<Attempt<'c>, Error> {
        if let Some(mechanism) = self.mechanisms.next() {
            let command = Authenticate::new(mechanism, client.state());
            return Ok(Attempt::Authenticate(command));
        }
        match self.login.take() {
            Some(login) => Ok(Attempt::Login(login)),
            None => Err(Error::Mechanism(MechanismError::NoMechanism)),
        }
    }

    /// Whether to try the next way after this outcome.
    pub(super) fn go_on(&mut self, attempt: &Attempt<'c>, outcome: &Result<(), Error>) -> bool {
        let Attempt::Authenticate(command) = attempt else {
            return false;
        };
        match outcome {
            Err(Error::Refused(refusal)) => {
                self.mechanisms.refused(refusal, command.was_challenged())
            }
            Err(Error::Authentication { error, .. }) => {
                error.is_unsupported() && !self.mechanisms.is_empty()
            }
            _ => false,
        }
    }
}
