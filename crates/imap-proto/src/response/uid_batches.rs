//! UIDBATCHES responses.

use super::SearchCorrelator;
use super::esearch::search_correlator;
use crate::error::PResult;
use crate::lexeme::{Context, Input, opt_sp};
use crate::value::sequence_set::uid_set;
use crate::value::{Range, Uid};

/// The ranges of UIDs that messages were divided into, the last messages first.
///
/// `S: * UIDBATCHES (TAG "A1") 99695:20351,20350:7830` has two.
///
/// [draft-ietf-mailmaint-imap-uidbatches](https://datatracker.ietf.org/doc/draft-ietf-mailmaint-imap-uidbatches/)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UidBatches<'a> {
    /// Which command this answers.
    pub correlators: &'a [SearchCorrelator<'a>],
    /// The ranges, the higher UID of each first.
    pub batches: &'a [Range<Uid>],
}

/// `"UIDBATCHES" search-correlator [SP uid-range *("," uid-range)]`, without the name.
pub(super) fn uid_batches<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<UidBatches<'a>> {
    cx.set_rule("UIDBATCHES response");
    let correlators = search_correlator(i, cx)?;
    let mut batches = &[][..];
    if matches!(**i, [b' ', b'0'..=b'9', ..]) && opt_sp(i) {
        batches = uid_set(i, cx)?.ranges();
    }
    Ok(UidBatches {
        correlators,
        batches,
    })
}
