//! What goes over the wire, line by line, for those who look for a fault.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use imap_codec::Encoded;

/// A line that went over the wire, without secrets.
///
/// `[redacted]` stands for them: passwords, what is said in the steps of an authentication, and URLs with
/// which everybody can read a message. Literals are told by their size, and the line is shown when it is
/// over. Line ends are left out. As text it is what transcripts have:
///
/// ```
/// use imap_client::TraceLine;
///
/// assert_eq!(
///     TraceLine::Client("A1 LOGIN ann [redacted]").to_string(),
///     "C: A1 LOGIN ann [redacted]",
/// );
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
/// Header fields and bodies that are sent as quoted strings are shown, and so are the names of users.
///
/// ```
/// use imap_client::{Config, Trace};
///
/// let config = Config::default().with_trace(Trace::new(|line| eprintln!("{line}")));
/// # let _ = config;
/// ```
#[derive(Clone)]
pub struct Trace(Arc<dyn Fn() -> Box<dyn Watch> + Send + Sync>);

impl Trace {
    /// Shows each line to a function.
    pub fn new(show: impl Fn(TraceLine<'_>) + Send + Sync + 'static) -> Self {
        let show = Arc::new(show);
        Self::of(move || Shown(show.clone()))
    }

    /// The same, and shows each message of the server whole as it came to another function: for programs
    /// that look how a server writes.
    ///
    /// Nothing is left out of messages: challenges, the contents of literals and line ends are there. Only
    /// those whose literals are handed out in chunks are not shown.
    ///
    /// ```
    /// use imap_client::Trace;
    ///
    /// let trace = Trace::new(|line| eprintln!("{line}"))
    ///     .with_messages(|message| eprintln!("{} octets", message.len()));
    /// # let _ = trace;
    /// ```
    #[must_use]
    pub fn with_messages(self, show: impl Fn(&[u8]) + Send + Sync + 'static) -> Self {
        let show = Arc::new(show);
        Self(Arc::new(move || {
            Box::new(Messages {
                lines: (self.0)(),
                show: show.clone(),
            })
        }))
    }

    /// Has each connection watched by somebody of its own.
    pub(super) fn of<W: Watch + 'static>(watch: impl Fn() -> W + Send + Sync + 'static) -> Self {
        Self(Arc::new(move || Box::new(watch())))
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace").finish_non_exhaustive()
    }
}

/// Who is shown what goes over one connection.
pub(super) trait Watch: Send + Sync {
    fn line(&mut self, line: TraceLine<'_>);

    /// A command begins to go out.
    fn command(&mut self, _tag: &str, _name: &'static str) {}

    /// A message came in whole.
    fn message(&mut self, _octets: &[u8]) {}
}

/// A function that is shown lines.
struct Shown<F>(Arc<F>);

impl<F: Fn(TraceLine<'_>) + Send + Sync> Watch for Shown<F> {
    fn line(&mut self, line: TraceLine<'_>) {
        (self.0)(line);
    }
}

/// A function that is shown messages, beside who watches the lines.
struct Messages<F> {
    lines: Box<dyn Watch>,
    show: Arc<F>,
}

impl<F: Fn(&[u8]) + Send + Sync> Watch for Messages<F> {
    fn line(&mut self, line: TraceLine<'_>) {
        self.lines.line(line);
    }

    fn command(&mut self, tag: &str, name: &'static str) {
        self.lines.command(tag, name);
    }

    fn message(&mut self, octets: &[u8]) {
        self.lines.message(octets);
        (self.show)(octets);
    }
}

/// Makes lines of octets in both directions.
pub(super) struct Tracer {
    watch: Box<dyn Watch>,
    sent: Lines,
    received: Lines,
    /// The command that went out last has a secret.
    is_secret: bool,
    /// Whether the message that is coming in is hidden, once it has begun.
    is_hidden: Option<bool>,
}

impl Tracer {
    pub(super) fn new(trace: &Trace) -> Self {
        Self {
            watch: (trace.0)(),
            sent: Lines::default(),
            received: Lines::default(),
            is_secret: false,
            is_hidden: None,
        }
    }

    /// A command begins to go out.
    pub(super) fn command(&mut self, encoded: &Encoded, name: &'static str) {
        self.is_secret = encoded.secret().is_some();
        let mut words = encoded.as_bytes().split(|octet| *octet == b' ');
        let tag = String::from_utf8_lossy(words.next().unwrap_or_default());
        self.watch.command(&tag, name);
    }

    /// A part of a command goes out, up to a literal or to its end.
    pub(super) fn part(&mut self, encoded: &Encoded, number: usize) {
        let pause = |number: usize| encoded.pauses().get(number).copied();
        let start = number.checked_sub(1).and_then(pause).unwrap_or(0);
        let end = pause(number).unwrap_or(encoded.as_bytes().len());
        // Without a line end, the last pause is behind the end.
        let end = end.max(start);
        let secret = encoded.secret().unwrap_or(end..end);
        let octets = |part: Range<usize>| encoded.as_bytes().get(part).unwrap_or_default();
        self.more(octets(start..secret.start.clamp(start, end)));
        // What goes out in two parts is one secret.
        if (start..end).contains(&secret.start) && !secret.is_empty() {
            self.sent.push(REDACTED.as_bytes());
        }
        self.more(octets(secret.end.clamp(start, end)..end));
    }

    /// Octets of a literal go out, or what is behind it.
    pub(super) fn more(&mut self, octets: &[u8]) {
        let watch = &mut self.watch;
        let show = &mut |line: &str| watch.line(TraceLine::Client(line));
        self.sent.feed(octets, show);
    }

    /// What was still to go out of a command will not.
    pub(super) fn cancelled(&mut self) {
        let watch = &mut self.watch;
        let show = &mut |line: &str| watch.line(TraceLine::Client(line));
        self.sent.finish(show);
    }

    /// A reply to a continuation request goes out.
    pub(super) fn reply(&mut self, octets: &[u8]) {
        self.watch.line(TraceLine::Client(match octets {
            b"*\r\n" => "*",
            b"DONE\r\n" => "DONE",
            _ => REDACTED,
        }));
    }

    /// The beginning of a message came in, or octets of a literal in it.
    pub(super) fn received(&mut self, octets: &[u8]) {
        let is_hidden = self.is_hidden.unwrap_or_else(|| {
            let shown = self.shown_instead(octets);
            if let Some(line) = shown {
                self.watch.line(TraceLine::Server(line));
            }
            shown.is_some()
        });
        self.is_hidden = Some(is_hidden);
        if !is_hidden {
            let watch = &mut self.watch;
            let show = &mut |line: &str| watch.line(TraceLine::Server(line));
            self.received.feed(octets, show);
        }
    }

    /// The end of a message came in.
    pub(super) fn received_end(&mut self, octets: &[u8]) {
        self.received(octets);
        self.is_hidden = None;
        let watch = &mut self.watch;
        let show = &mut |line: &str| watch.line(TraceLine::Server(line));
        // A marker at the end of a text for people begins no literal.
        self.received.finish(show);
    }

    /// A message came in whole.
    pub(super) fn received_message(&mut self, message: &[u8]) {
        self.received_end(message);
        self.watch.message(message);
    }

    /// What is shown instead of a message that may have a secret: a challenge, or a URL with a token.
    fn shown_instead(&self, message: &[u8]) -> Option<&'static str> {
        let begins_with = |word: &[u8]| {
            let begin = message.get(..word.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        if self.is_secret && begins_with(b"+") {
            Some("+ [redacted]")
        } else if begins_with(b"* GENURLAUTH ") {
            Some("* GENURLAUTH [redacted]")
        } else if begins_with(b"* URLFETCH ") {
            Some("* URLFETCH [redacted]")
        } else {
            None
        }
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

/// What stands for a secret.
const REDACTED: &str = "[redacted]";

/// Octets of a line that are shown.
const SHOWN: usize = 4096;
