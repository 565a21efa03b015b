//! FETCH responses that wait to be read together.

use std::mem;

use bytes::Bytes;

use super::core::Core;
use crate::error::Error;

/// FETCH responses that came one behind the other and have not been read.
///
/// Reading many at once into one piece of memory, which the answer then keeps, costs neither a second
/// reading nor memory for each.
#[derive(Default)]
pub(super) struct Gathered {
    octets: Vec<u8>,
    /// Where each response ends in the octets.
    ends: Vec<usize>,
    /// The octets of the last ones that were read together, and those that their values took.
    last: (usize, usize),
}

impl Gathered {
    /// Adds a response. It is read with those before it, once there are enough.
    pub(super) fn push(&mut self, frame: &Bytes, core: &mut Core) -> Result<(), Error> {
        if frame.len() >= LARGE {
            self.flush(core)?;
            return core.fetches(frame, &[frame.len()], 0).map(|_| ());
        }
        self.octets.extend_from_slice(frame);
        self.ends.push(self.octets.len());
        if self.octets.len() < ENOUGH {
            return Ok(());
        }
        self.flush(core)?;
        self.octets.reserve(ENOUGH + LARGE / 8);
        Ok(())
    }

    /// Reads what is there.
    pub(super) fn flush(&mut self, core: &mut Core) -> Result<(), Error> {
        if self.ends.is_empty() {
            // Perhaps no more will come.
            self.octets = Vec::new();
            return Ok(());
        }
        let octets = Bytes::from(mem::take(&mut self.octets).into_boxed_slice());
        let ends = mem::take(&mut self.ends);
        let values = core.fetches(&octets, &ends, self.room(octets.len()))?;
        self.last = (octets.len(), values);
        Ok(())
    }

    /// About how many octets the values of responses of so many octets take, by those before.
    fn room(&self, octets: usize) -> usize {
        let (before, values) = self.last;
        let expected = (octets * values).checked_div(before).unwrap_or_default();
        expected + expected / 16
    }
}

/// The octets of a response for keeps: a large one stays where it is, others do not hold on to the
/// memory that they arrived in.
pub(super) fn kept(frame: &Bytes) -> Bytes {
    if frame.len() >= LARGE {
        frame.clone()
    } else {
        Bytes::copy_from_slice(frame)
    }
}

/// Octets from which on a response is kept in the memory that it arrived in, of which it takes the
/// larger part.
const LARGE: usize = 32 << 10;

/// Octets that are read together.
const ENOUGH: usize = 32 << 10;
