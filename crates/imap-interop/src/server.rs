//! The servers that can be started.

use std::process::ExitStatus;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::account::Account;
use crate::error::StartError;
use crate::instance::{Instance, Running};
use crate::settings::Settings;
use crate::{cyrus, dovecot, in_memory};

/// An IMAP server.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Server {
    /// Cyrus 3.6.
    Cyrus,
    /// Dovecot 2.3.
    Dovecot,
    /// The server of `imap-testserver`, in the memory of this process.
    InMemory,
}

impl Server {
    /// All servers, for tests that hold for each of them.
    pub const ALL: [Self; 3] = [Self::Cyrus, Self::Dovecot, Self::InMemory];
    /// Those that have to be installed, for tests of how they are run.
    pub const INSTALLED: [Self; 2] = [Self::Cyrus, Self::Dovecot];

    /// Starts a server of one's own and waits until it greets.
    ///
    /// # Errors
    ///
    /// [`StartError::Missing`] where the server is not installed; it says what to install. The
    /// others tell what failed, with the end of the server's log.
    pub fn start(self) -> Result<Instance, StartError> {
        let mut tries = 1;
        loop {
            match Instance::start_once(self) {
                // Somebody else was quicker to use a port that had been free.
                Err(StartError::PortTaken) if tries < TRIES => tries += 1,
                result => return result,
            }
        }
    }

    /// The one server of its kind that all tests of this process share; it ends with the process.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start); the next call tries again.
    pub fn shared(self) -> Result<&'static Instance, StartError> {
        let shared = match self {
            Self::Cyrus => {
                static CYRUS: Shared = Shared::new();
                &CYRUS
            }
            Self::Dovecot => {
                static DOVECOT: Shared = Shared::new();
                &DOVECOT
            }
            Self::InMemory => {
                static IN_MEMORY: Shared = Shared::new();
                &IN_MEMORY
            }
        };
        let _one_at_a_time = shared
            .starting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(instance) = shared.instance.get() {
            return Ok(instance);
        }
        let instance = self.start()?;
        Ok(shared.instance.get_or_init(|| instance))
    }

    /// The name in lower case, for instance `dovecot`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cyrus => "cyrus",
            Self::Dovecot => "dovecot",
            Self::InMemory => "testserver",
        }
    }

    /// The system account under which it runs.
    pub(crate) fn account(self) -> Result<Account, StartError> {
        Account::for_server(match self {
            Self::Cyrus => &cyrus::STAND_INS,
            // The one in memory only has files to be read by clients.
            Self::Dovecot | Self::InMemory => &dovecot::STAND_INS,
        })
    }

    /// Writes the configuration and runs the server.
    pub(crate) fn launch(self, settings: &Settings<'_>) -> Result<Running, StartError> {
        match self {
            Self::Cyrus => cyrus::launch(settings).map(Running::Process),
            Self::Dovecot => dovecot::launch(settings).map(Running::Process),
            Self::InMemory => in_memory::launch(settings).map(Running::InMemory),
        }
    }

    /// Whether a server that ended by itself did so because one of its ports was taken.
    pub(crate) fn found_port_taken(self, status: ExitStatus, log: &str) -> bool {
        match self {
            Self::Cyrus => status.code() == Some(cyrus::PORT_TAKEN),
            Self::Dovecot => log.contains(dovecot::PORT_TAKEN),
            Self::InMemory => false,
        }
    }
}

/// A server that is started when it is needed first.
struct Shared {
    instance: OnceLock<Instance>,
    starting: Mutex<()>,
}

impl Shared {
    const fn new() -> Self {
        Self {
            instance: OnceLock::new(),
            starting: Mutex::new(()),
        }
    }
}

const TRIES: u32 = 5;
