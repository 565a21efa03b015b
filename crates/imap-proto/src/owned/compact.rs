//! FETCH responses as they came.

use alloc::boxed::Box;
use core::fmt;

use super::{Frames, frame, read_fetch};
use crate::arena::Arena;
use crate::options::Options;
use crate::response::Fetch;

/// FETCH responses kept as their octets, and read again for each use.
///
/// A response takes 8 octets more than it took on the wire.
///
/// ```
/// use imap_proto::{Arena, FetchesBuilder};
///
/// let mut builder = FetchesBuilder::new();
/// builder.push(b"* 1 FETCH (UID 7)\r\n")?;
/// builder.push(b"* 2 FETCH (UID 9)\r\n")?;
/// let fetches = builder.finish_compact();
///
/// let mut arena = Arena::new();
/// let uid = fetches.with(1, &mut arena, |fetch| fetch.uid()).flatten();
/// assert_eq!(uid.map(u32::from), Some(9));
///
/// let mut sum = 0;
/// fetches.for_each(&mut arena, |fetch| sum += fetch.uid().map_or(0, u32::from));
/// assert_eq!(sum, 16);
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
#[derive(Clone, Default)]
pub struct CompactFetches {
    octets: Box<[u8]>,
    ends: Box<[usize]>,
    options: Options,
}

impl CompactFetches {
    pub(super) fn new(frames: Frames, options: Options) -> Self {
        let (octets, ends) = frames.into_boxes();
        Self {
            octets,
            ends,
            options,
        }
    }

    /// Hands the response at `index`, 0-based in the order of arrival, to `f`, and gives what that
    /// gives; nothing if there is no such response.
    ///
    /// The arena is reset first.
    pub fn with<R>(
        &self,
        index: usize,
        arena: &mut Arena,
        f: impl FnOnce(Fetch<'_>) -> R,
    ) -> Option<R> {
        arena.reset();
        self.get(index, arena).map(f)
    }

    /// The response at `index`, 0-based in the order of arrival, its values in `arena`.
    pub fn get<'a>(&'a self, index: usize, arena: &'a Arena) -> Option<Fetch<'a>> {
        let octets = self.frame(index)?;
        // cannot fail: the same octets were read with the same options before
        read_fetch(octets, arena, &self.options).ok()
    }

    /// Hands all responses to `f`, in the order of arrival; the arena is reset before each.
    pub fn for_each(&self, arena: &mut Arena, mut f: impl FnMut(Fetch<'_>)) {
        for index in 0..self.len() {
            let _ = self.with(index, arena, &mut f);
        }
    }

    /// The octets of the response at `index`, 0-based in the order of arrival.
    pub fn frame(&self, index: usize) -> Option<&[u8]> {
        frame(&self.octets, &self.ends, index)
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for CompactFetches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompactFetches")
            .field("len", &self.len())
            .field("octets", &self.octets.len())
            .finish_non_exhaustive()
    }
}
