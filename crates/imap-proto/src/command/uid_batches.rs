//! UIDBATCHES.

use core::num::NonZeroU32;

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, byte, non_zero, opt_sp};

/// `UIDBATCHES`: have the messages divided into ranges of UIDs with the same number of messages.
///
/// `C: A1 UIDBATCHES 2000 1:10` asks for the first ten ranges, of 2000 messages each, the last messages
/// first.
///
/// [draft-ietf-mailmaint-imap-uidbatches](https://datatracker.ietf.org/doc/draft-ietf-mailmaint-imap-uidbatches/)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct UidBatches {
    /// How many messages a range has.
    pub size: NonZeroU32,
    /// The first and the last range to tell, 1-based; all if nothing is said.
    pub range: Option<(NonZeroU32, NonZeroU32)>,
}

/// `"UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]`, without the name and the first blank.
pub(super) fn uid_batches(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<UidBatches> {
    cx.set_rule("UIDBATCHES command");
    let size = non_zero(i, cx)?;
    let mut range = None;
    if matches!(**i, [b' ', b'0'..=b'9', ..]) && opt_sp(i) {
        let first = non_zero(i, cx)?;
        byte(i, b':', Expected::Colon)?;
        range = Some((first, non_zero(i, cx)?));
    }
    Ok(UidBatches { size, range })
}
