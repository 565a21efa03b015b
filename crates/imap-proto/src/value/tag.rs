//! Tags.

use core::fmt;

use crate::lexeme::{Input, is_tag_char, tag_chars};

/// What marks a command and the status response that ends it.
///
/// `C: a001 NOOP` and `S: a001 OK done` have the tag `a001`. One or more characters that an atom can
/// have, or `]`, but not `+`.
///
/// ```
/// use imap_proto::Tag;
///
/// assert_eq!(Tag::new("a001")?.as_str(), "a001");
/// assert!(Tag::new("a+").is_err());
/// # Ok::<(), imap_proto::TagError>(())
/// ```
///
/// [RFC 9051 section 2.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-2.2.1)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Tag<'a>(&'a [u8]);

impl<'a> Tag<'a> {
    /// A tag.
    ///
    /// # Errors
    ///
    /// If the text is empty or holds a character that a tag cannot have.
    pub fn new(text: &'a str) -> Result<Self, TagError> {
        let octets = text.as_bytes();
        match octets.iter().position(|b| !is_tag_char(*b)) {
            None if !octets.is_empty() => Ok(Self(octets)),
            bad => Err(TagError {
                offset: bad.unwrap_or(0),
            }),
        }
    }

    /// The tag at the front of `i`.
    #[inline(always)]
    pub(crate) fn take(i: &mut Input<'a>) -> crate::error::PResult<Self> {
        tag_chars(i).map(Self)
    }

    /// The tag that these octets are, if they are one.
    pub(crate) fn from_octets(octets: &'a [u8]) -> Option<Self> {
        let mut i = octets;
        Self::take(&mut i).ok().filter(|_| i.is_empty())
    }

    /// The text.
    pub fn as_str(&self) -> &'a str {
        // cannot fail: tags are ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }

    /// The octets.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The tag at the front of a line that may be broken further on.
    ///
    /// A server answers a command that it cannot read with this tag, if there is one.
    ///
    /// ```
    /// use imap_proto::Tag;
    ///
    /// assert_eq!(Tag::of_line(b"a1 SELECT (\r\n").map(|tag| tag.as_str()), Some("a1"));
    /// assert_eq!(Tag::of_line(b"* 1 EXISTS\r\n"), None);
    /// ```
    pub fn of_line(line: &'a [u8]) -> Option<Self> {
        let mut i = line;
        let tag = Self::take(&mut i).ok()?;
        matches!(i.first(), None | Some(b' ' | b'\r' | b'\n')).then_some(tag)
    }
}

impl<'a> TryFrom<&'a str> for Tag<'a> {
    type Error = TagError;

    fn try_from(text: &'a str) -> Result<Self, TagError> {
        Self::new(text)
    }
}

impl fmt::Debug for Tag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Tag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is no tag.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TagError {
    /// Octets in front of the first one that cannot be in a tag; 0 for an empty text.
    pub offset: usize,
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a character of a tag at byte {}", self.offset)
    }
}

impl core::error::Error for TagError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::Tag;

    #[test]
    fn ok_tags() {
        for text in ["a1", "]", "[x", "A.b-c_9", "#"] {
            assert_eq!(Tag::new(text).unwrap().to_string(), text);
            assert_eq!(Tag::try_from(text).unwrap().as_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn err_texts_that_are_no_tags() {
        for (text, offset) in [
            ("", 0),
            ("+", 0),
            ("a+", 1),
            ("a b", 1),
            ("*", 0),
            ("a\r\n", 1),
            ("aü", 1),
        ] {
            assert_eq!(Tag::new(text).unwrap_err().offset, offset, "{text:?}");
        }
        assert_eq!(
            Tag::new("a+").unwrap_err().to_string(),
            "expected a character of a tag at byte 1"
        );
    }

    #[test]
    fn ok_the_tag_of_a_broken_line() {
        for (line, tag) in [
            ("a1 SELECT (\r\n", Some("a1")),
            ("a1\r\n", Some("a1")),
            ("a1", Some("a1")),
            ("", None),
            ("\r\n", None),
            ("+ x", None),
            ("a+b x", None),
            ("(a) x", None),
        ] {
            assert_eq!(
                Tag::of_line(line.as_bytes()).map(|tag| tag.as_str()),
                tag,
                "{line:?}"
            );
        }
    }
}
