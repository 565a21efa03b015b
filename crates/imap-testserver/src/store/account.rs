//! One user.

use std::collections::{BTreeMap, BTreeSet};

use super::MailboxId;

/// A user with mailboxes.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) password: String,
    /// The mailboxes by name.
    pub(crate) folders: BTreeMap<String, MailboxId>,
    /// Names that the user subscribed to; there need not be such mailboxes.
    pub(crate) subscriptions: BTreeSet<String>,
    /// How much the user may have, RFC 9208.
    pub(crate) limits: Limits,
}

/// How much a user may have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    /// In units of 1024 octets.
    pub(crate) storage: Option<u64>,
    pub(crate) messages: Option<u64>,
}

impl Limits {
    /// Whether anything is limited.
    pub(crate) const fn any(&self) -> bool {
        self.storage.is_some() || self.messages.is_some()
    }
}

/// How much a user has.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) octets: u64,
    pub(crate) messages: u64,
}

impl Account {
    pub(super) fn new(password: &str) -> Self {
        Self {
            password: password.to_owned(),
            folders: BTreeMap::new(),
            subscriptions: BTreeSet::new(),
            limits: Limits::default(),
        }
    }
}
