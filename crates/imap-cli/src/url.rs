//! Accounts as addresses: `imaps://ann@imap.example.org/INBOX`.
//!
//! [RFC 5092](https://www.rfc-editor.org/rfc/rfc5092)

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::account::Security;
use crate::error::Failure;
use crate::secret::Secret;

/// What an address says.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    pub(crate) security: Security,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) method: Method,
    pub(crate) mailbox: Option<String>,
}

/// How to log in, as `;AUTH=` says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Method {
    /// By the best mechanism that the server offers.
    #[default]
    Any,
    /// As a guest.
    Anonymous,
    /// By what the server knows already, a certificate for example.
    External,
}

impl Address {
    /// Reads an address.
    ///
    /// `imaps://` is TLS from the first octet, port 993; `imap://` is STARTTLS, port 143. What stands
    /// behind the host is a mailbox in UTF-8 with percent signs.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let url = Url::parse(text).map_err(|error| wrong(text, &error.to_string()))?;
        let security = match url.scheme() {
            "imaps" => Security::Implicit,
            "imap" => Security::Starttls,
            other => return Err(wrong(text, &format!("it begins with {other}://"))),
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or_else(|| wrong(text, "it has no host"))?;
        let (user, method) = user(text, url.username())?;
        if let Some(extra) = url.query().or_else(|| url.fragment()) {
            return Err(wrong(
                text,
                &format!("`{extra}` has no meaning behind the mailbox"),
            ));
        }
        Ok(Self {
            host: plain_host(text, host)?,
            port: url.port(),
            security,
            user,
            password: url
                .password()
                .map(|p| decode(text, p))
                .transpose()?
                .map(Secret::new),
            method,
            mailbox: mailbox(text, url.path())?,
        })
    }
}

/// The name as the resolver and certificates know it, without brackets around an address.
fn plain_host(text: &str, host: &str) -> Result<String, Failure> {
    let host = decode(text, host)?;
    match Host::parse(&host) {
        Ok(Host::Domain(name)) => Ok(name),
        Ok(Host::Ipv4(address)) => Ok(address.to_string()),
        Ok(Host::Ipv6(address)) => Ok(address.to_string()),
        Err(error) => Err(wrong(text, &error.to_string())),
    }
}

/// `ann;AUTH=EXTERNAL`
fn user(text: &str, user: &str) -> Result<(Option<String>, Method), Failure> {
    let user = decode(text, user)?;
    let place = user.to_ascii_uppercase().rfind(";AUTH=");
    let (name, method) = match place {
        Some(place) => user.split_at(place),
        None => (&*user, ""),
    };
    let method = match method.to_ascii_uppercase().trim_start_matches(";AUTH=") {
        "" | "*" => Method::Any,
        "ANONYMOUS" => Method::Anonymous,
        "EXTERNAL" => Method::External,
        other => {
            let failure = wrong(text, &format!("it asks for AUTH={other}"));
            return Err(failure.with_hint("leave that out: the strongest mechanism is chosen"));
        }
    };
    Ok(((!name.is_empty()).then(|| name.to_owned()), method))
}

fn mailbox(text: &str, path: &str) -> Result<Option<String>, Failure> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.contains(';') {
        let failure = wrong(text, "it names more than a mailbox");
        return Err(failure.with_hint("give the UIDs of messages as arguments"));
    }
    let name = decode(text, path)?;
    Ok((!name.is_empty()).then_some(name))
}

fn decode(text: &str, part: &str) -> Result<String, Failure> {
    match percent_decode_str(part).decode_utf8() {
        Ok(decoded) => Ok(decoded.into_owned()),
        Err(_) => Err(wrong(text, "a part of it is not UTF-8")),
    }
}

fn wrong(text: &str, why: &str) -> Failure {
    // What is in front of the host may be a password.
    let shown = match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://...@{rest}"),
        _ => text.to_owned(),
    };
    Failure::usage(format!("wrong address {shown}: {why}"))
        .with_hint("an address is imaps://USER@HOST/ or imap://USER@HOST:PORT/MAILBOX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_parts() {
        let address = Address::parse("imaps://ann%40example.org@imap.example.org/Entw%C3%BCrfe/x");
        let address = address.unwrap();
        assert_eq!(address.host, "imap.example.org");
        assert_eq!(address.port, None);
        assert_eq!(address.security, Security::Implicit);
        assert_eq!(address.user.as_deref(), Some("ann@example.org"));
        assert!(address.password.is_none());
        assert_eq!(address.mailbox.as_deref(), Some("Entwürfe/x"));
    }

    #[test]
    fn ok_ports_and_hosts() {
        for (text, host, port) in [
            ("imap://ann@localhost:1143", "localhost", Some(1143)),
            ("imap://ann@[::1]:143/", "::1", Some(143)),
            ("imaps://ann@127.0.0.1", "127.0.0.1", None),
            (
                "IMAPS://ann@B%C3%BCcher.example",
                "xn--bcher-kva.example",
                None,
            ),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((&*address.host, address.port), (host, port), "{text}");
            assert!(address.mailbox.is_none());
        }
    }

    #[test]
    fn ok_password_is_kept_and_hidden() {
        let address = Address::parse("imaps://ann:p%40ss@h/").unwrap();
        assert_eq!(address.password.as_ref().unwrap().reveal(), "p@ss");
        assert!(!format!("{address:?}").contains("p@ss"));
    }

    #[test]
    fn ok_methods() {
        for (text, user, method) in [
            ("imap://joe;AUTH=*@h", Some("joe"), Method::Any),
            ("imap://;AUTH=anonymous@h", None, Method::Anonymous),
            ("imap://joe;auth=EXTERNAL@h", Some("joe"), Method::External),
            ("imap://h", None, Method::Any),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(
                (address.user.as_deref(), address.method),
                (user, method),
                "{text}"
            );
        }
    }

    #[test]
    fn err_says_what_is_wrong_without_the_password() {
        for (text, message) in [
            (
                "http://ann@h/",
                "wrong address http://...@h/: it begins with http://",
            ),
            (
                "imaps:///INBOX",
                "wrong address imaps:///INBOX: it has no host",
            ),
            (
                "imaps://ann@h:99999/",
                "wrong address imaps://...@h:99999/: invalid port number",
            ),
            (
                "imaps://ann:pw@h/%FF",
                "wrong address imaps://...@h/%FF: a part of it is not UTF-8",
            ),
            (
                "imaps://ann@h/?x",
                "wrong address imaps://...@h/?x: `x` has no meaning behind the mailbox",
            ),
            (
                "imaps://ann@h/INBOX/;UID=20",
                "wrong address imaps://...@h/INBOX/;UID=20: it names more than a mailbox",
            ),
            (
                "imap://a;AUTH=PLAIN@h",
                "wrong address imap://...@h: it asks for AUTH=PLAIN",
            ),
        ] {
            assert_eq!(Address::parse(text).unwrap_err().to_string(), message);
        }
    }
}
