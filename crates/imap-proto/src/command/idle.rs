//! DONE, which ends IDLE.

use super::whole;
use crate::arena::Arena;
use crate::error::{PResult, ParseError};
use crate::lexeme::{Context, Input, end, exact_word};
use crate::options::Options;

/// The line that ends [`Command::Idle`](super::Command::Idle): `DONE`.
///
/// It is no command, has no tag, and comes only once the server has answered IDLE with `+`:
///
/// ```text
/// C: a1 IDLE
/// S: + idling
/// S: * 4 EXISTS
/// C: DONE
/// S: a1 OK IDLE terminated
/// ```
///
/// [RFC 2177 section 3](https://www.rfc-editor.org/rfc/rfc2177#section-3)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Done;

impl Done {
    /// Reads the line, line end included, with [`Options::strict`].
    ///
    /// ```
    /// use imap_proto::Arena;
    /// use imap_proto::command::Done;
    ///
    /// let arena = Arena::new();
    /// assert_eq!(Done::parse(b"DONE\r\n", &arena), Ok(Done));
    /// assert!(Done::parse(b"a2 NOOP\r\n", &arena).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// If it is another line. The server then answers IDLE with BAD.
    pub fn parse(line: &[u8], arena: &Arena) -> Result<Self, ParseError> {
        Self::parse_with(line, arena, &Options::strict())
    }

    /// Reads the line with these options.
    ///
    /// # Errors
    ///
    /// If it is another line; see [`Done::parse`].
    pub fn parse_with(line: &[u8], arena: &Arena, options: &Options) -> Result<Self, ParseError> {
        whole(line, arena, options, done)
    }
}

/// `idle = "IDLE" CRLF "DONE"`, the first line being taken
fn done(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Done> {
    cx.set_rule("DONE line");
    exact_word(i, "DONE")?;
    end(i, cx)?;
    Ok(Done)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::Done;
    use crate::{Arena, Options, Quirk};

    #[test]
    fn ok_done_in_any_case() {
        for line in [b"DONE\r\n", b"done\r\n", b"Done\r\n"] {
            assert_eq!(Done::parse(line, &Arena::new()), Ok(Done));
        }
    }

    #[test]
    fn err_what_is_not_done() {
        for (line, error) in [
            ("", "expected keyword at byte 0 of DONE line"),
            ("\r\n", "expected keyword at byte 0 of DONE line"),
            ("DONE", "expected end of line at byte 4 of DONE line"),
            ("DONE x\r\n", "expected end of line at byte 4 of DONE line"),
            ("DONEX\r\n", "expected keyword at byte 0 of DONE line"),
            ("a DONE\r\n", "expected keyword at byte 0 of DONE line"),
            (
                "DONE\r\nDONE\r\n",
                "expected end of message at byte 6 of DONE line",
            ),
        ] {
            let arena = Arena::new();
            let read = Done::parse_with(line.as_bytes(), &arena, &Options::lenient());
            assert_eq!(read.unwrap_err().to_string(), error, "{line:?}");
        }
    }

    #[test]
    fn quirk_bare_line_feed_behind_done() {
        let arena = Arena::new();
        assert!(Done::parse(b"DONE\n", &arena).is_err());
        assert_eq!(
            Done::parse_with(b"DONE\n", &arena, &Options::lenient()),
            Ok(Done)
        );
        let used = arena.used_quirks();
        assert!(
            used.as_slice()
                .iter()
                .all(|u| u.quirk == Quirk::BareLineFeed)
        );
        assert_eq!(used.as_slice().len(), 1);
    }
}
