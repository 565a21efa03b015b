//! What holds for any octets: one function for each fuzz target, which panics where it does not.
//!
//! `scripts/fuzz` gives them octets that libFuzzer makes, the test `seeds` those of [`seeds`].

mod framer;
mod mail;
mod message;
#[path = "../../crates/imap-codec/tests/pieces/mod.rs"]
mod pieces;
mod round_trip;
mod seeds;
mod session;
#[expect(dead_code, reason = "each user uses a part of it")]
#[path = "../../crates/imap-codec/tests/support/mod.rs"]
mod support;
// Whether fields that are never read fulfil an expectation depends on who else reads them.
#[allow(dead_code, reason = "the transcripts are read, not run")]
#[expect(unused_imports, reason = "the transcripts are read, not run")]
#[path = "../../crates/imap-codec/tests/transcripts/mod.rs"]
mod transcripts;
mod values;
#[path = "../../crates/imap-proto/tests/support/mod.rs"]
mod vectors;

pub use framer::framer;
pub use mail::mail;
pub use message::{command, greeting, response};
pub use round_trip::round_trip;
pub use seeds::seeds;
pub use session::session;
pub use values::{internal_date, utf7};

/// A fuzz target: its name, and what it does with octets.
pub type Target = (&'static str, fn(&[u8]));

/// All fuzz targets.
pub const TARGETS: [Target; 9] = [
    ("command", command),
    ("framer", framer),
    ("greeting", greeting),
    ("internal_date", internal_date),
    ("mail", mail),
    ("response", response),
    ("round_trip", round_trip),
    ("session", session),
    ("utf7", utf7),
];
