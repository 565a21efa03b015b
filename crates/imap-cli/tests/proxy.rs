//! `--proxy` and its variables.

mod support;

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use support::{Ended, Fixture, ended};

/// A proxy that leads to one server, by whatever name it is asked for.
struct Proxy {
    address: SocketAddr,
    /// What was asked for: `imap.invalid:143`, and with which login.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(server: SocketAddr, negotiate: fn(&mut TcpStream) -> io::Result<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
        };
        let asked = Arc::clone(&proxy.asked);
        thread::spawn(move || {
            for client in listener.incoming() {
                let mut client = client.unwrap();
                let Ok(target) = negotiate(&mut client) else {
                    continue;
                };
                asked.lock().unwrap().push(target);
                let server = TcpStream::connect(server).unwrap();
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        proxy
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn socks(client: &mut TcpStream) -> io::Result<String> {
    let mut start = [0; 2];
    client.read_exact(&mut start)?;
    let mut methods = vec![0; start[1].into()];
    client.read_exact(&mut methods)?;
    client.write_all(&[5, 0])?;
    let mut request = [0; 5];
    client.read_exact(&mut request)?;
    assert_eq!(request[..4], [5, 1, 0, 3], "a name is asked for");
    let mut name = vec![0; usize::from(request[4]) + 2];
    client.read_exact(&mut name)?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    let port = name.split_off(name.len() - 2);
    let port = u16::from_be_bytes([port[0], port[1]]);
    Ok(format!("{}:{port}", String::from_utf8(name).unwrap()))
}

fn http(client: &mut TcpStream) -> io::Result<String> {
    let mut asked = String::new();
    for line in BufReader::new(client.try_clone()?).lines() {
        let line = line?;
        if let Some(rest) = line.strip_prefix("CONNECT ") {
            asked += rest.split(' ').next().unwrap();
        } else if let Some(rest) = line.strip_prefix("Proxy-Authorization: Basic ") {
            asked += " ";
            asked += rest;
        } else if line.is_empty() {
            break;
        }
    }
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    Ok(asked)
}

/// What a run says with the server behind a proxy, by a name that only the proxy knows.
fn run(fixture: &Fixture, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    let plain = ["status", "-a", "imap://ann@imap.invalid/", "--tls", "none"];
    let mut command = fixture.command(&[&plain[..], &["--insecure-plaintext"], arguments].concat());
    ended(command.envs(variables.iter().copied()))
}

fn fixture() -> Fixture {
    Fixture::new(|builder| builder)
}

#[test]
fn ok_options_and_variables() {
    let fixture = fixture();
    let server = fixture.server.address();
    let (socks, http) = (Proxy::start(server, socks), Proxy::start(server, http));
    let by_socks = format!("socks5://{}", socks.address);
    let by_http = format!("http://ann:open%20sesame@{}", http.address);
    for (arguments, variables, way) in [
        (&["--proxy", &*by_socks][..], &[][..], &socks),
        (&[], &[("ALL_PROXY", &*by_socks)], &socks),
        (
            &[],
            &[("all_proxy", &*by_socks), ("ALL_PROXY", "http://h.invalid")],
            &socks,
        ),
        (
            &["--proxy", &*by_socks],
            &[("ALL_PROXY", "http://h.invalid")],
            &socks,
        ),
        (
            &[],
            &[("ALL_PROXY", &*by_http), ("NO_PROXY", "example.org")],
            &http,
        ),
    ] {
        let ended = run(&fixture, arguments, variables);
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{arguments:?}");
        // The second part is `ann:open sesame`.
        let asked = match way.address == http.address {
            true => "imap.invalid:143 YW5uOm9wZW4gc2VzYW1l",
            false => "imap.invalid:143",
        };
        assert_eq!(way.asked(), [asked]);
    }
    let warned = run(&fixture, &["--proxy", &by_http], &[]).stderr;
    let warning = "imap: warning: everybody on this machine can see a password in an address\n";
    assert_eq!(warned, warning);
}

#[test]
fn ok_account_of_the_file() {
    let fixture = fixture();
    let proxy = Proxy::start(fixture.server.address(), socks);
    let account = format!(
        "[account.a]\nhost = 'imap.invalid'\nuser = 'ann'\ntls = 'none'\nproxy = 'socks5://{}'\n",
        proxy.address
    );
    std::fs::write(fixture.folder.path().join("a.toml"), account).unwrap();
    let arguments = [
        "-a",
        "a",
        "--config",
        "a.toml",
        "--insecure-plaintext",
        "status",
    ];
    fixture.printed(&arguments);
    assert_eq!(proxy.asked(), ["imap.invalid:143"]);
}

#[test]
fn ok_no_proxy_where_none_is_wanted() {
    let fixture = fixture();
    let proxy = Proxy::start(fixture.server.address(), socks);
    let address = format!("socks5://{}", proxy.address);
    let all = ("ALL_PROXY", &*address);
    for (arguments, variables) in [
        (&["--proxy", ""][..], &[all][..]),
        (&[], &[all, ("NO_PROXY", "localhost,.invalid")]),
        (&[], &[all, ("no_proxy", "*")]),
    ] {
        let ended = run(&fixture, arguments, variables);
        assert_eq!(ended.code, Some(68), "{ended:?}");
        assert_eq!(proxy.asked(), [""; 0]);
    }
    let ended = ended(fixture.command(&["status"]).env("ALL_PROXY", &address));
    assert_eq!(ended.code, Some(0), "this machine needs none: {ended:?}");
    assert_eq!(proxy.asked(), [""; 0]);
}

#[test]
fn err_server_behind_a_proxy_is_not_on_this_machine() {
    let fixture = fixture();
    let proxy = Proxy::start(fixture.server.address(), http);
    let address = format!("http://{}", proxy.address);
    let ended = fixture.run(&["status", "--tls", "none", "--proxy", &address]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.starts_with("imap: without TLS everybody "),
        "{ended:?}"
    );
    let ended = fixture.run(&["status", "--proxy", &address]);
    assert_eq!(ended.code, Some(79), "{ended:?}");
}

#[test]
fn err_proxies_that_do_not_connect() {
    let fixture = fixture();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let ended = run(&fixture, &["--proxy", &format!("socks5://{free}")], &[]);
    let port = free.port();
    assert_eq!(
        (ended.code, ended.stderr),
        (
            Some(69),
            format!(
                "imap: cannot reach 127.0.0.1 on port {port}: connection refused\n\
                 hint: this is the proxy: --proxy '' does without\n"
            )
        )
    );
    let proxy = Proxy::start(fixture.server.address(), |client| {
        client.read_exact(&mut [0; 3])?;
        client.write_all(&[5, 0xff])?;
        Err(io::ErrorKind::Other.into())
    });
    let ended = run(
        &fixture,
        &["--proxy", &format!("socks5://{}", proxy.address)],
        &[],
    );
    assert_eq!(ended.code, Some(77), "{ended:?}");
    assert!(
        ended
            .stderr
            .contains(": proxy wants a login, or another one\nhint: "),
        "{ended:?}"
    );
    let ended = run(&fixture, &[], &[("ALL_PROXY", "ftp://ann:secret@h")]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .stderr
            .starts_with("imap: ALL_PROXY: wrong address of a proxy: it begins with ftp://\n"),
        "{ended:?}"
    );
    assert!(!ended.stderr.contains("secret"));
}
