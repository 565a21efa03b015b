//! A mailbox as a Maildir.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use imap_util::Flag;

use super::{Reconciled, changed, record, unix};
use crate::error::Failure;
use crate::export::listing::{Listing, Message};
use crate::export::state::{self, Entry, FILE, State};
use crate::journal::Journal;
use crate::maildir::{Exported, Found, Incoming, Keywords, Letters, Maildir, letters, sync};

/// A mailbox as a Maildir.
///
/// A message is there if a file with its UIDVALIDITY and UID is, which has the size that its name tells.
/// So nothing hangs on the journal, which knows more of the messages than the names of files: keywords
/// without a letter, and the zones of dates.
#[derive(Debug)]
pub(in crate::export) struct MaildirStore {
    maildir: Maildir,
    uid_validity: u32,
    mark: String,
    keywords: Keywords,
    journal: Mutex<Journal>,
    /// What was recorded of messages.
    recorded: HashMap<u32, state::Message>,
    /// Files that are not whole.
    damaged: HashMap<u32, Found>,
}

impl MaildirStore {
    /// Opens the Maildir of a mailbox, which is made if need be, and gives what is to be told of it.
    pub(in crate::export) fn open(
        path: PathBuf,
        name: &str,
        uid_validity: u32,
    ) -> Result<(Self, Option<String>), Failure> {
        let maildir = Maildir::create(path)?;
        let (mut journal, entries) = Journal::open(&maildir.path().join(FILE))?;
        let mut state = State::new(entries);
        let mut note = None;
        if state.uid_validity != Some(uid_validity) {
            note = state
                .uid_validity
                .map(|before| changed(name, before, uid_validity, "the files that are there stay"));
            state = State::default();
            journal.append(&[Entry::Mailbox {
                name: name.to_owned(),
                uid_validity,
            }])?;
        }
        let store = Self {
            uid_validity,
            mark: Exported::mark(name),
            keywords: Keywords::read(maildir.path())?,
            maildir,
            journal: Mutex::new(journal),
            recorded: state.messages,
            damaged: HashMap::new(),
        };
        Ok((store, note))
    }

    pub(super) fn reconcile(&mut self, listing: &Listing) -> Result<Reconciled, Failure> {
        let sets: Vec<Vec<Flag<'_>>> = listing.flag_sets.iter().map(|set| flags(set)).collect();
        if self.keywords.add(sets.iter().flatten().copied()) {
            self.keywords.write(self.maildir.path())?;
        }
        let sets = sets
            .into_iter()
            .map(|set| Letters::new(set, &self.keywords));
        let sets: Vec<Letters> = sets.collect();
        let mut present = self.present()?;
        let mut reconciled = Reconciled::default();
        let mut news = Vec::new();
        for (place, message) in listing.messages.iter().enumerate() {
            let Some((found, exported)) = present.remove(&message.uid) else {
                reconciled.missing.push(place);
                continue;
            };
            let wanted = sets.get(message.flags).map_or("", Letters::as_str);
            let has_other_letters = letters(&found.name) != wanted;
            if has_other_letters {
                self.maildir.rename(&found, &exported.file_name(wanted))?;
            }
            let record = record(listing, message, exported.size);
            let known = self.recorded.get(&message.uid);
            let has_other_flags = known.is_some_and(|known| known.flags != record.flags);
            reconciled.updated += usize::from(has_other_letters || has_other_flags);
            if known != Some(&record) {
                news.push(Entry::Message(record));
            }
        }
        self.append(&news)?;
        Ok(reconciled)
    }

    pub(super) fn begin(&self, message: &Message) -> Result<Incoming, Failure> {
        self.maildir.begin(&self.exported(message, 0).stem())
    }

    pub(super) fn finish(
        &self,
        recorded: &state::Message,
        message: &Message,
        incoming: Incoming,
    ) -> Result<(), Failure> {
        let flags = flags(&recorded.flags);
        let exported = self.exported(message, recorded.size);
        let name = exported.file_name(Letters::new(flags, &self.keywords).as_str());
        self.maildir.deliver(incoming, &name, exported.date)?;
        if let Some(damaged) = self.damaged.get(&message.uid)
            && damaged.name != name
        {
            // The whole message is there, so that it matters little.
            let _ = fs::remove_file(self.maildir.path_of(damaged));
        }
        Ok(())
    }

    pub(super) fn record(&self, messages: Vec<state::Message>) -> Result<(), Failure> {
        let entries: Vec<Entry> = messages.into_iter().map(Entry::Message).collect();
        self.append(&entries)
    }

    pub(super) fn sync(&self) -> Result<(), Failure> {
        sync(self.maildir.path())
    }

    pub(super) fn path(&self) -> &Path {
        self.maildir.path()
    }

    /// The files of this mailbox that are whole, by the UIDs of their messages.
    fn present(&mut self) -> Result<HashMap<u32, (Found, Exported)>, Failure> {
        let mut present = HashMap::new();
        for found in self.maildir.messages()? {
            let Some(exported) = Exported::parse(&found.name) else {
                continue;
            };
            if exported.uid_validity != self.uid_validity || exported.mark != self.mark {
                continue;
            }
            let path = self.maildir.path_of(&found);
            match fs::metadata(&path) {
                Ok(metadata) if metadata.len() == exported.size => {
                    present.insert(exported.uid, (found, exported));
                }
                // A power cut may leave a name without the octets.
                Ok(_) => drop(self.damaged.insert(exported.uid, found)),
                Err(error) => return Err(Failure::file("read", &path, &error)),
            }
        }
        Ok(present)
    }

    fn append(&self, entries: &[Entry]) -> Result<(), Failure> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        journal.append(entries)
    }

    fn exported(&self, message: &Message, size: u64) -> Exported {
        Exported {
            date: unix(message),
            uid_validity: self.uid_validity,
            uid: message.uid,
            mark: self.mark.clone(),
            size,
        }
    }
}

/// Flags by their names.
fn flags(names: &[String]) -> Vec<Flag<'_>> {
    names
        .iter()
        .filter_map(|name| Flag::new(name).ok())
        .collect()
}
