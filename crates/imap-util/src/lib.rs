//! IMAP values that need no connection.
//!
//! What a client and a server say to each other has values in it that mean something on their
//! own: a date, a flag, the name of a mailbox. Here they are types which are checked when they
//! are made, so that one which exists can be sent; what can't be read gives an error with the
//! place and the reason, and octets from outside never panic.
//!
//! | to read or write | there is |
//! |---|---|
//! | a word of the protocol | [`Atom`], [`is_atom_char`] |
//! | the flags of a message | [`Flag`], [`Keyword`] |
//! | the date of a message | [`InternalDate`] |
//! | a mailbox name of IMAP4rev1 | [`encode_utf7`], [`decode_utf7`], [`decode_utf7_lossy`] |
//! | what Python's imaplib reads and writes | [`imaplib`], with a [`Zone`] for local time |
//!
//! # Example
//!
//! ```
//! use imap_util::{Flag, InternalDate, Keyword};
//!
//! // APPEND takes the flags and the date of a message in this form:
//! let flags = [Flag::Seen, Flag::Keyword(Keyword::FORWARDED)];
//! let date = InternalDate::from_unix(837_596_665, -7 * 60)?;
//! let wire = format!("({} {}) {date}", flags[0], flags[1]);
//! assert_eq!(wire, r#"(\Seen $Forwarded) "17-Jul-1996 02:44:25 -0700""#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! `local-zone` adds `LocalZone`, the time zone of the process and those of the world. Without it
//! the crate is `no_std` with `alloc`.

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

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
