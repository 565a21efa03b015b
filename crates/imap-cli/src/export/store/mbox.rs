//! A mailbox as an mbox file.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, ErrorKind, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::SpooledTempFile;

use super::{Draft, Reconciled, changed, unix};
use crate::error::{Exit, Failure};
use crate::export::listing::{Listing, Message};
use crate::export::state::{self, Entry, FILE, State};
use crate::journal::Journal;
use crate::mbox;

/// A mailbox as an mbox file.
///
/// Where a message begins is recorded before it is written, and where it ends after that: what a killed run
/// left behind its last whole message is cut off.
#[derive(Debug)]
pub(in crate::export) struct MboxStore {
    path: PathBuf,
    /// What was recorded of messages.
    recorded: HashMap<u32, state::Message>,
    end: Mutex<End>,
}

/// Where the next message goes.
#[derive(Debug)]
struct End {
    file: File,
    at: u64,
    journal: Journal,
}

impl MboxStore {
    /// Opens the file of a mailbox, which is made if need be, and gives what is to be told of it.
    pub(in crate::export) fn open(
        path: PathBuf,
        name: &str,
        uid_validity: u32,
    ) -> Result<(Self, Option<String>), Failure> {
        if let Some(folder) = path.parent() {
            let made = fs::create_dir_all(folder);
            made.map_err(|error| Failure::file("create", folder, &error))?;
        }
        let (mut journal, entries) = Journal::open(&beside(&path, FILE))?;
        let mut state = State::new(entries);
        let mut note = None;
        if state.uid_validity != Some(uid_validity) {
            if let Some(before) = state.uid_validity {
                let kept = beside(&path, &format!("V{before}"));
                match fs::rename(&path, &kept) {
                    Err(error) if error.kind() != ErrorKind::NotFound => {
                        return Err(Failure::file("create", &kept, &error));
                    }
                    _ => {}
                }
                let rest = format!("what is there is in {} now", kept.display());
                note = Some(changed(name, before, uid_validity, &rest));
            }
            state = State::default();
            journal.append(&[Entry::Mailbox {
                name: name.to_owned(),
                uid_validity,
            }])?;
        }
        let end = End::open(&path, &state, journal)?;
        let store = Self {
            path,
            recorded: state.messages,
            end: Mutex::new(end),
        };
        Ok((store, note))
    }

    /// Flags in the file stay as they were.
    pub(super) fn reconcile(&self, listing: &Listing) -> Reconciled {
        let places = listing.messages.iter().enumerate();
        let missing = places.filter(|(_, message)| !self.recorded.contains_key(&message.uid));
        Reconciled {
            missing: missing.map(|(place, _)| place).collect(),
            updated: 0,
        }
    }

    pub(super) fn begin(&self) -> Draft {
        let folder = self.path.parent().map_or_else(PathBuf::new, Path::to_owned);
        let spool = tempfile::spooled_tempfile_in(IN_MEMORY, &folder);
        Draft::Spool(Box::new(spool), folder)
    }

    pub(super) fn finish(
        &self,
        recorded: &state::Message,
        message: &Message,
        mut spool: SpooledTempFile,
    ) -> Result<(), Failure> {
        let told = |error| Failure::file("write", &self.path, &error);
        spool.rewind().map_err(told)?;
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let at = end.at;
        end.journal.append(&[Entry::Writing(at)])?;
        let mut out = BufWriter::new(&end.file);
        let mut contents = BufReader::new(spool);
        let written = mbox::write(&mut out, &mut contents, unix(message), &recorded.flags)
            .and_then(|count| out.flush().map(|()| count));
        drop(out.into_parts());
        match written {
            Ok(count) => end.at += count,
            Err(error) => {
                // No half of a message is left, or else the next run cuts it off.
                let _ = end.file.set_len(at);
                return Err(told(error));
            }
        }
        let entry = Entry::Message(state::Message {
            end: Some(end.at),
            ..recorded.clone()
        });
        end.journal.append(&[entry])
    }

    pub(super) fn sync(&self) -> Result<(), Failure> {
        let end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        let synced = end.file.sync_all();
        synced.map_err(|error| Failure::file("write", &self.path, &error))?;
        end.journal.sync()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl End {
    /// Opens the file, and cuts off what is behind its last whole message.
    fn open(path: &Path, state: &State, journal: Journal) -> Result<Self, Failure> {
        let told = |error| Failure::file("write", path, &error);
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        let mut file = options.open(path).map_err(told)?;
        let length = file.metadata().map_err(told)?.len();
        let at = match state.writing {
            Some(at) if length >= at => at,
            None if length == state.end => length,
            _ => {
                let text = format!("{} was changed by another program", path.display());
                let hint =
                    "move it and its journal away to export it anew, or export to another folder";
                return Err(Failure::new(Exit::File, text).with_hint(hint));
            }
        };
        file.set_len(at).map_err(told)?;
        file.seek(SeekFrom::Start(at)).map_err(told)?;
        Ok(Self { file, at, journal })
    }
}

/// The path with another ending behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.to_owned();
    path.as_mut_os_string().push(format!(".{ending}"));
    path
}

/// Octets of a message that wait in memory.
const IN_MEMORY: usize = 1 << 20;
