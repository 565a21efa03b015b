#![doc = include_str!("../README.md")]

mod client;
mod driver;
mod error;
pub mod exchange;
pub mod sasl;
pub mod session;
mod state;

pub use client::{AppendOptions, Client};
#[cfg(feature = "rustls")]
pub use driver::Tls;
pub use driver::{Driver, blocking};
pub use error::{Error, Refusal, Unreadable};
pub use exchange::{
    AclEntry, Appended, Copied, GrantableRights, ListEntry, MailboxName, RawReply, StatusData,
};
pub use session::{Event, Session, SessionOptions};
pub use state::{Capabilities, ConnectionState, OwnedFlags, Selected, State};
