//! Identifiers of mailboxes, messages and threads.

use core::fmt;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Input, close, open, run};

/// An identifier that a server gave to a mailbox, a message or a thread: 1 to 255 letters, digits, `_`
/// and `-`. Case matters.
///
/// `S: * 3 FETCH (EMAILID (M6d99ac3275bb4e) THREADID (T64b478a75b7ea9))` has two.
///
/// ```
/// use imap_proto::ObjectId;
///
/// assert_eq!(ObjectId::new("M6d99ac3275bb4e")?.as_str(), "M6d99ac3275bb4e");
/// assert!(ObjectId::new("a b").is_err());
/// # Ok::<(), imap_proto::ObjectIdError>(())
/// ```
///
/// [RFC 8474 section 7](https://www.rfc-editor.org/rfc/rfc8474#section-7), `objectid`
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ObjectId<'a>(&'a [u8]);

impl<'a> ObjectId<'a> {
    /// The most octets that an identifier has.
    pub const MAX_LEN: usize = 255;

    /// An identifier.
    ///
    /// # Errors
    ///
    /// If the text is empty, too long or has other characters.
    pub fn new(text: &'a str) -> Result<Self, ObjectIdError> {
        let mut i = text.as_bytes();
        match object_id(&mut i) {
            Ok(id) if i.is_empty() => Ok(id),
            _ => Err(ObjectIdError {
                offset: text.len() - i.len(),
            }),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &'a str {
        // cannot fail: identifiers are ASCII
        core::str::from_utf8(self.0).unwrap_or_default()
    }

    /// The octets.
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }
}

impl<'a> TryFrom<&'a str> for ObjectId<'a> {
    type Error = ObjectIdError;

    fn try_from(text: &'a str) -> Result<Self, ObjectIdError> {
        Self::new(text)
    }
}

impl fmt::Debug for ObjectId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectId({:?})", self.as_str())
    }
}

impl fmt::Display for ObjectId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A text that is no identifier.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ObjectIdError {
    /// Octets in front of the place that is wrong: the first odd character, or one too many.
    pub offset: usize,
}

impl fmt::Display for ObjectIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected 1 to 255 letters, digits, `_` and `-`, stopped at byte {}",
            self.offset
        )
    }
}

impl core::error::Error for ObjectIdError {}

/// `objectid = 1*255(ALPHA / DIGIT / "_" / "-")`
pub(crate) fn object_id<'a>(i: &mut Input<'a>) -> PResult<ObjectId<'a>> {
    let start = *i;
    let octets = run(i, |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if octets.is_empty() {
        return fail(i, Expected::ObjectId);
    }
    if octets.len() > ObjectId::MAX_LEN {
        *i = start.get(ObjectId::MAX_LEN..).unwrap_or_default();
        return fail(i, Expected::ObjectId);
    }
    Ok(ObjectId(octets))
}

/// `"(" objectid ")"`
pub(crate) fn object_id_in_parens<'a>(i: &mut Input<'a>) -> PResult<ObjectId<'a>> {
    open(i)?;
    let id = object_id(i)?;
    close(i)?;
    Ok(id)
}
