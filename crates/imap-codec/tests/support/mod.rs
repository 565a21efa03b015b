//! Values of the grammar made from octets: a property test gives random ones, a fuzzer its own.
//!
//! A [`Gen`] reads octets as decisions. When they are used up all decisions are for the smallest value,
//! so that any octets give a value, and shorter ones a smaller value.

mod admin;
mod append;
mod command;
mod convert;
mod fetch;
mod mailbox;
mod message;
mod mime;
mod response;
pub(crate) mod round_trip;
mod scalar;
mod search;

use imap_proto::Arena;

/// What makes values: decisions, and the arena that the values live in.
pub(crate) struct Gen<'a> {
    decisions: &'a [u8],
    arena: &'a Arena,
    strict: bool,
    nul: bool,
}

impl<'a> Gen<'a> {
    /// Makes any value that can be on the wire.
    pub(crate) fn new(decisions: &'a [u8], arena: &'a Arena) -> Self {
        Self {
            decisions,
            arena,
            strict: false,
            nul: false,
        }
    }

    /// Makes values by the book only: such that a strict parser takes them.
    pub(crate) fn strict(decisions: &'a [u8], arena: &'a Arena) -> Self {
        Self {
            strict: true,
            ..Self::new(decisions, arena)
        }
    }

    /// Makes values whose strings may hold NUL, which cannot be on the wire.
    pub(crate) fn with_nul(decisions: &'a [u8], arena: &'a Arena) -> Self {
        Self {
            nul: true,
            ..Self::new(decisions, arena)
        }
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.decisions.split_first() else {
            return 0;
        };
        self.decisions = rest;
        *first
    }

    /// A number below `n`, which is 256 at most.
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.byte()) % n
    }

    /// True once in `n` times.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    fn option<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(2).then(|| make(self))
    }

    /// How long a list is: mostly short, at times longer than what a parser keeps on its stack.
    fn length(&mut self) -> usize {
        self.pick(&[0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 1, 2, 7, 8, 9, 40])
    }

    fn list<T: Copy>(&mut self, make: impl FnMut(&mut Self) -> T) -> &'a [T] {
        let length = self.length();
        self.list_of(length, make)
    }

    fn list1<T: Copy>(&mut self, make: impl FnMut(&mut Self) -> T) -> &'a [T] {
        let length = self.length().max(1);
        self.list_of(length, make)
    }

    fn list_of<T: Copy>(&mut self, length: usize, mut make: impl FnMut(&mut Self) -> T) -> &'a [T] {
        let values: Vec<T> = (0..length).map(|_| make(self)).collect();
        self.arena.alloc_slice(values)
    }

    fn alloc<T: Copy>(&self, value: T) -> &'a T {
        self.arena.alloc(value)
    }

    fn keep(&self, octets: &[u8]) -> &'a [u8] {
        self.arena.alloc_bytes(octets)
    }

    fn keep_str(&self, text: &str) -> &'a str {
        self.arena.alloc_str(text)
    }
}
