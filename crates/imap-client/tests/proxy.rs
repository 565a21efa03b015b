//! Proxies between client and server, played by small servers.

mod support;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use imap_client::{Config, Error, Proxy, ProxyError};
use support::peer::{
    DRIVERS, Driver, Peer, Security, VISIT, follow, hear, hear_octets, rest, visit_host,
};

/// The host behind the proxy, which nobody but the proxy can find.
const HOST: &str = "imap.invalid";

const GREETING: &str = "* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n";

/// A client that goes to the host through a proxy.
fn visit(driver: Driver, proxy: Proxy) -> Result<(), Error> {
    let config = Config::default().with_proxy(proxy);
    visit_host(driver, Security::Plain, HOST, 143, &config)
}

/// What the client says of a proxy that behaves so.
fn proxy_error(
    driver: Driver,
    proxy: impl FnOnce(u16) -> Proxy,
    serve: impl FnOnce(TcpStream) + Send + 'static,
) -> ProxyError {
    let server = Peer::new(serve);
    let error = visit(driver, proxy(server.port)).unwrap_err();
    server.join();
    assert!(error.is_fatal());
    match error {
        Error::Proxy(error) => error,
        other => panic!("{other:?}"),
    }
}

fn socks(port: u16) -> Proxy {
    Proxy::socks5("127.0.0.1", port)
}

fn http(port: u16) -> Proxy {
    Proxy::http_connect("127.0.0.1", port)
}

/// The request for the host, which is named and not resolved.
const SOCKS_REQUEST: &[u8] = b"\x05\x01\0\x03\x0cimap.invalid\0\x8f";

/// Says `reply` in one piece with the greeting, and is a server then.
fn connected(stream: &mut TcpStream, reply: &[u8]) -> io::Result<()> {
    stream.write_all(&[reply, GREETING.as_bytes()].concat())?;
    follow(stream, VISIT)
}

#[test]
fn ok_socks_without_login_and_the_greeting_in_the_same_piece() {
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            hear_octets(&mut stream, b"\x05\x01\0")?;
            stream.write_all(b"\x05\0")?;
            hear_octets(&mut stream, SOCKS_REQUEST)?;
            connected(&mut stream, b"\x05\0\0\x01\x7f\0\0\x01\0\x8f")
        });
        visit(driver, socks(server.port)).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn ok_socks_with_login_octet_by_octet() {
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            stream.set_nodelay(true)?;
            hear_octets(&mut stream, b"\x05\x02\0\x02")?;
            stream.write_all(b"\x05\x02")?;
            hear_octets(&mut stream, b"\x01\x03ann\x06secret")?;
            stream.write_all(b"\x01\0")?;
            hear_octets(&mut stream, SOCKS_REQUEST)?;
            for octet in b"\x05\0\0\x03\x05proxy\x12\x34" {
                stream.write_all(&[*octet])?;
            }
            connected(&mut stream, b"")
        });
        visit(driver, socks(server.port).with_login("ann", "secret")).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn ok_socks_addresses_go_as_addresses() {
    let requests: [(&str, &[u8]); 2] = [
        ("192.0.2.1", b"\x05\x01\0\x01\xc0\0\x02\x01\0\x8f"),
        (
            "2001:db8::1",
            b"\x05\x01\0\x04\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\0\x8f",
        ),
    ];
    for (&driver, (host, request)) in DRIVERS.iter().flat_map(|d| requests.map(|r| (d, r))) {
        let server = Peer::new(move |mut stream| {
            hear_octets(&mut stream, b"\x05\x01\0")?;
            stream.write_all(b"\x05\0")?;
            hear_octets(&mut stream, request)?;
            connected(&mut stream, &[b"\x05\0\0\x04", &[0; 18][..]].concat())
        });
        let config = Config::default().with_proxy(socks(server.port));
        visit_host(driver, Security::Plain, host, 143, &config).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn err_socks_tells_what_the_proxy_said() {
    let cases: [(&[u8], ProxyError, &str); 6] = [
        (
            b"\x05\xff",
            ProxyError::Login,
            "proxy wants a login, or another one",
        ),
        (
            b"\x05\0\x05\x05\0\x01\0\0\0\0\0\0",
            ProxyError::Socks(5),
            "proxy refused: connection refused",
        ),
        (
            b"\x05\0\x05\x63",
            ProxyError::Socks(0x63),
            "proxy refused: unknown reason",
        ),
        (
            b"\x04\0",
            ProxyError::Protocol("not SOCKS 5"),
            "protocol violated by the proxy: not SOCKS 5",
        ),
        (
            b"\x05\x01",
            ProxyError::Protocol("login of a kind not offered"),
            "protocol violated by the proxy: login of a kind not offered",
        ),
        (
            b"\x05\0\x05\0\0\x07",
            ProxyError::Protocol("address of an unknown kind"),
            "protocol violated by the proxy: address of an unknown kind",
        ),
    ];
    for (&driver, (said, error, text)) in DRIVERS.iter().flat_map(|d| cases.clone().map(|c| (d, c)))
    {
        let told = proxy_error(driver, socks, move |mut stream| {
            stream.write_all(said).unwrap();
            rest(&mut stream);
        });
        assert_eq!((&told, &*told.to_string()), (&error, text));
    }
}

#[test]
fn err_socks_login_is_not_taken() {
    for &driver in DRIVERS {
        let told = proxy_error(
            driver,
            |port| socks(port).with_login("ann", "wrong"),
            |mut stream| {
                stream.write_all(b"\x05\x02\x01\x01").unwrap();
                rest(&mut stream);
            },
        );
        assert_eq!(told, ProxyError::Login);
    }
}

#[test]
fn err_proxy_closes_early() {
    for &driver in DRIVERS {
        let cases = [(true, &b"\x05"[..]), (false, b"HTTP/1.1 ")];
        for (is_socks, said) in cases {
            let proxy = if is_socks { socks } else { http };
            let told = proxy_error(driver, proxy, move |mut stream| {
                stream.read_exact(&mut [0; 3]).unwrap();
                stream.write_all(said).unwrap();
            });
            assert_eq!(told, ProxyError::Closed);
        }
    }
}

#[test]
fn ok_http_with_login_and_the_greeting_in_the_same_piece() {
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            hear(
                &mut stream,
                "CONNECT imap.invalid:143 HTTP/1.1\r\nHost: imap.invalid:143\r\n\
                 Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n",
            )?;
            let reply = b"HTTP/1.0 103 Early Hints\r\nLink: </a>\r\n\r\n\
                HTTP/1.1 200 Connection established\r\nProxy-Agent: x\r\n\r\n";
            connected(&mut stream, reply)
        });
        let proxy = http(server.port).with_login("Aladdin", "open sesame");
        visit(driver, proxy).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn ok_http_without_login_to_an_address() {
    for &driver in DRIVERS {
        let server = Peer::new(|mut stream| {
            let target = "[2001:db8::1]:143";
            let request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n");
            hear(&mut stream, &request)?;
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r")?;
            connected(&mut stream, b"\n")
        });
        let config = Config::default().with_proxy(http(server.port));
        visit_host(driver, Security::Plain, "2001:db8::1", 143, &config).unwrap();
        server.join().unwrap();
    }
}

#[test]
fn err_http_tells_what_the_proxy_said() {
    let forbidden = ProxyError::Http {
        status: 403,
        reason: "Forbidden".to_owned(),
    };
    assert_eq!(forbidden.to_string(), "proxy refused: 403 Forbidden");
    let cases = [
        ("HTTP/1.1 403 Forbidden\r\n\r\nno".to_owned(), forbidden),
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".to_owned(),
            ProxyError::Login,
        ),
        (
            GREETING.to_owned(),
            ProxyError::Protocol("reply is not of HTTP"),
        ),
        (
            format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(20_000)),
            ProxyError::Protocol("reply over the limit"),
        ),
    ];
    for (&driver, (said, error)) in DRIVERS.iter().flat_map(|d| cases.clone().map(|c| (d, c))) {
        let told = proxy_error(driver, http, move |mut stream| {
            // The client may have enough before it has heard all.
            let _ = stream.write_all(said.as_bytes());
            rest(&mut stream);
        });
        assert_eq!(told, error);
    }
}

#[test]
fn err_proxy_does_not_answer_in_the_time_for_connecting() {
    for &driver in DRIVERS {
        for proxy in [socks, http] {
            let server = Peer::new(|mut stream| rest(&mut stream));
            let mut config = Config::default().with_proxy(proxy(server.port));
            config.connect_timeout = Duration::from_millis(50);
            let error = visit_host(driver, Security::Plain, HOST, 143, &config).unwrap_err();
            assert!(matches!(error, Error::Timeout), "{error:?}");
            assert!(!server.join().is_empty());
        }
    }
}

#[test]
fn err_what_a_proxy_cannot_be_told_is_not_sent() {
    let long = "x".repeat(256);
    let cases = [
        (socks(1), "a b", "host"),
        (http(1), "a\r\nb", "host"),
        (http(1), "", "host"),
        (socks(1), &*long, "host"),
        (socks(1).with_login(&long, "x"), HOST, "user name"),
        (socks(1).with_login("ann", ""), HOST, "password"),
        (http(1).with_login("a:b", "x"), HOST, "user name"),
    ];
    for (&driver, (proxy, host, argument)) in
        DRIVERS.iter().flat_map(|d| cases.clone().map(|c| (d, c)))
    {
        let config = Config::default().with_proxy(proxy);
        match visit_host(driver, Security::Plain, host, 143, &config) {
            Err(Error::Argument(error)) => assert_eq!(error.argument, argument),
            other => panic!("{other:?}"),
        }
    }
}
