//! Octets that are what a server says, with commands submitted in between.
//!
//! The first octet chooses the options. An octet 0xFF, which is in no text, and a second one submit a command, do
//! something else of [`ACTIONS`], or close the connection; all others come from the server.
//!
//! - However the octets arrive, the session says and gives the same.
//! - There are no more steps than octets, by and large.
//! - What goes out are whole commands by the book, in the order in which they were submitted, and what belongs to
//!   those before them: `DONE`, and base64.
//! - After a fatal error nothing goes out, and every command gets its answer.
//! - A trace has no passwords, and nothing of what is said in an authentication.

mod commands;

use std::cell::RefCell;
use std::fmt::Debug;
use std::mem;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use imap_client::exchange::{Answer, Exchange, Rules};
use imap_client::session::{Step, Ticket};
use imap_client::{Error, Session, SessionOptions, State, Trace, TraceLine};
use imap_codec::{EncodeError, EncodeOptions, Encoded, Framed, Framer};
use imap_proto::{Arena, Command, Limits, Quirks, Tag};

pub(crate) use commands::{ACTIONS, COMMANDS, FIRST_ACTION};

use crate::framer::SMALL;

/// The octets are a plan and what a server says.
pub fn session(octets: &[u8]) {
    let Some((&choice, script)) = octets.split_first() else {
        return;
    };
    let whole = Run::new(choice).play(script, usize::MAX);
    let slow = Run::new(choice).play(script, 1);
    assert_eq!(slow.said, whole.said);
    assert_eq!(slow.heard, whole.heard);
}

/// Makes sure that a line of the trace does not tell how to log in.
fn assert_no_secret(line: TraceLine<'_>) {
    let TraceLine::Client(line) = line else {
        return;
    };
    let words: Vec<_> = line.split(' ').collect();
    let is_fine = match words[..] {
        ["*" | "DONE" | "[redacted]"] => true,
        [_, "AUTHENTICATE", _] | [_, "AUTHENTICATE", _, "[redacted]"] => true,
        [_, "LOGIN", _, "[redacted]"] | [_, "LOGIN", "{4", "octets}", "[redacted]"] => true,
        [_, name, ..] => name != "AUTHENTICATE" && name != "LOGIN",
        _ => false,
    };
    assert!(is_fine && !line.contains("secret"), "{line}");
}

/// A session, the server's end of its connection, and what came of it.
struct Run {
    session: Session,
    server: Framer,
    pending: Vec<Pending>,
    last_tag: u64,
    /// The octets that came in.
    received: Vec<u8>,
    /// Commands that went out up to a literal only.
    refused: Vec<Bytes>,
    /// What the session gave: events, answers and errors.
    heard: String,
    /// The octets that went out.
    said: Vec<u8>,
    /// The last thing heard was a chunk of a literal.
    in_literal: bool,
    /// What the command that went out last lets follow that is no command.
    replies: Replies,
    start: Instant,
}

/// Lines that are no commands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Replies {
    None,
    /// `DONE`, once.
    Done,
    /// Base64, until `*` is said.
    Base64,
}

/// A command without an answer.
struct Pending {
    tag: String,
    take: Box<Take>,
    abandon: Box<dyn Fn(&mut Session)>,
    /// How many octets of its literal it waits for.
    wanted: Box<Wanted>,
}

/// Takes the answer to a command, if it has come, as text.
type Take = dyn Fn(&mut Session) -> Option<String>;

/// Tells how many octets of its literal a command waits for.
type Wanted = dyn Fn(&Session) -> Option<u64>;

impl Pending {
    fn new<A: Answer>(tag: String, ticket: Ticket<A>, and: fn(&mut Session)) -> Self
    where
        A::Output: Debug,
    {
        let ticket = Rc::new(ticket);
        let (taken, abandoned) = (Rc::clone(&ticket), Rc::clone(&ticket));
        Self {
            tag,
            take: Box::new(move |session| {
                let answer = session.take(&taken)?;
                if answer.is_ok() {
                    and(session);
                }
                Some(format!("{answer:?}"))
            }),
            abandon: Box::new(move |session| session.abandon(&abandoned)),
            wanted: Box::new(move |session| session.literal_wanted(&ticket)),
        }
    }
}

impl Run {
    fn new(choice: u8) -> Self {
        let mut options = SessionOptions::default();
        if choice & 1 != 0 {
            options.quirks = Quirks::strict();
        }
        if choice & 2 != 0 {
            options.limits = SMALL;
        }
        if choice & 4 != 0 {
            options.max_events = 3;
        }
        let mut session = Session::new(options);
        let threshold = usize::from(choice >> 4);
        session.set_stream_threshold((choice & 8 != 0).then_some(threshold));
        session.set_trace(Trace::new(assert_no_secret));
        Self {
            session,
            server: Framer::server(Limits::SERVER),
            pending: Vec::new(),
            last_tag: 0,
            received: Vec::new(),
            refused: Vec::new(),
            heard: String::new(),
            said: Vec::new(),
            in_literal: false,
            replies: Replies::None,
            start: Instant::now(),
        }
    }

    /// Plays the script, what the server says in pieces of this size.
    fn play(mut self, script: &[u8], size: usize) -> Self {
        let mut parts = script.split(|octet| *octet == PLAN);
        let first = parts.next().unwrap_or_default();
        first.chunks(size).for_each(|piece| self.receive(piece));
        for part in parts {
            let Some((number, said)) = part.split_first() else {
                continue;
            };
            self.act(Some(usize::from(*number)));
            said.chunks(size).for_each(|piece| self.receive(piece));
        }
        self.act(None);
        assert!(self.pending.is_empty());
        self
    }

    fn receive(&mut self, piece: &[u8]) {
        if self.session.fault().is_some() {
            assert!(self.session.step().is_err());
            return;
        }
        self.received.extend_from_slice(piece);
        self.session.receive(piece);
        // An octet can end a message, and one message can be too large.
        let mut steps = 2 * self.session.unread() + 2;
        loop {
            steps = steps.checked_sub(1).expect("steps that take nothing");
            match self.session.step() {
                Ok(Step::NeedInput) => break,
                Ok(step) => {
                    let heard = heard(step);
                    self.hear(heard);
                }
                Err(error) => {
                    self.hear(Heard::Line(format!("{error:?}")));
                    break;
                }
            }
            self.drain();
        }
        self.drain();
    }

    /// Takes answers and events, and sends.
    fn drain(&mut self) {
        while let Some(event) = self.session.poll_event() {
            self.hear(Heard::Line(format!("{event:?}")));
        }
        for pending in mem::take(&mut self.pending) {
            self.write_literal(&pending);
            match (pending.take)(&mut self.session) {
                Some(answer) => {
                    self.hear(Heard::Line(format!("{} {answer}", pending.tag)));
                }
                None => self.pending.push(pending),
            }
        }
        self.send();
    }

    /// Gives a command the octets that it waits for, two at a time.
    fn write_literal(&mut self, pending: &Pending) {
        while let Some(wanted) = (pending.wanted)(&self.session) {
            assert!(wanted <= 5, "{wanted}");
            self.session
                .literal(&b"xy"[..wanted.min(2) as usize])
                .unwrap();
        }
    }

    /// Sends all there is, in two pieces, and reads it as a server does.
    fn send(&mut self) {
        let mut sent = Vec::new();
        while !self.session.transmit().is_empty() {
            assert!(self.session.fault().is_none());
            let octets = self.session.transmit();
            let piece = &octets[..octets.len().div_ceil(2)];
            sent.extend_from_slice(piece);
            let count = piece.len();
            self.session.transmitted(count);
        }
        self.said.extend_from_slice(&sent);
        for line in sent.split_inclusive(|octet| *octet == b'\n') {
            if matches!(line, [b'A', b'0'..=b'9', ..]) {
                // A new command instead of a literal.
                self.refused.extend(self.server.refuse_literal());
            } else if self.server.is_idle() {
                self.replied(line);
                continue;
            }
            self.server.feed(line);
            self.read_commands();
        }
        self.check_refused();
    }

    /// The server reads what has come, up to where it is asked for something.
    fn read_commands(&mut self) {
        loop {
            match self.server.poll() {
                Ok(Some(Framed::Message(command))) => self.sent(&command),
                Ok(None | Some(Framed::Continuation { .. })) => break,
                other => panic!("{other:?}"),
            }
        }
    }

    /// A line has gone out that is no command.
    fn replied(&mut self, line: &[u8]) {
        let is_expected = match (self.replies, line) {
            (Replies::Done, b"DONE\r\n") | (Replies::Base64, b"*\r\n") => {
                self.replies = Replies::None;
                true
            }
            (Replies::Base64, [base64 @ .., b'\r', b'\n']) => base64
                .iter()
                .all(|octet| octet.is_ascii_alphanumeric() || b"+/=".contains(octet)),
            _ => false,
        };
        assert!(is_expected, "{}: {:?}", line.escape_ascii(), self.replies);
    }

    /// Commands whose literals were not sent are those that the server answered before.
    fn check_refused(&mut self) {
        for command in mem::take(&mut self.refused) {
            let tag = command
                .split_inclusive(|octet| *octet == b' ')
                .next()
                .unwrap();
            let mut lines = self.received.split(|octet| *octet == b'\n');
            assert!(
                lines.any(|line| line.starts_with(tag)),
                "{}",
                tag.escape_ascii()
            );
        }
    }

    /// A whole command has gone out.
    fn sent(&mut self, command: &[u8]) {
        let arena = Arena::new();
        let shown = command.escape_ascii();
        match Command::parse(command, &arena) {
            Ok(command) => {
                let number = command.tag.as_str()[1..].parse().unwrap();
                assert!(number > self.last_tag, "{shown}");
                self.last_tag = number;
                self.replies = match command.command {
                    Command::Idle => Replies::Done,
                    Command::Authenticate(_) => Replies::Base64,
                    _ => Replies::None,
                };
            }
            Err(error) => panic!("{error}: {shown}"),
        }
    }

    fn hear(&mut self, heard: Heard) {
        let (text, is_chunk) = match heard {
            Heard::Chunk(chunk) => (chunk, true),
            Heard::Line(line) => (format!("{line}\n"), false),
            Heard::Nothing => return,
        };
        if self.in_literal && !is_chunk {
            self.heard.push('\n');
        }
        self.heard.push_str(&text);
        self.in_literal = is_chunk;
    }

    /// Does what a number stands for: submits a command, say, or closes the connection.
    fn act(&mut self, number: Option<usize>) {
        match number {
            Some(number @ FIRST_ACTION..) if number - FIRST_ACTION < ACTIONS.len() => {
                self.action(number - FIRST_ACTION);
            }
            Some(number) if number < COMMANDS.len() => self.command(COMMANDS[number]),
            _ => {
                let end = self.session.received_end();
                self.hear(Heard::Line(format!("end: {end:?}")));
            }
        }
        self.drain();
    }

    /// Submits a command, and does something once the server has said OK to it.
    fn submit_and<C: Exchange>(&mut self, command: &C, and: fn(&mut Session))
    where
        <C::Answer as Answer>::Output: Debug,
    {
        let recorded = Recorded(command, RefCell::default());
        match self.session.submit(&recorded) {
            Ok(ticket) => {
                let tag = recorded.1.take();
                self.pending.push(Pending::new(tag, ticket, and));
            }
            Err(error) => self.hear(Heard::Line(format!("refused: {error:?}"))),
        }
    }

    fn idle(&mut self) {
        match self.session.idle(self.start) {
            // Its tag is not told, and is that of no other command.
            Ok(ticket) => {
                self.pending
                    .push(Pending::new("IDLE".to_owned(), ticket, |_| ()));
            }
            Err(error) => self.hear(Heard::Line(format!("refused: {error:?}"))),
        }
    }

    fn time_passes(&mut self) {
        let hour = Duration::from_secs(3600);
        let ends = self.session.handle_timeout(self.start + hour);
        self.hear(Heard::Line(format!("time passed: {ends}")));
    }

    /// Gives up one of the commands without an answer.
    fn abandon(&mut self, index: usize) {
        if index < self.pending.len() {
            let pending = self.pending.remove(index);
            (pending.abandon)(&mut self.session);
            let fault = self.session.fault().map(ToString::to_string);
            self.hear(Heard::Line(format!("{} abandoned: {fault:?}", pending.tag)));
        }
    }
}

/// Something that a session gave.
enum Heard {
    Nothing,
    Chunk(String),
    Line(String),
}

fn heard(step: Step<'_>) -> Heard {
    match step {
        Step::Fetch(fetch) | Step::Head(fetch) => Heard::Line(format!("{fetch:?}")),
        Step::Literal(chunk) => Heard::Chunk(chunk.escape_ascii().to_string()),
        _ => Heard::Nothing,
    }
}

/// A command, and the tag that it was given.
struct Recorded<'c, C>(&'c C, RefCell<String>);

impl<C: Exchange> Exchange for Recorded<'_, C> {
    type Answer = C::Answer;

    fn rules(&self) -> Rules {
        self.0.rules()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        self.0.check(state)
    }

    fn streamed(&self) -> Option<u64> {
        self.0.streamed()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        tag.as_str().clone_into(&mut self.1.borrow_mut());
        self.0.encode_tagged(tag, options)
    }

    fn answer(&self) -> C::Answer {
        self.0.answer()
    }
}

/// In front of an octet that is the number of a command in [`COMMANDS`], or closes the connection.
const PLAN: u8 = 0xff;
