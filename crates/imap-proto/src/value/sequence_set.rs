//! Sequence sets as they travel.

use core::fmt;
use core::fmt::Write as _;

use super::{MessageNumber, SeqNum, Uid};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, grow, non_zero, opt, peek, separated};

/// One end of a [`Range`].
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `seq-number`
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Bound<N> {
    /// A number.
    Number(N),
    /// `*`: the largest number in use in the mailbox.
    Largest,
}

/// `5`, `5:9` or `5:*`; a single number has equal ends. The order of the ends does not matter.
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `seq-range`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Range<N> {
    /// The end written first.
    pub start: Bound<N>,
    /// The end written last.
    pub end: Bound<N>,
}

/// The messages that a command or a response speaks of, as ranges in the order of the wire.
///
/// `C: a1 FETCH 2,4:7,9:* FLAGS` has the set `2,4:7,9:*`. At least one range, or the saved result `$`
/// of RFC 5182. With [`Uid`]s the type is called [`UidSet`], and neither can be taken for the other.
/// To build, join and compare sets, use [`SequenceSetBuf`](super::SequenceSetBuf).
///
/// ```
/// use imap_proto::{Bound, Range, SeqNum, SequenceSet};
///
/// let seven = SeqNum::try_from(7)?;
/// let ranges = [Range::from(seven), Range { start: Bound::Number(seven), end: Bound::Largest }];
/// let set = SequenceSet::new(&ranges).unwrap();
/// assert_eq!(set.to_string(), "7,7:*");
/// # Ok::<(), imap_proto::NumberError>(())
/// ```
///
/// [RFC 9051 section 9](https://www.rfc-editor.org/rfc/rfc9051#section-9), `sequence-set`
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct SequenceSet<'a, N = SeqNum>(Inner<'a, N>);

/// A [`SequenceSet`] of unique identifiers.
pub type UidSet<'a> = SequenceSet<'a, Uid>;

#[derive(Clone, Copy, Eq, Hash, PartialEq)]
enum Inner<'a, N> {
    Ranges(&'a [Range<N>]),
    Saved,
}

impl<N> SequenceSet<'_, N> {
    /// `$`: the messages that the last `SEARCH RETURN (SAVE)` found.
    ///
    /// [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182)
    pub const SAVED: Self = Self(Inner::Saved);
}

impl<'a, N: MessageNumber> SequenceSet<'a, N> {
    /// The set of these ranges, or nothing if there are none.
    pub const fn new(ranges: &'a [Range<N>]) -> Option<Self> {
        if ranges.is_empty() {
            None
        } else {
            Some(Self(Inner::Ranges(ranges)))
        }
    }

    /// The ranges in the order of the wire; none for the saved result.
    pub const fn ranges(&self) -> &'a [Range<N>] {
        match self.0 {
            Inner::Ranges(ranges) => ranges,
            Inner::Saved => &[],
        }
    }

    /// Whether this is `$`, the saved result of a search.
    pub const fn is_saved(&self) -> bool {
        matches!(self.0, Inner::Saved)
    }
}

impl<N: Copy> From<N> for Range<N> {
    fn from(number: N) -> Self {
        Self {
            start: Bound::Number(number),
            end: Bound::Number(number),
        }
    }
}

impl<N: fmt::Display> fmt::Display for Bound<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Largest => f.write_char('*'),
        }
    }
}

impl<N: Eq + fmt::Display> fmt::Display for Range<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        if self.start != self.end {
            write!(f, ":{}", self.end)?;
        }
        Ok(())
    }
}

impl<N: MessageNumber> fmt::Display for SequenceSet<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_saved() {
            return f.write_char('$');
        }
        fmt_ranges(self.ranges().iter().copied(), f)
    }
}

/// Writes ranges with commas between.
pub(super) fn fmt_ranges<N: MessageNumber>(
    ranges: impl Iterator<Item = Range<N>>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (n, range) in ranges.enumerate() {
        if n > 0 {
            f.write_char(',')?;
        }
        write!(f, "{range}")?;
    }
    Ok(())
}

impl<N: MessageNumber> fmt::Debug for SequenceSet<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A text that is no sequence set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SequenceSetError {
    /// Octets in front of the place where a number, `*`, `:` or `,` was expected.
    pub offset: usize,
}

impl fmt::Display for SequenceSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected a sequence set such as `1:4,7,9:*`, stopped at byte {}",
            self.offset
        )
    }
}

impl core::error::Error for SequenceSetError {}

/// A sequence set or the saved result.
///
/// ```abnf
/// sequence-set      = (seq-number / seq-range) ["," sequence-set]
/// sequence-set      =/ seq-last-command   ; RFC 5182
/// seq-last-command  = "$"                 ; RFC 5182
/// ```
pub(crate) fn sequence_set<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<SequenceSet<'a, N>> {
    if opt(i, b'$') {
        return Ok(SequenceSet::SAVED);
    }
    separated(i, cx, b',', |i| seq_range(i, |i| non_zero(i, cx)))
        .map(|ranges| SequenceSet(Inner::Ranges(ranges)))
}

/// Unique identifiers that are all known.
///
/// ```abnf
/// uid-set   = (uniqueid / uid-range) *("," uid-set)
/// uid-range = (uniqueid ":" uniqueid)
/// ```
pub(crate) fn uid_set<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<UidSet<'a>> {
    known_set(i, cx)
}

/// Numbers that are all known: a sequence set without `*` and `$`.
pub(crate) fn known_set<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<SequenceSet<'a, N>> {
    let ranges = separated(i, cx, b',', |i| known_range(i, cx))?;
    Ok(SequenceSet(Inner::Ranges(ranges)))
}

/// The same, for sets that may have thousands of ranges: these grow in the arena from the first on.
pub(crate) fn long_known_set<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<SequenceSet<'a, N>> {
    let mut ranges = cx.growing();
    loop {
        let range = known_range(i, cx)?;
        grow(i, &mut ranges, range)?;
        if !opt(i, b',') {
            break;
        }
    }
    // Counted at once, since memory is limited all the while.
    cx.count(i, ranges.len())?;
    Ok(SequenceSet(Inner::Ranges(ranges.into_bump_slice())))
}

/// One or two numbers.
#[inline(always)]
pub(crate) fn known_range<N: Copy + TryFrom<u32>>(
    i: &mut Input<'_>,
    cx: &Context<'_>,
) -> PResult<Range<N>> {
    let first = known_number(i, cx)?;
    let last = if opt(i, b':') {
        known_number(i, cx)?
    } else {
        first
    };
    Ok(Range {
        start: Bound::Number(first),
        end: Bound::Number(last),
    })
}

/// A number of a set; where there is none, it is the set that was expected.
#[inline(always)]
fn known_number<N: TryFrom<u32>>(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<N> {
    match non_zero(i, cx) {
        Err(_) if !matches!(peek(i), Some(b'0'..=b'9')) => fail(i, Expected::SequenceSet),
        number => number,
    }
}

/// `seq-number [":" seq-number]`, its numbers read by `nz_number`.
#[inline(always)]
pub(super) fn seq_range<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    nz_number: impl Fn(&mut Input<'a>) -> PResult<N>,
) -> PResult<Range<N>> {
    let start = number_or_largest(i, &nz_number)?;
    let end = if opt(i, b':') {
        number_or_largest(i, &nz_number)?
    } else {
        start
    };
    Ok(Range { start, end })
}

/// `seq-number = nz-number / "*"`
pub(crate) fn seq_number<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Bound<N>> {
    number_or_largest(i, &|i: &mut Input<'a>| non_zero(i, cx))
}

/// `seq-number`, its number read by `nz_number`.
#[inline(always)]
fn number_or_largest<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    nz_number: &impl Fn(&mut Input<'a>) -> PResult<N>,
) -> PResult<Bound<N>> {
    match i.first() {
        Some(b'*') => {
            opt(i, b'*');
            Ok(Bound::Largest)
        }
        Some(b'0'..=b'9') => nz_number(i).map(Bound::Number),
        _ => fail(i, Expected::SequenceSet),
    }
}
