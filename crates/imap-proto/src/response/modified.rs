//! What a conditional STORE left alone.

use core::num::NonZeroU32;

use crate::error::PResult;
use crate::lexeme::{Context, Input, separated};
use crate::value::sequence_set::known_range;
use crate::value::{Bound, MessageNumber, Range, SequenceSetBuf, UidSetBuf};

/// The messages that changed in the meantime, and so were not changed: `MODIFIED 7,9`.
///
/// They are UIDs in the answer to UID STORE and sequence numbers otherwise: the code does not say which.
///
/// ```
/// use imap_proto::response::StatusResponse;
/// use imap_proto::{Arena, Code, Response};
///
/// let arena = Arena::new();
/// let response = Response::parse(b"a1 OK [MODIFIED 7,9:12] done\r\n", &arena)?;
/// let Response::Status(StatusResponse { code: Some(Code::Modified(modified)), .. }) = response else {
///     unreachable!()
/// };
/// assert_eq!(modified.uids().to_string(), "7,9:12");
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 7162 section 3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Modified<'a> {
    /// The numbers as ranges, in the order of the wire; at least one.
    pub ranges: &'a [Range<NonZeroU32>],
}

impl Modified<'_> {
    /// The messages in the answer to STORE.
    pub fn seq_nums(&self) -> SequenceSetBuf {
        self.set()
    }

    /// The messages in the answer to UID STORE.
    pub fn uids(&self) -> UidSetBuf {
        self.set()
    }

    /// The messages as numbers of the kind that the command had.
    pub fn set<N: MessageNumber>(&self) -> SequenceSetBuf<N> {
        let bound = |bound| match bound {
            Bound::Number(number) => Bound::Number(N::from(number)),
            Bound::Largest => Bound::Largest,
        };
        let ranges = self.ranges.iter().map(|range| Range {
            start: bound(range.start),
            end: bound(range.end),
        });
        ranges.collect()
    }
}

/// `sequence-set`, the messages being known; RFC 7162
pub(super) fn modified<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Modified<'a>> {
    separated(i, cx, b',', |i| known_range(i, cx)).map(|ranges| Modified { ranges })
}
