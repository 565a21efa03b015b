//! Which account is meant: by the name that it has in the file, or by its address.

use std::net::IpAddr;
use std::path::PathBuf;

use imap_client::sasl::Credentials;
use serde::Deserialize;

use crate::args::Global;
use crate::config::{AccountEntry, ConfigFile};
use crate::error::Failure;
use crate::proxy::{self, Way};
use crate::secret::{self, Secret};
use crate::url::{Address, Method};

/// How the connection is made safe.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Security {
    /// TLS from the first octet: port 993.
    #[default]
    Implicit,
    /// TLS begins with STARTTLS: port 143.
    Starttls,
    /// No TLS: port 143 on this machine.
    None,
}

impl Security {
    fn port(self) -> u16 {
        match self {
            Self::Implicit => 993,
            Self::Starttls | Self::None => 143,
        }
    }
}

/// An account: where it is, who logs in there, and by what.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) user: String,
    /// The authorities to trust instead of those of the system, as PEM.
    pub(crate) authorities: Vec<PathBuf>,
    /// The proxy that connects to the server.
    pub(crate) proxy: Option<Way>,
    /// The mailbox that is meant if none is named.
    pub(crate) mailbox: String,
    source: Source,
}

/// Where the password or the token comes from.
#[derive(Clone, Debug)]
enum Source {
    Anonymous,
    /// The variable, or whoever sits there.
    Ask,
    External,
    Given(Secret),
    PasswordCommand(String),
    TokenCommand(String),
}

impl Account {
    /// The account that the options name, or else that of the file.
    pub(crate) fn find(global: &Global) -> Result<Self, Failure> {
        // An empty variable names nothing.
        let named = global.account.as_ref().filter(|name| !name.is_empty());
        let mut proxy = global.proxy.clone();
        let mut account = match named {
            Some(address) if address.contains("://") => Self::of_address(address)?,
            named => {
                let file = ConfigFile::load(global.config.as_deref())?;
                let name = match named {
                    Some(name) => name,
                    None => file.default_name()?,
                };
                let entry = file.account(name)?;
                proxy = proxy.or_else(|| entry.proxy.clone());
                Self::of_entry(&file, entry)
            }
        };
        account.proxy = account.find_proxy(proxy.as_deref())?;
        if global.proxy.is_some() && account.proxy.as_ref().is_some_and(|way| way.has_password) {
            warn_of_password();
        }
        account.take_options(global)?;
        Ok(account)
    }

    /// The proxy that was named, or else that of the variable, which is not on the way to this machine.
    fn find_proxy(&self, named: Option<&str>) -> Result<Option<Way>, Failure> {
        let way = match named {
            Some("") => None,
            Some(address) => Some(Way::parse(address)?),
            None if self.is_local() => None,
            None => Way::of_variable()?,
        };
        Ok(way.filter(|_| !proxy::is_direct(&self.host)))
    }

    fn of_address(text: &str) -> Result<Self, Failure> {
        let address = Address::parse(text)?;
        let source = match (address.method, address.password) {
            (Method::Anonymous, _) => Source::Anonymous,
            (Method::External, _) => Source::External,
            (Method::Any, Some(password)) => {
                warn_of_password();
                Source::Given(password)
            }
            (Method::Any, None) => Source::Ask,
        };
        let user = match (address.user, &source) {
            (Some(user), _) => user,
            (None, Source::Anonymous | Source::External) => String::new(),
            (None, _) => {
                return Err(
                    Failure::usage(format!("address {text} has no user")).with_hint(
                        "write imaps://USER@HOST/, with %40 for an @ in the name of the user",
                    ),
                );
            }
        };
        Ok(Self {
            port: address.port.unwrap_or_else(|| address.security.port()),
            host: address.host,
            security: address.security,
            user,
            authorities: Vec::new(),
            proxy: None,
            mailbox: address.mailbox.unwrap_or_else(|| INBOX.to_owned()),
            source,
        })
    }

    fn of_entry(file: &ConfigFile, entry: &AccountEntry) -> Self {
        let entry = entry.clone();
        let source = match (entry.token_command, entry.password_command) {
            (Some(command), _) => Source::TokenCommand(command),
            (None, Some(command)) => Source::PasswordCommand(command),
            (None, None) => Source::Ask,
        };
        Self {
            host: entry.host,
            port: entry.port.unwrap_or_else(|| entry.tls.port()),
            security: entry.tls,
            user: entry.user,
            authorities: entry.ca.iter().map(|ca| file.resolve(ca)).collect(),
            proxy: None,
            mailbox: entry.mailbox.unwrap_or_else(|| INBOX.to_owned()),
            source,
        }
    }

    /// Options count more than the file and the address.
    fn take_options(&mut self, global: &Global) -> Result<(), Failure> {
        if let Some(security) = global.tls {
            if self.port == self.security.port() {
                self.port = security.port();
            }
            self.security = security;
        }
        if self.security == Security::None && !global.insecure_plaintext && !self.is_local() {
            return Err(Failure::usage(format!(
                "without TLS everybody on the way to {} can read the password and the mail",
                self.host
            ))
            .with_hint("use --tls starttls; if you really want that, add --insecure-plaintext"));
        }
        if let Some(command) = &global.token_command {
            self.source = Source::TokenCommand(command.clone());
        } else if let Some(command) = &global.password_command {
            self.source = Source::PasswordCommand(command.clone());
        }
        if !global.ca.is_empty() {
            self.authorities.clone_from(&global.ca);
        }
        Ok(())
    }

    /// Whether the server is on this machine, so that nobody is on the way to it.
    pub(crate) fn is_local(&self) -> bool {
        // It is another machine's where a proxy connects to it.
        if self.proxy.is_some() {
            return false;
        }
        let address = self.host.parse::<IpAddr>();
        self.host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|a| a.is_loopback())
    }

    /// Whether a command gives tokens, which are good for some time only.
    pub(crate) fn has_tokens(&self) -> bool {
        matches!(self.source, Source::TokenCommand(_))
    }

    /// Gets the password or the token; this may ask whoever sits there.
    pub(crate) fn credentials(&self) -> Result<Credentials, Failure> {
        let (user, host) = (&*self.user, &*self.host);
        let password = |secret: &Secret| Credentials::password(user, secret.reveal());
        Ok(match &self.source {
            Source::Anonymous => Credentials::anonymous(user),
            Source::External if user.is_empty() => Credentials::external(),
            Source::External => Credentials::external().with_authzid(user),
            Source::Ask => password(&secret::ask(user, host)?),
            Source::Given(secret) => password(secret),
            Source::PasswordCommand(command) => password(&secret::of_command("password", command)?),
            Source::TokenCommand(command) => {
                let token = secret::of_command("token", command)?;
                Credentials::token(user, token.reveal()).with_server(host, self.port)
            }
        })
    }
}

fn warn_of_password() {
    anstream::eprintln!(
        "imap: warning: everybody on this machine can see a password in an address"
    );
}

const INBOX: &str = "INBOX";

#[cfg(test)]
mod tests {
    use super::*;

    fn find(address: &str, change: impl FnOnce(&mut Global)) -> Result<Account, Failure> {
        let mut global = Global {
            account: Some(address.to_owned()),
            ..Global::default()
        };
        change(&mut global);
        Account::find(&global)
    }

    #[test]
    fn ok_ports_follow_security_unless_given() {
        let port = |address, tls| find(address, |global| global.tls = tls).unwrap().port;
        assert_eq!(port("imaps://a@h", None), 993);
        assert_eq!(port("imap://a@h", None), 143);
        assert_eq!(port("imap://a@h", Some(Security::Implicit)), 993);
        assert_eq!(port("imaps://a@h:1", Some(Security::Starttls)), 1);
    }

    #[test]
    fn err_plaintext_only_on_this_machine() {
        let none = |global: &mut Global| global.tls = Some(Security::None);
        for local in ["imap://a@localhost", "imap://a@127.0.0.1", "imap://a@[::1]"] {
            assert!(find(local, none).is_ok(), "{local}");
        }
        assert!(find("imap://a@h", none).is_err());
        let insecure = |global: &mut Global| {
            none(global);
            global.insecure_plaintext = true;
        };
        assert!(find("imap://a@h", insecure).is_ok());
    }

    #[test]
    fn err_no_user() {
        let failure = find("imaps://h/", |_| ()).unwrap_err();
        assert_eq!(failure.to_string(), "address imaps://h/ has no user");
        assert!(find("imaps://;AUTH=ANONYMOUS@h/", |_| ()).is_ok());
    }

    #[test]
    fn ok_mailbox_of_the_address() {
        assert_eq!(find("imaps://a@h/Work", |_| ()).unwrap().mailbox, "Work");
        assert_eq!(find("imaps://a@h", |_| ()).unwrap().mailbox, "INBOX");
    }
}
