//! What can be wrong with a message, and where.

use alloc::string::String;
use core::fmt;

use winnow::error::ParserError;

/// Why a message could not be read: where, in which production, and what was expected there.
///
/// Offsets count octets from the start of the parsed slice, so [`ParseError::render`] can draw the
/// place. The value borrows nothing and can be kept.
///
/// # Example
///
/// ```
/// use imap_proto::{Arena, Response};
///
/// let arena = Arena::new();
/// let frame = b"* LIST () \"/\" )\r\n";
/// let error = Response::parse(frame, &arena).unwrap_err();
/// assert_eq!(error.offset, 14);
/// assert_eq!(error.to_string(), "expected string or atom at byte 14 of LIST response");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ParseError {
    /// Octets in front of the place where reading stopped.
    pub offset: usize,
    /// The production that was being read, such as `LIST response`.
    pub rule: &'static str,
    /// What would have been right there.
    pub expected: Expected,
}

impl ParseError {
    /// Describes the error together with the place in `input`, the slice that was parsed.
    ///
    /// The text has three lines: the message with what was found, the surrounding line of input
    /// with unprintable octets escaped, and a caret under the offending octet.
    ///
    /// ```
    /// use imap_proto::{Arena, Response};
    ///
    /// let error = Response::parse(b"* LIST () 5 INBOX\r\n", &Arena::new()).unwrap_err();
    /// assert_eq!(
    ///     error.render(b"* LIST () 5 INBOX\r\n"),
    ///     "expected delimiter at byte 10 of LIST response, found `5`\n\
    ///      * LIST () 5 INBOX\n\
    ///      \u{20}         ^"
    /// );
    /// ```
    pub fn render(&self, input: &[u8]) -> String {
        use fmt::Write as _;

        let offset = self.offset.min(input.len());
        let (before, after) = input.split_at(offset);
        let start = before
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |n| n + 1);
        let start = start.max(offset.saturating_sub(SHOWN));
        let before = before.get(start..).unwrap_or_default();
        let end = after
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n'))
            .unwrap_or(after.len());
        let shown = after.get(..end.min(SHOWN)).unwrap_or_default();
        let mut text = String::new();
        let found = match after.first() {
            Some(byte) => alloc::format!("`{}`", byte.escape_ascii()),
            None => String::from("the end"),
        };
        let column = before.escape_ascii().count();
        // cannot fail: writing to a String
        let _ = write!(
            text,
            "{self}, found {found}\n{}{}\n{:column$}^",
            before.escape_ascii(),
            shown.escape_ascii(),
            ""
        );
        text
    }
}

/// Octets of input that [`ParseError::render`] shows at each side of the place.
const SHOWN: usize = 60;

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected {} at byte {} of {}",
            self.expected, self.offset, self.rule
        )
    }
}

impl core::error::Error for ParseError {}

/// What the grammar wanted at the place of a [`ParseError`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
// A whole word, so that results with a `Fail` in them move in words.
#[repr(u64)]
pub enum Expected {
    /// An atom: one or more characters that need no quoting.
    Atom,
    /// A base64 text.
    Base64,
    /// `]`
    CloseBracket,
    /// `)`
    CloseParen,
    /// The colon of a range.
    Colon,
    /// CR LF.
    Crlf,
    /// A date such as `1-Feb-1994`.
    Date,
    /// A date and time such as `"17-Jul-1996 02:44:25 -0700"`.
    DateTime,
    /// A hierarchy delimiter: one quoted character, or `NIL`.
    Delimiter,
    /// The end of the message.
    End,
    /// `\"` or `\\`: nothing else may be escaped in a quoted string.
    EscapedChar,
    /// A flag such as `\Seen` or `$Junk`.
    Flag,
    /// A word that has a meaning at this place.
    Keyword,
    /// Fewer list elements than [`Limits::max_elements`](crate::Limits::max_elements).
    LessElements,
    /// Less memory than [`Limits::max_arena`](crate::Limits::max_arena).
    LessMemory,
    /// Less nesting than [`Limits::max_depth`](crate::Limits::max_depth).
    LessNesting,
    /// As many octets as the literal announced.
    LiteralData,
    /// The length of a literal, as in `{12}`.
    LiteralLength,
    /// A mailbox name or pattern.
    Mailbox,
    /// A media type in quotes, such as `"text/plain"`.
    MediaType,
    /// `NIL`.
    Nil,
    /// A string or `NIL`.
    NString,
    /// Any octet but NUL.
    NonNul,
    /// A number that is not 0.
    NonZeroNumber,
    /// A number.
    Number,
    /// A number that fits the range of its field.
    NumberInRange,
    /// An identifier of letters, digits, `_` and `-`.
    ObjectId,
    /// `[`
    OpenBracket,
    /// `(`
    OpenParen,
    /// The double quote that ends a string; CR, LF and NUL cannot be inside.
    Quote,
    /// Rights on a mailbox: lower-case letters and digits.
    Rights,
    /// A section such as `[1.2.MIME]`.
    Section,
    /// A sequence set such as `1:4,7,9:*`.
    SequenceSet,
    /// One blank.
    Space,
    /// OK, NO, BAD, BYE or PREAUTH.
    Status,
    /// A string: quoted or a literal.
    String,
    /// A string or an atom.
    StringOrAtom,
    /// Something of the grammar, nothing more precise is known.
    Syntax,
    /// A tag.
    Tag,
    /// Human-readable text without CR, LF and NUL.
    Text,
    /// Valid UTF-8.
    Utf8,
    /// Any value: an atom, a number, a string or a list.
    Value,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Atom => "atom",
            Self::Base64 => "base64 text",
            Self::CloseBracket => "`]`",
            Self::CloseParen => "`)`",
            Self::Colon => "`:`",
            Self::Crlf => "end of line",
            Self::Date => "date",
            Self::DateTime => "date and time",
            Self::Delimiter => "delimiter",
            Self::End => "end of message",
            Self::EscapedChar => "`\"` or `\\` after a backslash",
            Self::Flag => "flag",
            Self::Keyword => "keyword",
            Self::LessElements => "fewer list elements",
            Self::LessMemory => "message that fits the memory limit",
            Self::LessNesting => "less nesting",
            Self::LiteralData => "data of the announced length",
            Self::LiteralLength => "length of a literal",
            Self::Mailbox => "mailbox name",
            Self::NString => "string or NIL",
            Self::MediaType => "media type in quotes",
            Self::Nil => "NIL",
            Self::NonNul => "octet that is not NUL",
            Self::NonZeroNumber => "number that is not zero",
            Self::Number => "number",
            Self::NumberInRange => "number in range",
            Self::ObjectId => "object identifier",
            Self::OpenBracket => "`[`",
            Self::OpenParen => "`(`",
            Self::Quote => "closing quote",
            Self::Rights => "rights",
            Self::Section => "section",
            Self::SequenceSet => "sequence set",
            Self::Space => "space",
            Self::Status => "OK, NO, BAD, BYE or PREAUTH",
            Self::String => "string",
            Self::StringOrAtom => "string or atom",
            Self::Syntax => "other syntax",
            Self::Tag => "tag",
            Self::Text => "text",
            Self::Utf8 => "valid UTF-8",
            Self::Value => "value",
        })
    }
}

/// The error inside the grammar: the place as octets left, so that no stream has to count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fail {
    left: usize,
    expected: Expected,
}

impl Fail {
    #[cold]
    pub(crate) fn new(input: &[u8], expected: Expected) -> Self {
        Self {
            left: input.len(),
            expected,
        }
    }

    /// The same with the octets that are left known as a number.
    #[cold]
    pub(crate) fn with_left(left: usize, expected: Expected) -> Self {
        Self { left, expected }
    }

    /// The public form, for a parse that began with `whole`.
    #[cold]
    pub(crate) fn locate(self, whole: &[u8], rule: &'static str) -> ParseError {
        let offset = whole.len().saturating_sub(self.left);
        ParseError {
            offset,
            rule,
            expected: self.expected,
        }
    }

    /// Whether trying something else is of no use: a limit was met, or the message is not whole.
    pub(crate) fn is_final(self) -> bool {
        matches!(
            self.expected,
            Expected::LessElements | Expected::LessMemory | Expected::LiteralData
        )
    }
}

impl<'a> ParserError<&'a [u8]> for Fail {
    type Inner = Self;

    fn from_input(input: &&'a [u8]) -> Self {
        Self::new(input, Expected::Syntax)
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

/// What every parser of the grammar returns.
pub(crate) type PResult<T> = Result<T, Fail>;

/// Refuses: `expected` was missing at the front of `input`.
#[cold]
#[inline(never)]
pub(crate) fn fail<T>(input: &[u8], expected: Expected) -> PResult<T> {
    Err(Fail::new(input, expected))
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString as _;

    use crate::{Arena, Command, Options, Response};

    #[test]
    fn err_the_place_is_drawn_in_its_line() {
        let frame = b"* 1 FETCH (BODY[] {4}\r\na\xff\r\n FLAGS \"x\")\r\n";
        let error = Response::parse_with(frame, &Arena::new(), &Options::strict()).unwrap_err();
        assert_eq!(
            error.render(frame),
            "expected `(` at byte 34 of FETCH response, found `\\\"`\n \
             FLAGS \\\"x\\\")\n       ^"
        );
    }

    #[test]
    fn err_a_long_line_is_cut() {
        let frame = format!("a SEARCH {}X( {}\r\n", "ALL ".repeat(50), "ALL ".repeat(50));
        let error = Command::parse(frame.as_bytes(), &Arena::new()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected end of line at byte 210 of SEARCH command"
        );
        let shown = error.render(frame.as_bytes());
        let lines: alloc::vec::Vec<_> = shown.lines().collect();
        assert_eq!(
            lines[0],
            "expected end of line at byte 210 of SEARCH command, found `(`"
        );
        assert_eq!(lines[1].len(), 120);
        assert_eq!(&lines[1][60..61], "(");
        assert_eq!(lines[2], format!("{}^", " ".repeat(60)));
    }

    #[test]
    fn err_the_end_of_the_input_has_its_name() {
        let error = Response::parse(b"* LIST (", &Arena::new()).unwrap_err();
        assert_eq!(
            error.render(b"* LIST ("),
            "expected flag at byte 8 of LIST response, found the end\n* LIST (\n        ^"
        );
        // An input that is not the one that was read does no harm.
        assert!(error.render(b"").ends_with("found the end\n\n^"));
    }
}
