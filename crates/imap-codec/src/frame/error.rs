//! What makes a framer give up a message, or the stream.

use core::error::Error;
use core::{fmt, str};

use bytes::Bytes;
use imap_util::is_atom_char;

/// A message that is larger than the limits allow.
///
/// The message is dropped: what has arrived of it is forgotten, what still arrives is thrown away
/// as it comes, and the framer goes on with the next message. Only a [fatal](Self::is_fatal) error
/// ends the stream.
///
/// ```
/// use imap_codec::{Framed, Framer};
/// use imap_proto::Limits;
///
/// let mut framer = Framer::server(Limits { max_literal: 100, ..Limits::SERVER });
/// framer.feed(b"A1 APPEND box {101}\r\nA2 NOOP\r\n");
/// let error = framer.poll().unwrap_err();
/// assert_eq!(error.to_string(), "literal of 101 octets is larger than 100");
/// assert_eq!(error.tag(), Some("A1")); // S: A1 NO [TOOBIG] ...
/// assert_eq!(framer.poll(), Ok(Some(Framed::Message("A2 NOOP\r\n".into()))));
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct FrameError {
    kind: FrameErrorKind,
    head: Bytes,
    fatal: bool,
}

impl FrameError {
    pub(super) fn new(kind: FrameErrorKind, message: &[u8], fatal: bool) -> Self {
        let head = message.get(..MAX_HEAD).unwrap_or(message);
        Self {
            kind,
            head: Bytes::copy_from_slice(head),
            fatal,
        }
    }

    /// Which limit was passed.
    pub const fn kind(&self) -> FrameErrorKind {
        self.kind
    }

    /// Whether the stream cannot be read on; every later call then gives the same error.
    pub const fn is_fatal(&self) -> bool {
        self.fatal
    }

    /// The first octets of the message, 1024 at most.
    ///
    /// Empty when they were given out as [`Framed::Head`](crate::Framed::Head) before.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The tag of the command, for the answer to it; `None` when the message has no tag.
    ///
    /// ```abnf
    /// tag = 1*<any ASTRING-CHAR except "+">
    /// ```
    pub fn tag(&self) -> Option<&str> {
        let end = self.head.iter().position(|byte| *byte == b' ')?;
        let tag = self.head.get(..end).filter(|tag| !tag.is_empty())?;
        let is_tag_char = |byte: &u8| *byte != b'+' && (is_atom_char(*byte) || *byte == b']');
        str::from_utf8(tag)
            .ok()
            .filter(|_| tag.iter().all(is_tag_char))
    }
}

/// Shows no octets of the message beyond its tag, since they may be secret.
impl fmt::Debug for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameError")
            .field("kind", &self.kind)
            .field("tag", &self.tag())
            .field("fatal", &self.fatal)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl Error for FrameError {}

/// The limit that a message passed.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FrameErrorKind {
    /// A line is longer than [`Limits::max_line`](imap_proto::Limits::max_line).
    LineTooLong {
        /// Octets allowed, over all parts of the line between literals.
        limit: usize,
    },
    /// A literal is larger than [`Limits::max_literal`](imap_proto::Limits::max_literal).
    LiteralTooLarge {
        /// Octets announced; [`u64::MAX`] also for more.
        size: u64,
        /// Octets allowed.
        limit: usize,
    },
    /// A message is larger than [`Limits::max_message`](imap_proto::Limits::max_message).
    MessageTooLarge {
        /// Octets allowed, over all that is collected at a time.
        limit: usize,
    },
}

impl fmt::Display for FrameErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LineTooLong { limit } => write!(f, "line is longer than {limit} octets"),
            Self::LiteralTooLarge { size, limit } => {
                write!(f, "literal of {size} octets is larger than {limit}")
            }
            Self::MessageTooLarge { limit } => write!(f, "message is larger than {limit} octets"),
        }
    }
}

/// Octets kept of a message that is dropped.
const MAX_HEAD: usize = 1024;

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    const KIND: FrameErrorKind = FrameErrorKind::LineTooLong { limit: 9 };

    #[test]
    fn ok_tag_is_what_a_client_may_choose() {
        for (head, tag) in [
            ("A1 NOOP\r\n", Some("A1")),
            ("]! x", Some("]!")),
            ("A1", None),
            (" A1 NOOP", None),
            ("", None),
            ("+ x", None),
            ("A+ x", None),
            ("* OK", None),
            ("\u{e9} x", None),
        ] {
            assert_eq!(
                FrameError::new(KIND, head.as_bytes(), false).tag(),
                tag,
                "{head:?}"
            );
        }
    }

    #[test]
    fn ok_debug_keeps_the_secret() {
        let error = FrameError::new(KIND, b"A1 LOGIN joe sesame", false);
        assert_eq!(error.head(), b"A1 LOGIN joe sesame");
        assert_eq!(
            format!("{error:?}"),
            "FrameError { kind: LineTooLong { limit: 9 }, tag: Some(\"A1\"), fatal: false, .. }"
        );
    }

    #[test]
    fn ok_head_is_bounded() {
        assert_eq!(
            FrameError::new(KIND, &[b'x'; 9999], false).head().len(),
            MAX_HEAD
        );
    }

    #[test]
    fn ok_messages_name_the_limit() {
        for (kind, text) in [
            (KIND, "line is longer than 9 octets"),
            (
                FrameErrorKind::LiteralTooLarge { size: 10, limit: 9 },
                "literal of 10 octets is larger than 9",
            ),
            (
                FrameErrorKind::MessageTooLarge { limit: 9 },
                "message is larger than 9 octets",
            ),
        ] {
            assert_eq!(FrameError::new(kind, b"", true).to_string(), text);
        }
    }
}
