//! Dates with a time and a zone, as messages and APPEND have them.

use imap_util::InternalDate;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, istring};
use crate::quirks::Quirk;

/// `date-time`: the strict form at once, others by way of the quoted string.
#[inline(always)]
pub(crate) fn date_time<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<InternalDate> {
    match InternalDate::split_quoted(i) {
        Some((date, rest)) => {
            *i = rest;
            Ok(date)
        }
        None => date_time_slow(i, cx),
    }
}

#[cold]
#[inline(never)]
fn date_time_slow<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<InternalDate> {
    let start = *i;
    let is_literal = at(i, b'{');
    if !is_literal && !at(i, b'"') {
        return fail(i, Expected::DateTime);
    }
    let text = istring(i, cx)?;
    let Ok(date) = InternalDate::parse(text.as_bytes()) else {
        return fail(start, Expected::DateTime);
    };
    if is_literal {
        // quirk: LiteralDate
        cx.forgive_or(start, Quirk::LiteralDate, Expected::DateTime)?;
    }
    if text.as_bytes().len() + 2 != InternalDate::WIRE_LEN {
        // quirk: UnpaddedDay
        cx.forgive_or(start, Quirk::UnpaddedDay, Expected::DateTime)?;
    }
    Ok(date)
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::*;
    use crate::lexeme::testing::{lenient, strict};

    #[test]
    fn quirk_unpadded_day() {
        fn date<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
            date_time(i, cx).map(|date| date.to_string())
        }
        let padded = "\" 7-Feb-1994 21:52:25 -0800\"";
        assert!(strict(padded.as_bytes(), date).ends_with('|'));
        let bare = padded
            .replace(' ', "")
            .replace("1994", "1994 ")
            .replace("25", "25 ");
        assert_eq!(
            lenient(bare.as_bytes(), date),
            "\"07-Feb-1994 21:52:25 -0800\"| ~UnpaddedDay@0"
        );
        for rule in [strict(bare.as_bytes(), date), lenient(b"{2}\r\nab", date)] {
            assert_eq!(rule, "expected date and time at byte 0 of response");
        }
    }
}
