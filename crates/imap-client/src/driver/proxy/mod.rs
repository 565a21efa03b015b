//! Proxies on the way to a server: what is said to them, without I/O.
//!
//! Both drivers use it. What follows a proxy's last word is the server's.

mod http_connect;
mod socks5;

use std::fmt;

use bytes::BytesMut;
use imap_codec::{EncodeError, Reason};
use zeroize::Zeroizing;

use self::http_connect::HttpConnect;
use self::socks5::Socks5;
use crate::error::Error;
use crate::sasl::Secret;

/// A proxy that connects to the server in the place of the client.
///
/// The proxy resolves the name of the host. What is said to the proxy itself, a login above all, is
/// not encrypted. `Debug` does not show the login.
///
/// ```
/// use imap_client::{Config, Proxy};
///
/// let proxy = Proxy::socks5("proxy.example.com", 1080).with_login("ann", "open sesame");
/// let config = Config::default().with_proxy(proxy);
/// assert!(!format!("{config:?}").contains("sesame"));
/// ```
#[derive(Clone, Debug)]
pub struct Proxy {
    kind: Kind,
    host: String,
    port: u16,
    login: Option<Login>,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    HttpConnect,
    Socks5,
}

impl Proxy {
    /// A proxy for HTTP that lets CONNECT through to the port of the server.
    ///
    /// [RFC 9110 section 9.3.6](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6)
    pub fn http_connect(host: &str, port: u16) -> Self {
        Self::new(Kind::HttpConnect, host, port)
    }

    /// A proxy that speaks SOCKS, version 5.
    ///
    /// [RFC 1928](https://www.rfc-editor.org/rfc/rfc1928)
    pub fn socks5(host: &str, port: u16) -> Self {
        Self::new(Kind::Socks5, host, port)
    }

    fn new(kind: Kind, host: &str, port: u16) -> Self {
        Self {
            kind,
            host: host.to_owned(),
            port,
            login: None,
        }
    }

    /// The same for a user with a password: Basic for HTTP, RFC 1929 for SOCKS.
    ///
    /// HTTP has no user names with a colon, and SOCKS none of more than 255 octets; connecting says so.
    #[must_use]
    pub fn with_login(self, user_name: &str, password: &str) -> Self {
        let login = Login {
            user_name: user_name.to_owned(),
            password: password.into(),
        };
        Self {
            login: Some(login),
            ..self
        }
    }

    /// Where the proxy is.
    pub(super) fn address(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    /// What has to be said in order to be connected to a port of a host.
    pub(super) fn negotiation(&self, host: &str, port: u16) -> Result<Negotiation, Error> {
        check_host(host)?;
        let login = self.login.as_ref();
        Ok(match self.kind {
            Kind::HttpConnect => Negotiation::HttpConnect(HttpConnect::new(host, port, login)?),
            Kind::Socks5 => Negotiation::Socks5(Socks5::new(host, port, login)?),
        })
    }
}

/// Who uses a proxy.
#[derive(Clone)]
struct Login {
    user_name: String,
    password: Secret,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").finish_non_exhaustive()
    }
}

/// What went wrong between the client and its proxy.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ProxyError {
    /// The proxy closed the connection before it had connected.
    Closed,
    /// A proxy for HTTP does not connect: `HTTP/1.1 403 Forbidden`.
    Http {
        /// The status, which is not one of success.
        status: u16,
        /// What the proxy says in words.
        reason: String,
    },
    /// The proxy wants a login, or another one.
    Login,
    /// The proxy does not speak as it should.
    Protocol(&'static str),
    /// A proxy for SOCKS does not connect, with this code for the reason.
    ///
    /// [RFC 1928 section 6](https://www.rfc-editor.org/rfc/rfc1928#section-6)
    Socks(u8),
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("proxy closed the connection"),
            Self::Http { status, reason } => write!(f, "proxy refused: {status} {reason}"),
            Self::Login => f.write_str("proxy wants a login, or another one"),
            Self::Protocol(what) => write!(f, "protocol violated by the proxy: {what}"),
            Self::Socks(code) => write!(f, "proxy refused: {}", socks5::reason(*code)),
        }
    }
}

impl std::error::Error for ProxyError {}

/// The conversation with a proxy.
pub(super) enum Negotiation {
    HttpConnect(HttpConnect),
    Socks5(Socks5),
}

impl Negotiation {
    /// What is to be sent now.
    pub(super) fn take_output(&mut self) -> Zeroizing<Vec<u8>> {
        std::mem::take(self.output_mut())
    }

    /// Whether there is something to send before more is read.
    pub(super) fn has_output(&mut self) -> bool {
        !self.output_mut().is_empty()
    }

    fn output_mut(&mut self) -> &mut Zeroizing<Vec<u8>> {
        match self {
            Self::HttpConnect(http) => &mut http.output,
            Self::Socks5(socks) => &mut socks.output,
        }
    }

    /// Takes what the proxy said from the front of `input`, and tells whether it has connected.
    ///
    /// If not, there is something to send, or else more to read.
    pub(super) fn advance(&mut self, input: &mut BytesMut) -> Result<bool, Error> {
        let result = match self {
            Self::HttpConnect(_) => http_connect::advance(input),
            Self::Socks5(socks) => socks.advance(input),
        };
        result.map_err(Error::Proxy)
    }
}

/// Refuses what could be taken for something else than the name of a host.
fn check_host(host: &str) -> Result<(), Error> {
    let is_bad = |octet: u8| octet.is_ascii_control() || matches!(octet, b' ' | b'/' | b'@');
    match host.bytes().position(is_bad) {
        Some(offset) => Err(bad_argument("host", offset, Reason::Syntax)),
        None => check_length("host", host.as_bytes()),
    }
}

/// Refuses what has no octets, or more than an octet can count.
fn check_length(argument: &'static str, octets: &[u8]) -> Result<(), Error> {
    match octets.len() {
        0 => Err(bad_argument(argument, 0, Reason::Empty)),
        1..=255 => Ok(()),
        _ => Err(bad_argument(argument, 255, Reason::Syntax)),
    }
}

fn bad_argument(argument: &'static str, offset: usize, reason: Reason) -> Error {
    Error::Argument(EncodeError {
        argument,
        offset,
        reason,
    })
}
