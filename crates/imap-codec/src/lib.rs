//! .
#![no_std]
#![warn(clippy::indexing_slicing)]

extern crate alloc;

mod frame;

pub use frame::{FrameError, FrameErrorKind, Framed, Framer};
