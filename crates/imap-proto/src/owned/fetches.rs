//! FETCH responses, ready to read.

use alloc::boxed::Box;
use core::{fmt, slice};

use self_cell::{MutBorrow, self_cell};

use super::{Frames, frame, read_fetch};
use crate::arena::Arena;
use crate::options::Options;
use crate::response::Fetch;
use crate::value::SeqNum;

/// FETCH responses with all they are made of: their octets, and one arena for the values.
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
pub struct Fetches(Cell);

struct Owner {
    octets: Box<[u8]>,
    arena: MutBorrow<Arena>,
}

type Slice<'a> = &'a [Fetch<'a>];

self_cell!(
    struct Cell {
        owner: Owner,
        #[covariant]
        dependent: Slice,
    }
);

impl Fetches {
    /// Reads frames that were read before, and whose values take `octets` octets.
    pub(super) fn new(frames: Frames, octets: usize, options: &Options) -> Self {
        let (wire, ends) = frames.into_boxes();
        let room = octets + ends.len() * size_of::<Fetch<'_>>();
        let owner = Owner {
            octets: wire,
            arena: MutBorrow::new(Arena::with_capacity(room)),
        };
        Self(Cell::new(owner, |owner| {
            let arena: &Arena = owner.arena.borrow_mut();
            let read = |index| {
                let octets = frame(&owner.octets, &ends, index).unwrap_or_default();
                // cannot fail: the same octets were read with the same options before
                read_fetch(octets, arena, options).unwrap_or(UNREAD)
            };
            arena
                .bump()
                .alloc_slice_fill_iter((0..ends.len()).map(read))
        }))
    }

    /// The responses in the order of their arrival.
    pub fn as_slice(&self) -> &[Fetch<'_>] {
        self.0.borrow_dependent()
    }

    /// The responses in the order of their arrival, one by one.
    pub fn iter(&self) -> slice::Iter<'_, Fetch<'_>> {
        self.as_slice().iter()
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.as_slice().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

const UNREAD: Fetch<'static> = Fetch {
    number: SeqNum::MIN,
    items: &[],
};

impl<'s> IntoIterator for &'s Fetches {
    type Item = &'s Fetch<'s>;
    type IntoIter = slice::Iter<'s, Fetch<'s>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Default for Fetches {
    fn default() -> Self {
        Self::new(Frames::default(), 0, &Options::lenient())
    }
}

impl Eq for Fetches {}

impl PartialEq for Fetches {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl fmt::Debug for Fetches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}
