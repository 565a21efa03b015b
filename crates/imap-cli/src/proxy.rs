//! The proxy on the way to the server.

use std::env;

use imap_client::Proxy;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::error::Failure;

/// A proxy, and where it is.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) proxy: Proxy,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The address has a password in it.
    pub(crate) has_password: bool,
}

impl Way {
    /// Reads the address of a proxy: `socks5://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`.
    ///
    /// Without a scheme it is one for HTTP, and without a port 1080 is meant, as with curl.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let scheme = scheme.to_ascii_lowercase();
        let make: fn(&str, u16) -> Proxy = match &*scheme {
            "http" => Proxy::http_connect,
            "socks5" | "socks5h" => Proxy::socks5,
            other => return Err(wrong(&format!("it begins with {other}://"))),
        };
        // A scheme without a usual port, so that each port is seen.
        let url =
            Url::parse(&format!("proxy://{rest}")).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("there is something behind the port"));
        }
        let host = decode(url.host_str().unwrap_or_default())?;
        let host = match Host::parse(&host).map_err(|error| wrong(&error.to_string()))? {
            Host::Domain(name) => name,
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let port = url.port().unwrap_or(PORT);
        let proxy = make(&host, port);
        let password = decode(url.password().unwrap_or_default())?;
        let proxy = match url.username() {
            "" => proxy,
            user => proxy.with_login(&decode(user)?, &password),
        };
        Ok(Self {
            proxy,
            host,
            port,
            has_password: !password.is_empty(),
        })
    }

    /// The proxy that the variable `ALL_PROXY` names, if it names one.
    pub(crate) fn of_variable() -> Result<Option<Self>, Failure> {
        match variable("all_proxy") {
            Some(text) => {
                let way = Self::parse(&text);
                way.map(Some)
                    .map_err(|failure| failure.with_context("ALL_PROXY"))
            }
            None => Ok(None),
        }
    }
}

/// Whether the variable `NO_PROXY` says that there is no proxy on the way to a host.
pub(crate) fn is_direct(host: &str) -> bool {
    variable("no_proxy").is_some_and(|list| has_host(&list, host))
}

/// Whether a host is in a list: by its name, by the end of it, or by `*`.
fn has_host(list: &str, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let entries = list.split([',', ' ']).filter(|entry| !entry.is_empty());
    entries.into_iter().any(|entry| {
        let entry = entry.to_ascii_lowercase();
        let name = entry.trim_start_matches('.');
        let front = host.strip_suffix(name);
        entry == "*" || front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
    })
}

/// A variable that is set, in small letters or else in capitals.
fn variable(name: &str) -> Option<String> {
    let set = |name: &str| env::var(name).ok().filter(|text| !text.is_empty());
    set(name).or_else(|| set(&name.to_ascii_uppercase()))
}

fn decode(part: &str) -> Result<String, Failure> {
    match percent_decode_str(part).decode_utf8() {
        Ok(decoded) => Ok(decoded.into_owned()),
        Err(_) => Err(wrong("a part of it is not UTF-8")),
    }
}

/// Without the address, which may have a password in it.
fn wrong(why: &str) -> Failure {
    Failure::usage(format!("wrong address of a proxy: {why}"))
        .with_hint("it is socks5://HOST:PORT or http://HOST:PORT, with USER:PASSWORD@ in front of the host if need be")
}

/// That of a proxy whose address has none.
const PORT: u16 = 1080;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_addresses() {
        for (text, host, port, has_password) in [
            ("socks5://proxy.example", "proxy.example", 1080, false),
            ("SOCKS5H://10.0.0.1:9050/", "10.0.0.1", 9050, false),
            (
                "http://ann:p%40ss@proxy.example:80",
                "proxy.example",
                80,
                true,
            ),
            ("proxy.example:3128", "proxy.example", 3128, false),
            ("http://[::1]:8080", "::1", 8080, false),
        ] {
            let way = Way::parse(text).unwrap();
            let found = (&*way.host, way.port, way.has_password);
            assert_eq!(found, (host, port, has_password), "{text}");
        }
        let shown = format!("{:?}", Way::parse("socks5://ann:secret@h").unwrap());
        assert!(
            shown.contains("Socks5") && !shown.contains("secret"),
            "{shown}"
        );
    }

    #[test]
    fn err_addresses() {
        for (text, why) in [
            ("https://h:1", "it begins with https://"),
            ("socks4://h:1", "it begins with socks4://"),
            ("http://ann:secret@h:x", "invalid port number"),
            ("socks5://", "empty host"),
            ("http://h:1/path", "there is something behind the port"),
            ("http://%ff@h", "a part of it is not UTF-8"),
        ] {
            let failure = Way::parse(text).unwrap_err();
            assert_eq!(
                failure.message(),
                format!("wrong address of a proxy: {why}")
            );
        }
    }

    #[test]
    fn ok_hosts_without_a_proxy() {
        for (list, is_in) in [
            ("*", true),
            ("imap.example.org", true),
            ("localhost, .Example.org", true),
            ("org", true),
            ("ample.org", false),
            ("imap.example.org.net", false),
            ("", false),
        ] {
            assert_eq!(has_host(list, "IMAP.example.org"), is_in, "{list}");
        }
    }
}
