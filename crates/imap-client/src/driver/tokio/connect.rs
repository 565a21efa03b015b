//! Connecting.

use ::tokio::net::{TcpStream, lookup_host};
use ::tokio::time::timeout;
use std::io;

use super::{Client, Tokio, Transport};
use crate::driver::Config;
use crate::driver::layers::Layers;
use crate::driver::log_in::{Attempt, Attempts, LogInOptions};
use crate::error::Error;
#[cfg(feature = "rustls")]
use crate::exchange::simple::{AskCapability, StartTls};
use crate::sasl::Credentials;
use crate::session::Session;

impl Client {
    /// Connects with TLS from the first octet: port 993 mostly.
    ///
    /// # Errors
    ///
    /// If there is no connection, TLS does not come about, or the server does not greet.
    #[cfg(feature = "rustls")]
    pub async fn connect_tls(host: &str, port: u16, config: &Config) -> Result<Self, Error> {
        Self::with_tls(tcp(host, port, config).await?, host, config).await
    }

    /// Connects without TLS and changes over to it by STARTTLS before anything else: port 143 mostly.
    ///
    /// # Errors
    ///
    /// If there is no connection, the server does not greet or does not offer STARTTLS, it says
    /// something between its consent and TLS or greets with PREAUTH, or TLS does not come about. It
    /// never goes on without TLS.
    #[cfg(feature = "rustls")]
    pub async fn connect_starttls(host: &str, port: u16, config: &Config) -> Result<Self, Error> {
        let mut client = Self::connect_plain(host, port, config).await?;
        let tls = config.tls_connection(host)?;
        client.session.expect_no_login()?;
        client.change_to_tls(tls).await?;
        Ok(client)
    }

    /// Connects without TLS: for servers on the same machine. All can be read and changed on the way.
    ///
    /// # Errors
    ///
    /// If there is no connection, or the server does not greet.
    pub async fn connect_plain(host: &str, port: u16, config: &Config) -> Result<Self, Error> {
        Self::with_stream(tcp(host, port, config).await?, config).await
    }

    /// Takes a connection that is there already, and puts TLS on it.
    ///
    /// # Errors
    ///
    /// If TLS does not come about, or the server does not greet.
    #[cfg(feature = "rustls")]
    pub async fn with_tls(
        transport: impl Transport + 'static,
        host: &str,
        config: &Config,
    ) -> Result<Self, Error> {
        let mut layers = Layers::default();
        layers.add_tls(config.tls_connection(host)?);
        let mut session = Session::new(config.session);
        session.set_encrypted();
        Self::greeted(
            session,
            Tokio::new(Box::new(transport), layers, config),
            config,
        )
        .await
    }

    /// Takes a connection that is there already: a tunnel, a child process, a test.
    ///
    /// # Errors
    ///
    /// If the server does not greet.
    pub async fn with_stream(
        stream: impl Transport + 'static,
        config: &Config,
    ) -> Result<Self, Error> {
        let driver = Tokio::new(Box::new(stream), Layers::default(), config);
        Self::greeted(Session::new(config.session), driver, config).await
    }

    /// Changes over to TLS by STARTTLS. What the server said before is forgotten.
    ///
    /// # Errors
    ///
    /// If the server does not offer it or refuses, which leaves the session as it is. It is over if the
    /// server says something between its consent and TLS, or TLS does not come about.
    ///
    /// [RFC 9051 section 6.2.1](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.1)
    #[cfg(feature = "rustls")]
    pub async fn start_tls(&mut self, host: &str, tls: &crate::Tls) -> Result<(), Error> {
        self.change_to_tls(tls.connection(host)?).await
    }

    /// Logs in by the best way that the server offers for these credentials: by the strongest mechanism
    /// of SASL, or by LOGIN where the server offers none.
    ///
    /// If the server turns out not to know a mechanism that it offers, the next one is tried; never
    /// after a wrong password, and never one that shows the password where nothing is encrypted, unless
    /// the options allow it.
    ///
    /// # Errors
    ///
    /// If there is no way that the options allow, the server refuses the last one that was tried, or
    /// the session ends.
    pub async fn log_in(
        &mut self,
        credentials: &Credentials,
        options: LogInOptions,
    ) -> Result<(), Error> {
        let mut attempts = Attempts::new(self, credentials, options)?;
        loop {
            let attempt = attempts.next(self)?;
            let outcome = match &attempt {
                Attempt::Authenticate(command) => self.run(command).await,
                Attempt::Login(command) => self.run(command).await,
            };
            if !attempts.go_on(&attempt, &outcome) {
                return outcome;
            }
        }
    }

    /// Compresses all that follows, in both directions.
    ///
    /// # Errors
    ///
    /// If the server does not offer it or refuses.
    ///
    /// [RFC 4978](https://www.rfc-editor.org/rfc/rfc4978)
    #[cfg(feature = "compress")]
    pub async fn compress(&mut self) -> Result<(), Error> {
        self.run(&imap_proto::command::Compress::Deflate).await?;
        self.driver.layers.start_compression(&mut self.session);
        Ok(())
    }

    #[cfg(feature = "rustls")]
    async fn change_to_tls(&mut self, tls: rustls::ClientConnection) -> Result<(), Error> {
        self.run(&StartTls).await?;
        self.driver.layers.start_tls(&mut self.session, tls)?;
        self.run(&AskCapability).await.map(|_| ())
    }

    /// Waits for the greeting and the capabilities.
    async fn greeted(session: Session, driver: Tokio, config: &Config) -> Result<Self, Error> {
        let mut client = Self { session, driver };
        client
            .driver
            .make_ready(&mut client.session, config.greeting_timeout)
            .await?;
        Ok(client)
    }
}

/// A connection to the first of the host's addresses that accepts one.
async fn tcp(host: &str, port: u16, config: &Config) -> Result<TcpStream, Error> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "host has no address");
    for address in lookup_host((host, port)).await? {
        match timeout(config.connect_timeout, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last.into())
}
