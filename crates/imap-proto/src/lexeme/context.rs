//! What a parse carries along.

use core::cell::Cell;

use crate::arena::Arena;
use crate::error::{Expected, PResult, fail};
use crate::options::Options;
use crate::quirks::{Quirk, Quirks, UsedQuirk};

/// What is left to read. Offsets are told from its length.
pub(crate) type Input<'a> = &'a [u8];

/// The arena, the options and the budget of one parse.
pub(crate) struct Context<'a> {
    arena: &'a Arena,
    quirks: Quirks,
    utf8: bool,
    max_depth: u8,
    max_thread_depth: u8,
    whole: usize,
    elements: Cell<u32>,
    role: Role,
    resumptions: Cell<u8>,
    rule: Cell<&'static str>,
}

/// How often reading goes on behind an item that is not balanced. Each such item is searched to the
/// end of the message, so that without a limit the time would grow by the square of the octets.
const MAX_RESUMPTIONS: u8 = 16;

/// Who speaks.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Role {
    Client,
    Server,
}

impl<'a> Context<'a> {
    #[inline]
    pub(crate) fn new(whole: &[u8], arena: &'a Arena, options: &Options, role: Role) -> Self {
        let bump = arena.bump();
        let limit = bump
            .allocated_bytes()
            .saturating_add(options.limits.max_arena);
        bump.set_allocation_limit(Some(limit));
        Self {
            arena,
            quirks: options.quirks,
            utf8: options.utf8,
            max_depth: options.limits.max_depth,
            max_thread_depth: options.limits.max_thread_depth,
            whole: whole.len(),
            elements: Cell::new(options.limits.max_elements),
            role,
            resumptions: Cell::new(MAX_RESUMPTIONS),
            rule: Cell::new(match role {
                Role::Client => "command",
                Role::Server => "response",
            }),
        }
    }

    /// Whether reading may go on behind an item that is not balanced once more.
    #[cold]
    pub(crate) fn may_resume(&self) -> bool {
        let left = self.resumptions.get().checked_sub(1);
        self.resumptions.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Who speaks.
    #[inline(always)]
    pub(crate) fn role(&self) -> Role {
        self.role
    }

    /// The production being read, for errors.
    #[inline(always)]
    pub(crate) fn rule(&self) -> &'static str {
        self.rule.get()
    }

    /// Says which production is being read.
    #[inline(always)]
    pub(crate) fn set_rule(&self, rule: &'static str) {
        self.rule.set(rule);
    }

    #[inline(always)]
    pub(crate) fn utf8(&self) -> bool {
        self.utf8
    }

    #[inline(always)]
    pub(crate) fn max_depth(&self) -> u8 {
        self.max_depth
    }

    #[inline(always)]
    pub(crate) fn max_thread_depth(&self) -> u8 {
        self.max_thread_depth
    }

    /// Whether a deviation is forgiven; it is not noted.
    #[inline(always)]
    pub(crate) fn allows(&self, quirk: Quirk) -> bool {
        self.quirks.allows(quirk)
    }

    /// How many deviations were noted so far; for [`Context::unnote`].
    #[inline(always)]
    pub(crate) fn noted(&self) -> usize {
        self.arena.used().borrow().count()
    }

    /// Forgets the deviations that were noted after the first `count`: what they were met in is
    /// read in another way.
    #[cold]
    pub(crate) fn unnote(&self, count: usize) {
        self.arena.used().borrow_mut().truncate(count);
    }

    /// Forgets the deviations that were noted from the front of `input` on: it is read anew.
    #[cold]
    pub(crate) fn unnote_behind(&self, input: &[u8]) {
        let place = self.whole.saturating_sub(input.len());
        let used = *self.arena.used().borrow();
        let kept = used.as_slice();
        let in_front = kept.iter().take_while(|used| used.offset < place).count();
        if in_front < kept.len() {
            self.unnote(in_front);
        }
    }

    /// Whether a deviation is forgiven; if so, notes it with its place, the front of `input`.
    #[cold]
    #[inline(never)]
    pub(crate) fn forgive(&self, input: &[u8], quirk: Quirk) -> bool {
        let allowed = self.quirks.allows(quirk);
        if allowed {
            let offset = self.whole.saturating_sub(input.len());
            self.arena
                .used()
                .borrow_mut()
                .push(UsedQuirk { quirk, offset });
        }
        allowed
    }

    /// Like [`Context::forgive`], refusing with `expected`.
    #[cold]
    pub(crate) fn forgive_or(&self, input: &[u8], quirk: Quirk, expected: Expected) -> PResult<()> {
        if self.forgive(input, quirk) {
            Ok(())
        } else {
            fail(input, expected)
        }
    }

    /// Counts list elements against the limit.
    #[inline(always)]
    pub(crate) fn count(&self, input: &[u8], elements: usize) -> PResult<()> {
        let left = u32::try_from(elements)
            .ok()
            .and_then(|n| self.elements.get().checked_sub(n));
        match left {
            Some(left) => {
                self.elements.set(left);
                Ok(())
            }
            None => fail(input, Expected::LessElements),
        }
    }

    // Without optimization these would enlarge the frames of functions that call themselves.

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn alloc<T: Copy>(&self, input: &[u8], value: T) -> PResult<&'a T> {
        match self.arena.bump().try_alloc(value) {
            Ok(value) => Ok(value),
            Err(_) => fail(input, Expected::LessMemory),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn alloc_array<T: Copy, const N: usize>(
        &self,
        input: &[u8],
        values: [T; N],
    ) -> PResult<&'a [T]> {
        self.alloc(input, values).map(|values| &values[..])
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn alloc_slice<T: Copy>(&self, input: &[u8], values: &[T]) -> PResult<&'a [T]> {
        match self.arena.bump().try_alloc_slice_copy(values) {
            Ok(values) => Ok(values),
            Err(_) => fail(input, Expected::LessMemory),
        }
    }

    /// A growing list in the arena. Its pushes must be preceded by `try_reserve`.
    #[inline(always)]
    pub(crate) fn growing<T>(&self) -> bumpalo::collections::Vec<'a, T> {
        bumpalo::collections::Vec::new_in(self.arena.bump())
    }
}

impl Drop for Context<'_> {
    #[inline]
    fn drop(&mut self) {
        // What a program puts into the arena itself is not limited.
        self.arena.bump().set_allocation_limit(None);
    }
}
