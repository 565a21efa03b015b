//! What happened in a mailbox, for sessions that have it selected and for those that come back.

use std::collections::VecDeque;

use imap_proto::UidSetBuf;

use super::SessionId;

/// Changes of one kind, of which the first are forgotten when there are many.
///
/// [RFC 7162 section 5.3](https://www.rfc-editor.org/rfc/rfc7162#section-5.3)
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// In the order in which they were made.
    entries: VecDeque<Change>,
    /// How many ranges of UIDs they have.
    ranges: usize,
    /// The modification sequence of the last one that is forgotten.
    forgotten: u64,
}

/// What was changed at once.
#[derive(Debug)]
pub(crate) struct Change {
    /// The modification sequence of the mailbox after it.
    pub(crate) mod_seq: u64,
    pub(crate) uids: UidSetBuf,
    /// Who made it, and so need not be told.
    pub(crate) by: SessionId,
}

impl Changes {
    pub(crate) fn push(&mut self, change: Change) {
        self.ranges += change.uids.ranges().len();
        self.entries.push_back(change);
        // The last one stays, for those who made it would be told of it otherwise.
        while self.ranges > MAX_RANGES && self.entries.len() > 1 {
            if let Some(first) = self.entries.pop_front() {
                self.ranges -= first.uids.ranges().len();
                self.forgotten = first.mod_seq;
            }
        }
    }

    /// What happened behind this modification sequence; nothing if not all of it is known.
    pub(crate) fn since(&self, mod_seq: u64) -> Option<impl Iterator<Item = &Change>> {
        if mod_seq < self.forgotten {
            return None;
        }
        let start = self.entries.partition_point(|c| c.mod_seq <= mod_seq);
        Some(self.entries.range(start..))
    }
}

/// The messages of all these changes.
pub(crate) fn uids_of<'c>(changes: impl Iterator<Item = &'c Change>) -> UidSetBuf {
    let ranges = changes.flat_map(|change| change.uids.ranges());
    ranges.copied().collect()
}

/// How many ranges of UIDs are known; as many as 120 KiB have.
const MAX_RANGES: usize = 10_000;
