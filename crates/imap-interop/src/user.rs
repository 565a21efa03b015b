//! A mail account on a test server.

use std::path::PathBuf;

use crate::account::Account;

/// A mail account on a test server.
#[derive(Clone, Debug)]
pub struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) maildir: PathBuf,
    pub(crate) account: Account,
}

impl User {
    /// The login name, for instance `t-append-1`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The password.
    pub fn password(&self) -> &str {
        &self.password
    }
}
