//! Messages in an order.

use std::fmt;

use imap_proto::{Bound, MessageNumber, Range, SequenceSet, SequenceSetBuf};

/// Numbers of messages in the order in which a server gave them.
///
/// They are kept as ranges, so that a result such as `1:4294967295` takes a few octets, and is
/// never written out unasked. Commands take them in place of a set.
///
/// ```
/// use imap_client::Numbers;
/// use imap_proto::{SeqNum, SequenceSetBuf};
///
/// let numbers: Numbers<SeqNum> = [5, 3, 4].into_iter().filter_map(|n| n.try_into().ok()).collect();
/// assert_eq!(numbers.to_string(), "5,3:4");
/// assert_eq!(numbers.len(), 3);
/// assert_eq!(SequenceSetBuf::from(&numbers).to_string(), "3:5");
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Numbers<N> {
    /// What `*` would be is not among them; each begins with its lower end.
    ranges: Vec<(N, N)>,
}

impl<N: MessageNumber> Numbers<N> {
    /// How many numbers there are.
    pub fn len(&self) -> u64 {
        let span = |(first, last): &(N, N)| u64::from((*last).into()) - u64::from((*first).into());
        self.ranges.iter().map(|range| span(range) + 1).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The numbers one by one, in their order.
    pub fn iter(&self) -> impl Iterator<Item = N> + '_ {
        self.ranges
            .iter()
            .flat_map(|(first, last)| (*first).into()..=(*last).into())
            .filter_map(|n: u32| N::try_from(n).ok())
    }

    /// The numbers as ranges, each with its lower end first, in their order.
    pub fn ranges(&self) -> impl Iterator<Item = Range<N>> + '_ {
        self.ranges.iter().map(|(first, last)| Range {
            start: Bound::Number(*first),
            end: Bound::Number(*last),
        })
    }

    /// The number that came first.
    pub fn first(&self) -> Option<N> {
        self.ranges.first().map(|(first, _)| *first)
    }

    /// The number that came last.
    pub fn last(&self) -> Option<N> {
        self.ranges.last().map(|(_, last)| *last)
    }

    /// The lowest number.
    pub fn min(&self) -> Option<N> {
        self.ranges.iter().map(|(first, _)| *first).min()
    }

    /// The highest number.
    pub fn max(&self) -> Option<N> {
        self.ranges.iter().map(|(_, last)| *last).max()
    }

    /// Adds a number at the end.
    pub(super) fn push(&mut self, n: N) {
        match self.ranges.last_mut() {
            Some((_, last)) if (*last).into().checked_add(1) == Some(n.into()) => *last = n,
            _ => self.ranges.push((n, n)),
        }
    }

    /// Adds the numbers of a set that a server sent, whatever they are called there.
    pub(super) fn extend_from<M: MessageNumber>(&mut self, set: SequenceSet<'_, M>) {
        let number = |bound| match bound {
            Bound::Number(n) => N::try_from(M::into(n)).ok(),
            // cannot happen: sets of results are known.
            Bound::Largest => None,
        };
        // RFC 4315 3, RFC 5267 3.2: a range means ascending numbers, whichever end comes first.
        let range = |range: &Range<M>| {
            let (start, end) = (number(range.start)?, number(range.end)?);
            Some((start.min(end), start.max(end)))
        };
        self.ranges.extend(set.ranges().iter().filter_map(range));
    }
}

impl<N> Default for Numbers<N> {
    fn default() -> Self {
        Self { ranges: Vec::new() }
    }
}

impl<N: MessageNumber> FromIterator<N> for Numbers<N> {
    fn from_iter<I: IntoIterator<Item = N>>(numbers: I) -> Self {
        let mut collected = Self::default();
        numbers.into_iter().for_each(|n| collected.push(n));
        collected
    }
}

impl<N: MessageNumber> From<&Numbers<N>> for SequenceSetBuf<N> {
    fn from(numbers: &Numbers<N>) -> Self {
        numbers.ranges().collect()
    }
}

impl<N: MessageNumber, const K: usize> PartialEq<[N; K]> for Numbers<N> {
    fn eq(&self, other: &[N; K]) -> bool {
        self.len() == K as u64 && self.iter().eq(other.iter().copied())
    }
}

impl<N: MessageNumber> fmt::Display for Numbers<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, range) in self.ranges().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{range}")?;
        }
        Ok(())
    }
}

impl<N: MessageNumber> fmt::Debug for Numbers<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
