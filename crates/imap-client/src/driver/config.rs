//! How to connect.

use std::time::Duration;

use super::Proxy;
#[cfg(feature = "rustls")]
use super::Tls;
#[cfg(feature = "rustls")]
use crate::error::Error;
use crate::session::{Session, SessionOptions, Trace};

/// How to connect, and how long to wait: the same for all drivers.
///
/// ```
/// use std::time::Duration;
///
/// use imap_client::Config;
///
/// let config = Config::default().with_timeout(Some(Duration::from_secs(30)));
/// # let _ = config;
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// How long connecting may take, with all addresses of the host and the proxy. Default: 30 seconds.
    ///
    /// The blocking client cannot limit how long the system takes to find the addresses.
    pub connect_timeout: Duration,
    /// How long the server may take to greet, TLS included. Default: 60 seconds.
    pub greeting_timeout: Duration,
    /// How long one read may take; nothing for ever. Default: 5 minutes.
    pub read_timeout: Option<Duration>,
    /// How long one write may take; nothing for ever. Default: 5 minutes.
    pub write_timeout: Option<Duration>,
    /// The proxy that connects to the server; nothing for none.
    pub proxy: Option<Proxy>,
    /// How responses are read and kept.
    pub session: SessionOptions,
    /// Who is shown each line that goes over the wire; nobody if nothing is said.
    pub trace: Option<Trace>,
    /// The name that the server's certificate has to bear; the host connected to if nothing is said.
    #[cfg(feature = "rustls")]
    pub server_name: Option<String>,
    /// Whom to trust.
    #[cfg(feature = "rustls")]
    pub tls: Tls,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(30),
            greeting_timeout: Duration::from_secs(60),
            read_timeout: Some(Duration::from_secs(5 * 60)),
            write_timeout: Some(Duration::from_secs(5 * 60)),
            proxy: None,
            session: SessionOptions::default(),
            trace: None,
            #[cfg(feature = "rustls")]
            server_name: None,
            #[cfg(feature = "rustls")]
            tls: Tls::webpki_roots(),
        }
    }
}

impl Config {
    /// The same with another limit for one read or write.
    #[must_use]
    pub fn with_timeout(self, timeout: Option<Duration>) -> Self {
        Self {
            read_timeout: timeout,
            write_timeout: timeout,
            ..self
        }
    }

    /// The same by way of a proxy.
    #[must_use]
    pub fn with_proxy(self, proxy: Proxy) -> Self {
        Self {
            proxy: Some(proxy),
            ..self
        }
    }

    /// The same with a function that is shown each line that goes over the wire, without secrets.
    #[must_use]
    pub fn with_trace(self, trace: Trace) -> Self {
        Self {
            trace: Some(trace),
            ..self
        }
    }

    /// The same, where the server is known by another name than that of the host connected to: behind a
    /// tunnel, or by an address.
    ///
    /// TLS asks for the name and wants it in the certificate.
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn with_server_name(self, name: &str) -> Self {
        Self {
            server_name: Some(name.to_owned()),
            ..self
        }
    }

    /// The same with another trust.
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn with_tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }

    /// A session that has not been greeted yet.
    pub(super) fn new_session(&self) -> Session {
        let mut session = Session::new(self.session);
        if let Some(trace) = &self.trace {
            session.set_trace(trace.clone());
        }
        session
    }

    /// A TLS connection to `host` that has not shaken hands yet.
    #[cfg(feature = "rustls")]
    pub(super) fn tls_connection(&self, host: &str) -> Result<rustls::ClientConnection, Error> {
        let name = self.server_name.as_deref().unwrap_or(host);
        self.tls.connection(name)
    }
}
