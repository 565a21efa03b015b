//! Base64 texts.

use core::fmt;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Input, run};

/// A text in base64 with its padding, which is not decoded; it may be empty.
///
/// ```
/// use imap_proto::Base64;
///
/// assert_eq!(Base64::new("AGFubgBwdw==").unwrap().as_str(), "AGFubgBwdw==");
/// assert!(Base64::new("AGFubgBwdw").is_none());
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `base64`
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Base64<'a>(&'a [u8]);

impl<'a> Base64<'a> {
    /// The text without octets.
    pub const EMPTY: Base64<'static> = Base64(b"");

    /// A text in base64, or nothing if it is not, or lacks its padding.
    pub fn new(text: &'a str) -> Option<Self> {
        Self::from_octets(text.as_bytes())
    }

    /// The text that these octets are, if they are base64.
    ///
    /// ```abnf
    /// base64          = *(4base64-char) [base64-terminal]
    /// base64-terminal = (2base64-char "==") / (3base64-char "=")
    /// ```
    fn from_octets(octets: &'a [u8]) -> Option<Self> {
        let one = octets.strip_suffix(b"=").unwrap_or(octets);
        let digits = one.strip_suffix(b"=").unwrap_or(one);
        let is_digit = |b: &u8| *b != b'=' && is_base64_char(*b);
        let whole = octets.len().is_multiple_of(4) && digits.iter().all(is_digit);
        whole.then_some(Self(octets))
    }

    /// The text.
    pub fn as_str(&self) -> &'a str {
        // cannot fail: base64 is ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }

    /// Whether there are no octets.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Base64<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({:?})", self.as_str())
    }
}

/// Whether an octet is a digit of base64, or its padding.
fn is_base64_char(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')
}

/// `base64`
pub(crate) fn base64<'a>(i: &mut Input<'a>) -> PResult<Base64<'a>> {
    let start = *i;
    match Base64::from_octets(run(i, is_base64_char)) {
        Some(base64) => Ok(base64),
        None => fail(start, Expected::Base64),
    }
}

#[cfg(test)]
mod tests {
    use super::Base64;

    #[test]
    fn ok_base64_with_its_padding() {
        for text in ["", "AAAA", "AA==", "AAA=", "ab+/", "AAAAAA=="] {
            let base64 = Base64::new(text).unwrap();
            assert_eq!(base64.as_str(), text);
            assert_eq!(base64.is_empty(), base64 == Base64::EMPTY);
        }
    }

    #[test]
    fn err_what_is_no_base64() {
        for text in [
            "=", "A", "AA", "AAA", "A===", "====", "==", "AA=A", "A=AA", "AAA$", "AA\r\n", "AAAA=",
        ] {
            assert_eq!(Base64::new(text), None, "{text:?}");
        }
    }
}
