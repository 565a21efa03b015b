//! Numbers.

use super::swar::{digits, load, number_and_blank, value};
use super::{Context, Input};
use crate::error::{Expected, PResult, fail};
use crate::quirks::Quirk;

/// `1*DIGIT`, up to 2^64-1.
#[inline(always)]
pub(crate) fn digits64(i: &mut Input<'_>) -> PResult<u64> {
    if let Some(x) = load(i) {
        let k = digits(x);
        if k.wrapping_sub(1) < 7
            && let Some(rest) = i.get(k..)
        {
            *i = rest;
            return Ok(value(x, k));
        }
        if k == 8
            && let Some(n) = long_number(i, x)
        {
            return Ok(n);
        }
    }
    number_slow(i)
}

/// A number of 8 to 15 digits, `x` being the first eight.
#[inline]
fn long_number(i: &mut Input<'_>, x: u64) -> Option<u64> {
    let rest = i.get(8..)?;
    let y = load(rest)?;
    let k = digits(y);
    let n = value(x, 8);
    let power = POWERS_OF_TEN.get(k)?;
    *i = rest.get(k..)?;
    Some(if k == 0 { n } else { n * power + value(y, k) })
}

const POWERS_OF_TEN: [u64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

#[inline(never)]
fn number_slow(i: &mut Input<'_>) -> PResult<u64> {
    let mut n = 0u64;
    let mut rest = *i;
    while let Some((digit, tail)) = rest.split_first().filter(|(b, _)| b.is_ascii_digit()) {
        let next = n
            .checked_mul(10)
            .and_then(|n| n.checked_add(u64::from(digit - b'0')));
        let Some(next) = next else {
            return fail(i, Expected::NumberInRange);
        };
        n = next;
        rest = tail;
    }
    if rest.len() == i.len() {
        return fail(i, Expected::Number);
    }
    *i = rest;
    Ok(n)
}

/// `number64 = 1*DIGIT`, up to 2^63-1; servers send 64 bits.
#[inline(always)]
pub(crate) fn number64(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    let start = *i;
    let n = digits64(i)?;
    if i64::try_from(n).is_err() {
        // quirk: LargeNumber
        cx.forgive_or(start, Quirk::LargeNumber, Expected::NumberInRange)?;
    }
    Ok(n)
}

/// `mod-sequence-value = 1*DIGIT`, not zero.
pub(crate) fn mod_sequence_value(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    let start = *i;
    let value = number64(i, cx)?;
    if value == 0 {
        // quirk: ZeroModSeq
        cx.forgive_or(start, Quirk::ZeroModSeq, Expected::NonZeroNumber)?;
    }
    Ok(value)
}

/// `number = 1*DIGIT`, up to 2^32-1.
#[inline(always)]
pub(crate) fn number(i: &mut Input<'_>) -> PResult<u32> {
    let start = *i;
    match u32::try_from(digits64(i)?) {
        Ok(n) => Ok(n),
        Err(_) => fail(start, Expected::NumberInRange),
    }
}

/// `nz-number = digit-nz *DIGIT`, as the value type that is wanted.
#[inline(always)]
pub(crate) fn non_zero<T: TryFrom<u32>>(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<T> {
    let start = *i;
    let Ok(n) = T::try_from(number(i)?) else {
        return fail(start, Expected::NonZeroNumber);
    };
    if start.first() == Some(&b'0') {
        // quirk: LeadingZero
        cx.forgive_or(start, Quirk::LeadingZero, Expected::NonZeroNumber)?;
    }
    Ok(n)
}

/// `nz-number`, by the book.
pub(crate) fn exact_non_zero<T: TryFrom<u32>>(i: &mut Input<'_>) -> PResult<T> {
    let start = *i;
    match T::try_from(number(i)?) {
        Ok(n) if start.first() != Some(&b'0') => Ok(n),
        _ => fail(start, Expected::NonZeroNumber),
    }
}

/// Reads `1 22 333 `, numbers of up to seven digits with a blank behind each, while they last and
/// while there is room for them; tells also whether one of them begins with a zero.
///
/// Neighbours mostly have the same length, so each loop steps by a constant: the next address then
/// does not wait for the load before it.
#[inline(always)]
pub(crate) fn numbers_and_blanks<'b, const N: usize>(
    i: &mut Input<'_>,
    room: &'b mut [u32; N],
) -> (&'b [u32], bool) {
    // Seven loops in one function would have too few registers for their constants.
    #[inline(never)]
    fn same<const K: usize>(mut s: &[u8], slots: &mut [u32]) -> (usize, bool) {
        let mut read = 0;
        for slot in &mut *slots {
            let Some(n) = load(s).and_then(number_and_blank::<K>) else {
                break;
            };
            *slot = n;
            read += 1;
            s = s.get(K + 1..).unwrap_or_default();
        }
        // A number that is less than the least one of its length begins with a zero.
        let least = 10_u32.pow(K as u32 - 1);
        let read_slots = slots.get(..read).unwrap_or_default();
        let signs = read_slots
            .iter()
            .fold(0, |signs, n| signs | n.wrapping_sub(least));
        (read, signs >> 31 == 1)
    }
    let mut read = 0;
    let mut zero = false;
    while let Some(x) = load(i) {
        let slots = room.get_mut(read..).unwrap_or_default();
        let length = digits(x);
        let (count, with_zero) = match length {
            1 => same::<1>(i, slots),
            2 => same::<2>(i, slots),
            3 => same::<3>(i, slots),
            4 => same::<4>(i, slots),
            5 => same::<5>(i, slots),
            6 => same::<6>(i, slots),
            7 => same::<7>(i, slots),
            _ => (0, false),
        };
        if count == 0 {
            break;
        }
        read += count;
        zero |= with_zero;
        *i = i.get(count * (length + 1)..).unwrap_or_default();
    }
    (room.get(..read).unwrap_or_default(), zero)
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString};
    use core::num::NonZeroU32;

    use super::super::testing::{lenient, strict};
    use super::*;

    fn shown<T: ToString>(n: PResult<T>) -> PResult<String> {
        n.map(|n| n.to_string())
    }

    #[test]
    fn ok_numbers_of_any_length() {
        for digits in 1..=20 {
            let text: String = "12345678901234567890".chars().take(digits).collect();
            for rest in ["", " ", "x", ")456789012345"] {
                let shown = lenient(format!("{text}{rest}").as_bytes(), |i, _| {
                    shown(digits64(i))
                });
                assert_eq!(shown, format!("{text}|{rest}"));
            }
        }
    }

    #[test]
    fn err_what_is_no_number() {
        for (input, error) in [
            ("", "expected number at byte 0 of response"),
            ("x", "expected number at byte 0 of response"),
            ("-1", "expected number at byte 0 of response"),
            (
                "4294967296",
                "expected number in range at byte 0 of response",
            ),
            (
                "18446744073709551616",
                "expected number in range at byte 0 of response",
            ),
            (
                "99999999999999999999999",
                "expected number in range at byte 0 of response",
            ),
        ] {
            assert_eq!(strict(input.as_bytes(), |i, _| shown(number(i))), error);
        }
    }

    #[test]
    fn ok_leading_zeros_where_zero_may_be() {
        assert_eq!(strict(b"007 ", |i, _| shown(number(i))), "7| ");
        assert_eq!(strict(b"0", |i, _| shown(number(i))), "0|");
    }

    #[test]
    fn quirk_leading_zero() {
        let rule = |i: &mut Input<'_>, cx: &Context<'_>| shown(non_zero::<NonZeroU32>(i, cx));
        assert_eq!(lenient(b"07", rule), "7| ~LeadingZero@0");
        assert_eq!(
            strict(b"07", rule),
            "expected number that is not zero at byte 0 of response"
        );
        let exact = |i: &mut Input<'_>, _: &Context<'_>| shown(exact_non_zero::<NonZeroU32>(i));
        assert_eq!(
            lenient(b"07", exact),
            "expected number that is not zero at byte 0 of response"
        );
        for input in [&b"0"[..], b"000"] {
            let error = "expected number that is not zero at byte 0 of response";
            assert_eq!(lenient(input, rule), error);
        }
    }

    #[test]
    fn quirk_large_number() {
        let rule = |i: &mut Input<'_>, cx: &Context<'_>| shown(number64(i, cx));
        assert_eq!(strict(b"9223372036854775807", rule), "9223372036854775807|");
        assert_eq!(
            strict(b"9223372036854775808", rule),
            "expected number in range at byte 0 of response"
        );
        assert_eq!(
            lenient(b"18446744073709551615", rule),
            "18446744073709551615| ~LargeNumber@0"
        );
    }
}
