//! The client against servers: each scenario on every server, with the blocking client and with
//! the one for tokio, from one source.
//!
//! The files of `suite` are compiled twice, below [`blocking`] and below [`tokio`], where `wait!` does
//! or awaits what a method of the client gives. A scenario says which capabilities it needs, which
//! decides on which servers it runs, and which commands it proves: that the server said OK to each of
//! them is read from the wire. Where servers answer differently, the scenario asks which one it is, and the table
//! of differences says what the standard has to say. `docs/INTEROP.md` is made of that.

#[macro_use]
mod scenario;

mod blocking;
mod capabilities;
mod differences;
mod relay;
mod table;
mod tokio;
