//! Sequence sets to compute with.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use super::sequence_set::{fmt_ranges, seq_range};
use super::{Bound, MessageNumber, Range, SeqNum, SequenceSet, SequenceSetError, Uid};
use crate::lexeme::{exact_non_zero, opt};

/// A set of messages in normal form: ascending ranges that neither overlap nor touch.
///
/// Being ranges, a set such as `1:4294967295` takes 8 octets and no loop ever runs over its numbers
/// unasked. `*` counts as larger than any number, so that `5:*` holds 5 and all above. Texts come out
/// as servers like them: `2,4:7,9:*`, never `7:4`. With [`Uid`]s the type is called [`UidSetBuf`].
///
/// ```
/// use imap_proto::{SequenceSetBuf, Uid, UidSetBuf};
///
/// let here: UidSetBuf = "1:5,9".parse()?;
/// let there: UidSetBuf = "4:9".parse()?;
/// assert_eq!(here.union(&there).to_string(), "1:9");
/// assert_eq!(here.intersection(&there).to_string(), "4:5,9");
/// assert_eq!(here.difference(&there).to_string(), "1:3");
/// assert!(here.contains(Uid::try_from(3).unwrap()));
/// assert_eq!(here.len(), Some(6));
/// # Ok::<(), imap_proto::SequenceSetError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct SequenceSetBuf<N = SeqNum> {
    ranges: Vec<Range<N>>,
}

/// A [`SequenceSetBuf`] of unique identifiers.
pub type UidSetBuf = SequenceSetBuf<Uid>;

/// A range as numbers, `*` being 2^32.
type Span = (u64, u64);

/// What `*` counts as: one more than the largest number.
const LARGEST: u64 = 1 << 32;

impl<N: MessageNumber> SequenceSetBuf<N> {
    /// The set without messages. It can be computed with but not sent.
    pub const fn new() -> Self {
        Self { ranges: Vec::new() }
    }

    /// `1:*`, all messages.
    pub fn all() -> Self {
        Self::from_spans([(1, LARGEST)])
    }

    /// `*`, the message with the largest number.
    pub fn largest() -> Self {
        Self::from_spans([(LARGEST, LARGEST)])
    }

    /// `n:*`: the message `n` and all with larger numbers.
    ///
    /// A server reads `n:*` as the last message where all numbers are smaller than `n`.
    pub fn starting_at(n: N) -> Self {
        Self::from_spans([(u64::from(n.into()), LARGEST)])
    }

    /// `first:last`, with both; the order does not matter.
    pub fn range(first: N, last: N) -> Self {
        let (a, b) = (u64::from(first.into()), u64::from(last.into()));
        Self::from_spans([(a.min(b), a.max(b))])
    }

    /// The ranges, ascending.
    pub fn ranges(&self) -> &[Range<N>] {
        &self.ranges
    }

    /// The set as a command takes it, or nothing if there are no messages.
    pub fn as_set(&self) -> Option<SequenceSet<'_, N>> {
        SequenceSet::new(&self.ranges)
    }

    /// Whether there are no messages.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many messages there are; nothing if the set has `*` and so depends on the mailbox.
    pub fn len(&self) -> Option<u64> {
        let ends_known = self.spans().all(|(_, end)| end < LARGEST);
        ends_known.then(|| self.spans().map(|(start, end)| end - start + 1).sum())
    }

    /// Whether `n` is in the set; `5:*` holds every number from 5.
    pub fn contains(&self, n: N) -> bool {
        let n = u64::from(n.into());
        let after = self.ranges.partition_point(|range| number(range.end) < n);
        self.ranges
            .get(after)
            .is_some_and(|range| number(range.start) <= n)
    }

    /// Adds one message. Adding in ascending order is fast.
    pub fn insert(&mut self, n: N) {
        let last = self.spans().next_back();
        let n = u64::from(n.into());
        match last {
            Some((start, end)) if end + 1 == n => {
                self.ranges.pop();
                self.ranges.extend(span_to_range((start, n)));
            }
            Some((_, end)) if end >= n => *self = self.union(&Self::from_spans([(n, n)])),
            _ => self.ranges.extend(span_to_range((n, n))),
        }
    }

    /// The messages of either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut spans: Vec<Span> = self.spans().chain(other.spans()).collect();
        spans.sort_unstable();
        Self::from_spans(spans)
    }

    /// The messages of both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let (mut left, mut right) = (self.spans().peekable(), other.spans().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            let (start, end) = (a.0.max(b.0), a.1.min(b.1));
            if start <= end {
                out.push((start, end));
            }
            if a.1 < b.1 {
                left.next();
            } else {
                right.next();
            }
        }
        Self::from_spans(out)
    }

    /// The messages of this set that are not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let mut holes = other.spans().peekable();
        for (mut start, end) in self.spans() {
            while holes.next_if(|hole| hole.1 < start).is_some() {}
            while let Some(hole) = holes.peek().copied().filter(|hole| hole.0 <= end) {
                if start < hole.0 {
                    out.push((start, hole.0 - 1));
                }
                start = hole.1 + 1;
                if hole.1 > end {
                    break;
                }
                holes.next();
            }
            if start <= end {
                out.push((start, end));
            }
        }
        Self::from_spans(out)
    }

    /// The numbers, ascending, up to `largest`, the largest number in use, which `*` stands for.
    ///
    /// ```
    /// use imap_proto::{SeqNum, SequenceSetBuf};
    ///
    /// let set: SequenceSetBuf = "2,4:*".parse()?;
    /// let five = SeqNum::try_from(5).unwrap();
    /// let numbers: Vec<u32> = set.numbers(five).map(u32::from).collect();
    /// assert_eq!(numbers, [2, 4, 5]);
    /// # Ok::<(), imap_proto::SequenceSetError>(())
    /// ```
    pub fn numbers(&self, largest: N) -> impl Iterator<Item = N> + '_ {
        let largest = u64::from(largest.into());
        self.spans().flat_map(move |(start, end)| {
            // A range that ends in `*` reaches the last message even if it starts behind it.
            let start = if end == LARGEST {
                start.min(largest)
            } else {
                start
            };
            (start..=end.min(largest)).filter_map(to_number)
        })
    }

    /// Parts of the set whose texts have at most `octets` octets each.
    ///
    /// Servers limit the length of a line; 8,000 octets are safe. A part holds one range at least.
    ///
    /// ```
    /// use imap_proto::SequenceSetBuf;
    ///
    /// let set: SequenceSetBuf = "1,3,5,7:9".parse()?;
    /// let parts: Vec<String> = set.split(5).map(|part| part.to_string()).collect();
    /// assert_eq!(parts, ["1,3,5", "7:9"]);
    /// # Ok::<(), imap_proto::SequenceSetError>(())
    /// ```
    pub fn split(&self, octets: usize) -> impl Iterator<Item = Self> + '_ {
        let mut rest = self.ranges.as_slice();
        core::iter::from_fn(move || {
            let mut length = 0;
            let fits = |range: &&Range<N>| {
                length += range.to_string().len() + usize::from(length > 0);
                length <= octets
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (part, more) = rest.split_at_checked(count)?;
            rest = more;
            Some(Self {
                ranges: part.to_vec(),
            })
        })
    }

    fn spans(&self) -> impl DoubleEndedIterator<Item = Span> + '_ {
        self.ranges
            .iter()
            .map(|range| (number(range.start), number(range.end)))
    }

    /// Joins spans that are sorted by their start.
    fn from_spans(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut joined: Vec<Span> = Vec::new();
        for (start, end) in spans {
            match joined.last_mut() {
                Some(last) if start <= last.1 + 1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self {
            ranges: joined.into_iter().filter_map(span_to_range).collect(),
        }
    }
}

fn number<N: MessageNumber>(bound: Bound<N>) -> u64 {
    match bound {
        Bound::Number(n) => u64::from(n.into()),
        Bound::Largest => LARGEST,
    }
}

fn to_number<N: MessageNumber>(n: u64) -> Option<N> {
    u32::try_from(n).ok().and_then(NonZeroU32::new).map(N::from)
}

/// The range of a span; there is none for a span with 0, which no set has.
fn span_to_range<N: MessageNumber>((start, end): Span) -> Option<Range<N>> {
    let bound = |n| {
        if n == LARGEST {
            Some(Bound::Largest)
        } else {
            to_number(n).map(Bound::Number)
        }
    };
    Some(Range {
        start: bound(start)?,
        end: bound(end)?,
    })
}

impl<N: MessageNumber> Default for SequenceSetBuf<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<N: MessageNumber> From<N> for SequenceSetBuf<N> {
    fn from(number: N) -> Self {
        Self {
            ranges: [Range::from(number)].into(),
        }
    }
}

impl<N: MessageNumber> From<&Self> for SequenceSetBuf<N> {
    fn from(set: &Self) -> Self {
        set.clone()
    }
}

impl<N: MessageNumber> From<SequenceSet<'_, N>> for SequenceSetBuf<N> {
    /// Gives the empty set for [`SequenceSet::SAVED`], which does not say what it holds.
    fn from(set: SequenceSet<'_, N>) -> Self {
        set.ranges().iter().copied().collect()
    }
}

impl<N: MessageNumber> FromIterator<Range<N>> for SequenceSetBuf<N> {
    fn from_iter<I: IntoIterator<Item = Range<N>>>(ranges: I) -> Self {
        let span = |range: Range<N>| {
            let (a, b) = (number(range.start), number(range.end));
            (a.min(b), a.max(b))
        };
        let mut spans: Vec<Span> = ranges.into_iter().map(span).collect();
        spans.sort_unstable();
        Self::from_spans(spans)
    }
}

impl<N: MessageNumber> FromIterator<N> for SequenceSetBuf<N> {
    fn from_iter<I: IntoIterator<Item = N>>(numbers: I) -> Self {
        numbers.into_iter().map(Range::from).collect()
    }
}

impl<N: MessageNumber> FromStr for SequenceSetBuf<N> {
    type Err = SequenceSetError;

    fn from_str(text: &str) -> Result<Self, SequenceSetError> {
        let mut i = text.as_bytes();
        let mut ranges = Vec::new();
        loop {
            let range = seq_range(&mut i, exact_non_zero);
            ranges.push(range.map_err(|error| SequenceSetError {
                offset: error.locate(text.as_bytes(), "sequence set").offset,
            })?);
            if !opt(&mut i, b',') {
                break;
            }
        }
        if !i.is_empty() {
            return Err(SequenceSetError {
                offset: text.len() - i.len(),
            });
        }
        Ok(ranges.into_iter().collect())
    }
}

impl<N: MessageNumber> fmt::Display for SequenceSetBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_ranges(self.ranges.iter().copied(), f)
    }
}

impl<N: MessageNumber> fmt::Debug for SequenceSetBuf<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<N: MessageNumber> From<SequenceSetBuf<N>> for String {
    fn from(set: SequenceSetBuf<N>) -> Self {
        set.to_string()
    }
}
