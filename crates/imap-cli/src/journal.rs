//! Journals: lines of JSON that are only ever added, so that a run may be killed at any octet.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Exit, Failure};

/// A journal that no other process writes to meanwhile.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    length: u64,
}

impl Journal {
    /// Opens a journal, which is made if need be, and gives what is in it.
    ///
    /// A last line without its end is what a killed run left: it is cut off.
    pub(crate) fn open<E: DeserializeOwned>(path: &Path) -> Result<(Self, Vec<E>), Failure> {
        let told = |what| move |error: io::Error| Failure::file(what, path, &error);
        let mut options = OpenOptions::new();
        options.create(true).read(true).write(true).truncate(false);
        let mut file = options.open(path).map_err(told("write"))?;
        lock(&file, path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(told("read"))?;
        let (entries, length) = entries(&text, path)?;
        file.set_len(length).map_err(told("write"))?;
        file.seek(SeekFrom::Start(length)).map_err(told("write"))?;
        let journal = Self {
            file,
            path: path.to_owned(),
            length,
        };
        Ok((journal, entries))
    }

    /// Adds entries: all of them with one write.
    pub(crate) fn append<E: Serialize>(&mut self, entries: &[E]) -> Result<(), Failure> {
        let mut lines = Vec::new();
        for entry in entries {
            // cannot fail: all keys of entries are text
            lines.extend(serde_json::to_vec(entry).unwrap_or_default());
            lines.push(b'\n');
        }
        if let Err(error) = self.file.write_all(&lines) {
            // What was written of it is cut off, or else by the next run.
            let _ = self.file.set_len(self.length);
            return Err(Failure::file("write", &self.path, &error));
        }
        self.length += lines.len() as u64;
        Ok(())
    }

    /// Waits until all is on the disk.
    pub(crate) fn sync(&self) -> Result<(), Failure> {
        let synced = self.file.sync_data();
        synced.map_err(|error| Failure::file("write", &self.path, &error))
    }
}

/// What is in a journal that is only read; nothing if there is none.
pub(crate) fn read<E: DeserializeOwned>(path: &Path) -> Result<Vec<E>, Failure> {
    match std::fs::read(path) {
        Ok(text) => Ok(entries(&text, path)?.0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::file("read", path, &error)),
    }
}

/// The entries, and where the last whole line ends.
fn entries<E: DeserializeOwned>(text: &[u8], path: &Path) -> Result<(Vec<E>, u64), Failure> {
    let mut entries = Vec::new();
    let mut length = 0;
    let whole = text.split_inclusive(|octet| *octet == b'\n');
    for (number, line) in (1..).zip(whole.filter(|line| line.ends_with(b"\n"))) {
        let entry =
            serde_json::from_slice(line).map_err(|error| unreadable(path, number, &error))?;
        entries.push(entry);
        length += line.len() as u64;
    }
    Ok((entries, length))
}

fn unreadable(path: &Path, line: usize, error: &serde_json::Error) -> Failure {
    let path = path.display();
    Failure::new(
        Exit::File,
        format!("cannot read line {line} of {path}: {error}"),
    )
    .with_hint("it is no journal of this program, or was changed: move it away to begin anew")
}

/// Sees to it that only one process at a time goes on with the work that a journal is about.
#[cfg(unix)]
fn lock(file: &File, path: &Path) -> Result<(), Failure> {
    use rustix::fs::{FlockOperation, flock};

    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Err(error) if error == rustix::io::Errno::WOULDBLOCK => {
            let text = format!("another run is at work on {}", path.display());
            Err(Failure::new(Exit::File, text).with_hint("wait for its end, then start again"))
        }
        // Some network file systems have no locks, which is no reason not to work.
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn lock(_: &File, _: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_torn_line_is_cut_off_wherever_it_was_torn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (mut journal, before) = Journal::open::<(u32, String)>(&path).unwrap();
        assert!(before.is_empty());
        journal.append(&[(1, "one"), (2, "two")]).unwrap();
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let lines = whole[..length].iter().filter(|b| **b == b'\n').count();
            let (mut journal, kept) = Journal::open::<(u32, String)>(&path).unwrap();
            assert_eq!(kept.len(), lines, "{length}");
            journal.append(&[(3, "three")]).unwrap();
            drop(journal);
            let entries = read::<(u32, String)>(&path).unwrap();
            assert_eq!(entries.len(), lines + 1);
            assert_eq!(entries[lines], (3, "three".to_owned()));
        }
    }

    #[test]
    fn err_second_run_at_the_same_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (_first, _) = Journal::open::<u32>(&path).unwrap();
        let failure = Journal::open::<u32>(&path).unwrap_err();
        assert!(failure.message().starts_with("another run is at work on "));
    }

    #[test]
    fn err_line_that_is_no_entry() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        std::fs::write(&path, "1\nx\n").unwrap();
        let failure = Journal::open::<u32>(&path).unwrap_err();
        assert!(failure.message().starts_with("cannot read line 2 of "));
        assert_eq!(std::fs::read(&path).unwrap(), b"1\nx\n");
    }
}
