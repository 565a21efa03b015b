//! Connections to the server of an account.

use std::io;
use std::net::ToSocketAddrs as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use imap_client::blocking::{Client, Config};
use imap_client::sasl::{Credentials, MechanismError};
use imap_client::{Error, LogInOptions, ProxyError, State, Tls, Trace};
use imap_proto::{Capability, Code};
use rustls::CertificateError;

use crate::account::{Account, Security};
use crate::args::Global;
use crate::error::{Exit, Failure, cause, chain};
use crate::output::printable;

/// Makes connections that are logged in; several threads can share it.
///
/// A password is asked for once, and a token again when it is not good any more.
#[derive(Debug)]
pub(crate) struct Connector {
    account: Account,
    config: Config,
    insecure_plaintext: bool,
    kept: Mutex<Option<Kept>>,
}

/// Credentials that are used for one connection after the other.
#[derive(Clone, Debug)]
struct Kept {
    credentials: Credentials,
    /// How many others there were before.
    number: usize,
}

impl Connector {
    /// For the account that the options name.
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let account = Account::find(global)?;
        let timeout = Duration::from_secs(global.timeout);
        let mut config = Config::default()
            .with_timeout(Some(timeout))
            .with_tls(trust(&account)?);
        config.connect_timeout = timeout;
        config.greeting_timeout = timeout;
        config.proxy = account.proxy.as_ref().map(|way| way.proxy.clone());
        if global.verbose {
            config.trace = Some(Trace::new(|line| anstream::eprintln!("{line}")));
        }
        Ok(Self {
            account,
            config,
            insecure_plaintext: global.insecure_plaintext,
            kept: Mutex::new(None),
        })
    }

    /// The same, showing what goes over the wire to somebody else than standard error.
    pub(crate) fn with_trace(mut self, trace: Trace) -> Self {
        self.config.trace = Some(trace);
        self
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Connects and logs in.
    pub(crate) fn connect(&self) -> Result<Client, Failure> {
        // Before connecting, since the server does not wait for somebody who types.
        let (kept, is_new) = self.credentials(None)?;
        match self.connect_with(&kept.credentials) {
            Err(failure)
                if failure.exit() == Exit::LogIn && !is_new && self.account.has_tokens() =>
            {
                // It was good before, so that it has expired: there may be another one.
                let (kept, _) = self.credentials(Some(kept.number))?;
                self.connect_with(&kept.credentials)
            }
            connected => connected,
        }
    }

    fn connect_with(&self, credentials: &Credentials) -> Result<Client, Failure> {
        let mut client = self.greet()?;
        if client.state().connection() == imap_client::ConnectionState::NotAuthenticated {
            let mut options = LogInOptions::default();
            options.allow_plaintext = self.may_be_plain();
            client
                .log_in(credentials, options)
                .map_err(|error| self.log_in_failure(error))?;
        }
        Ok(client)
    }

    /// Connects only.
    pub(crate) fn greet(&self) -> Result<Client, Failure> {
        let Account {
            host,
            port,
            security,
            ..
        } = &self.account;
        let client = match security {
            Security::Implicit => Client::connect_tls(host, *port, &self.config),
            Security::Starttls if self.account.is_local() => self.starttls_if_offered(),
            Security::Starttls => Client::connect_starttls(host, *port, &self.config),
            Security::None => Client::connect_plain(host, *port, &self.config),
        };
        client.map_err(|error| self.failure(error))
    }

    /// A server on this machine need not have TLS.
    fn starttls_if_offered(&self) -> Result<Client, Error> {
        let Account { host, port, .. } = &self.account;
        let mut client = Client::connect_plain(host, *port, &self.config)?;
        if client.state().has(Capability::StartTls) {
            client.start_tls(host, &self.config.tls)?;
        }
        Ok(client)
    }

    fn may_be_plain(&self) -> bool {
        self.insecure_plaintext || self.account.is_local()
    }

    /// The credentials, other ones than those with the number `refused`, and whether they are new.
    fn credentials(&self, refused: Option<usize>) -> Result<(Kept, bool), Failure> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Another connection may have been quicker.
        if let Some(kept) = kept.as_ref().filter(|kept| Some(kept.number) != refused) {
            return Ok((kept.clone(), false));
        }
        let new = Kept {
            credentials: self.account.credentials()?,
            number: refused.map_or(0, |refused| refused + 1),
        };
        *kept = Some(new.clone());
        Ok((new, true))
    }

    /// Why there is no connection.
    fn failure(&self, error: Error) -> Failure {
        let Account { host, port, .. } = &self.account;
        match &error {
            Error::Io(io) => self.unreachable(io),
            Error::Tls(tls) => self.no_tls(tls),
            Error::Proxy(ProxyError::Login) => Failure::new(Exit::LogIn, chain(&error)).with_hint(
                "write user and password into its address: --proxy socks5://USER:PASSWORD@HOST:PORT",
            ),
            Error::Proxy(_) => Failure::from(error).with_context(format!("{host} port {port}")),
            Error::Timeout => lost(format!("{host} does not answer on port {port}"))
                .with_hint("is the port right, and is there a firewall in between? --timeout SECONDS waits longer"),
            Error::Unsupported(_) if self.account.security == Security::Starttls => {
                Failure::new(Exit::Tls, format!("{host} does not offer STARTTLS on port {port}"))
                    .with_hint("try imaps://, which begins with TLS")
            }
            Error::Greeting(_) => Failure::from(error)
                .with_context(format!("{host} port {port}"))
                .with_hint("is this the port of an IMAP server? with TLS from the first octet it is imaps://"),
            Error::Closed if self.account.security != Security::Implicit => Failure::from(error)
                .with_context(format!("{host} port {port}"))
                .with_hint("with TLS from the first octet it is imaps://"),
            _ => Failure::from(error).with_context(format!("{host} port {port}")),
        }
    }

    fn unreachable(&self, error: &io::Error) -> Failure {
        use io::ErrorKind as Kind;

        let (host, port) = match &self.account.proxy {
            Some(way) => (&way.host, &way.port),
            None => (&self.account.host, &self.account.port),
        };
        if (host.as_str(), *port).to_socket_addrs().is_err() {
            return Failure::new(Exit::NoHost, format!("no host `{host}` is known"))
                .with_hint("is the name right, and is this machine online?");
        }
        let why = cause(error);
        let failure = lost(format!("cannot reach {host} on port {port}: {why}"));
        if self.account.proxy.is_some() {
            return failure.with_hint("this is the proxy: --proxy '' does without");
        }
        match error.kind() {
            Kind::ConnectionRefused => {
                failure.with_hint("nothing listens there: is the port right? 993 is usual for imaps://, 143 for imap://")
            }
            Kind::HostUnreachable | Kind::NetworkUnreachable | Kind::NetworkDown => {
                failure.with_hint("is this machine online?")
            }
            _ => failure,
        }
    }

    fn no_tls(&self, error: &rustls::Error) -> Failure {
        let Account { host, port, .. } = &self.account;
        let failure = |message| Failure::new(Exit::Tls, message);
        match error {
            rustls::Error::InvalidCertificate(certificate) => self.bad_certificate(certificate),
            rustls::Error::InvalidMessage(_) => failure(format!(
                "{host} does not speak TLS on port {port}"
            ))
            .with_hint("try imap://, where TLS begins with STARTTLS; its port is 143 mostly"),
            other => failure(format!("no TLS with {host}: {other}")),
        }
    }

    fn bad_certificate(&self, error: &CertificateError) -> Failure {
        use CertificateError as E;

        let host = &self.account.host;
        let failure =
            |why: &str| Failure::new(Exit::Tls, format!("the certificate of {host} {why}"));
        match error {
            E::Expired | E::ExpiredContext { .. } => failure("has expired")
                .with_hint("tell who runs the server; is the clock of this machine right?"),
            E::NotValidYet | E::NotValidYetContext { .. } => {
                failure("is not valid yet").with_hint("is the clock of this machine right?")
            }
            E::NotValidForName | E::NotValidForNameContext { .. } => failure("is for another name")
                .with_hint("use the name that the provider tells, not an alias or a number"),
            E::UnknownIssuer => {
                failure("is signed by nobody that is trusted here").with_hint(self.trust_hint())
            }
            E::Revoked => failure("was revoked"),
            other => failure(&format!("is bad: {other}")).with_hint(self.trust_hint()),
        }
    }

    fn trust_hint(&self) -> String {
        let hint = "for a server of your own, trust its authority: --ca FILE.pem";
        match self.account.security {
            Security::Starttls if self.account.is_local() => {
                format!("{hint}; on this machine --tls none does without")
            }
            _ => hint.to_owned(),
        }
    }

    fn log_in_failure(&self, error: Error) -> Failure {
        let Account { host, user, .. } = &self.account;
        let message = match &error {
            // It could not even look whether the password is right.
            Error::Refused(refusal) if refusal.code() == Some(Code::Unavailable) => {
                let text = printable(&refusal.text());
                return lost(format!("{host} cannot let anybody in now: {text}"))
                    .with_hint("try again later");
            }
            Error::Refused(refusal) | Error::Authentication { refusal, .. } => {
                let text = printable(&refusal.text());
                format!("{host} does not let {user} in: {text}")
            }
            Error::Mechanism(_) | Error::Untrusted(_) => {
                format!("cannot log in at {host}: {}", chain(&error))
            }
            _ => return Failure::from(error).with_context(host),
        };
        let hint = match &error {
            Error::Refused(_) | Error::Authentication { .. } => {
                "check user and password; many providers want a password made for programs, or a token: --token-command"
            }
            Error::Mechanism(MechanismError::NeedsEncryption) => {
                "the connection is not encrypted: use an imaps:// address or --tls starttls"
            }
            Error::Mechanism(_) => "perhaps the server takes tokens only: --token-command",
            _ => "somebody else may answer in the place of the server: do not go on",
        };
        Failure::new(Exit::LogIn, message).with_hint(hint)
    }
}

/// The capabilities of a server as it names them; none before it has told.
pub(crate) fn capability_names(state: &State) -> Vec<String> {
    let known = state.capabilities().into_iter();
    known
        .flat_map(|known| known.iter().map(|capability| capability.to_string()))
        .collect()
}

/// The authorities of the account, or else those of the system, or else those of Mozilla.
fn trust(account: &Account) -> Result<Tls, Failure> {
    if account.authorities.is_empty() {
        return Ok(Tls::platform_roots().unwrap_or_else(|_| Tls::webpki_roots()));
    }
    let mut pem = Vec::new();
    for path in &account.authorities {
        let read = std::fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
        Tls::with_pem_authorities(&read).map_err(|_| {
            Failure::new(Exit::File, format!("no certificates in {}", path.display()))
                .with_hint("it has to be a text that begins with -----BEGIN CERTIFICATE-----")
        })?;
        pem.extend(read);
        pem.push(b'\n');
    }
    Ok(Tls::with_pem_authorities(&pem)?)
}

/// There is no connection now, but later there may be.
fn lost(message: String) -> Failure {
    Failure::new(Exit::Unreachable, message).lost()
}
