//! Values that own what they are made of.
//!
//! Parsed values borrow their octets and an arena. Where that bothers, these keep both: [`Parsed`] one
//! response, [`Fetches`] many FETCH responses that are ready to read, in [`FetchBatch`]es that were read
//! together, [`CompactFetches`] their octets only.

mod batch;
mod builder;
mod compact;
mod fetches;
mod parsed;

pub use batch::FetchBatch;
pub use builder::FetchesBuilder;
pub use compact::CompactFetches;
pub use fetches::{Fetches, FetchesIter};
pub use parsed::Parsed;

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::arena::Arena;
use crate::error::{Expected, ParseError};
use crate::options::Options;
use crate::response::{Fetch, Response};

/// Reads a frame that has to be a FETCH response.
fn read_fetch<'a>(
    frame: &'a [u8],
    arena: &'a Arena,
    options: &Options,
) -> Result<Fetch<'a>, ParseError> {
    match Response::parse_with(frame, arena, options)? {
        Response::Fetch(fetch) => Ok(fetch),
        _ => Err(ParseError {
            offset: 0,
            rule: "FETCH response",
            expected: Expected::Keyword,
        }),
    }
}

/// Frames of FETCH responses that were read once, end to end.
#[derive(Clone, Default)]
struct Frames {
    octets: Vec<u8>,
    /// Where each frame ends in the octets.
    ends: Vec<usize>,
}

impl Frames {
    fn push(&mut self, frame: &[u8]) {
        self.octets.extend_from_slice(frame);
        self.ends.push(self.octets.len());
    }

    fn into_boxes(self) -> (Box<[u8]>, Box<[usize]>) {
        (self.octets.into_boxed_slice(), self.ends.into_boxed_slice())
    }
}

/// The octets of one frame of several.
fn frame<'a>(octets: &'a [u8], ends: &[usize], index: usize) -> Option<&'a [u8]> {
    let end = *ends.get(index)?;
    let start = match index.checked_sub(1) {
        Some(before) => *ends.get(before)?,
        None => 0,
    };
    octets.get(start..end)
}
