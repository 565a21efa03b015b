//! Media types.

use core::fmt;

use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{Context, Input, at, istring};

/// A media type with its subtype, such as `image/jpeg`. Case does not matter.
///
/// ```
/// use imap_proto::MediaType;
///
/// let media_type = MediaType::new("Image/JPEG")?;
/// assert!(media_type.eq_ignore_ascii_case("image/jpeg"));
/// assert!(MediaType::new("image/*").is_err());
/// # Ok::<(), imap_proto::MediaTypeError>(())
/// ```
///
/// [RFC 5259 section 10](https://www.rfc-editor.org/rfc/rfc5259#section-10), `concrete-mime-type`,
/// [RFC 4288 section 4.2](https://www.rfc-editor.org/rfc/rfc4288#section-4.2)
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct MediaType<'a>(&'a [u8]);

impl<'a> MediaType<'a> {
    /// The most octets that the type has, and that the subtype has.
    pub const MAX_LEN: usize = 127;

    /// A media type.
    ///
    /// # Errors
    ///
    /// If the text is not of the form `type/subtype`.
    pub fn new(text: &'a str) -> Result<Self, MediaTypeError> {
        match fault(text.as_bytes()) {
            None => Ok(Self(text.as_bytes())),
            Some(offset) => Err(MediaTypeError { offset }),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &'a str {
        // cannot fail: media types are ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }

    /// The octets.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Whether it is this one, in any case.
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }
}

impl<'a> TryFrom<&'a str> for MediaType<'a> {
    type Error = MediaTypeError;

    fn try_from(text: &'a str) -> Result<Self, MediaTypeError> {
        Self::new(text)
    }
}

impl fmt::Debug for MediaType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MediaType({:?})", self.as_str())
    }
}

impl fmt::Display for MediaType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is no media type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MediaTypeError {
    /// Octets in front of the place that is wrong: the first odd character, or one too many.
    pub offset: usize,
}

impl fmt::Display for MediaTypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a media type such as `text/plain`, stopped at byte {}",
            self.offset
        )
    }
}

impl core::error::Error for MediaTypeError {}

/// A media type in quotes: `quoted-to-mime-type = DQUOTE to-mime-type DQUOTE`, RFC 5259
pub(crate) fn quoted_media_type<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<MediaType<'a>> {
    if !at(i, b'"') {
        return fail(i, Expected::MediaType);
    }
    let start = *i;
    let text = istring(i, cx)?.0;
    match fault(text) {
        None => Ok(MediaType(text)),
        Some(_) => Err(Fail::new(start, Expected::MediaType)),
    }
}

/// Where octets cease to be a media type, if they do.
///
/// ```abnf
/// concrete-mime-type = type-name "/" subtype-name
/// reg-name           = 1*127reg-name-chars          ; RFC 4288, type-name and subtype-name
/// reg-name-chars     = ALPHA / DIGIT / "!" / "#" / "$" / "&" / "." / "+" / "-" / "^" / "_"
/// ```
fn fault(octets: &[u8]) -> Option<usize> {
    let is_name_char = |b: &u8| b.is_ascii_alphanumeric() || b"!#$&.+-^_".contains(b);
    let name = |octets: &[u8]| {
        let length = octets.iter().take_while(|b| is_name_char(b)).count();
        length.min(MediaType::MAX_LEN)
    };
    let slash = name(octets);
    match octets.split_at_checked(slash + 1) {
        Some((head, subtype)) if slash > 0 && head.ends_with(b"/") => {
            let length = name(subtype);
            (length == 0 || length < subtype.len()).then_some(slash + 1 + length)
        }
        _ => Some(slash),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::MediaType;

    #[test]
    fn ok_media_types() {
        for text in ["text/plain", "IMAGE/JPEG", "application/vnd.x+xml", "a/b"] {
            let media_type = MediaType::new(text).unwrap();
            assert_eq!(media_type.to_string(), text);
            assert_eq!(MediaType::try_from(text), Ok(media_type));
        }
        let longest = "a".repeat(MediaType::MAX_LEN);
        assert!(MediaType::new(&alloc::format!("{longest}/{longest}")).is_ok());
    }

    #[test]
    fn err_texts_that_are_no_media_types() {
        let long = "a".repeat(MediaType::MAX_LEN + 1);
        for (text, offset) in [
            ("", 0),
            ("text", 4),
            ("/plain", 0),
            ("text/", 5),
            ("text/*", 5),
            ("*", 0),
            ("text/plain; charset=x", 10),
            ("a/b/c", 3),
            ("te xt/plain", 2),
            (&alloc::format!("{long}/a"), 127),
            (&alloc::format!("a/{long}"), 129),
        ] {
            assert_eq!(MediaType::new(text).unwrap_err().offset, offset, "{text:?}");
        }
        assert_eq!(
            MediaType::new("text").unwrap_err().to_string(),
            "expected a media type such as `text/plain`, stopped at byte 4"
        );
    }
}
