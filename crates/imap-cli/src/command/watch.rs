//! `imap watch`: tells what happens in a mailbox as it happens.

use std::time::Duration;

use clap::Args;
use imap_client::blocking::Client;
use imap_client::{Error, Event, Idled, Selected};
use imap_proto::{Uid, UidSetBuf};
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::interrupt::{Interrupt, interrupted};
use crate::known::Known;
use crate::mailbox::{self, InMailbox};
use crate::message::{self, SUMMARY, Summary};
use crate::output::{GONE, NEW, NOTE, Output, printable};
use crate::secret::shell;

/// Tell what happens in a mailbox as it happens: arrivals, flags, messages that go
///
/// A connection that is lost is made anew, and what happened meanwhile is told: what came, what is gone, and
/// other flags. Ctrl-C ends it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap watch
  imap watch -m Lists/rust --json
  imap watch --count 1 && echo 'there is something new'
  imap watch --exec 'notify-send \"$IMAP_FROM\" \"$IMAP_SUBJECT\"'")]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) mailbox: InMailbox,

    /// End after so many events
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) count: Option<u64>,

    /// How often to ask a server that does not tell by itself
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    pub(crate) interval: u64,

    /// Run this command at each arrival
    ///
    /// It finds the message in the variables `IMAP_MAILBOX`, `IMAP_UID`, `IMAP_FROM` and `IMAP_SUBJECT`.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) exec: Option<String>,
}

/// Something that happened; the object that `--json` prints.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum News {
    /// The watch began, or began anew.
    Watching { mailbox: String, messages: u32 },
    /// A message came.
    New(Box<Summary>),
    /// The flags of a message changed.
    Flags {
        uid: Option<u32>,
        flags: Vec<String>,
    },
    /// A message is gone.
    Gone { uid: Option<u32> },
    /// Something that the server wants people to read.
    Alert { text: String },
}

impl Watch {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        let interrupt = Interrupt::listen();
        interrupt.ends_in_time_with(interrupted("interrupted"), global.json);
        let name = self.mailbox.name(connector.account());
        let mut watcher = Watcher::new(self, name);
        let mut wait = FIRST_WAIT;
        loop {
            match watcher.watch(&mut client, &interrupt, out) {
                Ok(()) => {
                    let left = client.logout();
                    // A server that is gone by then does no harm to whoever wants an end.
                    if !interrupt.is_set() {
                        left?;
                    }
                    return Ok(watcher.exit());
                }
                Err(failure) if failure.is_lost() => failure.report(),
                Err(failure) => return Err(failure),
            }
            if watcher.take_progress() {
                wait = FIRST_WAIT;
            }
            match reconnect(&connector, &interrupt, &mut wait)? {
                Some(again) => client = again,
                None => return Ok(Exit::Interrupted),
            }
        }
    }
}

/// Connects again, with more patience each time; nothing if the user does not want to wait.
fn reconnect(
    connector: &Connector,
    interrupt: &Interrupt,
    wait: &mut Duration,
) -> Result<Option<Client>, Failure> {
    loop {
        anstream::eprintln!("imap: connecting again in {} s", wait.as_secs());
        if interrupt.wait(*wait) {
            return Ok(None);
        }
        *wait = (*wait * 2).min(LAST_WAIT);
        match connector.connect() {
            // A network that is down knows no hosts.
            Err(failure) if failure.is_lost() || failure.exit() == Exit::NoHost => failure.report(),
            result => return result.map(Some),
        }
    }
}

/// Watches a mailbox over one connection after the other.
pub(crate) struct Watcher<'a> {
    options: &'a Watch,
    name: &'a str,
    /// The messages that are known, in their order; nothing before the mailbox was opened once.
    known: Option<Known>,
    /// How many events were told.
    told: u64,
    /// A mailbox was watched since this was asked for last.
    has_watched: bool,
    /// The server does not tell by itself.
    has_to_ask: bool,
}

impl<'a> Watcher<'a> {
    pub(crate) fn new(options: &'a Watch, name: &'a str) -> Self {
        Self {
            options,
            name,
            known: None,
            told: 0,
            has_watched: false,
            has_to_ask: false,
        }
    }

    fn take_progress(&mut self) -> bool {
        std::mem::take(&mut self.has_watched)
    }

    /// Tells what happens until the user has enough, or until the connection is lost.
    pub(crate) fn watch(
        &mut self,
        client: &mut Client,
        interrupt: &Interrupt,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let selected = mailbox::examine(client, self.name)?;
        self.begin(client, &selected, out)?;
        self.has_watched = true;
        while !self.is_over() && !interrupt.is_set() {
            let events = self.wait(client, interrupt)?;
            let mut has_new = false;
            for event in events {
                has_new |= matches!(event, Event::Exists(_));
                self.take(event, out)?;
            }
            if has_new {
                self.fetch_new(client, out)?;
            }
        }
        Ok(())
    }

    /// How the run ends when the user has enough.
    fn exit(&self) -> Exit {
        if self.is_over() {
            Exit::Done
        } else {
            Exit::Interrupted
        }
    }

    fn is_over(&self) -> bool {
        self.options.count.is_some_and(|count| self.told >= count)
    }

    /// Learns what is there; if the mailbox was known before, tells what changed meanwhile.
    fn begin(
        &mut self,
        client: &mut Client,
        selected: &Selected,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let mut known = Known::look(client, selected)?;
        self.print(
            &News::Watching {
                mailbox: self.name.to_owned(),
                messages: selected.exists,
            },
            out,
        )?;
        let before = self.known.take().filter(|before| before.is_of(selected));
        let Some(before) = before else {
            self.known = Some(known);
            return Ok(());
        };
        let meanwhile = known.compare(before, client)?;
        self.known = Some(known);
        let gone = meanwhile.gone.into_iter().map(|uid| News::Gone {
            uid: Some(uid.get()),
        });
        let flags = meanwhile.flags.into_iter();
        let flags = flags.map(|(uid, flags)| News::Flags {
            uid: Some(uid.get()),
            flags,
        });
        self.tell_all(gone.chain(flags), out)?;
        self.fetch_new(client, out)
    }

    /// Tells of the messages behind those that are known.
    fn fetch_new(&mut self, client: &mut Client, out: &mut Output<'_>) -> Result<(), Failure> {
        let Some(known) = &mut self.known else {
            return Ok(());
        };
        let last = known.uids.last().map_or(0, |uid| uid.get());
        let Ok(next) = Uid::try_from(last.saturating_add(1)) else {
            return Ok(());
        };
        let fetched = client.uid_fetch(UidSetBuf::starting_at(next), &SUMMARY)?;
        let mut new: Vec<Summary> = fetched
            .by_uid()
            // The last message is always in such a set.
            .filter(|fetch| fetch.number >= next)
            .map(|fetch| Summary::of(&fetch, Some(fetch.number)))
            .collect();
        new.sort_by_key(|summary| summary.uid);
        new.dedup_by_key(|summary| summary.uid);
        for summary in &new {
            if let Some(Ok(uid)) = summary.uid.map(Uid::try_from) {
                known.uids.push(uid);
                known.set_flags(uid, &summary.flags);
            }
        }
        for summary in new {
            if self.is_over() {
                break;
            }
            self.execute(&summary);
            self.tell(&News::New(Box::new(summary)), out)?;
        }
        Ok(())
    }

    /// Tells of an event, and keeps count of what is there.
    fn take(&mut self, event: Event, out: &mut Output<'_>) -> Result<(), Failure> {
        let news = match event {
            Event::Alert(text) => vec![News::Alert {
                text: printable(&text),
            }],
            Event::Expunge(number) => {
                let place = number.get() as usize - 1;
                let uid = self.known.as_mut().and_then(|known| {
                    (place < known.uids.len()).then(|| known.uids.remove(place).get())
                });
                vec![News::Gone { uid }]
            }
            Event::Vanished {
                earlier: false,
                uids,
            } => self.vanished(&uids),
            Event::Fetch(fetch) => {
                let fetch = fetch.fetch();
                let Some(flags) = fetch.flags() else {
                    return Ok(());
                };
                let place = fetch.number.get() as usize - 1;
                let known = self
                    .known
                    .as_ref()
                    .and_then(|known| known.uids.get(place).copied());
                let Some(uid) = fetch.uid().or(known) else {
                    // It is new, and will be told of with its flags.
                    return Ok(());
                };
                let flags = message::flags(flags);
                if let Some(known) = &mut self.known {
                    known.set_flags(uid, &flags);
                }
                vec![News::Flags {
                    uid: Some(uid.get()),
                    flags,
                }]
            }
            _ => Vec::new(),
        };
        self.tell_all(news, out)
    }

    /// Tells of what happened, until the user has enough.
    fn tell_all(
        &mut self,
        news: impl IntoIterator<Item = News>,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        for news in news {
            if self.is_over() {
                break;
            }
            self.tell(&news, out)?;
        }
        Ok(())
    }

    /// Waits for news, which are all that came together; none if the user has enough.
    fn wait(&mut self, client: &mut Client, interrupt: &Interrupt) -> Result<Vec<Event>, Failure> {
        let mut events = Vec::new();
        if !self.has_to_ask {
            match idle(client, interrupt) {
                Ok(told) => events = told,
                Err(Error::Refused(_) | Error::Unsupported(_)) => self.has_to_ask = true,
                Err(error) => return Err(error.into()),
            }
        }
        let interval = Duration::from_secs(self.options.interval);
        if self.has_to_ask && !interrupt.wait(interval) {
            client.noop()?;
        }
        events.extend(std::iter::from_fn(|| client.next_event()));
        Ok(events)
    }

    fn vanished(&mut self, uids: &UidSetBuf) -> Vec<News> {
        let Some(known) = &mut self.known else {
            return Vec::new();
        };
        let (gone, left) = known
            .uids
            .iter()
            .copied()
            .partition(|uid| uids.contains(*uid));
        known.uids = left;
        let gone: Vec<Uid> = gone;
        gone.into_iter()
            .map(|uid| News::Gone {
                uid: Some(uid.get()),
            })
            .collect()
    }

    fn tell(&mut self, news: &News, out: &mut Output<'_>) -> Result<(), Failure> {
        self.told += 1;
        self.print(news, out)
    }

    fn print(&self, news: &News, out: &mut Output<'_>) -> Result<(), Failure> {
        if out.is_json() {
            out.json(news)?;
            return out.flush();
        }
        let uid = |uid: Option<u32>| uid.map_or_else(|| "?".to_owned(), |uid| uid.to_string());
        match news {
            News::Watching { mailbox, messages } => {
                let mailbox = printable(mailbox);
                out.line(out.paint(NOTE, format!("watching {mailbox}: {messages} messages")))?;
            }
            News::New(summary) => {
                out.line(format!("{} {}", out.paint(NEW, "new  "), summary.line(out)))?;
            }
            News::Flags { uid: number, flags } => {
                let flags = printable(&flags.join(" "));
                out.line(format!(
                    "{} {:>7} {flags}",
                    out.paint(NOTE, "flags"),
                    uid(*number)
                ))?;
            }
            News::Gone { uid: number } => {
                out.line(format!("{} {:>7}", out.paint(GONE, "gone "), uid(*number)))?;
            }
            News::Alert { text } => out.line(format!("{} {text}", out.paint(GONE, "alert")))?,
        }
        out.flush()
    }

    /// Runs the command of the user, who sees its errors.
    fn execute(&self, summary: &Summary) {
        let Some(command) = &self.options.exec else {
            return;
        };
        let from = summary.from.first().map(message::Person::full);
        let status = shell(command)
            .env("IMAP_MAILBOX", self.name)
            .env("IMAP_UID", summary.uid.unwrap_or_default().to_string())
            .env("IMAP_FROM", from.unwrap_or_default())
            .env(
                "IMAP_SUBJECT",
                summary.subject.as_deref().unwrap_or_default(),
            )
            .status();
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => anstream::eprintln!("imap: `{command}` ended with {status}"),
            Err(error) => anstream::eprintln!("imap: `{command}` cannot be run: {error}"),
        }
    }
}

/// Waits in IDLE for news; all that came by then are with the client.
fn idle(client: &mut Client, interrupt: &Interrupt) -> Result<Vec<Event>, Error> {
    let mut events = Vec::new();
    let mut idle = client.idle()?;
    while !interrupt.is_set() {
        match idle.wait(Some(TURN))? {
            Idled::Elapsed => {}
            Idled::Event(event) => {
                events.push(event);
                break;
            }
            _ => break,
        }
    }
    idle.done()?;
    Ok(events)
}

/// How soon Ctrl-C is noticed.
const TURN: Duration = Duration::from_millis(200);

/// How long to wait before connecting again: at first, and at most.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LAST_WAIT: Duration = Duration::from_secs(60);
