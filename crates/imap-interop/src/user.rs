//! A mail account on a test server.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::account::Account;
use crate::message::Message;
use crate::{append, maildir, utf7};

/// A mail account on a test server.
#[derive(Clone, Debug)]
pub struct User {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) store: Store,
}

/// Where the messages of an account go.
#[derive(Clone, Debug)]
pub(crate) enum Store {
    /// Into files, which belong to `owner`.
    Maildir { folder: PathBuf, owner: Account },
    /// Through the server.
    Server(SocketAddr),
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

    /// Puts messages into a mailbox without the library under test, and says how many they were.
    ///
    /// The mailbox is made if need be; its name is Unicode with `/` between the levels. The
    /// messages get ascending UIDs in the order given, after those that are there. For the first
    /// session that selects the mailbox they are `\Recent`. Dovecot gets them as files, the others by
    /// `APPEND`.
    ///
    /// # Errors
    ///
    /// A name that can't be a mailbox, such as `a//b` or on Dovecot `a.b`, gives
    /// [`io::ErrorKind::InvalidInput`] before anything is written. Else the errors of the file
    /// system or of the connection, and what the server says when it refuses.
    pub fn seed(
        &self,
        mailbox: &str,
        messages: impl IntoIterator<Item = Message>,
    ) -> io::Result<usize> {
        let levels = levels(mailbox)?;
        match &self.store {
            Store::Maildir { folder, owner } => maildir::seed(folder, owner, &levels, messages),
            Store::Server(addr) => append::seed(*addr, self, &levels, messages),
        }
    }
}

/// The levels of a mailbox name in modified UTF-7; INBOX in capitals.
fn levels(mailbox: &str) -> io::Result<Vec<String>> {
    if mailbox.eq_ignore_ascii_case("INBOX") {
        return Ok(vec!["INBOX".into()]);
    }
    if mailbox.contains(char::is_control) || mailbox.split('/').any(str::is_empty) {
        let text =
            format!("expected mailbox name without controls and empty levels, found `{mailbox}`");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    Ok(mailbox.split('/').map(utf7::encode).collect())
}

pub(crate) const PASSWORD: &str = "testpw";
pub(crate) const ADMIN_NAME: &str = "admin";
/// How the names of accounts with little room begin.
pub(crate) const SMALL_PREFIX: &str = "q-";
/// How many messages they hold.
pub(crate) const SMALL_COUNT: u32 = 5;
/// How much they hold, in units of 1024 octets.
pub(crate) const SMALL_STORAGE: u32 = 20;
pub(crate) const AWKWARD_NAME: &str = "awkward user";
pub(crate) const AWKWARD_PASSWORD: &str = r#"p"a\ss wörd"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_levels() {
        let cases: [(&str, &[&str]); 4] = [
            ("inbox", &["INBOX"]),
            ("Entwürfe", &["Entw&APw-rfe"]),
            ("日本語/台北", &["&ZeVnLIqe-", "&U,BTFw-"]),
            ("INBOX/a", &["INBOX", "a"]),
        ];
        for (mailbox, expected) in cases {
            assert_eq!(levels(mailbox).unwrap(), expected);
        }
    }

    #[test]
    fn err_names_with_empty_levels_or_controls() {
        for mailbox in ["", "/", "a/", "/a", "a//b", "a\nb"] {
            let error = levels(mailbox).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{mailbox:?}");
        }
    }
}
