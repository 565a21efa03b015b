//! Human-readable text at the end of a line.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::lexeme::is_plain_text;

/// A text for people: the end of a status line. It has no CR, LF or NUL and may be empty.
///
/// Servers send UTF-8 and other 8-bit texts here; the octets are kept as they came.
///
/// [RFC 9051 section 7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1)
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// A text.
    ///
    /// # Errors
    ///
    /// If it holds CR, LF or NUL.
    pub const fn new(text: &'a str) -> Result<Self, TextError> {
        let mut rest = text.as_bytes();
        while let [first, tail @ ..] = rest {
            if matches!(first, 0 | b'\r' | b'\n') {
                return Err(TextError {
                    offset: text.len() - rest.len(),
                });
            }
            rest = tail;
        }
        Ok(Self(text.as_bytes()))
    }

    /// A text known when compiling; one with CR, LF or NUL does not compile in a constant.
    pub const fn from_static(text: &'static str) -> Text<'static> {
        match Text::new(text) {
            Ok(text) => text,
            Err(_) => panic!("a text must not contain CR, LF or NUL"),
        }
    }

    /// The text at the end of a line, whose octets have not been checked yet; only ASCII passes,
    /// and not every control character.
    #[inline(always)]
    pub(crate) fn from_line(octets: &'a [u8]) -> Option<Self> {
        is_plain_text(octets).then_some(Self(octets))
    }

    /// The octets up to the first that a text cannot have.
    pub(crate) fn longest_prefix(octets: &'a [u8]) -> Self {
        let end = octets.iter().position(|b| matches!(b, 0 | b'\r' | b'\n'));
        Self(
            octets
                .get(..end.unwrap_or(octets.len()))
                .unwrap_or_default(),
        )
    }

    /// The octets.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The text, with U+FFFD for what is not UTF-8.
    pub fn to_str_lossy(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }

    /// Whether there is no text.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> TryFrom<&'a str> for Text<'a> {
    type Error = TextError;

    fn try_from(text: &'a str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str_lossy())
    }
}

/// A text that holds CR, LF or NUL.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TextError {
    /// Octets in front of the first one that cannot be in a text.
    pub offset: usize,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CR, LF or NUL at byte {} of a text", self.offset)
    }
}

impl core::error::Error for TextError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString as _;

    use super::Text;

    #[test]
    fn ok_texts_without_line_ends() {
        const DONE: Text<'static> = Text::from_static("done");
        assert_eq!(DONE, "done");
        assert!(Text::default().is_empty());
        assert_eq!(Text::new("Grüße\t{5}").unwrap().to_string(), "Grüße\t{5}");
        assert_eq!(
            format!("{:?}", Text::new("a\"ü").unwrap()),
            "\"a\\\"\\xc3\\xbc\""
        );
    }

    #[test]
    fn err_line_ends_and_nul() {
        for (text, offset) in [("\r", 0), ("a\nb", 1), ("ab\0", 2)] {
            assert_eq!(Text::try_from(text).unwrap_err().offset, offset);
        }
        assert_eq!(
            Text::new("a\r").unwrap_err().to_string(),
            "CR, LF or NUL at byte 1 of a text"
        );
    }
}
