//! Where the messages of one mailbox go.

mod maildir;
mod mbox;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::SpooledTempFile;

pub(super) use self::maildir::MaildirStore;
pub(super) use self::mbox::MboxStore;

use super::listing::{Listing, Message};
use super::state;
use crate::error::Failure;
use crate::maildir::Incoming;

/// Where the messages of one mailbox go. Several threads bring them.
#[derive(Debug)]
pub(super) enum Store {
    Maildir(MaildirStore),
    Mbox(MboxStore),
}

/// What is there already.
#[derive(Debug, Default)]
pub(super) struct Reconciled {
    /// The messages that are missing: places in the listing.
    pub(super) missing: Vec<usize>,
    /// How many have other flags by now.
    pub(super) updated: usize,
}

/// A message that is being written.
#[derive(Debug)]
pub(super) enum Draft {
    /// To a file of its own.
    File(Incoming),
    /// To where it waits for its turn.
    Spool(Box<SpooledTempFile>, PathBuf),
}

impl Store {
    /// Compares with what the server has: messages that are here get the flags that they have there.
    pub(super) fn reconcile(&mut self, listing: &Listing) -> Result<Reconciled, Failure> {
        match self {
            Self::Maildir(store) => store.reconcile(listing),
            Self::Mbox(store) => Ok(store.reconcile(listing)),
        }
    }

    /// Begins a message.
    pub(super) fn begin(&self, message: &Message) -> Result<Draft, Failure> {
        match self {
            Self::Maildir(store) => store.begin(message).map(Draft::File),
            Self::Mbox(store) => Ok(store.begin()),
        }
    }

    /// Puts a message of so many octets to its place, and gives what is to be recorded of it.
    pub(super) fn finish(
        &self,
        listing: &Listing,
        message: &Message,
        draft: Draft,
        size: u64,
    ) -> Result<state::Message, Failure> {
        let recorded = record(listing, message, size);
        match (self, draft) {
            (Self::Maildir(store), Draft::File(incoming)) => {
                store.finish(&recorded, message, incoming)?;
            }
            (Self::Mbox(store), Draft::Spool(spool, _)) => {
                store.finish(&recorded, message, *spool)?;
            }
            // cannot happen: a store is given the drafts that it began
            _ => {}
        }
        Ok(recorded)
    }

    /// Records messages that are at their places.
    pub(super) fn record(&self, messages: Vec<state::Message>) -> Result<(), Failure> {
        match self {
            Self::Maildir(store) => store.record(messages),
            // An mbox file has recorded them already, each before the next one.
            Self::Mbox(_) => Ok(()),
        }
    }

    /// Waits until all is on the disk.
    pub(super) fn sync(&self) -> Result<(), Failure> {
        match self {
            Self::Maildir(store) => store.sync(),
            Self::Mbox(store) => store.sync(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Maildir(store) => store.path(),
            Self::Mbox(store) => store.path(),
        }
    }
}

impl Draft {
    /// What it is written to.
    pub(super) fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::File(incoming) => incoming,
            Self::Spool(spool, _) => spool,
        }
    }

    /// Why it could not be written.
    pub(super) fn failure(&self, error: &io::Error) -> Failure {
        match self {
            Self::File(incoming) => Failure::file("write", incoming.path(), error),
            Self::Spool(_, folder) => Failure::file("write to", folder, error),
        }
    }
}

/// What is recorded of a message.
fn record(listing: &Listing, message: &Message, size: u64) -> state::Message {
    let date = message.date.map(|date| date.to_string());
    state::Message {
        uid: message.uid,
        size,
        date: date.unwrap_or_default().trim_matches('"').to_owned(),
        flags: listing.flags(message).to_vec(),
        end: None,
    }
}

/// A date as the file has it that cannot have none.
fn unix(message: &Message) -> i64 {
    message.date.map_or(0, |date| date.to_unix())
}

/// Says that the UIDs which were known mean nothing any more.
fn changed(name: &str, before: u32, now: u32, rest: &str) -> String {
    format!(
        "the UIDVALIDITY of {name} changed from {before} to {now}: all is exported anew, and {rest}"
    )
}
