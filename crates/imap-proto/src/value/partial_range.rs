//! Ranges of a result, counted from its beginning or its end.

use core::num::NonZeroU32;

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, byte, non_zero};

/// Which part of a result is meant: 1-based positions in ascending order of UIDs, both included.
///
/// `C: a1 UID FETCH 25900:26600 (UID FLAGS) (PARTIAL -1:-30)` asks for the last 30 messages. The ends
/// may come in any order.
///
/// [RFC 9394 section 3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PartialRange {
    /// `1:30`: counted from the first one.
    First(NonZeroU32, NonZeroU32),
    /// `-1:-30`: counted back from the last one.
    Last(NonZeroU32, NonZeroU32),
}

/// A range.
///
/// ```abnf
/// partial-range       = partial-range-first / partial-range-last   ; RFC 9394
/// partial-range-first = nz-number ":" nz-number
/// partial-range-last  = MINUS nz-number ":" MINUS nz-number
/// ```
pub(crate) fn partial_range(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<PartialRange> {
    let is_last = at(i, b'-');
    let bound = |i: &mut Input<'_>| {
        if is_last {
            byte(i, b'-', Expected::Number)?;
        }
        non_zero(i, cx)
    };
    let start = bound(i)?;
    byte(i, b':', Expected::Colon)?;
    let end = bound(i)?;
    Ok(if is_last {
        PartialRange::Last(start, end)
    } else {
        PartialRange::First(start, end)
    })
}
