//! Turning values into what goes on the wire.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use imap_proto::Tag;

use crate::command;

/// A value that can be written to the wire.
///
/// Implemented for every value of the grammar: what a client parses, a server encodes, and the other
/// way round. Use [`encode_command`] and [`encode_response`] for whole messages.
pub trait Encode {
    /// Writes the value to the end of `out`.
    ///
    /// What cannot be written, such as a NUL in a string, is remembered by `out` and reported when it
    /// is finished.
    fn encode(&self, out: &mut Encoder);
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut Encoder) {
        (**self).encode(out);
    }
}

/// What the receiver of an encoded message understands, and what the sender allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct EncodeOptions {
    /// How literals are announced.
    pub literals: LiteralMode,
    /// Whether quoted strings may hold UTF-8, as after `ENABLE UTF8=ACCEPT` or `IMAP4rev2`.
    pub utf8: bool,
    /// Whether strings may hold CR and LF, which makes literals of them.
    ///
    /// A client has no use for them in arguments, and refusing them keeps a text that came from
    /// elsewhere from reaching deeper than it should. Messages in APPEND are not affected.
    pub line_breaks: bool,
}

impl EncodeOptions {
    /// For commands to a server of which nothing is known.
    pub const CLIENT: Self = Self {
        literals: LiteralMode::Synchronizing,
        utf8: false,
        line_breaks: false,
    };

    /// For responses.
    pub const SERVER: Self = Self {
        literals: LiteralMode::Response,
        utf8: false,
        line_breaks: true,
    };

    /// The same with another way to announce literals.
    #[must_use]
    pub const fn with_literals(self, literals: LiteralMode) -> Self {
        Self { literals, ..self }
    }

    /// The same with UTF-8 in quoted strings or without.
    #[must_use]
    pub const fn with_utf8(self, utf8: bool) -> Self {
        Self { utf8, ..self }
    }

    /// The same with CR and LF in strings allowed or not.
    #[must_use]
    pub const fn with_line_breaks(self, line_breaks: bool) -> Self {
        Self {
            line_breaks,
            ..self
        }
    }
}

/// How literals are announced.
///
/// [RFC 9051 section 4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3),
/// [RFC 7888](https://www.rfc-editor.org/rfc/rfc7888)
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LiteralMode {
    /// `{n}`, and the sender waits for `+` before it goes on: what every server understands.
    #[default]
    Synchronizing,
    /// `{n+}` up to 4096 octets, else `{n}` and waiting: `LITERAL-` and `IMAP4rev2`.
    NonSynchronizingSmall,
    /// `{n+}`, no waiting: `LITERAL+`.
    NonSynchronizing,
    /// `{n}`, no waiting: what servers send.
    Response,
}

/// Body structures and search keys inside each other. Few receivers read as many.
const MAX_DEPTH: u8 = 255;

/// The largest literal that `LITERAL-` allows without waiting, in octets.
const LITERAL_MINUS_MAX: u64 = 4096;

/// Collects one or several messages in one growing buffer.
///
/// ```
/// use imap_codec::{Encode, EncodeOptions, Encoder};
/// use imap_proto::IString;
///
/// let mut out = Encoder::new(EncodeOptions::SERVER);
/// IString::from("a \"quoted\" text").encode(&mut out);
/// assert_eq!(out.finish()?.into_bytes(), br#""a \"quoted\" text""#);
/// # Ok::<(), imap_codec::EncodeError>(())
/// ```
#[derive(Clone)]
pub struct Encoder {
    bytes: Vec<u8>,
    pauses: Vec<usize>,
    secret: Option<Range<usize>>,
    options: EncodeOptions,
    argument: &'static str,
    depth: u8,
    error: Option<EncodeError>,
}

impl Encoder {
    /// An empty encoder.
    pub const fn new(options: EncodeOptions) -> Self {
        Self::with_buffer(options, Vec::new())
    }

    /// An encoder that goes on at the end of `buffer`, whose memory it uses.
    #[inline]
    pub const fn with_buffer(options: EncodeOptions, buffer: Vec<u8>) -> Self {
        Self {
            bytes: buffer,
            pauses: Vec::new(),
            secret: None,
            options,
            argument: "argument",
            depth: 0,
            error: None,
        }
    }

    /// What the receiver understands.
    pub const fn options(&self) -> &EncodeOptions {
        &self.options
    }

    /// The message, if everything in it could be written.
    ///
    /// # Errors
    ///
    /// The first thing that could not be written.
    #[inline]
    pub fn finish(self) -> Result<Encoded, EncodeError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(Encoded {
                bytes: self.bytes,
                pauses: self.pauses,
                secret: self.secret,
            }),
        }
    }

    /// Says which argument is being written, for errors.
    #[inline(always)]
    pub(crate) fn argument(&mut self, name: &'static str) {
        self.argument = name;
    }

    /// Remembers that something cannot be written.
    #[cold]
    pub(crate) fn refuse(&mut self, offset: usize, reason: Reason) {
        let error = EncodeError {
            argument: self.argument,
            offset,
            reason,
        };
        self.error.get_or_insert(error);
    }

    /// Remembers that the argument being written is empty and must not be.
    pub(crate) fn refuse_empty(&mut self) {
        self.refuse(0, Reason::Empty);
    }

    /// Remembers that something is of a kind which the grammar has got since this was written.
    #[cold]
    pub(crate) fn refuse_unknown(&mut self) {
        self.refuse(0, Reason::Unknown);
    }

    /// How many octets are written.
    #[inline(always)]
    pub(crate) fn position(&self) -> usize {
        self.bytes.len()
    }

    /// What was written from `start` on.
    pub(crate) fn written_from(&self, start: usize) -> &[u8] {
        self.bytes.get(start..).unwrap_or_default()
    }

    /// Notes that the sender has to wait in front of the octet at `position`.
    pub(crate) fn pause(&mut self, position: usize) {
        self.pauses.push(position);
    }

    /// Notes that what was written from `start` on is secret, and all since the first secret with it.
    #[inline]
    pub(crate) fn secret_from(&mut self, start: usize) {
        let start = self.secret.as_ref().map_or(start, |secret| secret.start);
        self.secret = Some(start..self.position());
    }

    /// Writes something that can hold others of its kind, not deeper than [`MAX_DEPTH`].
    #[inline]
    pub(crate) fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            return self.refuse(0, Reason::Nesting);
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Octets that are syntax, or are known to be good where they go.
    #[inline(always)]
    pub(crate) fn raw(&mut self, octets: &[u8]) {
        self.bytes.extend_from_slice(octets);
    }

    /// Takes back what was written behind the first `len` octets.
    #[inline(always)]
    pub(crate) fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// A number in decimal.
    #[inline]
    pub(crate) fn number(&mut self, mut n: u64) {
        let mut digits = [0; 20];
        let mut used = 0;
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (n % 10) as u8;
            n /= 10;
            used += 1;
            if n == 0 {
                break;
            }
        }
        self.raw(digits.get(digits.len() - used..).unwrap_or_default());
    }

    /// Values with `separator` between.
    #[inline]
    pub(crate) fn joined<T: Encode>(&mut self, values: &[T], separator: &[u8]) {
        for (n, value) in values.iter().enumerate() {
            if n > 0 {
                self.raw(separator);
            }
            value.encode(self);
        }
    }

    /// Values with blanks between, in parentheses.
    #[inline]
    pub(crate) fn list<T: Encode>(&mut self, values: &[T]) {
        self.raw(b"(");
        self.joined(values, b" ");
        self.raw(b")");
    }

    /// The same, or `NIL` if there are no values.
    #[inline]
    pub(crate) fn list_or_nil<T: Encode>(&mut self, values: &[T]) {
        if values.is_empty() {
            self.raw(b"NIL");
        } else {
            self.list(values);
        }
    }

    /// A value, or `NIL`.
    #[inline]
    pub(crate) fn or_nil<T: Encode>(&mut self, value: Option<T>) {
        match value {
            Some(value) => value.encode(self),
            None => self.raw(b"NIL"),
        }
    }

    /// A literal with its announcement, whatever is in it but for NUL.
    pub(crate) fn literal(&mut self, octets: &[u8]) {
        if let Some(offset) = octets.iter().position(|b| *b == 0) {
            return self.refuse(offset, Reason::Nul);
        }
        if self.announce(octets.len()) {
            self.pause(self.position());
        }
        self.raw(octets);
    }

    /// A literal8 with its announcement, whatever is in it.
    pub(crate) fn literal8(&mut self, octets: &[u8]) {
        self.raw(b"~");
        if self.announce(octets.len()) {
            self.pause(self.position());
        }
        self.raw(octets);
    }

    /// `{n}` or `{n+}` with its line end; tells whether the sender has to wait behind it.
    fn announce(&mut self, length: usize) -> bool {
        let wait = self.marker(length as u64);
        self.raw(b"\r\n");
        wait
    }

    /// Writes the marker of a literal without its line end, and tells whether the client has to wait
    /// behind that.
    pub(crate) fn marker(&mut self, length: u64) -> bool {
        let (plus, wait): (&[u8], _) = match self.options.literals {
            LiteralMode::Response => (b"", false),
            LiteralMode::NonSynchronizing => (b"+", false),
            LiteralMode::NonSynchronizingSmall if length <= LITERAL_MINUS_MAX => (b"+", false),
            LiteralMode::NonSynchronizingSmall | LiteralMode::Synchronizing => (b"", true),
        };
        self.raw(b"{");
        self.number(length);
        self.raw(plus);
        self.raw(b"}");
        wait
    }
}

impl fmt::Debug for Encoder {
    /// Does not show what was written: there may be passwords in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut encoder = f.debug_struct("Encoder");
        encoder
            .field("octets", &self.bytes.len())
            .field("error", &self.error);
        encoder.finish_non_exhaustive()
    }
}

/// A message as it goes on the wire, where its sender has to wait, and what of it is secret.
#[derive(Clone, Eq, PartialEq)]
pub struct Encoded {
    bytes: Vec<u8>,
    pauses: Vec<usize>,
    secret: Option<Range<usize>>,
}

impl Encoded {
    /// All octets.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All octets.
    #[inline]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The places, as octets in front of them, where a client waits for `+` before it goes on.
    ///
    /// A literal stands behind each. If the server answers NO or BAD instead, the rest is not sent.
    pub fn pauses(&self) -> &[usize] {
        &self.pauses
    }

    /// The place of what nobody should see who looks at the message, announcements of literals included.
    ///
    /// It is the password of LOGIN, what the client says in AUTHENTICATE, or URLs with which everybody
    /// can read a message, from the first to the last; of a command that is written as it is, the
    /// arguments of LOGIN and AUTHENTICATE. An AUTHENTICATE that says nothing yet has an empty place at
    /// its end, since secrets follow it.
    ///
    /// ```
    /// use imap_codec::{EncodeOptions, encode_command};
    /// use imap_proto::Tag;
    /// use imap_proto::command::{Command, Login};
    ///
    /// let login = Command::Login(Login { user_name: "ann".into(), password: "x y".into() });
    /// let encoded = encode_command(Tag::new("a1").unwrap(), &login, EncodeOptions::CLIENT)?;
    /// assert_eq!(encoded.as_bytes(), b"a1 LOGIN ann \"x y\"\r\n");
    /// assert_eq!(encoded.secret(), Some(13..18));
    /// # Ok::<(), imap_codec::EncodeError>(())
    /// ```
    pub fn secret(&self) -> Option<Range<usize>> {
        self.secret.clone()
    }

    /// The pieces between the pauses: each but the first may be sent after a `+` only.
    ///
    /// ```
    /// use imap_codec::{EncodeOptions, encode_command};
    /// use imap_proto::Tag;
    /// use imap_proto::command::{Command, Login};
    ///
    /// let login = Command::Login(Login { user_name: "ann".into(), password: "pä".into() });
    /// let encoded = encode_command(Tag::new("a1").unwrap(), &login, EncodeOptions::CLIENT)?;
    /// let parts: Vec<&[u8]> = encoded.parts().collect();
    /// assert_eq!(parts, [&b"a1 LOGIN ann {3}\r\n"[..], "pä\r\n".as_bytes()]);
    /// # Ok::<(), imap_codec::EncodeError>(())
    /// ```
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.pauses.iter().copied().chain([self.bytes.len()]);
        let mut start = 0;
        ends.filter_map(move |end| {
            let part: Range<usize> = start..end;
            start = end;
            self.bytes.get(part)
        })
    }
}

impl fmt::Debug for Encoded {
    /// Does not show the octets: there may be passwords in them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut encoded = f.debug_struct("Encoded");
        encoded
            .field("octets", &self.bytes.len())
            .field("pauses", &self.pauses)
            .finish()
    }
}

/// Something that cannot be written to the wire.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EncodeError {
    /// The argument that it is in, such as `mailbox`.
    pub argument: &'static str,
    /// Octets in front of the place in the argument.
    pub offset: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// Why something cannot be written.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// CR or LF.
    LineBreak,
    /// NUL, which no string can hold.
    Nul,
    /// Nothing where there has to be something: an empty list of items, keys or flags.
    Empty,
    /// Body structures or search keys that are nested more than 255 deep.
    Nesting,
    /// What the grammar does not have: octets that are not balanced in an argument that is written as
    /// it is, `MIME` without a part, a text part of another media type.
    Syntax,
    /// A variant that the grammar got after this version of the encoder.
    Unknown,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            argument,
            offset,
            reason,
        } = self;
        match reason {
            Reason::LineBreak => write!(f, "line break at byte {offset} of {argument}"),
            Reason::Nul => write!(f, "NUL at byte {offset} of {argument}"),
            Reason::Empty => write!(f, "{argument} is empty"),
            Reason::Nesting => write!(f, "{argument} is nested too deeply"),
            Reason::Syntax => write!(f, "syntax error at byte {offset} of {argument}"),
            Reason::Unknown => write!(f, "{argument} is of an unknown kind"),
        }
    }
}

impl core::error::Error for EncodeError {}

/// Octets that there is room for at once; most messages are shorter.
const ROOM: usize = 64;

/// Encodes a command with its tag and line end.
///
/// # Errors
///
/// If an argument holds what cannot be sent; nothing is to be sent then.
///
/// # Example
///
/// ```
/// use imap_codec::{EncodeOptions, encode_command};
/// use imap_proto::{Mailbox, Tag};
/// use imap_proto::command::{Command, Select};
///
/// let select = |name| Command::Select(Select { mailbox: Mailbox::from(name), parameters: &[] });
/// let command = select("Lunch plans");
/// let encoded = encode_command(Tag::new("a1").unwrap(), &command, EncodeOptions::CLIENT)?;
/// assert_eq!(encoded.as_bytes(), b"a1 SELECT \"Lunch plans\"\r\n");
///
/// let evil = select("x\r\na2 DELETE INBOX");
/// let error = encode_command(Tag::new("a1").unwrap(), &evil, EncodeOptions::CLIENT).unwrap_err();
/// assert_eq!(error.to_string(), "line break at byte 1 of mailbox");
/// # Ok::<(), imap_codec::EncodeError>(())
/// ```
pub fn encode_command<C: Encode + ?Sized>(
    tag: Tag<'_>,
    command: &C,
    options: EncodeOptions,
) -> Result<Encoded, EncodeError> {
    let mut out = Encoder::with_buffer(options, Vec::with_capacity(ROOM));
    command::tagged(tag, command, &mut out);
    out.finish()
}

/// Encodes a response with its line end, as a server sends it.
///
/// # Errors
///
/// If it holds what cannot be sent.
///
/// # Example
///
/// ```
/// use imap_codec::encode_response;
/// use imap_proto::Response;
///
/// assert_eq!(encode_response(&Response::Exists(23))?, b"* 23 EXISTS\r\n");
/// # Ok::<(), imap_codec::EncodeError>(())
/// ```
pub fn encode_response<R: Encode + ?Sized>(response: &R) -> Result<Vec<u8>, EncodeError> {
    let mut out = Encoder::with_buffer(EncodeOptions::SERVER, Vec::with_capacity(ROOM));
    response.encode(&mut out);
    out.finish().map(Encoded::into_bytes)
}
