//! IMAP values that need no connection.

#![no_std]

extern crate alloc;

mod atom;
pub use atom::{Atom, AtomError, is_atom_char};

mod flag;
pub use flag::{Flag, FlagError, Keyword};

pub mod imaplib;

mod internal_date;
pub use internal_date::{InternalDate, InternalDateError, InternalDateReason};

#[cfg(feature = "local-zone")]
mod local_zone;
#[cfg(feature = "local-zone")]
pub use local_zone::{LocalZone, LocalZoneError};

mod utf7;
pub use utf7::{Utf7Error, Utf7Reason, decode_utf7, decode_utf7_lossy, encode_utf7};

mod zone;
pub use zone::{LocalOffset, Zone};
