//! Whole sessions over loopback, side by side with other clients.
//!
//! - [`Load`]: what a client does between login and logout, and how much of it.
//! - [`Served`]: a server that sends what was made beforehand, and [`Replay`], what that is.
//! - [`Contender`]: who takes part; those of Rust have programs, which [`client_main`] runs.
//! - [`measure`] runs all by turns, each in a process of its own; [`tables`] shows that.
//! - [`idle_main`] is the server, or the clients, of many sessions that wait in IDLE.
//! - [`Proof`]: what a client found, so that none is fast by leaving something out.

mod calls;
mod child;
pub mod client;
mod contender;
mod dialogue;
mod foreign;
mod idle;
mod load;
mod measure;
mod memory;
mod program;
mod proof;
mod replay;
mod server;
mod table;

pub use child::Cost;
pub use client::Task;
pub use contender::{Client, Contender, Form};
pub use dialogue::{Dialogue, Reply};
pub use foreign::Foreign;
pub use idle::{Holder, Layer, idle_main, idle_memory};
pub use load::{Load, Scenario};
pub use measure::{Figure, Row, measure};
pub use program::{client_arguments, client_main};
pub use proof::{Proof, Sample, Sink};
pub use replay::{Replay, read};
pub use server::Served;
pub use table::tables;
