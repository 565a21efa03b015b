//! The states of a framer and the ways between them.

use bytes::{Buf as _, Bytes, BytesMut};
use memchr::memchr;

use super::marker::Marker;
use super::structure::Structure;
use super::{FrameError, FrameErrorKind, Framed, Framer, Role};

/// What the octets that come next are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum State {
    /// A synchronizing literal, if the server wants it.
    Announced(Literal),
    /// A part of a line.
    Line,
    /// A literal that is collected, up to [`Message::at`].
    Literal,
    /// So many octets of a literal to be thrown away, and then the rest of the message.
    SkippedLiteral(u64, Structure),
    /// A part of a line to be thrown away.
    SkippedLine(Structure),
    /// So many octets of a literal that is streamed.
    Streamed(usize),
}

impl State {
    /// Whether what comes is thrown away.
    pub(super) const fn skips(self) -> bool {
        matches!(self, Self::SkippedLine(_) | Self::SkippedLiteral(..))
    }
}

/// A literal within the limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Literal {
    size: usize,
    streamed: bool,
}

/// How far the message at the front of the buffer is known.
#[derive(Debug, Default)]
pub(super) struct Message {
    /// Octets at the front of the buffer that need no look any more.
    pub(super) at: usize,
    /// Where the current part of the line begins in the buffer.
    part: usize,
    /// Octets of the earlier parts of the line.
    text: usize,
    /// The kind of the message, known from its first marker on.
    structure: Option<Structure>,
    /// Whether a part of the message was given out.
    streamed: bool,
}

impl Message {
    /// Whether a literal of the message has been passed.
    pub(super) const fn is_part(&self) -> bool {
        self.part > 0 || self.streamed
    }
}

enum Step {
    Again,
    Give(Framed),
    Wait,
}

impl Framer {
    /// Goes from state to state until there is something to give out, or nothing to go on with.
    ///
    /// `plain` says that lines have no markers.
    pub(super) fn advance(&mut self, plain: bool) -> Result<Option<Framed>, FrameError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.held = self.held.max(self.buffer.len());
        loop {
            let step = match self.state {
                State::Announced(literal) => self.begin(literal),
                State::Line => self.line(plain)?,
                State::Literal => self.literal(),
                State::SkippedLine(structure) => self.skip_line(structure)?,
                State::SkippedLiteral(left, structure) => self.skip_literal(left, structure),
                State::Streamed(left) => self.stream(left),
            };
            match step {
                Step::Again => {}
                Step::Give(framed) => {
                    self.release();
                    return Ok(Some(framed));
                }
                Step::Wait => {
                    self.release();
                    return Ok(None);
                }
            }
        }
    }

    /// Whether octets of a literal that is collected have still to come: most pieces of a large one do
    /// nothing else than to be there.
    #[inline]
    pub(super) fn awaits_literal(&self) -> bool {
        self.state == State::Literal && self.buffer.len() < self.message.at
    }

    /// Forgets the message that has begun, but not its octets.
    pub(super) fn restart(&mut self) {
        self.state = State::Line;
        self.message = Message::default();
    }

    /// Takes octets off the front of the buffer.
    #[inline]
    pub(super) fn split(&mut self, len: usize) -> Bytes {
        self.buffer.split_to(len.min(self.buffer.len())).freeze()
    }

    /// Looks for the end of a line part: the end of the message, or a literal.
    #[inline]
    fn line(&mut self, plain: bool) -> Result<Step, FrameError> {
        let ended = self.find_line_end();
        self.check_text(plain, ended)?;
        if !ended {
            return Ok(Step::Wait);
        }
        match self.marker(plain) {
            Some((marker, structure)) => self.announce(marker, structure),
            None => Ok(Step::Give(self.finish())),
        }
    }

    /// Moves on to behind the next LF, or to the end of what has arrived.
    #[inline]
    fn find_line_end(&mut self) -> bool {
        let fresh = self.buffer.get(self.message.at..).unwrap_or_default();
        let found = memchr(b'\n', fresh);
        let step = found.map_or(fresh.len(), |index| index + 1);
        self.message.at += step;
        self.scanned += step as u64;
        found.is_some()
    }

    /// Refuses a line that is too long, or makes its message too large.
    #[inline]
    fn check_text(&mut self, plain: bool, ended: bool) -> Result<(), FrameError> {
        let Message { at, part, text, .. } = self.message;
        let room = part.saturating_add(self.limits.max_line - text.min(self.limits.max_line));
        let (limit, kind) = if room <= self.limits.max_message {
            (
                room,
                FrameErrorKind::LineTooLong {
                    limit: self.limits.max_line,
                },
            )
        } else {
            let limit = self.limits.max_message;
            (limit, FrameErrorKind::MessageTooLarge { limit })
        };
        if at <= limit {
            return Ok(());
        }
        let allowed = self.buffer.get(..limit).unwrap_or(&self.buffer);
        let structure = if plain {
            Structure::Text
        } else {
            self.structure(allowed)
        };
        let error = self.error(kind, limit, false);
        self.state = State::SkippedLine(structure.without_lists());
        // The line end, if it was found, is to be found again.
        self.message = Message {
            at: at - usize::from(ended),
            ..Message::default()
        };
        Err(error)
    }

    /// The marker at the end of the current part, when it counts as one.
    #[inline]
    fn marker(&self, plain: bool) -> Option<(Marker, Structure)> {
        let line = self.buffer.get(self.message.part..self.message.at)?;
        let (before, marker) = Marker::split(line)?;
        let structure = self.structure(line);
        (!plain && structure.admits(before, marker, !self.message.is_part()))
            .then_some((marker, structure))
    }

    /// The kind of the message, `line` being its first line or a part of that, if not known yet.
    fn structure(&self, line: &[u8]) -> Structure {
        self.message.structure.unwrap_or_else(|| match self.role {
            Role::Client => Structure::of_response(line),
            Role::Server => Structure::Command,
        })
    }

    /// Goes on behind the marker of a literal.
    fn announce(&mut self, marker: Marker, structure: Structure) -> Result<Step, FrameError> {
        self.message.structure = Some(structure);
        self.message.text += self.message.at - self.message.part;
        match self.measure(marker.size) {
            Ok(literal) if self.awaits(marker) => {
                self.state = State::Announced(literal);
                Ok(Step::Give(Framed::Continuation {
                    literal: literal.size,
                }))
            }
            Ok(literal) => Ok(self.begin(literal)),
            Err(kind) => Err(self.drop_literal(kind, marker, structure)),
        }
    }

    /// Whether the octets of a literal come only when the server asks for them.
    fn awaits(&self, marker: Marker) -> bool {
        marker.synchronizing && self.role == Role::Server
    }

    /// Compares a literal with the limits.
    fn measure(&self, size: u64) -> Result<Literal, FrameErrorKind> {
        let limit = self.limits.max_literal;
        let octets = usize::try_from(size).ok().filter(|octets| *octets <= limit);
        let octets = octets.ok_or(FrameErrorKind::LiteralTooLarge { size, limit })?;
        let streamed = self
            .stream_threshold
            .is_some_and(|threshold| octets > threshold);
        let limit = self.limits.max_message;
        if !streamed && octets > limit - self.message.at.min(limit) {
            return Err(FrameErrorKind::MessageTooLarge { limit });
        }
        Ok(Literal {
            size: octets,
            streamed,
        })
    }

    /// Begins to take a literal.
    fn begin(&mut self, Literal { size, streamed }: Literal) -> Step {
        if !streamed {
            self.message.at += size;
            self.state = State::Literal;
            return Step::Again;
        }
        let head = self.split(self.message.at);
        self.message = Message {
            at: 0,
            part: 0,
            streamed,
            ..self.message
        };
        self.state = State::Streamed(size);
        Step::Give(Framed::Head {
            head,
            literal: size,
        })
    }

    /// Drops the message of a literal that is too large.
    fn drop_literal(
        &mut self,
        kind: FrameErrorKind,
        marker: Marker,
        structure: Structure,
    ) -> FrameError {
        let fatal = !self.awaits(marker) && marker.size > MAX_SKIPPED;
        let error = self.error(kind, self.message.at, fatal);
        self.buffer.advance(self.message.at.min(self.buffer.len()));
        self.restart();
        if fatal {
            self.failed = Some(error.clone());
        } else if !self.awaits(marker) {
            self.state = State::SkippedLiteral(marker.size, structure.without_lists());
        }
        error
    }

    /// Waits until a collected literal is complete.
    fn literal(&mut self) -> Step {
        if self.awaits_literal() {
            return Step::Wait;
        }
        self.message.part = self.message.at;
        self.state = State::Line;
        Step::Again
    }

    /// Gives out what has arrived of a streamed literal.
    fn stream(&mut self, left: usize) -> Step {
        if left == 0 {
            self.state = State::Line;
            return Step::Again;
        }
        let chunk = self.split(left);
        if chunk.is_empty() {
            return Step::Wait;
        }
        self.state = State::Streamed(left - chunk.len());
        Step::Give(Framed::Chunk(chunk))
    }

    /// Throws away a part of a line; only a marker at its end is of interest.
    fn skip_line(&mut self, structure: Structure) -> Result<Step, FrameError> {
        if !self.find_line_end() {
            // A line end may follow a marker that has arrived.
            let useless = self.buffer.len().saturating_sub(Marker::MAX_LEN);
            self.buffer.advance(useless);
            self.message.at = self.buffer.len();
            return Ok(Step::Wait);
        }
        let line = self.buffer.get(..self.message.at).unwrap_or_default();
        let marker = Marker::split(line)
            .filter(|(before, marker)| structure.admits(before, *marker, false))
            .map(|(_, marker)| marker)
            .filter(|marker| !self.awaits(*marker));
        self.buffer.advance(self.message.at);
        self.restart();
        let Some(Marker { size, .. }) = marker else {
            return Ok(Step::Again);
        };
        if size > MAX_SKIPPED {
            let kind = FrameErrorKind::LiteralTooLarge {
                size,
                limit: self.limits.max_literal,
            };
            let error = self.error(kind, 0, true);
            self.failed = Some(error.clone());
            return Err(error);
        }
        self.state = State::SkippedLiteral(size, structure);
        Ok(Step::Again)
    }

    /// Throws away what has arrived of a literal.
    fn skip_literal(&mut self, left: u64, structure: Structure) -> Step {
        let arrived = self.buffer.len();
        let octets = usize::try_from(left).map_or(arrived, |left| left.min(arrived));
        self.buffer.advance(octets);
        let left = left - octets as u64;
        if left > 0 {
            self.state = State::SkippedLiteral(left, structure);
            return Step::Wait;
        }
        self.state = State::SkippedLine(structure);
        Step::Again
    }

    /// Gives out what ends at the current line end.
    #[inline]
    fn finish(&mut self) -> Framed {
        let bytes = self.split(self.message.at);
        let streamed = self.message.streamed;
        self.restart();
        if streamed {
            Framed::Tail(bytes)
        } else {
            Framed::Message(bytes)
        }
    }

    /// An error about the message at the front of the buffer, which has `len` octets.
    fn error(&self, kind: FrameErrorKind, len: usize, fatal: bool) -> FrameError {
        let head = if self.message.streamed {
            None
        } else {
            self.buffer.get(..len)
        };
        FrameError::new(kind, head.unwrap_or_default(), fatal)
    }

    /// Lets go of a large buffer once little is left in it.
    ///
    /// It would otherwise live as long as the framer, beside the messages that were cut from it.
    /// The copy is cheap: many times more octets went through the buffer before.
    #[inline]
    fn release(&mut self) {
        if self.held > MAX_HELD && self.buffer.len() <= MAX_HELD / 4 {
            self.buffer = BytesMut::from(&*self.buffer);
            self.held = self.buffer.len();
        }
    }
}

/// Octets of the largest literal that is thrown away as it arrives: 4 GiB.
const MAX_SKIPPED: u64 = 1 << 32;

/// Octets of a buffer that is kept though it is empty.
pub(super) const MAX_HELD: usize = 256 << 10;
