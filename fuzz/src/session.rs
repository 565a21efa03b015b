//! Octets that are what a server says, with commands submitted in between.
//!
//! The first octet chooses the options. An octet 0xFF, which is in no text, and a second one submit a command or
//! close the connection; all others come from the server.
//!
//! - However the octets arrive, the session says and gives the same.
//! - There are no more steps than octets, by and large.
//! - What goes out are whole commands by the book, in the order in which they were submitted.
//! - After a fatal error nothing goes out, and every command gets its answer.

use std::cell::RefCell;
use std::fmt::Debug;
use std::mem;

use bytes::Bytes;
use imap_client::exchange::{Answer, DoneAnswer, Exchange, FetchEach, Raw, Rules, UidSearch};
use imap_client::session::Step;
use imap_client::{Error, Session, SessionOptions, State};
use imap_codec::{EncodeError, EncodeOptions, Encoded, Framed, Framer, encode_command};
use imap_proto::{Arena, Command, Limits, Quirks, Tag};

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
}

/// A command without an answer.
struct Pending {
    tag: String,
    take: Box<Take>,
}

/// Takes the answer to a command, if it has come, as text.
type Take = dyn Fn(&mut Session) -> Option<String>;

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
            self.act(COMMANDS.get(usize::from(*number)));
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
            match (pending.take)(&mut self.session) {
                Some(answer) => {
                    self.hear(Heard::Line(format!("{} {answer}", pending.tag)));
                }
                None => self.pending.push(pending),
            }
        }
        self.send();
    }

    /// Sends all there is, in two pieces, and reads it as a server does.
    fn send(&mut self) {
        if self.session.transmit().is_empty() {
            return;
        }
        while !self.session.transmit().is_empty() {
            assert!(self.session.fault().is_none());
            let octets = self.session.transmit();
            let piece = &octets[..octets.len().div_ceil(2)];
            if matches!(piece, [b'A', b'0'..=b'9', ..]) {
                // A new command instead of a literal.
                self.refused.extend(self.server.refuse_literal());
            }
            self.said.extend_from_slice(piece);
            self.server.feed(piece);
            let sent = piece.len();
            self.session.transmitted(sent);
        }
        self.check_refused();
        loop {
            match self.server.poll() {
                Ok(Some(Framed::Message(command))) => self.sent(&command),
                Ok(None | Some(Framed::Continuation { .. })) => break,
                other => panic!("{other:?}"),
            }
        }
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

    /// Submits a command, or closes the connection.
    fn act(&mut self, command: Option<&&'static str>) {
        if let Some(command) = command {
            let arena = Arena::new();
            let line = format!("a {command}\r\n");
            // cannot fail: it is one of `COMMANDS`.
            let command = Command::parse(line.as_bytes(), &arena).unwrap().command;
            self.submit_any(command);
        } else {
            let end = self.session.received_end();
            self.hear(Heard::Line(format!("end: {end:?}")));
        }
        self.drain();
    }

    fn submit_any(&mut self, command: Command<'_>) {
        match command {
            Command::Append(command) => self.submit(&command),
            Command::Copy(command) => self.submit(&command),
            Command::Create(command) => self.submit(&command),
            Command::Examine(command) => self.submit(&command),
            Command::Fetch(command) => self.submit(&command),
            Command::List(command) => self.submit(&command),
            Command::Login(command) => self.submit(&command),
            Command::Other(command) => self.submit(&Raw(command)),
            Command::Search(command) => self.submit(&command),
            Command::Select(command) => self.submit(&command),
            Command::Status(command) => self.submit(&command),
            Command::Store(command) => self.submit(&command),
            Command::UidCopy(command) => self.submit(&command),
            Command::UidExpunge(command) => self.submit(&command),
            Command::UidFetch(command) => self.submit(&FetchEach(command)),
            Command::UidSearch(command) => self.submit(&UidSearch(command)),
            Command::UidStore(command) => self.submit(&command),
            _ => self.submit(&Alone(command)),
        }
    }

    fn submit<C: Exchange>(&mut self, command: &C)
    where
        <C::Answer as Answer>::Output: Debug,
    {
        let recorded = Recorded(command, RefCell::default());
        match self.session.submit(&recorded) {
            Ok(ticket) => self.pending.push(Pending {
                tag: recorded.1.take(),
                take: Box::new(move |session| Some(format!("{:?}", session.take(&ticket)?))),
            }),
            Err(error) => self.hear(Heard::Line(format!("refused: {error:?}"))),
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

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        tag.as_str().clone_into(&mut self.1.borrow_mut());
        self.0.encode_tagged(tag, options)
    }

    fn answer(&self) -> C::Answer {
        self.0.answer()
    }
}

/// A command without arguments.
struct Alone<'a>(Command<'a>);

impl Exchange for Alone<'_> {
    type Answer = DoneAnswer;

    fn rules(&self) -> Rules {
        Rules::any_state("command")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &self.0, options)
    }

    fn answer(&self) -> DoneAnswer {
        DoneAnswer
    }
}

/// In front of an octet that is the number of a command in [`COMMANDS`], or closes the connection.
const PLAN: u8 = 0xff;

/// What can be submitted, as it would be on the wire.
pub(crate) const COMMANDS: [&str; 24] = [
    "LOGIN ann secret",
    "LOGIN ann {4}\r\np\u{e4}p",
    "SELECT INBOX",
    "EXAMINE {3}\r\n\u{fc}x",
    "FETCH 1:9 (FLAGS BODY[])",
    "FETCH 2:* FLAGS",
    "UID FETCH 1:20 (BODY.PEEK[] UID)",
    "UID FETCH * FULL",
    "SEARCH UNSEEN",
    "UID SEARCH CHARSET UTF-8 SUBJECT {2}\r\n\u{e4} TEXT {2}\r\n\u{fc}",
    "LIST \"\" *",
    "STATUS INBOX (MESSAGES UIDNEXT)",
    "STORE 3:4 +FLAGS (\\Seen)",
    "UID STORE 3,7 FLAGS.SILENT (x)",
    "APPEND INBOX {9}\r\nA: b\r\n\r\nc",
    "COPY 1:2 box",
    "UID COPY 5:* box",
    "CREATE box",
    "UID EXPUNGE 1:*",
    "NOOP",
    "CLOSE",
    "LOGOUT",
    "XNEWS {2}\r\nhi",
    "XNEWS",
];
