//! SEARCH and SORT responses.

use core::mem::replace;
use core::num::NonZeroU32;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, close, end, exact_word, mod_sequence_value, non_zero, number,
    numbers_and_blanks, open, opt_sp, peek, sp,
};
use crate::quirks::Quirk;
use crate::value::{SeqNum, Uid};

/// Numbers that grow in the arena.
type Numbers<'a> = bumpalo::collections::Vec<'a, u32>;

/// The messages that a search or a sort found, in the order of the wire.
///
/// `S: * SEARCH 2 84 882` has three numbers. They are UIDs in the answer to UID SEARCH and sequence
/// numbers otherwise: the response does not say which.
///
/// [RFC 9051 section 7.3](https://www.rfc-editor.org/rfc/rfc9051#section-7.3),
/// [RFC 3501 section 7.2.5](https://www.rfc-editor.org/rfc/rfc3501#section-7.2.5)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Search<'a> {
    /// The numbers.
    pub numbers: &'a [u32],
    /// The highest modification sequence of all that were found, RFC 7162.
    pub mod_seq: Option<u64>,
}

impl<'a> Search<'a> {
    /// The numbers of the answer to SEARCH or SORT.
    pub fn seq_nums(&self) -> impl Iterator<Item = SeqNum> + use<'a> {
        self.numbers
            .iter()
            .filter_map(|n| SeqNum::try_from(*n).ok())
    }

    /// The numbers of the answer to UID SEARCH or UID SORT.
    pub fn uids(&self) -> impl Iterator<Item = Uid> + use<'a> {
        self.numbers.iter().filter_map(|n| Uid::try_from(*n).ok())
    }
}

/// What follows the word SEARCH, with the end of the line.
///
/// ```abnf
/// "SEARCH" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]   ; RFC 7162
/// ```
#[inline]
pub(super) fn search<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    cx.set_rule("SEARCH response");
    let search = found(i, cx)?;
    end(i, cx)?;
    Ok(search)
}

/// What follows the word SORT.
///
/// ```abnf
/// sort-data = "SORT" *(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]   ; RFC 7162
/// ```
#[inline(never)]
pub(super) fn sort<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    cx.set_rule("SORT response");
    found(i, cx)
}

/// The numbers and the modification sequence, each with the blank in front.
#[inline(always)]
fn found<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Search<'a>> {
    let mut numbers = cx.growing();
    if numbers.try_reserve_exact(expected_count(i)).is_err() {
        return fail(i, Expected::LessMemory);
    }
    let mut mod_seq = None;
    loop {
        extra_blanks(i, cx)?;
        match **i {
            [b' ', b'0'..=b'9', ..] => {
                if mod_seq.is_some() {
                    // quirk: SearchModSeq
                    cx.forgive_or(i, Quirk::SearchModSeq, Expected::Crlf)?;
                }
                opt_sp(i);
                numbers_sp(i, cx, &mut numbers)?;
            }
            [b' ', b'(', ..] if mod_seq.is_none() => {
                opt_sp(i);
                mod_seq = Some(search_mod_seq(i, cx)?);
            }
            [b'(', ..] if mod_seq.is_none() => {
                // quirk: SearchModSeq
                cx.forgive_or(i, Quirk::SearchModSeq, Expected::Space)?;
                mod_seq = Some(search_mod_seq(i, cx)?);
            }
            _ => break,
        }
    }
    Ok(Search {
        numbers: numbers.into_bump_slice(),
        mod_seq,
    })
}

/// Numbers with one blank between, one at least.
#[inline]
fn numbers_sp(i: &mut Input<'_>, cx: &Context<'_>, numbers: &mut Numbers<'_>) -> PResult<()> {
    if !cx.allows(Quirk::ZeroNumber) || !cx.allows(Quirk::LeadingZero) {
        return exact_numbers_sp(i, cx, numbers);
    }
    let start = *i;
    let mut zero = false;
    let mut room = [0; AT_ONCE];
    loop {
        let whole = *i;
        let (read, with_zero) = numbers_and_blanks(i, &mut room);
        zero |= with_zero;
        if numbers.try_reserve(read.len().max(1)).is_err() {
            return fail(i, Expected::LessMemory);
        }
        numbers.extend_from_slice_copy(read);
        if !at_digit(i) {
            // The blank behind the last number is not of the numbers.
            let taken = whole.len() - i.len();
            *i = whole.get(taken.saturating_sub(1)..).unwrap_or_default();
            break;
        }
        if read.len() == AT_ONCE {
            continue;
        }
        zero |= at(i, b'0');
        numbers.push(number(i)?);
        if !next_number(i) {
            break;
        }
    }
    if zero {
        let taken = start.len() - i.len();
        note_zeros(start, taken, cx);
    }
    Ok(())
}

/// How many numbers are gathered on the stack before they move to the arena.
const AT_ONCE: usize = 64;

/// The same with a check of each number.
#[cold]
fn exact_numbers_sp(i: &mut Input<'_>, cx: &Context<'_>, numbers: &mut Numbers<'_>) -> PResult<()> {
    loop {
        let start = *i;
        let n = if number(i)? == 0 {
            // quirk: ZeroNumber
            cx.forgive_or(start, Quirk::ZeroNumber, Expected::NonZeroNumber)?;
            0
        } else {
            *i = start;
            non_zero::<NonZeroU32>(i, cx)?.get()
        };
        if numbers.len() == numbers.capacity() && numbers.try_reserve(16).is_err() {
            return fail(i, Expected::LessMemory);
        }
        numbers.push(n);
        if !next_number(i) {
            return Ok(());
        }
    }
}

/// Takes a blank if a number follows, and tells whether one does.
#[inline(always)]
fn next_number(i: &mut Input<'_>) -> bool {
    matches!(**i, [b' ', b'0'..=b'9', ..]) && opt_sp(i)
}

fn at_digit(i: &Input<'_>) -> bool {
    matches!(peek(i), Some(b'0'..=b'9'))
}

/// Notes the first number that is zero, and the first that begins with one, of those that take the
/// first `taken` octets.
#[cold]
fn note_zeros(start: Input<'_>, taken: usize, cx: &Context<'_>) {
    let mut rest = start;
    let mut noted = [false; 2];
    for number in start.get(..taken).unwrap_or_default().split(|b| *b == b' ') {
        if let [b'0', digits @ ..] = number {
            let is_zero = digits.iter().all(|b| *b == b'0');
            let [zero, leading] = &mut noted;
            let (first, quirk) = if is_zero {
                // quirk: ZeroNumber
                (zero, Quirk::ZeroNumber)
            } else {
                // quirk: LeadingZero
                (leading, Quirk::LeadingZero)
            };
            if !replace(first, true) {
                cx.forgive(rest, quirk);
            }
        }
        rest = rest.get(number.len() + 1..).unwrap_or_default();
    }
}

/// Passes blanks that are too many; one stays, and all of them at the end of the line.
#[inline(always)]
fn extra_blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if !i.starts_with(b"  ") {
        return Ok(());
    }
    let blanks = i.iter().take_while(|b| **b == b' ').count();
    if matches!(i.get(blanks), Some(b'0'..=b'9' | b'(')) {
        // quirk: ListBlanks
        let extra = i.get(1..).unwrap_or_default();
        cx.forgive_or(extra, Quirk::ListBlanks, Expected::Number)?;
        *i = i.get(blanks - 1..).unwrap_or_default();
    }
    Ok(())
}

/// An upper bound of how many numbers there are if none is shorter than the first.
fn expected_count(i: &Input<'_>) -> usize {
    match i.iter().skip(1).position(|b| !b.is_ascii_digit()) {
        None | Some(0) => 0,
        Some(digits) => i.len() / (digits + 1) + 1,
    }
}

/// `"(" "MODSEQ" SP mod-sequence-value ")"`
fn search_mod_seq(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<u64> {
    open(i)?;
    exact_word(i, "MODSEQ")?;
    sp(i)?;
    let mod_seq = mod_sequence_value(i, cx)?;
    close(i)?;
    Ok(mod_seq)
}
