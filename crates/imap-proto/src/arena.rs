//! Where parsed values live.

use core::cell::RefCell;
use core::fmt;

use bumpalo::Bump;

use crate::quirks::UsedQuirks;

/// Memory for the lists and nested values of parsed messages.
///
/// Values borrow the arena and the bytes they were read from. [`Arena::reset`] between messages keeps
/// the memory for the next one, so that parsing in a loop stops allocating after the first few
/// messages; the borrow checker sees to it that no value outlives the reset.
///
/// Programs that build messages whose shape is known at run time only (a MIME tree, a user's query)
/// put the parts into an arena too, with [`Arena::alloc`] and [`Arena::alloc_slice`].
///
/// # Example
///
/// ```
/// use imap_proto::{Arena, Response};
///
/// let mut arena = Arena::new();
/// for frame in [&b"* 1 FETCH (UID 7)\r\n"[..], b"* 2 FETCH (UID 9)\r\n"] {
///     arena.reset();
///     let response = Response::parse(frame, &arena)?;
///     assert!(matches!(response, Response::Fetch(_)));
/// }
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
#[derive(Default)]
pub struct Arena {
    bump: Bump,
    used: RefCell<UsedQuirks>,
}

impl Arena {
    /// An arena that holds no memory yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// An arena with room for `octets` octets of values.
    pub fn with_capacity(octets: usize) -> Self {
        Self {
            bump: Bump::with_capacity(octets),
            ..Self::default()
        }
    }

    /// Forgets all values and keeps the memory, or the larger part of it, for the next ones.
    pub fn reset(&mut self) {
        self.bump.reset();
        self.used.get_mut().truncate(0);
    }

    /// Forgets all values, and gives the memory back if there is more than `octets` octets of it.
    ///
    /// One huge message then does not keep its memory for as long as a connection lives.
    pub fn reset_within(&mut self, octets: usize) {
        if self.bump.allocated_bytes() > octets {
            self.bump = Bump::new();
        }
        self.reset();
    }

    /// Octets of memory held, in use or not.
    pub fn allocated(&self) -> usize {
        self.bump.allocated_bytes()
    }

    /// Moves a value into the arena.
    ///
    /// ```
    /// use imap_proto::{Arena, SearchKey};
    ///
    /// let arena = Arena::new();
    /// let key = SearchKey::Not(arena.alloc(SearchKey::Seen));
    /// assert_eq!(key, SearchKey::Not(&SearchKey::Seen));
    /// ```
    pub fn alloc<T: Copy>(&self, value: T) -> &T {
        self.bump.alloc(value)
    }

    /// Collects values into a slice in the arena.
    ///
    /// ```
    /// use imap_proto::{Arena, Flag};
    ///
    /// let arena = Arena::new();
    /// let flags = arena.alloc_slice([Flag::Seen, Flag::Draft]);
    /// assert_eq!(flags, [Flag::Seen, Flag::Draft]);
    /// ```
    pub fn alloc_slice<T: Copy>(&self, values: impl IntoIterator<Item = T>) -> &[T] {
        let mut list = bumpalo::collections::Vec::new_in(&self.bump);
        list.extend(values);
        list.into_bump_slice()
    }

    /// Copies a text into the arena.
    pub fn alloc_str(&self, text: &str) -> &str {
        self.bump.alloc_str(text)
    }

    /// Copies octets into the arena.
    pub fn alloc_bytes(&self, octets: &[u8]) -> &[u8] {
        self.bump.alloc_slice_copy(octets)
    }

    /// The deviations from the standards that were forgiven since the last reset.
    ///
    /// ```
    /// use imap_proto::{Arena, Quirk, Response};
    ///
    /// let arena = Arena::new();
    /// Response::parse(b"* OK\r\n", &arena)?;
    /// assert_eq!(arena.used_quirks().as_slice()[0].quirk, Quirk::MissingText);
    /// # Ok::<(), imap_proto::ParseError>(())
    /// ```
    pub fn used_quirks(&self) -> UsedQuirks {
        *self.used.borrow()
    }

    /// Octets of memory in use, counting what is left over of full chunks.
    pub(crate) fn in_use(&self) -> usize {
        let free = self.bump.chunk_capacity();
        self.bump.allocated_bytes().saturating_sub(free)
    }

    pub(crate) fn bump(&self) -> &Bump {
        &self.bump
    }

    pub(crate) fn used(&self) -> &RefCell<UsedQuirks> {
        &self.used
    }
}

impl Default for UsedQuirks {
    fn default() -> Self {
        Self::NONE
    }
}

impl fmt::Debug for Arena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena")
            .field("allocated", &self.allocated())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::Arena;

    #[test]
    fn ok_a_reset_keeps_memory() {
        let mut arena = Arena::with_capacity(1000);
        let held = arena.allocated();
        assert!(held >= 1000);
        assert_eq!(arena.in_use(), 0);
        arena.alloc_bytes(&[0; 900]);
        assert_eq!((arena.allocated(), arena.in_use()), (held, 900));
        arena.reset();
        assert_eq!((arena.allocated(), arena.in_use()), (held, 0));
        assert_eq!(
            format!("{arena:?}"),
            format!("Arena {{ allocated: {held}, .. }}")
        );
    }

    #[test]
    fn ok_a_reset_may_give_memory_back() {
        let mut arena = Arena::new();
        assert_eq!(arena.allocated(), 0);
        arena.alloc_bytes(&[0; 100_000]);
        arena.reset_within(200_000);
        assert!(arena.allocated() >= 100_000);
        arena.reset_within(50_000);
        assert_eq!(arena.allocated(), 0);
    }

    #[test]
    fn ok_values_of_a_program() {
        let arena = Arena::new();
        assert_eq!(arena.alloc_str("ü"), "ü");
        assert_eq!(arena.alloc_slice([1, 2]), [1, 2]);
        assert_eq!(*arena.alloc(5), 5);
    }
}
