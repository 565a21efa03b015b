#![doc = include_str!("../README.md")]
//!
//! # Where things are
//!
//! - [`response`]: what a server says; [`Response::parse`] reads it.
//! - [`command`]: what a client says; [`Command::parse`] reads it.
//! - Values that both share stand in the root, from [`Address`] to [`UidValidity`].
//! - [`Parsed`], [`Fetches`] and [`CompactFetches`] own what they are made of.
//! - [`Options`] say how much is read ([`Limits`]) and forgiven ([`Quirks`]).
#![no_std]
#![warn(clippy::indexing_slicing)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod command;
pub mod response;

mod arena;
mod error;
mod lexeme;
mod options;
mod owned;
mod quirk_text;
mod quirks;
mod value;
mod verbatim;

pub use arena::Arena;
pub use command::Command;
pub use error::{Expected, ParseError};
pub use imap_util::{Atom, AtomError, Flag, FlagError, InternalDate, InternalDateError, Keyword};
pub use options::{Limits, Options};
pub use owned::{CompactFetches, FetchBatch, Fetches, FetchesBuilder, FetchesIter, Parsed};
pub use quirk_text::UnknownQuirk;
pub use quirks::{Quirk, Quirks, UsedQuirk, UsedQuirks};
pub use response::{Code, Response};
pub use value::*;
pub use verbatim::Verbatim;
