//! Importing files into mailboxes, such that a run can be killed at any time.
//!
//! **Each message gets into the mailbox once.** The journal says which messages are about to be sent before
//! they are, and which are there when the server has said so. A run that finds messages of which only the
//! first was said looks for them among those that came into the mailbox since: one with the same octets is
//! the same message. It waits a little for them, since a server may still be at work on what a killed run
//! has sent. So there are two ways to get a message twice: the server changes what is stored, or it takes
//! longer than [`PATIENCE`] over the last command of a dead connection.
//!
//! No message is ever left out: what is not found is sent again.
//!
//! Several connections are at work, each on another mailbox. One alone sends what goes into a mailbox, so that
//! the messages come there in their order.

mod source;
mod state;
mod target;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use imap_client::{Error, ListEntry};
use imap_proto::Code;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use self::source::{Folder, Item, Loaded, Source};
use self::state::{Entry, State};
use self::target::{Outcome, Target, mailbox_name};
use crate::account::Account;
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::journal::Journal;
use crate::link::{Link, interrupted, stopped};
use crate::pool::{self, Queue};
use crate::progress::Progress;

/// What is imported, and to where.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) path: PathBuf,
    /// The mailbox for all messages; mailboxes named as in the files if there is none.
    pub(crate) mailbox: Option<String>,
    /// Where the journals are kept; beside the messages if nothing is said.
    pub(crate) state: Option<PathBuf>,
    pub(crate) connections: usize,
    /// How often a lost connection is made anew before anything is done with it.
    pub(crate) retries: u32,
}

/// What was done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    pub(crate) mailboxes: Vec<MailboxSummary>,
    /// Octets of the files that were imported in this run.
    pub(crate) octets: u64,
}

/// What was done with a mailbox.
#[derive(Debug, Serialize)]
pub(crate) struct MailboxSummary {
    pub(crate) mailbox: String,
    pub(crate) path: PathBuf,
    /// Messages that were sent in this run.
    pub(crate) imported: usize,
    /// Messages that were there already.
    pub(crate) present: usize,
    pub(crate) failed: Vec<Failed>,
}

/// A message that was not imported.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failed {
    pub(crate) message: String,
    pub(crate) reason: String,
}

/// An import under way, which its connections share.
struct Run<'r> {
    /// What comes from several places into one mailbox is for one connection, as each mailbox is: so the
    /// messages come there in their order.
    queue: Queue<Vec<&'r mut Work>>,
    interrupt: &'r Interrupt,
    /// Something happened after which nothing can go on.
    has_failed: AtomicBool,
    progress: Progress,
    octets: AtomicU64,
    done: AtomicU64,
    messages: u64,
}

/// A mailbox on its way to the server.
struct Work {
    name: String,
    path: PathBuf,
    source: Source,
    items: Vec<Item>,
    /// All items before this one are settled.
    at: usize,
    journal: Journal,
    state: State,
    present: usize,
    imported: usize,
    failed: Vec<Failed>,
    /// The keys of what was not imported.
    given_up: HashSet<String>,
    /// Refusals since a message was taken.
    refusals: usize,
    /// Connections that were lost since anything was done.
    losses: u32,
}

/// Imports files, and says in `summary` what was done, also where it failed.
pub(crate) fn import(
    connector: &Connector,
    interrupt: &Interrupt,
    options: &Options,
    summary: &mut Summary,
) -> Result<(), Failure> {
    let folders = folders(options)?;
    let mut link = Link::new(connector, interrupt, options.retries);
    let root = link.retry(|client| Ok(client.list("", "")?))?;
    let delimiter = root.first().and_then(ListEntry::delimiter);
    let mut works = Vec::new();
    for folder in folders {
        let name = options.mailbox.clone();
        let name = name.unwrap_or_else(|| mailbox_name(&folder.levels, delimiter));
        works.push(Work::open(name, folder, options, connector.account())?);
    }
    let left = works.iter().flat_map(|work| work.left());
    let (messages, octets) = left.fold((0, 0), |(n, sum), item| (n + 1, sum + item.size));
    let groups = by_mailbox(&mut works);
    let connections = options.connections.min(groups.len()).max(1);
    let run = Run {
        queue: Queue::new(groups),
        interrupt,
        has_failed: AtomicBool::new(false),
        progress: Progress::new(octets, messages),
        octets: AtomicU64::new(0),
        done: AtomicU64::new(0),
        messages,
    };
    let further = (1..connections).map(|_| Link::new(connector, interrupt, options.retries));
    let outcome = run.work(std::iter::once(link).chain(further).collect());
    run.progress.end();
    let octets = run.octets.into_inner();
    *summary = Summary {
        mailboxes: works.into_iter().map(Work::summary).collect(),
        octets,
    };
    outcome
}

/// Where there are messages.
fn folders(options: &Options) -> Result<Vec<Folder>, Failure> {
    let path = options.path.display();
    let folders = Folder::find(&options.path)?;
    if folders.is_empty() {
        let text = format!("no Maildir and no mbox file in {path}");
        return Err(Failure::new(Exit::File, text));
    }
    if options.mailbox.is_some() && folders.len() > 1 {
        let text = format!("{path} has {} mailboxes", folders.len());
        return Err(
            Failure::usage(text).with_hint("with --mailbox, name the folder of one of them")
        );
    }
    Ok(folders)
}

/// What goes into the same mailbox together, all in their order.
fn by_mailbox(works: &mut [Work]) -> Vec<Vec<&mut Work>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<&mut Work>> = Vec::new();
    for work in works {
        let place = *places
            .entry(work.name.to_lowercase())
            .or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(work),
            None => groups.push(vec![work]),
        }
    }
    groups
}

impl Work {
    fn open(
        name: String,
        folder: Folder,
        options: &Options,
        account: &Account,
    ) -> Result<Self, Failure> {
        let source = Source::open(&folder.path)?;
        let items = source.items()?;
        let path = journal_path(&folder.path, options.state.as_deref(), account, &name);
        let (journal, entries) = Journal::open(&path).map_err(|failure| match options.state {
            None => failure.with_hint("--state FOLDER keeps the journal elsewhere"),
            Some(_) => failure,
        })?;
        let state = State::new(entries);
        let present = items
            .iter()
            .filter(|item| state.sent.contains(&item.key))
            .count();
        Ok(Self {
            name,
            path: folder.path,
            source,
            items,
            at: 0,
            journal,
            state,
            present,
            imported: 0,
            failed: Vec::new(),
            given_up: HashSet::new(),
            refusals: 0,
            losses: 0,
        })
    }

    /// What is still to be imported.
    fn left(&self) -> impl Iterator<Item = &Item> {
        self.items
            .iter()
            .skip(self.at)
            .filter(|item| !self.is_settled(item))
    }

    /// How many messages have nothing to be done about them any more.
    fn settled(&self) -> usize {
        self.state.sent.len() + self.given_up.len()
    }

    fn is_settled(&self, item: &Item) -> bool {
        self.state.sent.contains(&item.key) || self.given_up.contains(&item.key)
    }

    /// Messages that go together: one alone if it is large, or if connections were lost over them.
    fn batch(&mut self) -> Vec<Item> {
        let settled = self
            .items
            .iter()
            .skip(self.at)
            .take_while(|item| self.is_settled(item));
        self.at += settled.count();
        let mut octets = 0;
        let (most, room) = if self.losses > 1 {
            (1, 0)
        } else {
            (MESSAGES, OCTETS)
        };
        let fits = |item: &&Item| {
            octets += item.size;
            octets <= room || octets == item.size
        };
        self.left().take(most).take_while(fits).cloned().collect()
    }

    fn record(&mut self, entry: Entry) -> Result<(), Failure> {
        self.journal.append(std::slice::from_ref(&entry))?;
        self.state.take(entry);
        Ok(())
    }

    fn give_up(&mut self, key: &str, reason: &str) {
        self.given_up.insert(key.to_owned());
        self.failed.push(Failed {
            message: key.to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Takes note of the mailbox as it is on the server.
    fn meet(&mut self, target: &Target<'_>) -> Result<(), Failure> {
        let before = self.state.uid_validity;
        if before == Some(target.uid_validity) {
            return Ok(());
        }
        if before.is_some() {
            let name = &self.name;
            anstream::eprintln!("imap: {name} is another mailbox now: all is imported anew");
            (self.present, self.at) = (0, 0);
        }
        self.record(Entry::Mailbox {
            name: self.name.clone(),
            uid_validity: target.uid_validity,
            next: target.next,
        })
    }

    fn summary(self) -> MailboxSummary {
        MailboxSummary {
            mailbox: self.name,
            path: self.path,
            imported: self.imported,
            present: self.present,
            failed: self.failed,
        }
    }
}

impl Run<'_> {
    /// Lets all connections work until nothing is left to be done.
    fn work(&self, links: Vec<Link<'_>>) -> Result<(), Failure> {
        let failure = pool::work(links, &self.has_failed, |link| self.work_with(link));
        match failure {
            _ if self.queue.len() == 0 => Ok(()),
            Some(failure) if !self.interrupt.is_set() => Err(failure),
            _ => Err(self.interrupted()),
        }
    }

    fn work_with(&self, mut link: Link<'_>) -> Result<(), Failure> {
        while let Some(mut group) = self.queue.take(|_| false) {
            let mut works = group.iter_mut();
            if let Err(failure) = works.try_for_each(|work| self.import(&mut link, work)) {
                pool::note(&failure, &self.has_failed);
                self.queue.put_back([group]);
                return Err(failure);
            }
            self.queue.done();
        }
        link.log_out();
        Ok(())
    }

    fn import(&self, link: &mut Link<'_>, work: &mut Work) -> Result<(), Failure> {
        loop {
            if self.is_to_end() {
                return Err(self.interrupted());
            }
            match self.attempt(link, work) {
                Ok(()) => return work.journal.sync(),
                Err(failure) if failure.is_lost() => {
                    work.losses += 1;
                    if work.losses >= TRIES {
                        Self::give_up_first(work, failure.message());
                    }
                    link.lost(failure)?;
                }
                Err(failure) => return Err(failure.with_context(&work.name)),
            }
        }
    }

    /// Imports what is left with one connection.
    fn attempt(&self, link: &mut Link<'_>, work: &mut Work) -> Result<(), Failure> {
        let mut target = Target::select(link.client()?, &work.name)?;
        work.meet(&target)?;
        let before = work.settled();
        let outcome = go_on(self, work, &mut target);
        if work.settled() > before {
            link.worked();
            work.losses = 0;
        }
        outcome
    }

    /// Gives up the message over which connections are lost again and again.
    fn give_up_first(work: &mut Work, reason: &str) {
        if let [item] = &*work.batch() {
            work.give_up(&item.key, reason);
            work.losses = 1;
        }
    }

    fn interrupted(&self) -> Failure {
        let (done, messages) = (self.done.load(Ordering::Relaxed), self.messages);
        interrupted(format!(
            "interrupted when {done} of {messages} messages were sent"
        ))
    }

    fn is_to_end(&self) -> bool {
        self.interrupt.is_set() || self.has_failed.load(Ordering::Relaxed)
    }

    /// Nothing is to be done about messages any more.
    fn advance<'i>(&self, items: impl IntoIterator<Item = &'i Item>) {
        for item in items {
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            self.progress.advance(item.size);
            self.progress.say(done, self.messages);
        }
    }
}

/// Imports what is left of a mailbox.
fn go_on(run: &Run<'_>, work: &mut Work, target: &mut Target<'_>) -> Result<(), Failure> {
    resolve(run, work, target)?;
    loop {
        let batch = work.batch();
        if batch.is_empty() {
            return Ok(());
        }
        if run.is_to_end() {
            return Err(run.interrupted());
        }
        send(run, work, target, &batch)?;
        run.advance(&batch);
    }
}

/// Finds out what became of messages that were about to be sent when the last connection ended.
fn resolve(run: &Run<'_>, work: &mut Work, target: &mut Target<'_>) -> Result<(), Failure> {
    let doubtful: HashSet<&String> = work.state.sending.iter().collect();
    let doubtful = work
        .items
        .iter()
        .filter(|item| doubtful.contains(&item.key));
    let (mut items, mut identities) = (Vec::new(), Vec::new());
    for item in doubtful.cloned().collect::<Vec<_>>() {
        // What cannot be read any more is told of when it is to be sent.
        if let Ok(mut message) = work.source.load(&item) {
            let digest = message.contents.digest();
            let digest = digest.map_err(|error| Failure::file("read", &work.path, &error))?;
            identities.push((message.contents.len(), digest));
            items.push(item);
        }
    }
    if items.is_empty() {
        return Ok(());
    }
    let mut found = target.find(work.state.next, &identities)?;
    let mut waited = Duration::ZERO;
    while found.contains(&None) && waited < PATIENCE {
        if run.interrupt.wait(PAUSE) {
            return Err(stopped());
        }
        waited += PAUSE;
        found = target.find(work.state.next, &identities)?;
    }
    let there = items.iter().zip(&found).filter(|(_, uid)| uid.is_some());
    let there: Vec<&Item> = there.map(|(item, _)| item).collect();
    let last = found.iter().flatten().max();
    work.record(Entry::Sent {
        keys: there.iter().map(|item| item.key.clone()).collect(),
        next: last.map_or(work.state.next, |last| last.saturating_add(1)),
    })?;
    work.present += there.len();
    run.advance(there);
    Ok(())
}

/// Sends messages, and records which of them are in the mailbox.
fn send(
    run: &Run<'_>,
    work: &mut Work,
    target: &mut Target<'_>,
    batch: &[Item],
) -> Result<(), Failure> {
    let (mut items, mut messages) = (Vec::new(), Vec::new());
    for item in batch {
        match work.source.load(item) {
            Ok(message) => {
                items.push(item);
                messages.push(message);
            }
            // Another program may have moved it.
            Err(failure) => work.give_up(&item.key, failure.message()),
        }
    }
    work.record(Entry::Sending {
        keys: items.iter().map(|item| item.key.clone()).collect(),
    })?;
    let outcomes = append(target, &messages)?;
    let next = target.next_after(&outcomes)?;
    let taken = items
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| outcome.is_ok());
    let taken: Vec<&Item> = taken.map(|(item, _)| *item).collect();
    let octets = taken.iter().map(|item| item.size).sum();
    run.octets.fetch_add(octets, Ordering::Relaxed);
    work.imported += taken.len();
    work.refusals = if taken.is_empty() { work.refusals } else { 0 };
    work.record(Entry::Sent {
        keys: taken.iter().map(|item| item.key.clone()).collect(),
        next,
    })?;
    for (item, outcome) in items.iter().zip(outcomes) {
        if let Err(error) = outcome {
            work.refusals += 1;
            let code = error.refusal().and_then(|refusal| refusal.code());
            let is_full = code == Some(Code::OverQuota);
            let failure = Failure::from(error);
            if is_full || work.refusals >= REFUSALS {
                return Err(failure);
            }
            work.give_up(&item.key, failure.message());
        }
    }
    Ok(())
}

/// Sends messages with as few commands as can be. A fatal error leaves open what became of them.
fn append(target: &mut Target<'_>, messages: &[Loaded]) -> Result<Vec<Outcome>, Error> {
    if let [message] = messages {
        return match target.append(message) {
            Err(error) if error.is_fatal() => Err(error),
            outcome => Ok(vec![outcome]),
        };
    }
    if target.has_multi_append() {
        match target.append_all(messages) {
            Err(error) if error.is_fatal() => return Err(error),
            // One of them is refused, and none is there.
            Err(_) => {}
            appended => return Ok(vec![appended; messages.len()]),
        }
    }
    target.append_each(messages)
}

/// Where the journal about the import of these files into this mailbox is.
fn journal_path(path: &Path, state: Option<&Path>, account: &Account, mailbox: &str) -> PathBuf {
    let Account {
        user, host, port, ..
    } = account;
    let mut meant = format!("{user}\0{host}\0{port}\0{mailbox}").into_bytes();
    if state.is_some() {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        meant.extend_from_slice(path.as_os_str().as_encoded_bytes());
    }
    let digest = Sha256::digest(&meant);
    let digest: String = digest
        .iter()
        .take(8)
        .map(|octet| format!("{octet:02x}"))
        .collect();
    let name = format!("imap-import-{digest}");
    match state {
        Some(folder) => folder.join(name),
        None if path.is_dir() => path.join(name),
        None => {
            let mut path = path.to_owned();
            path.as_mut_os_string().push(format!(".{name}"));
            path
        }
    }
}

/// Messages that are sent with one command, and octets of them in their files.
const MESSAGES: usize = 100;
const OCTETS: u64 = 1 << 20;
/// How long a server may be at work on the last command of a connection that is dead.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(250);
/// After how many refusals with nothing taken in between there is no sense in going on.
const REFUSALS: usize = 10;
/// After how many lost connections a message is given up.
const TRIES: u32 = 4;
