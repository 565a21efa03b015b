//! Where a message may hold a literal, told from the beginning of the message alone.
//!
//! Quotes are not counted, and need not be: a quoted string cannot hold CR LF, so the end of a
//! well-formed line is never inside one. Where the quotes of a line don't pair, a server has
//! forgotten to escape one (`("5" disk" ...) BODY[] {1234}`), which is common, rather than broken
//! a line inside of a string, which isn't; taking the marker for text would then have the octets
//! of somebody's mail read as responses.

use imap_util::is_atom_char;

use super::marker::Marker;

/// The kind of a message, as far as it decides which markers count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Structure {
    /// A status response whose code lists the character sets a server knows:
    /// `* NO [BADCHARSET ({5}`. Literals end with the list.
    Charsets,
    /// A command.
    Command,
    /// An untagged response with data.
    Data,
    /// Words for people, or no IMAP at all: nothing is a literal.
    Text,
}

impl Structure {
    /// Tells the kind of a response from its first line, or from the first part of that line.
    pub(super) fn of_response(line: &[u8]) -> Self {
        if charset_list(line).is_some() {
            return Self::Charsets;
        }
        match line
            .strip_prefix(b"*")
            .map(|rest| (rest, rest.trim_ascii_start()))
        {
            Some((rest, data)) if rest.len() > data.len() => match data.first() {
                // quirk: MissingCondition
                Some(b'[') => Self::Text,
                Some(byte) if is_atom_char(*byte) && after_status(data).is_none() => Self::Data,
                _ => Self::Text,
            },
            _ => Self::Text,
        }
    }

    /// Whether a marker announces a literal, `before` being the line in front of it.
    ///
    /// `first` says that the line begins the message; otherwise it follows a literal.
    pub(super) fn admits(self, before: &[u8], marker: Marker, first: bool) -> bool {
        match self {
            Self::Charsets => {
                let list = if first {
                    charset_list(before)
                } else {
                    Some(before)
                };
                list.is_some_and(is_open) && is_boundary(before, first)
            }
            // RFC 7888 3: a server looks for this form at the end of every line.
            Self::Command if !marker.synchronizing => true,
            Self::Command | Self::Data => is_boundary(before, first),
            Self::Text => false,
        }
    }

    /// The kind that the rest of a message has when it is thrown away in pieces.
    ///
    /// Where a list of character sets ends can't be told from the end of a line alone.
    pub(super) fn without_lists(self) -> Self {
        if self == Self::Charsets {
            Self::Text
        } else {
            self
        }
    }
}

/// Whether a value may begin after these octets: after a blank, an opening bracket, or a literal.
///
/// A word such as `name{5}` is a word, though one that should have been quoted. A section or its
/// origin in front, as in `BODY[]{5}`, only lacks its blank.
fn is_boundary(before: &[u8], first: bool) -> bool {
    match before.last() {
        Some(byte) => matches!(byte, b' ' | b'\t' | b'(' | b'[' | b']' | b'>'),
        None => !first,
    }
}

/// The octets behind the parenthesis of `* NO [BADCHARSET (` or `A1 NO [BADCHARSET (`.
fn charset_list(line: &[u8]) -> Option<&[u8]> {
    let blank = line
        .iter()
        .position(|b| *b == b' ')
        .filter(|_| !line.starts_with(b"+"))?;
    let status = line.get(blank..)?.trim_ascii_start();
    let code = after_status(status)?
        .trim_ascii_start()
        .strip_prefix(b"[")?;
    strip_word(code, b"BADCHARSET")?
        .trim_ascii_start()
        .strip_prefix(b"(")
}

/// Whether a list goes on at the end of these octets, which are inside it at their start.
fn is_open(list: &[u8]) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    !list.iter().any(|byte| {
        let ends = *byte == b')' && !quoted;
        quoted ^= *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}

/// The octets behind the condition of a status response.
fn after_status(response: &[u8]) -> Option<&[u8]> {
    STATUS.iter().find_map(|word| {
        strip_word(response, word)
            .filter(|rest| rest.first().is_none_or(|byte| b" \t\r\n[".contains(byte)))
    })
}

fn strip_word<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

const STATUS: [&[u8]; 5] = [b"OK", b"NO", b"BAD", b"BYE", b"PREAUTH"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_of_response_knows_text() {
        for line in [
            "* OK see {5}\r\n",
            "* ok see {5}\r\n",
            "* NO {5}\r\n",
            "* BAD\r\n",
            "* BYE\n",
            "* PREAUTH",
            "*  OK two blanks {5}\r\n",
            "* OK[ALERT] no blank {5}\r\n",
            "* OK [BADCHARSET] {5}\r\n",
            "* OK [UNSEEN 5] {5}\r\n",
            "* [ALERT] {5}\r\n",
            "* [COPYUID 1 2 3]\r\n",
            "a1 OK {5}\r\n",
            "a1 no [ALERT] {5}\r\n",
            "a1 FETCH {5}\r\n",
            "+ {5}\r\n",
            "+ OK [BADCHARSET ({5}\r\n",
            "+\r\n",
            "*\r\n",
            "* \r\n",
            "* {5}\r\n",
            "*1 FETCH {5}\r\n",
            "Server Unavailable. {5}\r\n",
            "{5}\r\n",
            "\r\n",
            "",
        ] {
            assert_eq!(
                Structure::of_response(line.as_bytes()),
                Structure::Text,
                "{line:?}"
            );
        }
    }

    #[test]
    fn ok_of_response_knows_data() {
        for line in [
            "* 1 FETCH (BODY[] {5}\r\n",
            "*  1 FETCH (BODY[] {5}\r\n",
            "* LIST () \"/\" {5}\r\n",
            "* OKAY {5}\r\n",
            "* NOTES {5}\r\n",
            "* BYE-BYE {5}\r\n",
            "* FOO {5}\r\n",
        ] {
            assert_eq!(
                Structure::of_response(line.as_bytes()),
                Structure::Data,
                "{line:?}"
            );
        }
    }

    #[test]
    fn ok_of_response_knows_charset_lists() {
        for line in [
            "* NO [BADCHARSET ({5}\r\n",
            "a1 NO [badcharset ({5}\r\n",
            "* BAD  [BADCHARSET  (x {5}\r\n",
            "* NO [BADCHARSET (x)] see {5}\r\n",
        ] {
            assert_eq!(
                Structure::of_response(line.as_bytes()),
                Structure::Charsets,
                "{line:?}"
            );
        }
    }

    #[test]
    fn ok_literals_stand_where_values_begin() {
        for (before, admitted) in [
            ("* 1 FETCH (BODY[] ", true),
            ("* 1 FETCH (BODY[HEADER.FIELDS (", true),
            ("* 1 FETCH (BODY[]", true),
            ("* 1 FETCH (BODY[]<0>", true),
            ("* X [", true),
            ("* 1 FETCH (ENVELOPE (\"5\" disk\" ", true),
            ("* LIST () \"/\" name", false),
            ("* LIST () \"/\" \"name\"", false),
            ("* X {5}", false),
        ] {
            let admits = |structure: Structure, synchronizing| {
                structure.admits(
                    before.as_bytes(),
                    Marker {
                        size: 5,
                        synchronizing,
                    },
                    true,
                )
            };
            assert_eq!(admits(Structure::Data, true), admitted, "{before:?}");
            assert_eq!(admits(Structure::Data, false), admitted, "{before:?}");
            assert_eq!(admits(Structure::Command, true), admitted, "{before:?}");
            assert!(admits(Structure::Command, false), "{before:?}");
            assert!(!admits(Structure::Text, true), "{before:?}");
        }
    }

    #[test]
    fn ok_literal_directly_after_a_literal() {
        let marker = Marker {
            size: 5,
            synchronizing: true,
        };
        assert!(Structure::Data.admits(b"", marker, false));
        assert!(!Structure::Command.admits(b"", marker, true));
    }

    #[test]
    fn ok_charset_list_ends_at_its_parenthesis() {
        let marker = Marker {
            size: 5,
            synchronizing: true,
        };
        for (before, first, admitted) in [
            ("* NO [BADCHARSET (", true, true),
            ("* NO [BADCHARSET (utf-8 ", true, true),
            ("* NO [BADCHARSET (\"a)\\\")\" ", true, true),
            ("* NO [BADCHARSET (utf-8)] see ", true, false),
            ("* NO [BADCHARSET (\"a\\\\\")] see ", true, false),
            (" ", false, true),
            (" utf-8 ", false, true),
            (")] see ", false, false),
        ] {
            let admits = Structure::Charsets.admits(before.as_bytes(), marker, first);
            assert_eq!(admits, admitted, "{before:?}");
        }
    }
}
