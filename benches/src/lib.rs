//! Benchmarks of the grammar and the codec, side by side with other crates.
//!
//! - [`corpora`]: the messages that everything is measured on.
//! - [`contenders`]: what is measured: our parser and those of the peers.
//! - [`encoding`]: the same for encoding; [`plain`] is what ours has to hold out against.
//! - [`arrival`]: framing and parsing of streams that come in pieces.
//! - [`instructions`]: counts them by valgrind.
//! - [`scale`]: the same work on few things and on many.
//! - [`tables`]: measures, by [`turns`].
//! - [`report`]: the tables and plots of `docs/BENCHMARKS.md`, and [`targets`]: what is wanted of them.
//! - [`read`]: reads every field of what our parser gives.
//!
//! `cargo bench` runs criterion; `cargo run --release` prints the table of `docs/BENCHMARKS.md`.

pub mod arrival;
pub mod contenders;
pub mod corpora;
pub mod encoding;
pub mod instructions;
pub mod plain;
pub mod read;
pub mod report;
pub mod scale;
pub mod tables;
pub mod targets;
pub mod turns;

mod random;
