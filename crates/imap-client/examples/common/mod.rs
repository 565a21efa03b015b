//! What the examples share: their arguments, the account, and how they tell of errors.

#![allow(dead_code, reason = "each example uses a part")]

use std::error::Error;
use std::fmt;

use imap_client::Tls;
use imap_client::blocking::{Client, Config};
use imap_client::sasl::Credentials;
use mail_parser::MessageParser;
use url::Url;

/// An error, which `main` shows with its causes as people read it.
pub(crate) struct Failure(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let error_text = error.to_string();
            // Some errors tell of their causes themselves.
            if !text.ends_with(&error_text) {
                text = format!("{text}: {error_text}");
            }
            cause = error.source();
        }
        f.write_str(&text)
    }
}

/// What stands on the command line: `[--ca FILE]... [--mailbox NAME] VALUE...`
pub(crate) struct Arguments {
    /// How to connect, and whom to trust.
    pub(crate) config: Config,
    /// The mailbox; INBOX if nothing is said.
    pub(crate) mailbox: String,
    /// All that is no option.
    pub(crate) values: Vec<String>,
}

impl Arguments {
    pub(crate) fn read() -> Result<Self, Failure> {
        use lexopt::prelude::*;

        let mut read = Self {
            config: Config::default(),
            mailbox: "INBOX".to_owned(),
            values: Vec::new(),
        };
        let mut authorities = Vec::new();
        let mut arguments = lexopt::Parser::from_env();
        while let Some(argument) = arguments.next()? {
            match argument {
                Long("ca") => authorities.extend(std::fs::read(arguments.value()?)?),
                Long("mailbox") => read.mailbox = arguments.value()?.string()?,
                Value(value) => read.values.push(value.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        if !authorities.is_empty() {
            read.config = read
                .config
                .with_tls(Tls::with_pem_authorities(&authorities)?);
        }
        Ok(read)
    }
}

/// Who logs in, and where: `imaps://USER@HOST[:PORT]`.
pub(crate) struct Account {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) user: String,
}

impl Account {
    /// Reads the address of an account; `scheme` has this port if the address has none.
    pub(crate) fn parse(address: &str, scheme: &str, port: u16) -> Result<Self, Failure> {
        let address = Url::parse(address)?;
        if address.scheme() != scheme {
            return Err(format!("the address must begin with {scheme}://").into());
        }
        let host = address.host_str().ok_or("the address has no host")?;
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: address.port().unwrap_or(port),
            user: percent_decode(address.username()).ok_or("the address has no user")?,
        })
    }

    /// Reads the address of an account at a server with TLS from the first octet.
    pub(crate) fn with_tls(address: &str) -> Result<Self, Failure> {
        Self::parse(address, "imaps", 993)
    }

    /// A password or a token, from a variable, or else from whoever sits there.
    pub(crate) fn secret(&self, variable: &str) -> Result<String, Failure> {
        if let Ok(secret) = std::env::var(variable) {
            return Ok(secret);
        }
        let Self { user, host, .. } = self;
        let prompt = format!("{variable} of {user} at {host}: ");
        Ok(rpassword::prompt_password(prompt)?)
    }

    /// The user with the password.
    pub(crate) fn credentials(&self) -> Result<Credentials, Failure> {
        let password = self.secret("IMAP_PASSWORD")?;
        Ok(Credentials::password(&self.user, &password))
    }

    /// Connects, and logs in by the best way that the server offers.
    pub(crate) fn log_in(&self, config: &Config) -> Result<Client, Failure> {
        self.log_in_by(&self.credentials()?, config)
    }

    /// Connects, and logs in with these credentials.
    pub(crate) fn log_in_by(
        &self,
        credentials: &Credentials,
        config: &Config,
    ) -> Result<Client, Failure> {
        let mut client = Client::connect_tls(&self.host, self.port, config)?;
        client.log_in(credentials, Default::default())?;
        Ok(client)
    }
}

/// `ann%40example.org` is `ann@example.org`; an empty text is nothing.
fn percent_decode(text: &str) -> Option<String> {
    let query = format!("u={}", text.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, decoded) = pairs.next()?;
    (!decoded.is_empty()).then(|| decoded.into_owned())
}

/// The text of a header field, encoded words decoded, fit for one line of a terminal.
pub(crate) fn decode(field: &[u8]) -> String {
    let header = [b"Subject: ", field, b"\r\n\r\n"].concat();
    let parsed = MessageParser::new().parse(&header);
    let text = parsed
        .as_ref()
        .and_then(|message| message.subject())
        .unwrap_or_default();
    text.replace(char::is_control, " ")
}
