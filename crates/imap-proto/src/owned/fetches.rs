//! FETCH responses, ready to read.

use alloc::vec::Vec;
use core::iter::FlatMap;
use core::{fmt, slice};

use super::FetchBatch;
use crate::response::Fetch;

/// FETCH responses with all they are made of: their octets, and arenas for the values.
///
/// It can be kept, sent to other threads and shared between them. A response with a UID and flags takes
/// about 150 octets; [`CompactFetches`](super::CompactFetches) takes a third, and more time.
///
/// ```
/// use imap_proto::{Fetches, FetchesBuilder};
///
/// let mut builder = FetchesBuilder::new();
/// builder.push(b"* 1 FETCH (UID 7)\r\n")?;
/// builder.push(b"* 2 FETCH (UID 9)\r\n")?;
/// let fetches: Fetches = builder.finish();
/// let uids = fetches.iter().filter_map(|fetch| fetch.uid());
/// assert_eq!(uids.map(u32::from).collect::<Vec<_>>(), [7, 9]);
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
#[derive(Default)]
pub struct Fetches {
    /// None of them is empty.
    batches: Vec<FetchBatch>,
    len: usize,
}

impl Fetches {
    /// Adds the responses of a batch behind those that are there.
    pub fn push(&mut self, batch: FetchBatch) {
        if !batch.is_empty() {
            self.len += batch.len();
            self.batches.push(batch);
        }
    }

    /// The response at `index`, 0-based in the order of arrival.
    pub fn get(&self, mut index: usize) -> Option<&Fetch<'_>> {
        for batch in &self.batches {
            match batch.as_slice().get(index) {
                Some(fetch) => return Some(fetch),
                None => index -= batch.len(),
            }
        }
        None
    }

    /// The responses in the order of their arrival, one by one.
    pub fn iter(&self) -> FetchesIter<'_> {
        FetchesIter {
            inner: self
                .batches
                .iter()
                .flat_map(FetchBatch::as_slice as AsSlice<'_>),
            left: self.len,
        }
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl FromIterator<FetchBatch> for Fetches {
    fn from_iter<I: IntoIterator<Item = FetchBatch>>(batches: I) -> Self {
        let mut fetches = Self::default();
        batches.into_iter().for_each(|batch| fetches.push(batch));
        fetches
    }
}

impl<'s> IntoIterator for &'s Fetches {
    type Item = &'s Fetch<'s>;
    type IntoIter = FetchesIter<'s>;

    fn into_iter(self) -> FetchesIter<'s> {
        self.iter()
    }
}

impl Eq for Fetches {}

impl PartialEq for Fetches {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}

impl fmt::Debug for Fetches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// The responses of [`Fetches`], in the order of their arrival; made by [`Fetches::iter`].
#[derive(Clone)]
pub struct FetchesIter<'s> {
    inner: FlatMap<slice::Iter<'s, FetchBatch>, &'s [Fetch<'s>], AsSlice<'s>>,
    left: usize,
}

type AsSlice<'s> = fn(&'s FetchBatch) -> &'s [Fetch<'s>];

impl<'s> Iterator for FetchesIter<'s> {
    type Item = &'s Fetch<'s>;

    fn next(&mut self) -> Option<&'s Fetch<'s>> {
        let next = self.inner.next();
        self.left -= usize::from(next.is_some());
        next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for FetchesIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let next = self.inner.next_back();
        self.left -= usize::from(next.is_some());
        next
    }
}

impl ExactSizeIterator for FetchesIter<'_> {}

impl fmt::Debug for FetchesIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
