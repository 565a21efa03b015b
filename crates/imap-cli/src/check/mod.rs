//! How a server departs from the standards: it is asked all that can be asked without changing anything,
//! and what it says is read twice, leniently and strictly.

mod access;
mod capabilities;
mod contents;
mod departure;
mod examine;
mod fetch;
mod findings;
mod mailboxes;
mod message;
mod news;
mod reply;
mod resync;
mod sample;
mod search;
mod server;
mod tap;

use imap_client::Error;
use imap_client::blocking::Client;
use imap_proto::Capability;

pub(crate) use self::departure::Departure;
pub(crate) use self::findings::{Findings, Found};
pub(crate) use self::sample::Sample;

use self::departure::Behaviour;
use self::examine::Examined;
use self::message::Message;
use self::reply::{Outcome, Reply};
use self::sample::excerpt;
use self::tap::{Heard, Tap};
use crate::connect::{Connector, capability_names};
use crate::error::{Exit, Failure};

/// What to look at.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The mailbox that is examined, as people read its name.
    pub(crate) mailbox: String,
    /// How many messages of it are looked at, the newest ones.
    pub(crate) messages: u32,
    /// Show what goes over the wire on standard error.
    pub(crate) verbose: bool,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) greeting: String,
    /// As the server names them to who is logged in.
    pub(crate) capabilities: Vec<String>,
    pub(crate) findings: Findings,
    /// How many commands were sent.
    pub(crate) commands: u64,
    /// How many messages of the mailbox were looked at.
    pub(crate) looked_at: u32,
}

/// Asks a server everything.
///
/// # Errors
///
/// If there is no connection, or it is lost again and again.
pub(crate) fn check(connector: Connector, plan: &Plan) -> Result<Report, Failure> {
    let tap = Tap::default();
    let connector = connector.with_trace(tap.trace(plan.verbose));
    let mut checker = Checker {
        connector,
        plan,
        tap,
        client: None,
        examined: None,
        findings: Findings::default(),
        commands: 0,
        losses: 0,
    };
    checker.connect()?;
    let report = checker.introduce();
    server::probe(&mut checker)?;
    mailboxes::probe(&mut checker)?;
    access::probe(&mut checker)?;
    let looked_at = examine::probe(&mut checker)?;
    fetch::probe(&mut checker)?;
    contents::probe(&mut checker)?;
    search::probe(&mut checker)?;
    let examined = checker.examined.as_ref();
    let uid_validity = examined.and_then(|examined| examined.uid_validity);
    let has_resync = checker.has(Capability::QResync);
    news::probe(&mut checker)?;
    if has_resync {
        resync::probe(&mut checker, uid_validity)?;
    }
    Ok(Report {
        findings: checker.findings,
        commands: checker.commands,
        looked_at,
        ..report
    })
}

/// A session with a server that is being checked.
struct Checker<'p> {
    connector: Connector,
    plan: &'p Plan,
    tap: Tap,
    client: Option<Client>,
    /// The mailbox that is examined now.
    examined: Option<Examined>,
    findings: Findings,
    commands: u64,
    /// How many times the connection was lost.
    losses: u32,
}

impl Checker<'_> {
    /// Connects and logs in.
    fn connect(&mut self) -> Result<(), Failure> {
        let connected = self.connector.connect();
        self.hear(true);
        self.client = Some(connected?);
        Ok(())
    }

    /// A report that says who the server is.
    fn introduce(&self) -> Report {
        let state = self.client.as_ref().map(Client::state);
        Report {
            greeting: state
                .map(|state| state.greeting().to_owned())
                .unwrap_or_default(),
            capabilities: state.map(capability_names).unwrap_or_default(),
            findings: Findings::default(),
            commands: 0,
            looked_at: 0,
        }
    }

    /// Whether the server offers something.
    fn has(&self, capability: Capability<'_>) -> bool {
        let client = self.client.as_ref();
        client.is_some_and(|client| client.state().has(capability))
    }

    /// Whether the server offers something that is a part of IMAP4rev2, too.
    fn has_or_rev2(&self, capability: Capability<'_>) -> bool {
        self.has(capability) || self.has(Capability::Imap4Rev2)
    }

    fn is_encrypted(&self) -> bool {
        let client = self.client.as_ref();
        client.is_some_and(|client| client.state().is_encrypted())
    }

    /// The algorithms that THREAD can use.
    fn thread_algorithms(&self) -> Vec<String> {
        let client = self.client.as_ref();
        let known = client.and_then(|client| client.state().capabilities());
        known
            .into_iter()
            .flat_map(|known| known.iter())
            .filter_map(|capability| match capability {
                Capability::Thread(algorithm) => Some(algorithm.as_str().to_owned()),
                _ => None,
            })
            .collect()
    }

    /// Sends a command given as text, and gives what came until it was over.
    fn ask(&mut self, command: impl AsRef<[u8]>) -> Result<Reply, Failure> {
        let command = command.as_ref();
        let space = command.iter().position(|octet| *octet == b' ');
        let (name, arguments) = command.split_at(space.unwrap_or(command.len()));
        let name = String::from_utf8_lossy(name);
        let arguments = arguments.get(1..).unwrap_or_default();
        let result = self.client()?.run_raw(&name, arguments).map(|_| ());
        self.finish(result)
    }

    /// The same of a command that a capability offers: the server has to know it.
    fn ask_offered(&mut self, command: impl AsRef<[u8]>) -> Result<Reply, Failure> {
        let reply = self.ask(command)?;
        if reply.outcome() == Outcome::Bad {
            self.note(
                Behaviour::OfferRefused,
                &reply,
                "it is offered, and answered with BAD",
            );
        }
        Ok(reply)
    }

    /// The client, connected anew if the connection was lost.
    fn client(&mut self) -> Result<&mut Client, Failure> {
        if self.client.is_none() {
            self.connect()?;
            if let Some(examined) = self.examined.take() {
                self.examine_again(examined)?;
            }
        }
        // cannot fail: it was connected
        let lost = || Failure::new(Exit::Unreachable, "connection lost");
        self.client.as_mut().ok_or_else(lost)
    }

    /// Reads what came for a command that ended like this.
    fn finish(&mut self, result: Result<(), Error>) -> Result<Reply, Failure> {
        self.commands += 1;
        let mut reply = self.hear(false);
        reply.set_outcome(&result);
        if let Some(examined) = &mut self.examined {
            examined.update(&reply);
        }
        if let Err(error) = result
            && error.is_fatal()
        {
            self.lost(&reply, &error)?;
        }
        Ok(reply)
    }

    /// The connection is lost over a command.
    fn lost(&mut self, reply: &Reply, error: &Error) -> Result<(), Failure> {
        self.client = None;
        self.losses += 1;
        match error {
            Error::Timeout => self.note(Behaviour::NoAnswer, reply, "no answer in time"),
            // That is noted where it was read.
            Error::Parse(_) => {}
            error => self.note(Behaviour::ConnectionLost, reply, error.to_string()),
        }
        if self.losses < LOSSES {
            return Ok(());
        }
        let message = format!("connection lost {} times: {error}", self.losses);
        Err(Failure::new(Exit::Unreachable, message))
    }

    /// Reads what came since the last time.
    fn hear(&mut self, from_the_start: bool) -> Reply {
        let mut reply = Reply::default();
        let mut is_greeting = from_the_start;
        for heard in self.tap.take() {
            match heard {
                Heard::Sent(line) => reply.sent(line),
                Heard::Received(frame) => {
                    let message = Message::new(frame, is_greeting);
                    is_greeting = false;
                    self.findings.read(reply.command(), &message);
                    reply.received(message);
                }
            }
        }
        reply
    }

    /// Notes what is wrong with a reply as a whole.
    fn note(&mut self, behaviour: Behaviour, reply: &Reply, note: impl Into<String>) {
        self.findings.note(behaviour, || Sample {
            note: Some(note.into()),
            line: reply.end().map(|end| excerpt(end, 0).0),
            ..Sample::of_command(reply.command())
        });
    }

    /// Notes that data are missing in a reply that says OK, if nothing in it was unreadable.
    fn want(&mut self, reply: &Reply, is_there: bool, behaviour: Behaviour, what: &str) {
        if reply.outcome() == Outcome::Ok && !reply.is_damaged() && !is_there {
            self.note(behaviour, reply, format!("{what} is missing"));
        }
    }
}

/// How many times the connection may be lost.
const LOSSES: u32 = 5;
