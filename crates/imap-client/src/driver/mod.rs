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

/// For ever, as far as a connection is concerned: 30 years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
