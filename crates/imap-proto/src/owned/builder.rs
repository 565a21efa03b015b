//! Collects FETCH responses.

use core::fmt;

use super::{CompactFetches, FetchBatch, Fetches, Frames, read_fetch};
use crate::arena::Arena;
use crate::error::ParseError;
use crate::options::Options;

/// Collects the FETCH responses that [`Fetches`] or [`CompactFetches`] will keep.
///
/// Each is read on arrival, which tells whether it can be kept and how much memory its values take;
/// of the values nothing is kept until the end is known.
///
/// ```
/// use imap_proto::FetchesBuilder;
///
/// let mut builder = FetchesBuilder::new();
/// builder.push(b"* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n")?;
/// assert!(builder.push(b"* 1 EXISTS\r\n").is_err());
/// let fetches = builder.finish();
/// assert_eq!(fetches.len(), 1);
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
#[derive(Default)]
pub struct FetchesBuilder {
    frames: Frames,
    options: Options,
    scratch: Arena,
    /// Octets that the values of all frames take in an arena, each begun at a multiple of 8.
    values: usize,
}

impl FetchesBuilder {
    /// No responses, to be read with [`Options::lenient`].
    pub fn new() -> Self {
        Self::default()
    }

    /// No responses, to be read with these options.
    pub fn with_options(options: Options) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Adds a whole FETCH response, line end and literals included.
    ///
    /// # Errors
    ///
    /// If the frame cannot be read or is another response. Nothing is added then, and more can be.
    pub fn push(&mut self, frame: &[u8]) -> Result<(), ParseError> {
        self.scratch.reset_within(SCRATCH);
        read_fetch(frame, &self.scratch, &self.options)?;
        self.values += self.scratch.in_use().next_multiple_of(8);
        self.frames.push(frame);
        Ok(())
    }

    /// How many responses were added.
    pub fn len(&self) -> usize {
        self.frames.ends.len()
    }

    /// Whether none was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The responses, read once more into memory of the right size.
    pub fn finish(self) -> Fetches {
        let (octets, ends) = self.frames.into_boxes();
        // cannot fail: the same octets were read with the same options before
        let batch = FetchBatch::read(octets, &ends, self.values, &self.options, |_, _| {});
        [batch].into_iter().collect()
    }

    /// The responses as they came, to be read when they are used.
    pub fn finish_compact(self) -> CompactFetches {
        CompactFetches::new(self.frames, self.options)
    }
}

impl fmt::Debug for FetchesBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchesBuilder")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// Octets that the memory for a try may keep from one response to the next.
const SCRATCH: usize = 64 << 10;
