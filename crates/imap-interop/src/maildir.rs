//! Seeding: messages written as files, past the server.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use crate::account::Account;
use crate::message::{Message, SystemFlag};

/// Puts messages into a mailbox, which is made if need be, and says how many they were.
///
/// The levels of its name are in modified UTF-7.
pub(crate) fn seed(
    maildir: &Path,
    owner: &Account,
    levels: &[String],
    messages: impl IntoIterator<Item = Message>,
) -> io::Result<usize> {
    let folder = maildir.join(folder_name(levels)?);
    make_folder(maildir, &folder, owner)?;
    let mut count = 0;
    for message in messages {
        deliver(&folder, owner, &message)?;
        count += 1;
    }
    Ok(count)
}

fn make_folder(maildir: &Path, folder: &Path, owner: &Account) -> io::Result<()> {
    let home = maildir.parent().unwrap_or(maildir);
    let parts = ["cur", "new", "tmp"].map(|part| folder.join(part));
    let all = [home, maildir, folder]
        .into_iter()
        .chain(parts.iter().map(PathBuf::as_path));
    for path in all {
        match DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => owner.own(path)?,
        }
    }
    Ok(())
}

/// Writes one message where the server doesn't look, and then moves it to its place.
fn deliver(folder: &Path, owner: &Account, message: &Message) -> io::Result<()> {
    let name = unique_name(message);
    let path = folder.join("tmp").join(&name);
    let mut file = File::create_new(&path)?;
    file.write_all(&message.bytes)?;
    file.set_modified(system_time(message.internal_date)?)?;
    drop(file);
    owner.own(&path)?;
    let mut letters: Vec<char> = message.flags.iter().copied().map(letter).collect();
    letters.sort_unstable();
    letters.dedup();
    let flags = String::from_iter(letters);
    fs::rename(&path, folder.join("cur").join(format!("{name}:2,{flags}")))
}

/// The folder of a mailbox, relative to the account's Maildir: empty for INBOX, else `.a.b`.
fn folder_name(levels: &[String]) -> io::Result<String> {
    if levels == ["INBOX"] {
        return Ok(String::new());
    }
    if let Some(level) = levels.iter().find(|level| level.contains('.')) {
        let text = format!("expected mailbox name without dots, found `{level}`");
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    Ok(levels.iter().map(|level| format!(".{level}")).collect())
}

/// What stands for the flag in the name of a file.
fn letter(flag: SystemFlag) -> char {
    match flag {
        SystemFlag::Answered => 'R',
        SystemFlag::Deleted => 'T',
        SystemFlag::Draft => 'D',
        SystemFlag::Flagged => 'F',
        SystemFlag::Seen => 'S',
    }
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
        let folder = |levels: &[&str]| {
            let levels = Vec::from_iter(levels.iter().map(|level| (*level).to_owned()));
            folder_name(&levels)
        };
        assert_eq!(folder(&["INBOX"]).unwrap(), "");
        assert_eq!(folder(&["INBOX", "a"]).unwrap(), ".INBOX.a");
        assert_eq!(folder(&["a", "b"]).unwrap(), ".a.b");
        assert!(folder(&["a", "b.c"]).is_err());
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
