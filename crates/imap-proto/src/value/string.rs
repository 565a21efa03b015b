//! Strings: their value, whatever form they had or will get.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// The value of a string: the octets that it stands for.
///
/// An atom, a quoted string and a literal with the same contents are the same value; which form goes
/// on the wire is the encoder's choice. Any octets are a value. NUL can travel in a literal8 only, so
/// that an encoder refuses it elsewhere.
///
/// `S: ... "Ann \"A\" Bee"` becomes `Ann "A" Bee`, read in place but for the escapes.
///
/// ```
/// use imap_proto::IString;
///
/// let name = IString::from("Ann");
/// assert_eq!(name, "Ann");
/// assert_eq!(name.to_str(), Ok("Ann"));
/// ```
///
/// [RFC 9051 section 4.3](https://www.rfc-editor.org/rfc/rfc9051#section-4.3)
#[derive(Clone, Copy, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct IString<'a>(pub &'a [u8]);

impl<'a> IString<'a> {
    /// The octets.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The text.
    ///
    /// # Errors
    ///
    /// If the octets are not UTF-8.
    pub fn to_str(&self) -> Result<&'a str, core::str::Utf8Error> {
        core::str::from_utf8(self.0)
    }

    /// The text, with U+FFFD for what is not UTF-8.
    pub fn to_str_lossy(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }

    /// Whether the octets are those of `other`, ASCII letters in any case.
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }
}

impl<'a> From<&'a str> for IString<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for IString<'a> {
    fn from(octets: &'a [u8]) -> Self {
        Self(octets)
    }
}

impl PartialEq<str> for IString<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for IString<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Debug for IString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl fmt::Display for IString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str_lossy())
    }
}
