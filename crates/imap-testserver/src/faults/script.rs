//! What a server is told to do wrong, and what it was told by clients.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::{Action, Fault, Manner, Moment, QuirkName, Quirks};
use crate::store::SessionId;

/// The faults that are set, and the commands that came.
#[derive(Debug)]
pub(crate) struct Script {
    faults: Mutex<Vec<Fault>>,
    quirks: Mutex<Quirks>,
    received: Mutex<Vec<Received>>,
    shouts: broadcast::Sender<Shout>,
}

/// What all connections do at once.
#[derive(Clone, Debug)]
pub(crate) enum Shout {
    Close,
    Say(Vec<u8>),
}

/// A line of a client, or a command with its literals.
///
/// At most 16 KiB of each are kept, and the first 100,000.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Received {
    session: SessionId,
    octets: Vec<u8>,
}

impl Received {
    /// The number of the connection: the first one of a server is 1.
    pub const fn connection(&self) -> u64 {
        self.session.get()
    }

    /// The octets, line end included.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The command without its tag and the line end; octets that are no text become `U+FFFD`.
    ///
    /// A line in the middle of a command, such as `DONE`, is whole.
    pub fn command(&self) -> String {
        let text = String::from_utf8_lossy(&self.octets);
        let line = text.trim_end_matches(['\r', '\n']);
        line.split_once(' ')
            .map_or(line, |(_, rest)| rest)
            .to_owned()
    }
}

impl Script {
    pub(crate) fn new(faults: Vec<Fault>, quirks: Quirks) -> Self {
        Self {
            faults: Mutex::new(faults),
            quirks: Mutex::new(quirks),
            received: Mutex::default(),
            shouts: broadcast::Sender::new(SHOUTS),
        }
    }

    pub(crate) fn add(&self, fault: Fault) {
        lock(&self.faults).push(fault);
    }

    pub(crate) fn clear(&self) {
        lock(&self.faults).clear();
    }

    pub(crate) fn quirks(&self) -> Quirks {
        lock(&self.quirks).clone()
    }

    pub(crate) fn add_quirk(&self, quirk: QuirkName) {
        let mut quirks = lock(&self.quirks);
        *quirks = quirks.with(quirk);
    }

    pub(crate) fn clear_quirks(&self) {
        *lock(&self.quirks) = Quirks::default();
    }

    pub(crate) fn shout(&self, shout: Shout) {
        // Nobody need be there to hear it.
        let _ = self.shouts.send(shout);
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Shout> {
        self.shouts.subscribe()
    }

    pub(crate) fn record(&self, session: SessionId, octets: &[u8]) {
        let mut received = lock(&self.received);
        if received.len() < MAX_RECEIVED {
            let octets = octets.get(..MAX_LENGTH).unwrap_or(octets).to_vec();
            received.push(Received { session, octets });
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        lock(&self.received).clone()
    }

    /// What goes wrong now.
    pub(crate) fn take(&self, moment: Moment<&str>) -> Vec<Action> {
        let mut faults = lock(&self.faults);
        let mut actions = Vec::new();
        for fault in faults.iter_mut().filter(|fault| fault.is_at(moment)) {
            actions.extend_from_slice(&fault.actions);
            fault.times = fault.times.map(|times| times.saturating_sub(1));
        }
        faults.retain(|fault| fault.times != Some(0));
        actions
    }

    /// How a new connection sends.
    pub(crate) fn manner(&self) -> Manner {
        let actions = self.take(Moment::Connection).into_iter();
        actions.fold(Manner::default(), |all, action| match action {
            Action::Send(manner) => all.and(manner),
            _ => all,
        })
    }
}

impl Fault {
    fn is_at(&self, moment: Moment<&str>) -> bool {
        match (&self.moment, moment) {
            (Moment::Command(name), Moment::Command(now)) => name.eq_ignore_ascii_case(now),
            (Moment::AnyCommand, Moment::Command(_))
            | (Moment::Connection, Moment::Connection)
            | (Moment::Greeting, Moment::Greeting)
            | (Moment::Handshake, Moment::Handshake) => true,
            _ => false,
        }
    }
}

/// A panic elsewhere leaves lists usable: each change is made by one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many things can be said before a slow connection misses some.
const SHOUTS: usize = 1024;

/// How many commands are kept.
const MAX_RECEIVED: usize = 100_000;

/// How much of each command is kept, in octets.
const MAX_LENGTH: usize = 16 << 10;
