//! What a server does wrong on demand.

mod fault;
mod script;

pub(crate) use fault::{Action, Manner, Moment};
pub use fault::{Fault, On};
pub use script::Received;
pub(crate) use script::{Script, Shout};
