//! What goes over the wire, line by line, for those who look for a fault.

use std::fmt;
use std::sync::Arc;

/// A line that went over the wire, without secrets.
///
/// What follows `LOGIN` and the name of a mechanism, and what is said in the steps of an authentication,
/// is `[secret]`; literals are told by their size, and the line is shown when it is over. Line ends are
/// left out. As text it is what transcripts have:
///
/// ```
/// use imap_client::TraceLine;
///
/// assert_eq!(TraceLine::Client("A1 LOGIN [secret]").to_string(), "C: A1 LOGIN [secret]");
/// assert_eq!(
///     TraceLine::Server("* 1 FETCH (BODY[] {4096 octets})").to_string(),
///     "S: * 1 FETCH (BODY[] {4096 octets})",
/// );
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TraceLine<'a> {
    /// The client sent it, or will as soon as it can.
    Client(&'a str),
    /// The server sent it.
    Server(&'a str),
}

impl fmt::Display for TraceLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(line) => write!(f, "C: {line}"),
            Self::Server(line) => write!(f, "S: {line}"),
        }
    }
}

/// A function that is shown each line that goes over the wire.
///
/// Header fields and bodies that are sent as quoted strings are shown, and so are the names of users in
/// other responses.
///
/// ```
/// use imap_client::{Config, Trace};
///
/// let config = Config::default().with_trace(Trace::new(|line| eprintln!("{line}")));
/// # let _ = config;
/// ```
#[derive(Clone)]
pub struct Trace(Arc<dyn Fn(TraceLine<'_>) + Send + Sync>);

impl Trace {
    /// Shows each line to a function.
    pub fn new(show: impl Fn(TraceLine<'_>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(show))
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").finish_non_exhaustive()
    }
}

/// Makes lines of octets in both directions.
pub(super) struct Tracer {
    trace: Trace,
    sent: Lines,
    received: Lines,
    /// The command that went out last has a secret.
    is_secret: bool,
}

impl Tracer {
    pub(super) fn new(trace: Trace) -> Self {
        Self {
            trace,
            sent: Lines::default(),
            received: Lines::default(),
            is_secret: false,
        }
    }

    /// The first part of a command goes out, up to a literal or to its end.
    pub(super) fn command(&mut self, part: &[u8]) {
        let public = public_words(part);
        self.is_secret = public.is_some();
        match public {
            Some(public) => self.client(&public),
            None => self.more(part),
        }
    }

    /// A further part of a command goes out, or octets of a literal.
    pub(super) fn more(&mut self, octets: &[u8]) {
        if !self.is_secret {
            let Trace(show) = &self.trace;
            self.sent
                .feed(octets, &mut |line| show(TraceLine::Client(line)));
        }
    }

    /// A reply to a continuation request goes out.
    pub(super) fn reply(&self, octets: &[u8]) {
        match octets {
            b"*\r\n" => self.client("*"),
            b"DONE\r\n" => self.client("DONE"),
            _ => self.client(SECRET),
        }
    }

    /// The beginning of a message came in, or octets of a literal in it.
    pub(super) fn received(&mut self, octets: &[u8]) {
        let Trace(show) = &self.trace;
        if self.is_secret && octets.starts_with(b"+") {
            show(TraceLine::Server("+ [secret]"));
            return;
        }
        self.received
            .feed(octets, &mut |line| show(TraceLine::Server(line)));
    }

    /// The end of a message came in.
    pub(super) fn received_end(&mut self, octets: &[u8]) {
        self.received(octets);
        let Trace(show) = &self.trace;
        // A marker at the end of a text for people begins no literal.
        self.received
            .finish(&mut |line| show(TraceLine::Server(line)));
    }

    fn client(&self, line: &str) {
        let Trace(show) = &self.trace;
        show(TraceLine::Client(line));
    }
}

/// Octets up to a line end, without the contents of literals.
#[derive(Default)]
struct Lines {
    line: Vec<u8>,
    /// How many octets of a literal are still to come.
    literal: u64,
}

impl Lines {
    fn feed(&mut self, mut octets: &[u8], show: &mut dyn FnMut(&str)) {
        loop {
            let inside =
                usize::try_from(self.literal).map_or(octets.len(), |n| n.min(octets.len()));
            self.literal -= inside as u64;
            octets = octets.get(inside..).unwrap_or_default();
            let Some(end) = octets.iter().position(|octet| *octet == b'\n') else {
                self.push(octets);
                return;
            };
            let (line, rest) = octets.split_at(end + 1);
            octets = rest;
            let line = line.trim_ascii_end();
            match literal(line) {
                Some((before, size)) => {
                    self.push(before);
                    self.push(format!("{{{size} octets}}").as_bytes());
                    self.literal = size;
                }
                None => {
                    self.push(line);
                    self.show(show);
                }
            }
        }
    }

    fn finish(&mut self, show: &mut dyn FnMut(&str)) {
        self.literal = 0;
        if !self.line.is_empty() {
            self.show(show);
        }
    }

    /// Appends to the line, of which only so much is shown.
    fn push(&mut self, octets: &[u8]) {
        let room = SHOWN.saturating_sub(self.line.len());
        self.line
            .extend_from_slice(octets.get(..room.min(octets.len())).unwrap_or_default());
    }

    fn show(&mut self, show: &mut dyn FnMut(&str)) {
        let text = String::from_utf8_lossy(&self.line);
        // What a server sends is not to steer the terminal that shows it.
        let visible = |c: char| {
            if c.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        };
        show(&text.chars().map(visible).collect::<String>());
        self.line.clear();
    }
}

/// The size of the literal that a line announces at its end, and the line before that.
fn literal(line: &[u8]) -> Option<(&[u8], u64)> {
    let inside = line.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|octet| *octet == b'{')?;
    let (before, marker) = inside.split_at(open);
    let digits = marker.get(1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    let size = str::from_utf8(digits).ok()?.parse().ok()?;
    Some((before, size))
}

/// What may be shown of a command that has a secret: its tag and name, and the name of the mechanism.
fn public_words(command: &[u8]) -> Option<String> {
    let mut words = command.split(|octet| octet.is_ascii_whitespace());
    let (tag, name) = (words.next()?, words.next()?);
    let mut public = vec![tag, name];
    if name.eq_ignore_ascii_case(b"AUTHENTICATE") {
        public.extend(words.next());
    } else if !name.eq_ignore_ascii_case(b"LOGIN") {
        return None;
    }
    let has_more = words.any(|word| !word.is_empty());
    let secret = has_more.then_some(SECRET.as_bytes());
    let words = public.into_iter().chain(secret);
    let texts: Vec<_> = words.map(String::from_utf8_lossy).collect();
    Some(texts.join(" "))
}

/// What stands for a secret.
const SECRET: &str = "[secret]";

/// Octets of a line that are shown.
const SHOWN: usize = 4096;
