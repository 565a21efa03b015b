//! Exporting mailboxes to files, by several connections, such that a run can be killed at any time.

mod job;
mod listing;
pub(crate) mod state;
mod store;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use clap::ValueEnum;
use imap_client::ListEntry;
use serde::Serialize;

use self::job::Job;
use self::listing::{Listing, Mailbox, Message};
use self::store::{MaildirStore, MboxStore, Store};
use self::worker::Worker;
use crate::connect::Connector;
use crate::error::Failure;
use crate::folder_name::{Layout, mbox_path};
use crate::interrupt::Interrupt;
use crate::link::{Link, interrupted, stopped};
use crate::mailbox;
use crate::pool::{self, Queue};
use crate::progress::Progress;

/// What the files are like.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// A file for each message, a folder for each mailbox
    Maildir,
    /// A file for each mailbox, in the variant mboxrd
    Mbox,
}

/// What is exported, and to where.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The mailboxes; all if there are none.
    pub(crate) mailboxes: Vec<String>,
    pub(crate) folder: PathBuf,
    pub(crate) format: Format,
    pub(crate) layout: Layout,
    pub(crate) connections: usize,
    /// How often a lost connection is made anew before anything is done with it.
    pub(crate) retries: u32,
}

/// What was done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) mailboxes: Vec<MailboxSummary>,
    /// Octets of the messages that came in this run.
    pub(crate) octets: u64,
}

/// What was done with a mailbox.
#[derive(Debug, Serialize)]
pub(crate) struct MailboxSummary {
    pub(crate) mailbox: String,
    pub(crate) path: PathBuf,
    pub(crate) uid_validity: u32,
    /// Messages that came in this run.
    pub(crate) exported: usize,
    /// Messages that were there before.
    pub(crate) present: usize,
    /// Those of them that have got other flags.
    pub(crate) updated: usize,
    /// Messages that the server removed meanwhile.
    pub(crate) gone: usize,
    pub(crate) failed: Vec<Failed>,
}

/// A message that the server does not give.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failed {
    pub(crate) uid: u32,
    pub(crate) reason: String,
}

/// A mailbox on its way into files.
struct Target {
    mailbox: Mailbox,
    listing: Listing,
    store: Store,
    present: usize,
    updated: usize,
    exported: AtomicUsize,
    gone: AtomicUsize,
    failed: Mutex<Vec<Failed>>,
}

/// An export under way, which its connections share.
struct Run<'r> {
    targets: Vec<Target>,
    queue: Queue<Job>,
    interrupt: &'r Interrupt,
    /// Something happened after which nothing can go on.
    has_failed: AtomicBool,
    octets: AtomicU64,
    done: AtomicU64,
    messages: u64,
    progress: Progress,
}

/// Exports mailboxes, and says in `summary` what was done, also where it failed.
pub(crate) fn export(
    connector: &Connector,
    interrupt: &Interrupt,
    options: &Options,
    summary: &mut Summary,
) -> Result<(), Failure> {
    make_folder(&options.folder)?;
    let mut link = Link::new(connector, interrupt, options.retries);
    let mut targets = Vec::new();
    let mut jobs = Vec::new();
    for mailbox in find(&mut link, &options.mailboxes)? {
        if interrupt.is_set() {
            return Err(stopped());
        }
        let listing = link.retry(|client| Ok(Listing::fetch(client, &mailbox)?));
        let listing = listing.map_err(|failure| failure.with_context(&mailbox.name))?;
        let (target, missing) = Target::open(mailbox, listing, options)?;
        jobs.extend(Job::divide(targets.len(), &target.listing, &missing));
        targets.push(target);
    }
    let sizes = jobs.iter().flat_map(|job| {
        let messages = targets
            .get(job.mailbox)
            .map(|target| &target.listing.messages);
        let size = move |place: &usize| Some(messages?.get(*place)?.size);
        job.messages.iter().filter_map(size)
    });
    let (messages, octets) = sizes.fold((0, 0), |(n, sum), size| (n + 1, sum + size));
    let connections = options.connections.min(jobs.len()).max(1);
    let run = Run {
        targets,
        queue: Queue::new(jobs),
        interrupt,
        has_failed: AtomicBool::new(false),
        octets: AtomicU64::new(0),
        done: AtomicU64::new(0),
        messages,
        progress: Progress::new(octets, messages),
    };
    let further = (1..connections).map(|_| Link::new(connector, interrupt, options.retries));
    let outcome = run.work(std::iter::once(link).chain(further).collect());
    run.progress.end();
    *summary = run.summary();
    outcome.and_then(|()| run.settle())
}

/// Sees to it that there is a folder to export to, before anybody is asked for a password.
fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        let error = io::ErrorKind::NotADirectory.into();
        return Err(Failure::file("export to", folder, &error));
    }
    fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))
}

/// The mailboxes of these names, or all that can be selected.
fn find(link: &mut Link<'_>, names: &[String]) -> Result<Vec<Mailbox>, Failure> {
    let entries = link.retry(|client| Ok(client.list("", "*")?))?;
    let selectable = entries.iter().filter(|entry| entry.is_selectable());
    if names.is_empty() {
        return Ok(selectable.map(Mailbox::new).collect());
    }
    let mut found: Vec<&ListEntry> = Vec::new();
    for name in names {
        let mut selectable = selectable.clone();
        let entry = selectable.find(|entry| is_named(entry, name));
        let entry = entry.ok_or_else(|| mailbox::missing(name, &entries))?;
        if !found.contains(&entry) {
            found.push(entry);
        }
    }
    Ok(found.into_iter().map(Mailbox::new).collect())
}

fn is_named(entry: &ListEntry, name: &str) -> bool {
    let is_inbox = |name: &str| name.eq_ignore_ascii_case(INBOX);
    entry.name() == name || (is_inbox(entry.name()) && is_inbox(name))
}

impl Mailbox {
    fn new(entry: &ListEntry) -> Self {
        let name = if is_named(entry, INBOX) {
            INBOX
        } else {
            entry.name()
        };
        let levels = match entry.delimiter() {
            Some(delimiter) => name.split(delimiter).map(str::to_owned).collect(),
            None => vec![name.to_owned()],
        };
        Self {
            name: name.to_owned(),
            wire_name: entry.mailbox().as_bytes().to_vec(),
            levels,
        }
    }
}

impl Target {
    /// Opens the files of a mailbox, and finds what is missing there.
    fn open(
        mailbox: Mailbox,
        listing: Listing,
        options: &Options,
    ) -> Result<(Self, Vec<usize>), Failure> {
        let (name, uid_validity) = (&mailbox.name, listing.uid_validity);
        let (mut store, note) = match options.format {
            Format::Maildir => {
                let path = options.folder.join(options.layout.path(&mailbox.levels));
                let (store, note) = MaildirStore::open(path, name, uid_validity)?;
                (Store::Maildir(store), note)
            }
            Format::Mbox => {
                let path = options.folder.join(mbox_path(&mailbox.levels));
                let (store, note) = MboxStore::open(path, name, uid_validity)?;
                (Store::Mbox(store), note)
            }
        };
        if let Some(note) = note {
            anstream::eprintln!("imap: {note}");
        }
        let reconciled = store.reconcile(&listing)?;
        let target = Self {
            mailbox,
            present: listing.messages.len() - reconciled.missing.len(),
            listing,
            store,
            updated: reconciled.updated,
            exported: AtomicUsize::new(0),
            gone: AtomicUsize::new(0),
            failed: Mutex::new(Vec::new()),
        };
        Ok((target, reconciled.missing))
    }

    /// The place of a message in the listing.
    fn place(&self, uid: u32) -> Option<usize> {
        let messages = &self.listing.messages;
        messages
            .binary_search_by_key(&uid, |message| message.uid)
            .ok()
    }

    fn summary(&self) -> MailboxSummary {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        MailboxSummary {
            mailbox: self.mailbox.name.clone(),
            path: self.store.path().to_owned(),
            uid_validity: self.listing.uid_validity,
            exported: self.exported.load(Ordering::Relaxed),
            present: self.present,
            updated: self.updated,
            gone: self.gone.load(Ordering::Relaxed),
            failed: failed.clone(),
        }
    }
}

impl Run<'_> {
    /// Lets all connections work until nothing is left to be done.
    fn work<'r>(&'r self, links: Vec<Link<'r>>) -> Result<(), Failure> {
        let work = |link| Worker::new(self, link).work();
        let failure = pool::work(links, &self.has_failed, work);
        match failure {
            _ if self.queue.len() == 0 => Ok(()),
            Some(failure) if !self.interrupt.is_set() => Err(failure),
            _ => Err(self.interrupted()),
        }
    }

    fn interrupted(&self) -> Failure {
        let (done, messages) = (self.done.load(Ordering::Relaxed), self.messages);
        let text = format!("interrupted when {done} of {messages} messages had come");
        interrupted(text)
    }

    fn is_to_end(&self) -> bool {
        self.interrupt.is_set() || self.has_failed.load(Ordering::Relaxed)
    }

    /// Waits until all is on the disk.
    fn settle(&self) -> Result<(), Failure> {
        self.targets
            .iter()
            .try_for_each(|target| target.store.sync())
    }

    /// A message is at its place.
    fn came(&self, message: &Message, octets: u64) {
        self.octets.fetch_add(octets, Ordering::Relaxed);
        self.advance(message.size);
    }

    /// Messages are not on the server any more.
    fn skipped(&self, target: &Target, places: &[usize]) {
        for message in places
            .iter()
            .filter_map(|place| target.listing.messages.get(*place))
        {
            self.advance(message.size);
        }
    }

    /// The server does not give messages.
    fn refused(&self, target: &Target, places: &[usize], reason: &str) {
        for message in places
            .iter()
            .filter_map(|place| target.listing.messages.get(*place))
        {
            let (name, uid) = (&target.mailbox.name, message.uid);
            self.progress
                .note(&format!("{name}: message {uid}: {reason}"));
            let mut failed = target.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.push(Failed {
                uid,
                reason: reason.to_owned(),
            });
        }
        self.skipped(target, places);
    }

    fn advance(&self, octets: u64) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.progress.advance(octets);
        self.progress.say(done, self.messages);
    }

    fn summary(&self) -> Summary {
        Summary {
            mailboxes: self.targets.iter().map(Target::summary).collect(),
            octets: self.octets.load(Ordering::Relaxed),
        }
    }
}

const INBOX: &str = "INBOX";
