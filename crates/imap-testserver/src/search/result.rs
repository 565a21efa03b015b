//! What is told of the messages that a search found.
//!
//! [RFC 4731](https://www.rfc-editor.org/rfc/rfc4731), [RFC 5182](https://www.rfc-editor.org/rfc/rfc5182),
//! [RFC 9394](https://www.rfc-editor.org/rfc/rfc9394)

use imap_proto::command::SearchReturnOption;
use imap_proto::response::{PartialResult, SearchReturnData};
use imap_proto::{
    Arena, Bound, MessageNumber, PartialRange, Range, SeqNum, SequenceSet, Uid, UidSetBuf,
};

/// A message that was found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Found {
    /// Its number in the session that searches.
    pub seq: SeqNum,
    /// Its UID.
    pub uid: Uid,
    /// Its modification sequence.
    pub mod_seq: u64,
}

/// What an ESEARCH response tells; nothing if none is to be sent, since only SAVE was asked for.
///
/// The messages are in the order of the result, ascending or sorted. `number` chooses between numbers
/// and UIDs. Options that are not known are passed over.
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
pub fn return_data<'a, N: MessageNumber>(
    options: &[SearchReturnOption<'_>],
    found: &[Found],
    uses_mod_seq: bool,
    number: impl Fn(&Found) -> N,
    arena: &'a Arena,
) -> Option<&'a [SearchReturnData<'a, N>]> {
    if matches!(options, [SearchReturnOption::Save]) {
        return None;
    }
    let all = [SearchReturnOption::All];
    let options = if options.is_empty() { &all } else { options };
    let mut data = Vec::new();
    for option in options {
        match option {
            SearchReturnOption::All => {
                let set = ordered_set(found.iter().map(&number), arena);
                data.extend(set.map(SearchReturnData::All));
            }
            SearchReturnOption::Count => data.push(SearchReturnData::Count(count(found))),
            SearchReturnOption::Max => {
                data.extend(found.last().map(|last| SearchReturnData::Max(number(last))));
            }
            SearchReturnOption::Min => {
                data.extend(
                    found
                        .first()
                        .map(|first| SearchReturnData::Min(number(first))),
                );
            }
            SearchReturnOption::Partial(range) => {
                let range = *range;
                let set = ordered_set(part(found, range).iter().map(&number), arena);
                let part = arena.alloc(PartialResult { range, set });
                data.push(SearchReturnData::Partial(part));
            }
            SearchReturnOption::Relevancy => {
                let scores = arena.alloc_slice(found.iter().map(|_| FULL_SCORE));
                data.push(SearchReturnData::Relevancy(scores));
            }
            _ => {}
        }
    }
    if uses_mod_seq {
        let told = told(options, found);
        data.extend(
            told.iter()
                .map(|found| found.mod_seq)
                .max()
                .map(SearchReturnData::ModSeq),
        );
    }
    Some(arena.alloc_slice(data))
}

/// The messages that `$` stands for after a search with SAVE.
///
/// [RFC 5182 section 2.4](https://www.rfc-editor.org/rfc/rfc5182#section-2.4),
/// [RFC 9394 section 3.2](https://www.rfc-editor.org/rfc/rfc9394#section-3.2)
pub fn saved(options: &[SearchReturnOption<'_>], found: &[Found]) -> UidSetBuf {
    told(options, found).iter().map(|found| found.uid).collect()
}

/// The messages that are told of: all, unless nothing but some of them was asked for.
fn told(options: &[SearchReturnOption<'_>], found: &[Found]) -> Vec<Found> {
    let mut told = Vec::new();
    let mut is_some = false;
    for option in options {
        match option {
            SearchReturnOption::All | SearchReturnOption::Count => return found.to_vec(),
            SearchReturnOption::Max => told.extend(found.last()),
            SearchReturnOption::Min => told.extend(found.first()),
            SearchReturnOption::Partial(range) => told.extend(part(found, *range)),
            _ => continue,
        }
        is_some = true;
    }
    if is_some { told } else { found.to_vec() }
}

/// The messages of a range of the result.
///
/// [RFC 9394 section 3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1)
pub(crate) fn part<T>(found: &[T], range: PartialRange) -> &[T] {
    let (PartialRange::First(a, b) | PartialRange::Last(a, b)) = range;
    let place = |n: u32| usize::try_from(n).map_or(found.len(), |n| n.min(found.len()));
    let (before, to) = (place(a.min(b).get() - 1), place(a.max(b).get()));
    let places = match range {
        PartialRange::First(..) => before..to,
        PartialRange::Last(..) => found.len() - to..found.len() - before,
    };
    found.get(places).unwrap_or_default()
}

/// Numbers in their order, as ranges where they follow one another; nothing if there are none.
pub(crate) fn ordered_set<N: MessageNumber>(
    numbers: impl IntoIterator<Item = N>,
    arena: &Arena,
) -> Option<SequenceSet<'_, N>> {
    let mut ranges: Vec<(N, N)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, end)) if (*end).into().checked_add(1) == Some(number.into()) => *end = number,
            _ => ranges.push((number, number)),
        }
    }
    SequenceSet::new(
        arena.alloc_slice(ranges.into_iter().map(|(start, end)| Range {
            start: Bound::Number(start),
            end: Bound::Number(end),
        })),
    )
}

fn count(found: &[Found]) -> u32 {
    u32::try_from(found.len()).unwrap_or(u32::MAX)
}

/// How well a message fits if it fits at all; RFC 6203 4.
const FULL_SCORE: u8 = 100;
