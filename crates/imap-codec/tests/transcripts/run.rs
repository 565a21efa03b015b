//! Runs a transcript: cuts what each side says into messages, reads them, and writes them again.

use std::fmt::Debug;

use imap_codec::{Encode, EncodeOptions, Encoder, Framed, Framer, LiteralMode};
use imap_proto::command::{AuthenticateData, Done, Tagged};
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Arena, Command, Limits, Options, ParseError, Response};

use super::{Entry, Side, Transcript};

/// What comes out of each entry, which arrives in pieces of so many octets: nothing where the message
/// goes on in a later one.
pub(crate) fn run(transcript: &Transcript, piece: usize) -> Vec<String> {
    let utf8 = transcript.note("utf8").is_some();
    let mut peers = Peers {
        client: Framer::client(Limits::default()),
        server: Framer::server(Limits::default()),
        last: None,
        lines: false,
        utf8,
    };
    let mut hear = |entry: &Entry| {
        let pieces = entry.octets.chunks(piece);
        pieces
            .map(|octets| peers.hear(entry.side, octets))
            .collect()
    };
    let mut outcomes: Vec<String> = transcript.entries.iter().map(&mut hear).collect();
    if let Some(last) = outcomes.last_mut().filter(|_| !peers.is_idle()) {
        last.push_str("? not the end of a message\n");
    }
    outcomes
}

/// Both sides of a connection, as far as they cut and read.
struct Peers {
    client: Framer,
    server: Framer,
    /// What follows the last command, if lines of the client do that are no commands.
    last: Option<Kind>,
    /// Whether the server has asked for them.
    lines: bool,
    utf8: bool,
}

/// What a message is read as.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    AuthenticateData,
    Command,
    Done,
    Response,
}

impl Peers {
    fn is_idle(&self) -> bool {
        self.client.is_idle() && self.server.is_idle()
    }

    fn hear(&mut self, side: Side, octets: &[u8]) -> String {
        match side {
            Side::Client => self.hear_client(octets),
            Side::Server => self.hear_server(octets),
        }
    }

    fn hear_client(&mut self, octets: &[u8]) -> String {
        self.server.feed(octets);
        let mut all = String::new();
        if let (true, Some(last)) = (self.lines, self.last) {
            while let Some(line) = self.server.poll_line().unwrap() {
                all.push_str(&outcome(last, &line, self.utf8));
                self.lines = last == Kind::AuthenticateData;
            }
            return all;
        }
        loop {
            match self.server.poll().unwrap() {
                Some(Framed::Message(frame)) => {
                    self.last = lines(&frame);
                    all.push_str(&outcome(Kind::Command, &frame, self.utf8));
                }
                // The client waits with the rest, and the framer can be told that it is refused.
                Some(Framed::Continuation { .. }) | None => return all,
                Some(other) => panic!("{other:?}"),
            }
        }
    }

    fn hear_server(&mut self, octets: &[u8]) -> String {
        self.client.feed(octets);
        let mut all = String::new();
        while let Some(framed) = self.client.poll().unwrap() {
            let Framed::Message(frame) = framed else {
                panic!("{framed:?}");
            };
            all.push_str(&outcome(Kind::Response, &frame, self.utf8));
            self.follow(&frame);
        }
        all
    }

    /// Notes what a response means for what the client says next.
    fn follow(&mut self, frame: &[u8]) {
        let arena = Arena::new();
        match Response::parse(frame, &arena) {
            Ok(Response::Continue(_)) => self.lines = self.last.is_some(),
            Ok(Response::Status(StatusResponse {
                tag: Some(_),
                status,
                ..
            })) => {
                self.lines = false;
                self.last = None;
                if matches!(status, Status::No | Status::Bad) {
                    self.server.refuse_literal();
                }
            }
            _ => {}
        }
    }
}

/// What the lines behind a command are.
fn lines(command: &[u8]) -> Option<Kind> {
    let mut words = command.split(u8::is_ascii_whitespace).skip(1);
    match &words.next()?.to_ascii_uppercase()[..] {
        b"AUTHENTICATE" => Some(Kind::AuthenticateData),
        b"IDLE" => Some(Kind::Done),
        _ => None,
    }
}

/// A message that one side reads.
trait Message<'a>: Debug + Encode + PartialEq + Sized {
    fn read(frame: &'a [u8], arena: &'a Arena, options: &Options) -> Result<Self, ParseError>;
}

impl<'a> Message<'a> for Tagged<'a> {
    fn read(frame: &'a [u8], arena: &'a Arena, options: &Options) -> Result<Self, ParseError> {
        Command::parse_with(frame, arena, options)
    }
}

impl<'a> Message<'a> for AuthenticateData<'a> {
    fn read(frame: &'a [u8], arena: &'a Arena, options: &Options) -> Result<Self, ParseError> {
        Self::parse_with(frame, arena, options)
    }
}

impl<'a> Message<'a> for Done {
    fn read(frame: &'a [u8], arena: &'a Arena, options: &Options) -> Result<Self, ParseError> {
        Self::parse_with(frame, arena, options)
    }
}

impl<'a> Message<'a> for Response<'a> {
    fn read(frame: &'a [u8], arena: &'a Arena, options: &Options) -> Result<Self, ParseError> {
        Self::parse_with(frame, arena, options)
    }
}

/// What comes out of a message: its value, then the quirks that it needs, if any, and the octets that
/// the value is written as, unless they are those that it was read from.
fn outcome(kind: Kind, frame: &[u8], utf8: bool) -> String {
    let strict = outcome_with(kind, frame, &Options::strict().with_utf8(utf8));
    let lenient = outcome_with(kind, frame, &Options::lenient().with_utf8(utf8));
    match (strict, lenient) {
        (Ok(strict), Ok(lenient)) if strict == lenient => strict,
        (Err(_), Ok(lenient)) => lenient,
        (Err(error), Err(_)) => format!("! {error}\n"),
        (Ok(strict), lenient) => format!("{strict}? lenient options give {lenient:?}\n"),
    }
}

fn outcome_with(kind: Kind, frame: &[u8], options: &Options) -> Result<String, ParseError> {
    let arena = Arena::new();
    let client = as_client(frame);
    match kind {
        Kind::AuthenticateData => {
            outcome_of::<AuthenticateData<'_>>(frame, &arena, options, client)
        }
        Kind::Command => outcome_of::<Tagged<'_>>(frame, &arena, options, client),
        Kind::Done => outcome_of::<Done>(frame, &arena, options, client),
        Kind::Response => outcome_of::<Response<'_>>(frame, &arena, options, EncodeOptions::SERVER),
    }
}

/// Has literals announced as in this command.
fn as_client(frame: &[u8]) -> EncodeOptions {
    let literals = if frame.windows(4).any(|octets| octets == b"+}\r\n") {
        LiteralMode::NonSynchronizing
    } else {
        LiteralMode::Synchronizing
    };
    EncodeOptions::SERVER.with_literals(literals)
}

fn outcome_of<'a, M: Message<'a>>(
    frame: &'a [u8],
    arena: &'a Arena,
    options: &Options,
    encode: EncodeOptions,
) -> Result<String, ParseError> {
    let message = M::read(frame, arena, options)?;
    let mut outcome = format!("= {message:?}\n");
    let quirks = arena.used_quirks();
    let quirks: Vec<_> = quirks
        .as_slice()
        .iter()
        .map(|u| format!("{:?}@{}", u.quirk, u.offset))
        .collect();
    if !quirks.is_empty() {
        outcome.push_str(&format!("~ {}\n", quirks.join(", ")));
    }
    let mut out = Encoder::new(encode.with_utf8(options.utf8));
    message.encode(&mut out);
    let encoded = match out.finish() {
        Ok(encoded) => encoded.into_bytes(),
        Err(error) => return Ok(format!("{outcome}? {error}\n")),
    };
    let again = M::read(arena.alloc_bytes(&encoded), arena, options);
    if again.as_ref() != Ok(&message) {
        outcome.push_str(&format!(
            "? is written as {}, {again:?}\n",
            encoded.escape_ascii()
        ));
    } else if encoded != frame {
        outcome.push_str(&format!("> {}\n", shown(&encoded)));
    }
    Ok(outcome)
}

/// A message on one line, without its line end.
fn shown(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    let text = text.trim_end_matches("\r\n").replace("\r\n", "\\r\\n");
    match text.strip_suffix(' ') {
        Some(text) => format!("{text}␠"),
        None => text,
    }
}
