//! Seeding: messages written as files, past the server.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::user::User;
use crate::utf7;

/// A message for [`User::seed`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// The message as it goes over the wire, with CRLF line ends.
    pub bytes: Vec<u8>,
    /// Its system flags, in any order; keywords are left to `STORE`.
    pub flags: Vec<SystemFlag>,
    /// What `INTERNALDATE` shall give, in seconds since 1970-01-01 UTC.
    pub internal_date: i64,
}

/// A flag that is kept in the name of a Maildir file.
///
/// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SystemFlag {
    /// `\Answered`.
    Answered,
    /// `\Deleted`.
    Deleted,
    /// `\Draft`.
    Draft,
    /// `\Flagged`.
    Flagged,
    /// `\Seen`.
    Seen,
}

impl SystemFlag {
    /// The flag as IMAP writes it, for instance `\Seen`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "\\Answered",
            Self::Deleted => "\\Deleted",
            Self::Draft => "\\Draft",
            Self::Flagged => "\\Flagged",
            Self::Seen => "\\Seen",
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Answered => 'R',
            Self::Deleted => 'T',
            Self::Draft => 'D',
            Self::Flagged => 'F',
            Self::Seen => 'S',
        }
    }
}

impl User {
    /// Puts messages into a mailbox without IMAP, and says how many they were.
    ///
    /// The mailbox is made if need be; its name is Unicode with `/` between the levels. The
    /// messages get ascending UIDs in the order given, after those that are there. For the first
    /// session that selects the mailbox they are `\Recent`.
    ///
    /// # Errors
    ///
    /// A name that can't be a folder of this layout, such as `a//b` or `a.b`, gives
    /// [`io::ErrorKind::InvalidInput`] before anything is written. Else the errors of the file
    /// system.
    pub fn seed(
        &self,
        mailbox: &str,
        messages: impl IntoIterator<Item = Message>,
    ) -> io::Result<usize> {
        let folder = self.maildir.join(folder_name(mailbox)?);
        self.make_folder(&folder)?;
        let mut count = 0;
        for message in messages {
            self.deliver(&folder, &message)?;
            count += 1;
        }
        Ok(count)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let home = self.maildir.parent().unwrap_or(&self.maildir);
        let parts = ["cur", "new", "tmp"].map(|part| folder.join(part));
        let all = [home, &self.maildir, folder]
            .into_iter()
            .chain(parts.iter().map(PathBuf::as_path));
        for path in all {
            match fs::DirBuilder::new().mode(0o700).create(path) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => self.account.own(path)?,
            }
        }
        Ok(())
    }

    /// Writes one message where the server doesn't look, and then moves it to its place.
    fn deliver(&self, folder: &Path, message: &Message) -> io::Result<()> {
        let name = unique_name(message);
        let path = folder.join("tmp").join(&name);
        let mut file = File::create_new(&path)?;
        file.write_all(&message.bytes)?;
        file.set_modified(system_time(message.internal_date)?)?;
        drop(file);
        self.account.own(&path)?;
        let mut letters: Vec<char> = message.flags.iter().map(|flag| flag.letter()).collect();
        letters.sort_unstable();
        letters.dedup();
        let flags = String::from_iter(letters);
        fs::rename(&path, folder.join("cur").join(format!("{name}:2,{flags}")))
    }
}

/// The folder of a mailbox, relative to the account's Maildir: empty for INBOX, else `.a.b`.
fn folder_name(mailbox: &str) -> io::Result<String> {
    if mailbox.eq_ignore_ascii_case("INBOX") {
        return Ok(String::new());
    }
    let bad = |c: char| c == '.' || c.is_control();
    if mailbox.contains(bad) || mailbox.split('/').any(str::is_empty) {
        let text =
            format!("expected mailbox name without dots and empty levels, found `{mailbox}`");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    Ok(mailbox
        .split('/')
        .map(|level| format!(".{}", utf7::encode(level)))
        .collect())
}

/// A file name that sorts after all earlier ones, since the server gives out UIDs in that order.
///
/// `S=` and `W=` are the size on the disk and with all line ends as CRLF, in octets.
fn unique_name(message: &Message) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1_000_000_000);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let size = message.bytes.len();
    let bare = message
        .bytes
        .windows(2)
        .filter(|pair| matches!(pair, [c, b'\n'] if *c != b'\r'));
    let wire_size = size + bare.count() + usize::from(message.bytes.starts_with(b"\n"));
    format!("{number}.P{}.interop,S={size},W={wire_size}", process::id())
}

fn system_time(seconds: i64) -> io::Result<SystemTime> {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    time.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "internal date out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_folder_names() {
        let cases = [
            ("inbox", ""),
            ("Entwürfe", ".Entw&APw-rfe"),
            ("日本語/台北", ".&ZeVnLIqe-.&U,BTFw-"),
            ("INBOX/a", ".INBOX.a"),
        ];
        for (mailbox, folder) in cases {
            assert_eq!(folder_name(mailbox).unwrap(), folder);
        }
    }

    #[test]
    fn err_names_that_are_no_folder() {
        for mailbox in ["", "/", "a/", "/a", "a//b", "a.b", "a\nb"] {
            let error = folder_name(mailbox).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{mailbox:?}");
        }
    }

    #[test]
    fn names_ascend_and_carry_both_sizes() {
        let message = |bytes: &[u8]| Message {
            bytes: bytes.into(),
            flags: vec![],
            internal_date: 0,
        };
        let first = unique_name(&message(b"a\r\nb\r\n"));
        let second = unique_name(&message(b"\na\nb\r\n"));
        assert!(first < second);
        assert!(first.ends_with(",S=6,W=6"), "{first}");
        assert!(second.ends_with(",S=6,W=8"), "{second}");
    }
}
