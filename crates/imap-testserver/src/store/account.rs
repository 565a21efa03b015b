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
}

impl Account {
    pub(super) fn new(password: &str) -> Self {
        Self {
            password: password.to_owned(),
            folders: BTreeMap::new(),
            subscriptions: BTreeSet::new(),
        }
    }
}
