//! What all sessions of a server share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use imap_proto::InternalDate;
use tokio::sync::watch;

use crate::faults::Script;
use crate::settings::Settings;
use crate::store::{SessionId, Store};

/// The mail of all users, how the server is set, and the bell that wakes idle sessions.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) script: Script,
    store: Mutex<Store>,
    changed: watch::Sender<()>,
    sessions: AtomicU64,
}

impl Shared {
    pub(crate) fn new(settings: Settings, script: Script, store: Store) -> Self {
        Self {
            settings,
            script,
            store: Mutex::new(store),
            changed: watch::Sender::new(()),
            sessions: AtomicU64::new(SessionId::FIRST),
        }
    }

    /// The mail. A panic elsewhere leaves it usable: each change is made by one call.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes all sessions that wait for news.
    pub(crate) fn ring(&self) {
        self.changed.send_replace(());
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    pub(crate) fn next_session(&self) -> SessionId {
        SessionId::new(self.sessions.fetch_add(1, Ordering::Relaxed))
    }
}

/// The time now, in UTC.
pub(crate) fn now() -> InternalDate {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let seconds = i64::try_from(seconds).unwrap_or_default();
    // cannot fail: clocks show years below 10000
    InternalDate::from_unix(seconds, 0).unwrap_or_else(|_| epoch())
}

/// `01-Jan-1970 00:00:00 +0000`
fn epoch() -> InternalDate {
    // cannot fail: this date exists
    InternalDate::new(1970, 1, 1, 0, 0, 0, 0).expect("a date that exists")
}
