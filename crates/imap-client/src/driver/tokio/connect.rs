//! Connecting.

use super::{Client, Tokio, Transport, tcp};
use crate::driver::Config;
use crate::driver::layers::Layers;
use crate::driver::log_in::{Attempt, Attempts, LogInOptions};
use crate::error::Error;
#[cfg(feature = "rustls")]
use crate::exchange::{Ask, StartTls};
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
        let (stream, early) = tcp::connect(host, port, config).await?;
        Self::start_with_tls(stream, &early, host, config).await
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
        let (stream, early) = tcp::connect(host, port, config).await?;
        Self::start(stream, &early, config).await
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
        Self::start_with_tls(transport, &[], host, config).await
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
        Self::start(stream, &[], config).await
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
    /// [`Scram`](crate::sasl::Scram) hashes the password while the future is polled.
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

    /// Puts TLS on a connection over which `early` came already.
    #[cfg(feature = "rustls")]
    async fn start_with_tls(
        transport: impl Transport + 'static,
        early: &[u8],
        host: &str,
        config: &Config,
    ) -> Result<Self, Error> {
        let (session, layers) = Layers::begin_with_tls(early, host, config)?;
        let driver = Tokio::new(Box::new(transport), layers, config);
        Self::greeted(session, driver, config).await
    }

    /// Takes a connection over which `early` came already.
    async fn start(
        transport: impl Transport + 'static,
        early: &[u8],
        config: &Config,
    ) -> Result<Self, Error> {
        let (session, layers) = Layers::begin(early, config);
        let driver = Tokio::new(Box::new(transport), layers, config);
        Self::greeted(session, driver, config).await
    }

    #[cfg(feature = "rustls")]
    async fn change_to_tls(&mut self, tls: rustls::ClientConnection) -> Result<(), Error> {
        self.run(&StartTls).await?;
        self.driver.layers.start_tls(&mut self.session, tls)?;
        self.run(&Ask::CAPABILITY).await.map(|_| ())
    }

    /// Waits for the greeting and the capabilities.
    pub(super) async fn greeted(
        session: Session,
        driver: Tokio,
        config: &Config,
    ) -> Result<Self, Error> {
        let mut client = Self { session, driver };
        client
            .driver
            .make_ready(&mut client.session, config.greeting_timeout)
            .await?;
        Ok(client)
    }
}
