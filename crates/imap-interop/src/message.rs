//! What is put into a mailbox.

/// A message for [`User::seed`](crate::User::seed).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// The message as it goes over the wire, with CRLF line ends.
    pub bytes: Vec<u8>,
    /// Its system flags, in any order; keywords are left to `STORE`.
    pub flags: Vec<SystemFlag>,
    /// What `INTERNALDATE` shall give, in seconds since 1970-01-01 UTC.
    pub internal_date: i64,
}

/// A flag that every server keeps.
///
/// [RFC 9051 section 2.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-2.3.2)
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum SystemFlag {
    /// `\Answered`.
    Answered,
    /// `\Deleted`.
    Deleted,
    /// `\Draft`.
    Draft,
    /// `\Flagged`.
    Flagged,
    /// `\Seen`.
    Seen,
}

impl SystemFlag {
    /// The flag as IMAP writes it, for instance `\Seen`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "\\Answered",
            Self::Deleted => "\\Deleted",
            Self::Draft => "\\Draft",
            Self::Flagged => "\\Flagged",
            Self::Seen => "\\Seen",
        }
    }
}
