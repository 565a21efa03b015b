//! What a server does wrong on demand.

mod fault;
mod quirk;
mod rewrite;
mod script;
mod text;

pub(crate) use fault::{Action, Manner, Moment};
pub use fault::{Fault, On};
pub(crate) use quirk::Quirks;
pub use quirk::{QuirkName, UnknownQuirk};
pub use script::Received;
pub(crate) use script::{Script, Shout};
pub use text::FaultError;
