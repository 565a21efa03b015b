//! What touches sockets.

mod addresses;
pub mod blocking;
#[cfg(feature = "rustls")]
mod channel_binding;
mod config;
#[cfg(feature = "compress")]
mod deflate;
mod idle;
mod layers;
mod log_in;
mod proxy;
mod section;
#[cfg(feature = "rustls")]
mod tls;
#[cfg(feature = "tokio")]
pub mod tokio;

pub use config::Config;
pub use idle::Idled;
pub use log_in::LogInOptions;
pub use proxy::{Proxy, ProxyError};
#[cfg(feature = "rustls")]
pub use tls::Tls;

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::exchange::Answer;
use crate::sasl::ChannelBinding;
use crate::session::{Session, Ticket};

/// What moves octets between a session and a server, and so decides how answers are waited for.
pub trait Driver {
    /// What running a command gives: a result, or a future of one.
    type Run<'a, A: Answer>
    where
        Self: 'a;

    /// Runs a command that was submitted to the session, or gives the error of one that was not.
    fn run<'a, A: Answer>(
        &'a mut self,
        session: &'a mut Session,
        ticket: Result<Ticket<A>, Error>,
    ) -> Self::Run<'a, A>;

    /// What ties an authentication to the TLS of the connection, the best first; nothing without TLS.
    fn channel_bindings(&self) -> Vec<ChannelBinding> {
        Vec::new()
    }
}

/// When a time is over that begins now.
fn deadline(timeout: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(timeout).unwrap_or_else(|| now + FAR)
}

/// How many octets to ask for at a time, where there is room for `spare`.
///
/// Where a large literal is awaited, these are the rest of it and little of what follows: that would
/// stay in the memory of the message, and be copied out of it.
fn read_size(session: &Session, spare: usize) -> usize {
    let missing = session.missing();
    let wanted = missing.saturating_add(BEHIND_LITERAL);
    let size = wanted.clamp(READ_SIZE, LARGEST_READ);
    if missing > 0 && spare >= wanted {
        // Memory need not grow for more than that.
        size.min(spare)
    } else {
        size
    }
}

/// Octets asked for at a time.
const READ_SIZE: usize = 16 << 10;

/// Octets that are read of what follows a large literal: the rest of its message, and the beginning of
/// the next one.
const BEHIND_LITERAL: usize = 512;

/// Octets asked for at a time at most.
const LARGEST_READ: usize = 128 << 10;

/// For ever, as far as a connection is concerned: 30 years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
