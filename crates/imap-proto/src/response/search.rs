//! SEARCH responses.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, close, each_number, end, exact_word, number, number64, opt, opt_sp, peek, sp,
};
use crate::value::{SeqNum, Uid};

/// The messages that a search found, in the order of the wire.
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
    /// The numbers of the answer to SEARCH.
    pub fn seq_nums(&self) -> impl Iterator<Item = SeqNum> + use<'a> {
        self.numbers
            .iter()
            .filter_map(|n| SeqNum::try_from(*n).ok())
    }

    /// The numbers of the answer to UID SEARCH.
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
    let mut numbers = cx.growing();
    if numbers.try_reserve_exact(expected_count(i)).is_err() {
        return fail(i, Expected::LessMemory);
    }
    let mut mod_seq = None;
    loop {
        let start = *i;
        let blank = opt_sp(i);
        match peek(i) {
            Some(b'0'..=b'9') if blank => numbers_sp(i, &mut numbers)?,
            Some(b'(') => mod_seq = Some(search_mod_seq(i)?),
            _ => {
                *i = start;
                break;
            }
        }
    }
    end(i, cx)?;
    Ok(Search {
        numbers: numbers.into_bump_slice(),
        mod_seq,
    })
}

/// Numbers with one blank between, one at least.
#[inline]
fn numbers_sp(i: &mut Input<'_>, numbers: &mut bumpalo::collections::Vec<'_, u32>) -> PResult<()> {
    loop {
        let room = numbers.capacity() - numbers.len();
        // A number and its blank take two octets at least, so that there is room for all of these.
        let (mut window, after) = i.split_at_checked(room * 2).unwrap_or((i, &[]));
        each_number(&mut window, |n| numbers.push(n));
        *i = i
            .get(i.len() - after.len() - window.len()..)
            .unwrap_or_default();
        if !matches!(peek(i), Some(b'0'..=b'9')) {
            return Ok(());
        }
        if numbers.len() == numbers.capacity() && numbers.try_reserve(room.max(16)).is_err() {
            return fail(i, Expected::LessMemory);
        }
        numbers.push(number(i)?);
        let mut next = *i;
        if !opt_sp(&mut next) || !matches!(peek(&next), Some(b'0'..=b'9')) {
            return Ok(());
        }
        *i = next;
    }
}

/// An upper bound of how many numbers there are if none is shorter than the first.
fn expected_count(i: &Input<'_>) -> usize {
    match i.iter().skip(1).position(|b| !b.is_ascii_digit()) {
        None | Some(0) => 0,
        Some(digits) => i.len() / (digits + 1) + 1,
    }
}

/// `"(" "MODSEQ" SP mod-sequence-value ")"`
fn search_mod_seq(i: &mut Input<'_>) -> PResult<u64> {
    opt(i, b'(');
    exact_word(i, "MODSEQ")?;
    sp(i)?;
    let mod_seq = number64(i)?;
    close(i)?;
    Ok(mod_seq)
}
