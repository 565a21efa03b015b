//! How much to read and what to forgive.

use crate::quirks::Quirks;

/// How a message is read: limits, tolerances and the meaning of 8-bit text.
///
/// The default suits a client that talks to servers as they are. A server, or a program that checks
/// others, takes [`Options::strict`].
///
/// ```
/// use imap_proto::{Arena, Options, Response};
///
/// let arena = Arena::new();
/// let frame = b"* OK\r\n"; // a blank and a text are missing
/// assert!(Response::parse(frame, &arena).is_ok());
/// assert!(Response::parse_with(frame, &arena, &Options::strict()).is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How large things may be.
    pub limits: Limits,
    /// Which errors of the other side are forgiven.
    pub quirks: Quirks,
    /// Whether quoted strings may hold UTF-8, as after `ENABLE UTF8=ACCEPT` or `IMAP4rev2`.
    pub utf8: bool,
}

impl Options {
    /// The default limits, and every known error of servers forgiven.
    pub const fn lenient() -> Self {
        Self {
            limits: Limits::DEFAULT,
            quirks: Quirks::lenient(),
            utf8: false,
        }
    }

    /// The default limits, and nothing forgiven.
    pub const fn strict() -> Self {
        Self {
            limits: Limits::DEFAULT,
            quirks: Quirks::strict(),
            utf8: false,
        }
    }

    /// The same with other limits.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same with other tolerances.
    #[must_use]
    pub const fn with_quirks(self, quirks: Quirks) -> Self {
        Self { quirks, ..self }
    }

    /// The same with UTF-8 in quoted strings allowed or not.
    #[must_use]
    pub const fn with_utf8(self, utf8: bool) -> Self {
        Self { utf8, ..self }
    }
}

/// How large things may be before reading them is refused.
///
/// The first three bound what a framer collects; the others bound what the grammar makes of one
/// message. Nothing is ever allocated because a peer announced it: memory follows what has arrived.
///
/// ```
/// use imap_proto::Limits;
///
/// let limits = Limits { max_literal: 32 << 20, ..Limits::default() };
/// assert!(limits.max_line < limits.max_literal);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// Octets of one line, literals not counted. Default: 16 MiB.
    pub max_line: usize,
    /// Octets of one literal. Default: 1 GiB.
    pub max_literal: usize,
    /// Octets of one message with all of its literals. Default: 1 GiB + 16 MiB.
    pub max_message: usize,
    /// Lists inside lists: body structures, search keys. Default: 64.
    ///
    /// Reading a level takes up to 1 KiB of stack, without optimization up to 3 KiB.
    pub max_depth: u8,
    /// Threads inside threads of a THREAD response. Default: 255.
    pub max_thread_depth: u8,
    /// List elements of one message, over all of its lists. Default: 1,000,000.
    ///
    /// The numbers of a SEARCH response are not counted: they cannot take more than twice the
    /// memory that they took on the wire.
    pub max_elements: u32,
    /// Octets that an arena may grow by for the values of one message. Default: 64 MiB.
    ///
    /// An arena that is reset between messages never holds more than twice as much.
    pub max_arena: usize,
}

impl Limits {
    /// What [`Limits::default`] gives.
    pub const DEFAULT: Self = Self {
        max_line: 16 << 20,
        max_literal: 1 << 30,
        max_message: (1 << 30) + (16 << 20),
        max_depth: 64,
        max_thread_depth: u8::MAX,
        max_elements: 1_000_000,
        max_arena: 64 << 20,
    };

    /// Limits for the commands that a server reads: lines of 64 KiB, literals of 64 MiB.
    pub const SERVER: Self = Self {
        max_line: 64 << 10,
        max_literal: 64 << 20,
        max_message: 65 << 20,
        max_depth: 64,
        max_thread_depth: u8::MAX,
        max_elements: 50_000,
        max_arena: 4 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
