//! SEARCH, SORT and THREAD over the messages of a mailbox.

mod collation;
mod query;
mod result;
mod sort;
mod subject;
#[cfg(test)]
mod tests;
mod thread;

use imap_proto::{Flag, InternalDate, SeqNum, Uid, UidSetBuf};

pub use self::query::{CHARSETS, Query, Unsupported, knows_charset};
pub use self::result::{Found, return_data, saved};
pub(crate) use self::result::{ordered_set, part};
pub use self::sort::sort;
pub use self::thread::{thread, thread_id};
use crate::mime::Mail;

/// A message that a search looks at.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its number in the session that searches.
    pub seq: SeqNum,
    /// Its UID.
    pub uid: Uid,
    /// Its modification sequence.
    pub mod_seq: u64,
    /// Its flags, with `\Recent` where that applies.
    pub flags: &'a [Flag<'a>],
    /// When it arrived.
    pub internal_date: InternalDate,
    /// When it came into the mailbox, if that is known.
    pub save_date: Option<InternalDate>,
    /// Its contents.
    pub mail: &'a Mail,
}

impl Candidate<'_> {
    /// When it was sent, in seconds since 1970-01-01 UTC.
    ///
    /// RFC 5256 2.2: when it arrived, if the message does not say.
    fn sent(&self) -> i64 {
        let sent = self.mail.sent_date();
        sent.map_or_else(|| self.internal_date.to_unix(), |date| date.unix)
    }
}

/// What sets and ages in a search are relative to.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The number of the last message, which `*` stands for.
    pub last_seq: Option<SeqNum>,
    /// The UID of the last message.
    pub last_uid: Option<Uid>,
    /// The messages that `$` stands for.
    pub saved: &'a UidSetBuf,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now: i64,
}
