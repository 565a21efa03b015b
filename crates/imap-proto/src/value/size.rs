//! Sizes in octets.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, number, number64, opt, peek, run};
use crate::quirks::Quirk;

/// `number64`, also in the form of a floating point number if it is whole.
#[inline(always)]
pub(crate) fn size(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    let start = *i;
    let whole = number64(i, cx)?;
    if matches!(peek(i), Some(b'.' | b'e' | b'E')) {
        float_size(i, cx, start)
    } else {
        Ok(whole)
    }
}

/// A number such as `9.37e+06`, which begins at `start`.
#[cold]
#[inline(never)]
fn float_size<'a>(i: &mut Input<'a>, cx: &Context<'_>, start: Input<'a>) -> PResult<u64> {
    let mut rest = start;
    let mut digits = 0u64;
    let mut exponent = 0i64;
    for (n, part) in [run(&mut rest, |b| b.is_ascii_digit()), fraction(&mut rest)]
        .into_iter()
        .enumerate()
    {
        for digit in part {
            let next = digits
                .checked_mul(10)
                .and_then(|d| d.checked_add(u64::from(digit - b'0')));
            let Some(next) = next else {
                return fail(start, Expected::NumberInRange);
            };
            digits = next;
            exponent -= n as i64;
        }
    }
    exponent += power_of_ten(&mut rest)?;
    let power = u32::try_from(exponent.unsigned_abs())
        .ok()
        .and_then(|e| 10u64.checked_pow(e));
    let value = match power {
        Some(power) if exponent >= 0 => digits.checked_mul(power),
        Some(power) if digits.is_multiple_of(power) => Some(digits / power),
        _ => None,
    };
    let Some(value) = value else {
        return fail(start, Expected::NumberInRange);
    };
    // quirk: FloatNumber
    cx.forgive_or(start, Quirk::FloatNumber, Expected::Number)?;
    *i = rest;
    Ok(value)
}

/// `["." *DIGIT]`, without the dot.
fn fraction<'a>(i: &mut Input<'a>) -> &'a [u8] {
    if opt(i, b'.') {
        run(i, |b| b.is_ascii_digit())
    } else {
        &[]
    }
}

/// `["E" ["+" / "-"] 1*DIGIT]`
fn power_of_ten(i: &mut Input<'_>) -> PResult<i64> {
    if !opt(i, b'e') && !opt(i, b'E') {
        return Ok(0);
    }
    let negative = opt(i, b'-');
    if !negative {
        opt(i, b'+');
    }
    let power = number(i).map(i64::from)?;
    Ok(if negative { -power } else { power })
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::*;
    use crate::lexeme::testing::{lenient, strict};

    fn octets<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        size(i, cx).map(|size| size.to_string())
    }

    #[test]
    fn quirk_float_number() {
        for (input, shown) in [
            ("9.37e+06)", "9370000|) ~FloatNumber@0"),
            ("1e0", "1| ~FloatNumber@0"),
            ("5.", "5| ~FloatNumber@0"),
            ("5.000", "5| ~FloatNumber@0"),
            ("1200E-2", "12| ~FloatNumber@0"),
            ("0.5e1", "5| ~FloatNumber@0"),
        ] {
            assert_eq!(lenient(input.as_bytes(), octets), shown);
            let error = "expected number at byte 0 of response";
            assert_eq!(strict(input.as_bytes(), octets), error);
        }
    }

    #[test]
    fn err_floats_that_are_not_whole_or_too_large() {
        for (input, error) in [
            ("1.5", "expected number in range at byte 0 of response"),
            ("15e-1", "expected number in range at byte 0 of response"),
            ("1e20", "expected number in range at byte 0 of response"),
            ("1e-1", "expected number in range at byte 0 of response"),
            (
                "1e99999999999",
                "expected number in range at byte 2 of response",
            ),
            (
                "9.9999999999999999999999",
                "expected number in range at byte 0 of response",
            ),
            ("1e", "expected number at byte 2 of response"),
            ("1e+", "expected number at byte 3 of response"),
        ] {
            assert_eq!(lenient(input.as_bytes(), octets), error, "{input}");
        }
    }
}
