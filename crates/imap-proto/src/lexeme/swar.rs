//! Eight octets at a time, in a `u64` read little-endian.

pub(super) const ONES: u64 = 0x0101_0101_0101_0101;
pub(super) const HIGH: u64 = 0x8080_8080_8080_8080;

/// The first eight octets.
#[inline(always)]
pub(super) fn load(s: &[u8]) -> Option<u64> {
    s.first_chunk::<8>().map(|chunk| u64::from_le_bytes(*chunk))
}

/// The lowest mark stands at the first octet equal to `b`; marks above it may be false.
#[inline(always)]
pub(super) const fn equal(x: u64, b: u8) -> u64 {
    let y = x ^ (ONES * b as u64);
    y.wrapping_sub(ONES) & !y & HIGH
}

/// The same for octets below `n`, which is 128 at most.
#[inline(always)]
pub(super) const fn below(x: u64, n: u8) -> u64 {
    x.wrapping_sub(ONES * n as u64) & !x & HIGH
}

/// The place of the lowest mark: 0 to 7, 8 without marks.
#[inline(always)]
pub(super) const fn first_mark(marks: u64) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// The bits of the octets in front of the lowest mark, of which there is one. The marked octet has
/// some of its bits set too, but not the highest.
#[inline(always)]
pub(super) const fn before_first(marks: u64) -> u64 {
    (marks & marks.wrapping_neg()).wrapping_sub(1)
}

/// How many octets at the front are digits: 0 to 8.
#[inline(always)]
pub(super) const fn digits(x: u64) -> usize {
    let t = x ^ (ONES * b'0' as u64);
    first_mark((t.wrapping_add(ONES * 0x76) | t) & HIGH)
}

/// The number in the first `K` octets, if they are digits and a blank follows; `K` is 1 to 7.
#[inline(always)]
pub(super) const fn number_and_blank<const K: usize>(x: u64) -> Option<u32> {
    let blank = 8 * K;
    // Digits become 0 to 9 and the blank 0. What is added makes the high bit of all others.
    let t = x ^ ((ONES * b'0' as u64) ^ ((b'0' ^ b' ') as u64) << blank);
    let others = t.wrapping_add((ONES * 0x76) ^ ((0x76 ^ 0x7f) << blank)) | t;
    if others & (HIGH << (56 - blank) >> (56 - blank)) != 0 {
        return None;
    }
    // Seven digits are less than 2^24.
    Some(joined(t << (64 - blank)) as u32)
}

/// The number in the first `k` octets, which are digits; `k` is 1 to 8.
#[inline(always)]
pub(super) const fn value(x: u64, k: usize) -> u64 {
    // Digits move to the high end, so that zeros stand in front.
    joined((x ^ (ONES * b'0' as u64)) << (64 - 8 * k))
}

/// The number of eight digits, which are 0 to 9 and not ASCII.
#[inline(always)]
const fn joined(t: u64) -> u64 {
    // Pairs, fours and eights are joined: multiplying adds neighbours in decimal.
    let t = t.wrapping_mul(10).wrapping_add(t >> 8);
    const PAIRS: u64 = 0x0000_00FF_0000_00FF;
    const HUNDREDS: u64 = 100 + (1_000_000 << 32);
    const ONES_AND_TEN_THOUSANDS: u64 = 1 + (10_000 << 32);
    let low = (t & PAIRS).wrapping_mul(HUNDREDS);
    let high = ((t >> 16) & PAIRS).wrapping_mul(ONES_AND_TEN_THOUSANDS);
    low.wrapping_add(high) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight octets that begin with these.
    fn word(start: &[u8], filler: u8) -> u64 {
        let mut octets = [filler; 8];
        octets[..start.len()].copy_from_slice(start);
        u64::from_le_bytes(octets)
    }

    #[test]
    fn ok_the_first_mark_is_true() {
        for wanted in 0..=255u8 {
            for at in 0..8 {
                for other in [0, 1, wanted ^ 1, wanted ^ 0x80, 255] {
                    let mut octets = [other; 8];
                    octets[at] = wanted;
                    let x = u64::from_le_bytes(octets);
                    let first = octets.iter().position(|b| *b == wanted);
                    assert_eq!(Some(first_mark(equal(x, wanted))), first);
                    let low = octets.iter().position(|b| *b < 14).unwrap_or(8);
                    assert_eq!(first_mark(below(x, 14)), low);
                }
            }
        }
    }

    #[test]
    fn ok_digits_are_counted() {
        for count in 0..=8 {
            for filler in [b' ', b'/', b':', 0, 0x80, 0xb0, 0xff] {
                assert_eq!(digits(word(&b"10987654"[..count], filler)), count);
            }
        }
        for b in 0..=255u8 {
            assert_eq!(digits(word(&[b], b' ')), usize::from(b.is_ascii_digit()));
        }
    }

    #[test]
    fn ok_a_blank_ends_a_number() {
        assert_eq!(number_and_blank::<3>(word(b"987 ", 0xff)), Some(987));
        assert_eq!(number_and_blank::<7>(word(b"0000010 ", 0)), Some(10));
        for at in 0..4 {
            for b in 0..=255u8 {
                let mut octets = *b"987 1234";
                octets[at] = b;
                let good = if at == 3 {
                    b == b' '
                } else {
                    b.is_ascii_digit()
                };
                let number = number_and_blank::<3>(u64::from_le_bytes(octets));
                assert_eq!(number.is_some(), good, "{b} at {at}");
            }
        }
    }

    #[test]
    fn ok_numbers_of_one_to_seven_digits() {
        for (count, number) in [(1, 9), (2, 98), (3, 987), (5, 98765), (7, 9_876_540)] {
            assert_eq!(value(word(b"9876540", b' '), count), number);
        }
        assert_eq!(value(word(b"0000001", b'9'), 7), 1);
    }
}
