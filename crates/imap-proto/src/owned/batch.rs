//! FETCH responses that were read together.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use self_cell::{MutBorrow, self_cell};

use super::{frame, read_fetch};
use crate::arena::Arena;
use crate::error::ParseError;
use crate::options::Options;
use crate::response::Fetch;

/// FETCH responses that came one behind the other, with their octets and one arena for all values.
///
/// [`Fetches`](super::Fetches) is made of such batches. Each response was read once.
///
/// ```
/// use imap_proto::{FetchBatch, Options};
///
/// let octets = b"* 1 FETCH (UID 7)\r\n* 5 EXISTS\r\n* 2 FETCH (UID 9)\r\n";
/// let mut others = Vec::new();
/// let batch = FetchBatch::read(octets, &[19, 31, 50], 0, &Options::lenient(), |n, _| others.push(n));
/// assert_eq!(batch.len(), 2);
/// assert_eq!(others, [1]);
/// ```
pub struct FetchBatch(Cell);

struct Owner {
    octets: Box<dyn AsRef<[u8]> + Send + Sync>,
    arena: MutBorrow<Arena>,
}

struct Read<'a> {
    fetches: Vec<Fetch<'a>>,
    values: usize,
}

self_cell!(
    struct Cell {
        owner: Owner,
        #[covariant]
        dependent: Read,
    }
);

impl FetchBatch {
    /// Reads frames that stand one behind the other; `ends` says where each of them ends.
    ///
    /// What cannot be read, or is another response, is left out and told to `other` by its index,
    /// 0-based, and by the error. `room` is about how many octets the values will take, 0 if that is not known: more is
    /// asked for as needed, in steps that grow.
    pub fn read(
        octets: impl AsRef<[u8]> + Send + Sync + 'static,
        ends: &[usize],
        room: usize,
        options: &Options,
        mut other: impl FnMut(usize, ParseError),
    ) -> Self {
        let owner = Owner {
            octets: Box::new(octets),
            arena: MutBorrow::new(Arena::with_capacity(room)),
        };
        Self(Cell::new(owner, |owner| {
            let arena: &Arena = owner.arena.borrow_mut();
            let octets = (*owner.octets).as_ref();
            let mut fetches = Vec::with_capacity(ends.len());
            for index in 0..ends.len() {
                let octets = frame(octets, ends, index).unwrap_or_default();
                match read_fetch(octets, arena, options) {
                    Ok(fetch) => fetches.push(fetch),
                    Err(error) => other(index, error),
                }
            }
            let values = arena.in_use();
            Read { fetches, values }
        }))
    }

    /// Keeps the responses for which `keep` says so, of their indexes, 0-based.
    ///
    /// The octets and the values of the others go with the batch.
    pub fn retain(&mut self, mut keep: impl FnMut(usize) -> bool) {
        self.0.with_dependent_mut(|_, read| {
            let mut index = 0;
            read.fetches.retain(|_| {
                index += 1;
                keep(index - 1)
            });
        });
    }

    /// The responses in the order of their arrival.
    pub fn as_slice(&self) -> &[Fetch<'_>] {
        &self.0.borrow_dependent().fetches
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }

    /// How many octets the values take: what `room` is to be for the like of them.
    pub fn values(&self) -> usize {
        self.0.borrow_dependent().values
    }
}

impl fmt::Debug for FetchBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}
