//! One connection of an export.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::atomic::Ordering;

use imap_client::Error;
use imap_client::blocking::Client;
use imap_proto::{FetchItemName, Section, Uid, UidSetBuf};

use super::job::Job;
use super::listing::{Message, examine};
use super::store::Draft;
use super::{Run, Target, state};
use crate::error::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::link::{Link, stopped};

/// One connection of an export, with the mailbox that is selected there.
pub(super) struct Worker<'r> {
    run: &'r Run<'r>,
    link: Link<'r>,
    selected: Option<usize>,
}

/// Why a job was not done.
enum Trouble {
    /// It lies with this machine, or the user: nothing goes on.
    Here(Failure),
    /// It lies with the server or the connection.
    There(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::There(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Here(failure)
    }
}

/// What a job has done by now.
#[derive(Default)]
struct Done {
    /// The messages that are still missing, by their UIDs: places in the listing.
    left: HashMap<u32, usize>,
    /// Those that are at their places, but not recorded.
    unrecorded: Vec<state::Message>,
}

impl<'r> Worker<'r> {
    pub(super) fn new(run: &'r Run<'r>, link: Link<'r>) -> Self {
        Self {
            run,
            link,
            selected: None,
        }
    }

    /// Does jobs until there are none.
    pub(super) fn work(mut self) -> Result<(), Failure> {
        while let Some(job) = self.next() {
            if self.run.is_to_end() {
                self.run.queue.put_back([job]);
                break;
            }
            self.do_job(job)?;
        }
        self.link.log_out();
        Ok(())
    }

    /// The next job, of the mailbox that is selected already if there is one.
    fn next(&self) -> Option<Job> {
        let is_near = |job: &Job| Some(job.mailbox) == self.selected;
        self.run.queue.take(is_near)
    }

    fn do_job(&mut self, mut job: Job) -> Result<(), Failure> {
        let Some(target) = self.run.targets.get(job.mailbox) else {
            self.run.queue.done();
            return Ok(());
        };
        let place = |place: &usize| Some((target.listing.messages.get(*place)?.uid, *place));
        let mut done = Done {
            left: job.messages.iter().filter_map(place).collect(),
            unrecorded: Vec::new(),
        };
        let before = done.left.len();
        let outcome = self.attempt(job.mailbox, target, &mut done);
        let recorded = target.store.record(std::mem::take(&mut done.unrecorded));
        job.messages = done.left.into_values().collect();
        job.messages.sort_unstable();
        let left = job.messages.len();
        if left < before {
            self.link.worked();
            job.tries = 0;
        }
        // What was not recorded is found again by the next run, but nothing goes on.
        let outcome = recorded.map_err(Trouble::Here).and(outcome);
        match outcome {
            Ok(()) => {
                target.gone.fetch_add(left, Ordering::Relaxed);
                self.run.skipped(target, &job.messages);
                self.run.queue.done();
                Ok(())
            }
            Err(Trouble::Here(failure)) => {
                self.run.queue.put_back([job]);
                // What comes of the command is not waited for.
                self.link.drop_client();
                Err(failure)
            }
            Err(Trouble::There(error)) => self.go_on(target, job, error),
        }
    }

    /// Decides what becomes of a job that the server or the connection did not let happen.
    fn go_on(&mut self, target: &Target, mut job: Job, error: Error) -> Result<(), Failure> {
        job.tries += 1;
        let is_fatal = error.is_fatal();
        let failure = Failure::from(error);
        let is_hopeless = !is_fatal || job.tries >= TRIES;
        if job.messages.is_empty() {
            // All came before it.
            self.run.queue.done();
        } else if is_hopeless && job.messages.len() == 1 {
            self.run.refused(target, &job.messages, failure.message());
            self.run.queue.done();
        } else if is_hopeless {
            self.run.queue.put_back(job.split());
        } else {
            self.run.queue.put_back([job]);
        }
        if is_fatal {
            self.selected = None;
            self.link.lost(failure)?;
        }
        Ok(())
    }

    fn attempt(&mut self, place: usize, target: &Target, done: &mut Done) -> Result<(), Trouble> {
        let (run, selected) = (self.run, self.selected);
        if done.left.is_empty() {
            return Ok(());
        }
        let client = self.link.client().inspect_err(|_| self.selected = None)?;
        if selected != Some(place) {
            self.selected = None;
            let (uid_validity, _) = examine(client, &target.mailbox)?;
            if uid_validity != target.listing.uid_validity {
                let name = &target.mailbox.name;
                let text = format!("the UIDVALIDITY of {name} changed meanwhile");
                let failure = Failure::new(Exit::Refused, text);
                let failure = failure.with_hint("run the same command again to begin it anew");
                return Err(failure.into());
            }
            self.selected = Some(place);
        }
        let fetch = Fetching {
            run,
            target,
            client,
        };
        fetch.run(done)
    }
}

/// A FETCH of the messages of a job.
struct Fetching<'f> {
    run: &'f Run<'f>,
    target: &'f Target,
    client: &'f mut Client,
}

impl Fetching<'_> {
    fn run(self, done: &mut Done) -> Result<(), Trouble> {
        let size = |place: &usize| self.target.listing.messages.get(*place).map(|m| m.size);
        let octets: u64 = done.left.values().filter_map(size).sum();
        match (done.left.len(), octets) {
            (1, LARGE..) => self.one(done),
            _ => self.several(done),
        }
    }

    /// Messages that fit into memory, one at a time.
    fn several(self, done: &mut Done) -> Result<(), Trouble> {
        let mut set = UidSetBuf::new();
        for uid in done.left.keys().filter_map(|uid| Uid::try_from(*uid).ok()) {
            set.insert(uid);
        }
        let whole = FetchItemName::BodySection {
            section: Section::ALL,
            peek: true,
            partial: None,
        };
        for fetched in self
            .client
            .uid_fetch_iter(set, &[FetchItemName::Uid, whole])?
        {
            let fetched = fetched?;
            let fetched = fetched.fetch();
            let (Some(uid), Some(octets)) = (fetched.uid(), fetched.section(Section::ALL)) else {
                continue;
            };
            let Some(message) = take(self.target, done, uid.get()) else {
                continue;
            };
            let mut draft = self.target.store.begin(&message)?;
            let written = draft.writer().write_all(octets);
            written.map_err(|error| draft.failure(&error))?;
            finish(
                self.run,
                self.target,
                &message,
                draft,
                octets.len() as u64,
                done,
            )?;
            if self.run.is_to_end() {
                return Err(stopped().into());
            }
        }
        Ok(())
    }

    /// A message that goes to the disk as it comes.
    fn one(self, done: &mut Done) -> Result<(), Trouble> {
        let Some((uid, place)) = done.left.iter().next().map(|(uid, place)| (*uid, *place)) else {
            return Ok(());
        };
        let message = self.target.listing.messages.get(place).copied();
        let (Some(message), Ok(number)) = (message, Uid::try_from(uid)) else {
            return Ok(());
        };
        let mut draft = self.target.store.begin(&message)?;
        let mut out = Watched {
            out: draft.writer(),
            interrupt: self.run.interrupt,
            error: None,
        };
        let fetched = self.client.uid_fetch_to(number, Section::ALL, &mut out);
        match (out.error.take(), fetched) {
            (Some(_), _) if self.run.interrupt.is_set() => Err(stopped().into()),
            (Some(error), _) => Err(draft.failure(&error).into()),
            (None, fetched) => {
                // The UID is kept among those that are left if the server has no such message.
                if let Some(octets) = fetched?
                    && take(self.target, done, uid).is_some()
                {
                    finish(self.run, self.target, &message, draft, octets, done)?;
                }
                Ok(())
            }
        }
    }
}

/// The message that came, unless it came before or was not asked for.
fn take(target: &Target, done: &mut Done, uid: u32) -> Option<Message> {
    let place = done.left.remove(&uid)?;
    target.listing.messages.get(place).copied()
}

/// Puts a message to its place.
fn finish(
    run: &Run<'_>,
    target: &Target,
    message: &Message,
    draft: Draft,
    octets: u64,
    done: &mut Done,
) -> Result<(), Failure> {
    let finished = target.store.finish(&target.listing, message, draft, octets);
    match finished {
        Ok(record) => {
            done.unrecorded.push(record);
            target.exported.fetch_add(1, Ordering::Relaxed);
            run.came(message, octets);
            Ok(())
        }
        Err(failure) => {
            if let Some(place) = target.place(message.uid) {
                done.left.insert(message.uid, place);
            }
            Err(failure)
        }
    }
}

/// Keeps the error of a file apart from those of the connection, and ends when the user wants it.
struct Watched<'w> {
    out: &'w mut dyn Write,
    interrupt: &'w Interrupt,
    error: Option<io::Error>,
}

impl Write for Watched<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let written = if self.interrupt.is_set() {
            Err(io::Error::other("interrupted"))
        } else {
            self.out.write(octets)
        };
        written.map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// From how many octets on a message does not come into memory.
const LARGE: u64 = 1 << 20;
/// After how many tries in vain a job is held for impossible.
const TRIES: u32 = 3;
