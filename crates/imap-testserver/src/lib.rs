#![doc = include_str!("../README.md")]
//!
//! # Where things are
//!
//! - [`TestServer`] is a server, [`Builder`] what it is to be like, [`SeedMessage`] what is in it.
//! - [`UserView`], [`MailboxView`] and [`MessageView`] show what is in it later.
//! - [`Fault`] is what it does wrong, and [`Received`] what clients have sent.
//! - [`mime`] takes messages apart, [`search`] finds them.

pub mod mime;
pub mod search;

mod auth;
mod faults;
mod net;
mod seed;
mod server;
mod session;
mod settings;
mod shared;
mod store;
mod view;

pub use faults::{Fault, FaultError, On, QuirkName, Received, UnknownQuirk};
pub use seed::SeedMessage;
pub use server::{Builder, StartError, TestServer};
pub use view::{MailboxView, MessageView, UserView};
