//! IMAP values that need no connection.
#![no_std]

extern crate alloc;

mod atom;
pub use atom::{Atom, AtomError, is_atom_char};

mod flag;
pub use flag::{Flag, FlagError, Keyword};

mod internal_date;
pub use internal_date::{InternalDate, InternalDateError, InternalDateReason};
