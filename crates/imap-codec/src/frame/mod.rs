//! Bytes to whole messages: finds where a message ends without parsing it.
//!
//! A message is a line, or several parts of a line with literals between them:
//!
//! ```text
//! S: * 1 FETCH (BODY[HEADER] {14}      a part of the line, and a marker
//! S: Subject: x\r\n                    14 octets of a literal, whatever they are
//! S:  UID 7)                           the rest of the line
//! ```
//!
//! [RFC 9051 section 2.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.2),
//! [section 4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3)

mod error;
mod marker;
mod scan;
mod structure;

use alloc::vec::Vec;
use core::{fmt, mem};

use bytes::{Bytes, BytesMut};
use imap_proto::Limits;

pub use error::{FrameError, FrameErrorKind};
use scan::{MAX_HELD, Message, State};
use structure::Structure;

/// Cuts a stream of octets into messages.
///
/// Octets go in by [`feed`](Self::feed), [`feed_with`](Self::feed_with) or
/// [`buffer_mut`](Self::buffer_mut), in pieces of any size; messages come out of
/// [`poll`](Self::poll), which is called until it gives `None`. The pieces make no difference to what
/// comes out, nor to the cost, which is linear in the octets.
///
/// - A line ends with CR LF, or with LF alone; a message is given out with the line end it had.
///   An empty line is a message, and NUL is an octet as any other.
/// - A client's framer takes `{5}` for a literal only in untagged data (`* LIST`, `* 1 FETCH`, any
///   word it doesn't know) and in the list of a BADCHARSET code; never in text for people, such as
///   `* OK see {5}`, after `+`, or in lines that are no IMAP. It must stand where a value may
///   begin: after a blank, a bracket or another literal.
/// - A server's framer takes `{5}` for a literal at the same places of any command, and `{5+}` at
///   the end of any line.
/// - Memory follows the octets that have arrived, never a size that was announced. Messages share
///   the memory that they arrived in; when little is kept of a stream, copy it.
///
/// # Example
///
/// ```
/// use imap_codec::{Framed, Framer};
/// use imap_proto::Limits;
///
/// let mut framer = Framer::client(Limits::default());
/// framer.feed(b"* OK see {5}\r\n* 1 FETCH (BODY[] {5}\r\nhel");
/// assert_eq!(framer.poll()?, Some(Framed::Message("* OK see {5}\r\n".into())));
/// assert_eq!(framer.poll()?, None);
/// framer.feed(b"lo)\r\n");
/// assert_eq!(framer.poll()?, Some(Framed::Message("* 1 FETCH (BODY[] {5}\r\nhello)\r\n".into())));
/// # Ok::<(), imap_codec::FrameError>(())
/// ```
pub struct Framer {
    buffer: BytesMut,
    role: Role,
    limits: Limits,
    stream_threshold: Option<usize>,
    state: State,
    message: Message,
    /// The most octets that the buffer has held since it was new.
    held: usize,
    scanned: u64,
    failed: Option<FrameError>,
}

impl Framer {
    /// A framer that reads responses.
    pub fn client(limits: Limits) -> Self {
        Self::new(Role::Client, limits)
    }

    /// A framer that reads commands.
    pub fn server(limits: Limits) -> Self {
        Self::new(Role::Server, limits)
    }

    /// Appends a copy of the octets to those not given out yet.
    #[inline]
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.buffer.capacity() - self.buffer.len() < bytes.len() {
            self.grow(bytes.len());
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Has `append` add octets to those not given out yet, for a driver that reads what is missing of a
    /// literal into memory that holds nothing yet, and gives what it gives.
    ///
    /// The vector begins with octets that are to be left as they are. It has room for those missing and
    /// few more, or for as many as have arrived, or for 256 KiB.
    ///
    /// ```
    /// use std::io::Read as _;
    ///
    /// use imap_codec::Framer;
    ///
    /// let mut stream = &[b'x'; 9000][..];
    /// let mut framer = Framer::client(Default::default());
    /// framer.feed(b"* 1 FETCH (BODY[] {5000}\r\nhel");
    /// assert_eq!(framer.poll(), Ok(None));
    /// let missing = framer.missing() as u64;
    /// framer.feed_with(|octets| stream.by_ref().take(missing).read_to_end(octets))?;
    /// assert_eq!((framer.missing(), stream.len()), (0, 9000 - 4997));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn feed_with<T>(&mut self, append: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let wanted = self.wanted();
        self.change_buffer(|octets| {
            let spare = octets.capacity() - octets.len();
            if spare > wanted {
                octets.shrink_to(octets.len() + wanted);
            } else if spare < wanted.min(MIN_ROOM) {
                octets.reserve_exact(wanted.min(octets.len().max(MIN_ROOM)));
            }
            append(octets)
        })
    }

    /// The octets not given out yet, for a driver to read more of them to their end.
    ///
    /// Only append: the framer doesn't look again at what it has looked at.
    ///
    /// ```
    /// use std::io::Read as _;
    ///
    /// use imap_codec::{Framed, Framer};
    ///
    /// let mut stream = &b"* 5 EXISTS\r\n"[..];
    /// let mut framer = Framer::client(Default::default());
    /// let buffer = framer.buffer_mut();
    /// let len = buffer.len();
    /// buffer.resize(len + 4096, 0);
    /// let read = stream.read(&mut buffer[len..])?;
    /// buffer.truncate(len + read);
    /// assert_eq!(framer.poll(), Ok(Some(Framed::Message("* 5 EXISTS\r\n".into()))));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub const fn buffer_mut(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// Gives the next message or part of one; `None` when that needs more octets.
    ///
    /// # Errors
    ///
    /// When a message is larger than the limits: a literal of 101 octets where 100 are allowed. The
    /// next call goes on with the message after it, unless the error is
    /// [fatal](FrameError::is_fatal): then each call gives it again.
    ///
    /// - A synchronizing literal of a command is refused: a client doesn't send it once it sees
    ///   NO or BAD.
    /// - Other literals and the rest of their message are thrown away as they arrive, unless the
    ///   literal is over 4 GiB, which is fatal.
    #[inline]
    pub fn poll(&mut self) -> Result<Option<Framed>, FrameError> {
        if self.awaits_literal() {
            return Ok(None);
        }
        self.advance(false)
    }

    /// Gives the next line, which holds no literal whatever its end looks like.
    ///
    /// For what a server reads outside of commands:
    /// [`AuthenticateData`](imap_proto::command::AuthenticateData) and
    /// [`Done`](imap_proto::command::Done).
    /// Octets of an incomplete message are taken as lines too.
    ///
    /// ```
    /// use imap_codec::Framer;
    ///
    /// let mut framer = Framer::server(Default::default());
    /// framer.feed(b"DONE\r\n");
    /// assert_eq!(framer.poll_line(), Ok(Some("DONE\r\n".into())));
    /// ```
    ///
    /// # Errors
    ///
    /// When the line is longer than [`Limits::max_line`]; the next call goes on with the line after
    /// it.
    pub fn poll_line(&mut self) -> Result<Option<Bytes>, FrameError> {
        if !self.state.skips() && (self.message.is_part() || self.state != State::Line) {
            self.restart();
        }
        match self.advance(true)? {
            Some(Framed::Message(line)) => Ok(Some(line)),
            // Without literals, nothing else can come.
            _ => Ok(None),
        }
    }

    /// Drops the command whose synchronizing literal was announced by the last call of
    /// [`poll`](Self::poll), since the client is answered NO or BAD and won't send the rest.
    ///
    /// Returns what had arrived of the command. `None`, and nothing is done, when the last call
    /// gave anything else than [`Framed::Continuation`].
    ///
    /// ```
    /// use imap_codec::{Framed, Framer};
    ///
    /// let mut framer = Framer::server(Default::default());
    /// framer.feed(b"A044 BLURDYBLOOP {102856}\r\n");
    /// assert_eq!(framer.poll(), Ok(Some(Framed::Continuation { literal: 102_856 })));
    /// assert_eq!(framer.refuse_literal(), Some("A044 BLURDYBLOOP {102856}\r\n".into()));
    /// // S: A044 BAD No such command
    /// assert!(framer.is_idle());
    /// ```
    pub fn refuse_literal(&mut self) -> Option<Bytes> {
        if !matches!(self.state, State::Announced(_)) {
            return None;
        }
        let command = self.split(self.message.at);
        self.restart();
        Some(command)
    }

    /// Takes the octets that were not given out, and begins anew, as between two messages.
    ///
    /// For a change of the layer below, such as the start of compression: the rest belongs to that.
    pub fn take_rest(&mut self) -> Bytes {
        self.restart();
        self.held = 0;
        mem::take(&mut self.buffer).freeze()
    }

    /// Frees the memory that waits for octets, when there are none; for a connection that rests.
    pub fn shrink(&mut self) {
        if self.buffer.is_empty() {
            self.buffer = BytesMut::new();
            self.held = 0;
        }
    }

    /// Sets the size in octets above which a literal is given out in chunks as it arrives.
    ///
    /// `None`, the default, collects all messages whole. The change is felt from the next marker on.
    ///
    /// ```
    /// use imap_codec::{Framed, Framer};
    ///
    /// let mut framer = Framer::client(Default::default());
    /// framer.set_stream_threshold(Some(4));
    /// framer.feed(b"* 1 FETCH (BODY[] {5}\r\nhel");
    /// let head = Framed::Head { head: "* 1 FETCH (BODY[] {5}\r\n".into(), literal: 5 };
    /// assert_eq!(framer.poll(), Ok(Some(head)));
    /// assert_eq!(framer.poll(), Ok(Some(Framed::Chunk("hel".into()))));
    /// assert_eq!(framer.poll(), Ok(None));
    /// framer.feed(b"lo)\r\n");
    /// assert_eq!(framer.poll(), Ok(Some(Framed::Chunk("lo".into()))));
    /// assert_eq!(framer.poll(), Ok(Some(Framed::Tail(")\r\n".into()))));
    /// ```
    pub const fn set_stream_threshold(&mut self, octets: Option<usize>) {
        self.stream_threshold = octets;
    }

    /// Sets other limits, such as larger ones once a client has authenticated.
    pub const fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// The octets of the message that is incomplete, as far as they were looked at.
    ///
    /// After [`Framed::Continuation`] this is the command up to the line end of its marker. Parts
    /// that were streamed are not among them.
    pub fn partial(&self) -> &[u8] {
        self.buffer.get(..self.message.at).unwrap_or(&self.buffer)
    }

    /// How many octets have arrived and were not given out.
    pub fn pending(&self) -> usize {
        self.buffer.len()
    }

    /// How many octets of an announced literal have not arrived; 0 where none is awaited.
    ///
    /// As many can be read at once.
    ///
    /// ```
    /// use imap_codec::Framer;
    ///
    /// let mut framer = Framer::client(Default::default());
    /// framer.feed(b"* 1 FETCH (BODY[] {5000}\r\nhel");
    /// assert_eq!(framer.poll(), Ok(None));
    /// assert_eq!(framer.missing(), 4997);
    /// ```
    pub fn missing(&self) -> usize {
        let size = match self.state {
            State::Literal => self.message.at,
            State::SkippedLiteral(left, _) => usize::try_from(left).unwrap_or(usize::MAX),
            State::Streamed(left) => left,
            State::Announced(_) | State::Line | State::SkippedLine(_) => 0,
        };
        size.saturating_sub(self.buffer.len())
    }

    /// Whether the stream is between two messages and nothing of the next one has arrived.
    pub fn is_idle(&self) -> bool {
        self.buffer.is_empty() && self.state == State::Line && !self.message.is_part()
    }

    /// How many octets were looked at, for tests of the cost.
    #[doc(hidden)]
    pub const fn scanned(&self) -> u64 {
        self.scanned
    }

    /// Makes room for so many octets at least.
    #[cold]
    fn grow(&mut self, len: usize) {
        if !self.awaits_literal() {
            self.buffer.reserve(len.max(MIN_GROWTH));
            return;
        }
        let wanted = self.wanted().min(self.buffer.len().max(MIN_GROWTH));
        self.change_buffer(|octets| octets.reserve_exact(wanted.max(len)));
    }

    /// Octets that there should be room for in the end: what is missing of a literal and little more,
    /// since what follows a large one is copied out of its memory.
    ///
    /// At once there is room for as many as have arrived: memory does not follow what was announced.
    fn wanted(&self) -> usize {
        self.missing().saturating_add(BEHIND_LITERAL)
    }

    /// Has the buffer changed as a vector. That moves no octets to another place, but those behind a
    /// message that lives on.
    fn change_buffer<T>(&mut self, change: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let mut octets = Vec::from(mem::take(&mut self.buffer));
        let result = change(&mut octets);
        self.buffer = Bytes::from(octets).into();
        result
    }

    fn new(role: Role, limits: Limits) -> Self {
        Self {
            buffer: BytesMut::new(),
            role,
            limits,
            stream_threshold: None,
            state: State::Line,
            message: Message::default(),
            held: 0,
            scanned: 0,
            failed: None,
        }
    }
}

/// Shows no octets of the stream, since they may be secret.
impl fmt::Debug for Framer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Framer")
            .field("role", &self.role)
            .field("state", &self.state)
            .field("pending", &self.pending())
            .finish_non_exhaustive()
    }
}

/// What [`Framer::poll`] gives: a message, or a part of one that is streamed.
///
/// A streamed message is a `Head`, chunks of its literal, and a `Tail`; where it has more large
/// literals, a `Head` and chunks for each of them come before the `Tail`. The parts, put together,
/// are the message.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Framed {
    /// Octets of the literal that the last `Head` announced; never empty.
    Chunk(Bytes),
    /// A client waits to be asked for a literal: answer `+ ` and go on, or
    /// [refuse](Framer::refuse_literal) it. Read the command by [`Framer::partial`].
    ///
    /// Each synchronizing literal of a command gives this once; `{5+}` doesn't.
    Continuation {
        /// Octets announced.
        literal: usize,
    },
    /// A message, or the next part of one, up to the line end of the marker of a large literal.
    Head {
        /// The octets up to the literal, small literals among them.
        head: Bytes,
        /// How many octets follow in chunks, at least 1.
        literal: usize,
    },
    /// A whole message with its literals and its line end.
    Message(Bytes),
    /// The rest of a streamed message with its line end, small literals among it.
    Tail(Bytes),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Role {
    Client,
    Server,
}

/// Whether a framer of responses looks for literals in the message that begins with these octets.
pub(crate) fn may_have_literals(line: &[u8]) -> bool {
    Structure::of_response(line) == Structure::Data
}

/// Octets of room behind a literal: for the rest of its message, and the beginning of the next one.
const BEHIND_LITERAL: usize = 512;

/// Octets by which a copying framer grows at least.
const MIN_GROWTH: usize = 4096;

/// Octets of room for what is missing of a literal, if so many are.
///
/// Larger pieces are fewer calls of the system; a buffer that is kept has to hold one.
const MIN_ROOM: usize = 256 << 10;
const _: () = assert!(MIN_ROOM <= MAX_HELD);
