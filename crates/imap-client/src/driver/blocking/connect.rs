//! Connecting.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::{Blocking, Client};
#[cfg(feature = "rustls")]
use crate::driver::Tls;
use crate::error::Error;
use crate::session::{Session, SessionOptions};

/// How to connect, and how long to wait.
///
/// ```
/// use std::time::Duration;
///
/// use imap_client::blocking::Config;
///
/// let config = Config::default().with_timeout(Some(Duration::from_secs(30)));
/// # let _ = config;
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// How long connecting to one address may take. Default: 30 seconds.
    pub connect_timeout: Duration,
    /// How long one read or write may take; nothing for ever. Default: 5 minutes.
    pub timeout: Option<Duration>,
    /// How responses are read and kept.
    pub session: SessionOptions,
    /// Whom to trust.
    #[cfg(feature = "rustls")]
    pub tls: Tls,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(30),
            timeout: Some(Duration::from_secs(5 * 60)),
            session: SessionOptions::default(),
            #[cfg(feature = "rustls")]
            tls: Tls::webpki_roots(),
        }
    }
}

impl Config {
    /// The same with another limit for one read or write.
    #[must_use]
    pub fn with_timeout(self, timeout: Option<Duration>) -> Self {
        Self { timeout, ..self }
    }

    /// The same with another trust.
    #[cfg(feature = "rustls")]
    #[must_use]
    pub fn with_tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }
}

/// The connection of the blocking client.
pub struct Stream(Kind);

enum Kind {
    Tcp(TcpStream),
    #[cfg(feature = "rustls")]
    Tls(Box<rustls::StreamOwned<rustls::ClientConnection, TcpStream>>),
    Other(Box<dyn ReadWrite>),
}

/// What a stream of the program's own has to be.
trait ReadWrite: Read + Write + Send {}

impl<T: Read + Write + Send> ReadWrite for T {}

impl Client {
    /// Connects with TLS from the first octet: port 993 mostly.
    ///
    /// # Errors
    ///
    /// If there is no connection, TLS does not come about, or the server does not greet.
    #[cfg(feature = "rustls")]
    pub fn connect_tls(host: &str, port: u16, config: &Config) -> Result<Self, Error> {
        let connection = config.tls.connection(host)?;
        let stream = rustls::StreamOwned::new(connection, connect(host, port, config)?);
        Self::greeted(Stream(Kind::Tls(Box::new(stream))), config)
    }

    /// Connects without TLS: for servers on the same machine. All can be read and changed on the way.
    ///
    /// # Errors
    ///
    /// If there is no connection, or the server does not greet.
    pub fn connect_plain(host: &str, port: u16, config: &Config) -> Result<Self, Error> {
        Self::greeted(Stream(Kind::Tcp(connect(host, port, config)?)), config)
    }

    /// Takes a connection that is there already: a tunnel, a child process, a test.
    ///
    /// # Errors
    ///
    /// If the server does not greet.
    pub fn with_stream(
        stream: impl Read + Write + Send + 'static,
        config: &Config,
    ) -> Result<Self, Error> {
        Self::greeted(Stream(Kind::Other(Box::new(stream))), config)
    }

    /// Waits for the greeting and the capabilities.
    fn greeted(stream: Stream, config: &Config) -> Result<Self, Error> {
        let session = Session::new(config.session);
        let mut client = Self {
            session,
            driver: Blocking::new(stream),
        };
        while !client.session.is_ready() {
            client.driver.turn(&mut client.session, &mut |_| Ok(()))?;
        }
        Ok(client)
    }
}

/// The first of the host's addresses that can be connected to.
fn connect(host: &str, port: u16, config: &Config) -> Result<TcpStream, Error> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "host has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, config.connect_timeout) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(config.timeout)?;
                stream.set_write_timeout(config.timeout)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Tcp(stream) => stream.read(buffer),
            #[cfg(feature = "rustls")]
            Kind::Tls(stream) => stream.read(buffer),
            Kind::Other(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Tcp(stream) => stream.write(octets),
            #[cfg(feature = "rustls")]
            Kind::Tls(stream) => stream.write(octets),
            Kind::Other(stream) => stream.write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Tcp(stream) => stream.flush(),
            #[cfg(feature = "rustls")]
            Kind::Tls(stream) => stream.flush(),
            Kind::Other(stream) => stream.flush(),
        }
    }
}

#[cfg(feature = "rustls")]
impl Drop for Stream {
    /// Tells the server that the end is meant, if it still listens.
    fn drop(&mut self) {
        if let Kind::Tls(stream) = &mut self.0 {
            stream.conn.send_close_notify();
            // cannot fail in a way that matters: the connection ends here
            let _ = stream.conn.write_tls(&mut stream.sock);
        }
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Tcp(_) => "Stream(tcp)",
            #[cfg(feature = "rustls")]
            Kind::Tls(_) => "Stream(tls)",
            Kind::Other(_) => "Stream(other)",
        })
    }
}
