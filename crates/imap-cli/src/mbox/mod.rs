//! Files of many messages: mbox in its variant "mboxrd", with the flags in the header.
//!
//! Each message begins with a line such as `From ann@example.org Wed Jul 17 09:44:25 1996`, the date being
//! the internal one in UTC, and ends with an empty line. A line that begins with `From ` behind any number
//! of `>` gets one `>` more. Line ends are LF.
//!
//! The flags are in the last lines of the header, as mail programs of Unix have them: `Status` (`R` read,
//! `O` old), `X-Status` (`A` answered, `D` deleted, `F` flagged, `T` draft) and `X-Keywords`.

mod read;
mod status;
mod write;

pub(crate) use read::{Messages, Place};
pub(crate) use write::write;

/// How the line in front of each message begins.
const FROM: &[u8] = b"From ";
