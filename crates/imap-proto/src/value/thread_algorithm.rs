//! How messages are gathered in threads.

use imap_util::Atom;

use crate::lexeme::fold;

/// A way to gather messages in threads.
///
/// [RFC 5256 section 5](https://www.rfc-editor.org/rfc/rfc5256#section-5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ThreadAlgorithm<'a> {
    /// `ORDEREDSUBJECT`: by subject, then by date.
    OrderedSubject,
    /// `REFERENCES`: by the references of each message to others, and by subject.
    References,
    /// `REFS`: by the references only.
    Refs,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> ThreadAlgorithm<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::OrderedSubject => "ORDEREDSUBJECT",
            Self::References => "REFERENCES",
            Self::Refs => "REFS",
            Self::Other(name) => name.as_str(),
        }
    }
}

impl<'a> From<Atom<'a>> for ThreadAlgorithm<'a> {
    fn from(name: Atom<'a>) -> Self {
        fold(name.as_bytes(), by_name).unwrap_or(Self::Other(name))
    }
}

fn by_name(name: &[u8]) -> Option<ThreadAlgorithm<'static>> {
    Some(match name {
        b"ORDEREDSUBJECT" => ThreadAlgorithm::OrderedSubject,
        b"REFERENCES" => ThreadAlgorithm::References,
        b"REFS" => ThreadAlgorithm::Refs,
        _ => return None,
    })
}
