//! Whole sessions over loopback, side by side with other clients.
//!
//! - [`Load`]: what a client does between login and logout, and how much of it.
//! - [`Replay`], [`Server`]: the server, which sends what was made beforehand.
//! - [`Contender`]: who takes part; [`run_client`] runs those that are linked into this program.
//! - [`measure`] runs all by turns, each in a process of its own; [`tables`] shows that.
//! - [`Proof`]: what a client found, so that none is fast by leaving something out.

mod child;
mod client;
mod contender;
mod dialogue;
mod foreign;
mod load;
mod measure;
mod memory;
mod proof;
mod replay;
mod server;
mod table;

pub use child::Cost;
pub use client::{Task, run as run_client};
pub use contender::{Client, Contender, Form};
pub use dialogue::{Dialogue, Reply};
pub use foreign::Foreign;
pub use load::{Load, Scenario};
pub use measure::{Figure, Row, client_arguments, client_main, measure};
pub use proof::{Proof, Sample, Sink};
pub use replay::{Replay, read};
pub use server::Server;
pub use table::tables;
