//! The harness itself, over a bare socket and without the library under test.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};
use std::{fs, thread};

use imap_interop::{Dovecot, Kind, Sample, SystemFlag, User, samples};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// The least of a client.
struct Raw<S> {
    stream: BufReader<S>,
    greeting: String,
}

impl Raw<TcpStream> {
    fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self::new(stream)
    }

    fn login(server: &Dovecot, user: &User) -> Self {
        let mut raw = Self::connect(server.addr());
        raw.run(&format!("LOGIN {} {}", user.name(), user.password()));
        raw
    }
}

impl<S: Read + Write> Raw<S> {
    fn new(stream: S) -> Self {
        let mut raw = Self {
            stream: BufReader::new(stream),
            greeting: String::new(),
        };
        raw.greeting = raw.line();
        raw
    }

    /// Sends a command that has to succeed; gives the untagged lines.
    fn run(&mut self, command: &str) -> Vec<String> {
        self.send(&format!("a {command}\r\n"));
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(status) = line.strip_prefix("a ") {
                assert!(status.starts_with("OK "), "{command}: {status}");
                return lines;
            }
            lines.push(line);
        }
    }

    fn send(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        assert!(line.ends_with("\r\n"), "connection ends after {line:?}");
        line.truncate(line.len() - 2);
        line
    }
}

fn shared() -> &'static Dovecot {
    Dovecot::shared().unwrap_or_else(|error| panic!("{error}"))
}

fn start() -> Dovecot {
    Dovecot::start().unwrap_or_else(|error| panic!("{error}"))
}

/// Whether the condition comes true within some seconds.
fn eventually(condition: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Whether nobody listens any more and the folder has gone.
fn is_gone(addr: SocketAddr, folder: &Path) -> bool {
    eventually(|| TcpStream::connect(addr).is_err() && !folder.exists())
}

/// The folder of a server, which goes with it.
fn folder(server: &Dovecot) -> PathBuf {
    server.ca_pem().ancestors().nth(2).unwrap().to_path_buf()
}

/// What the server has to say about a seeded message, to the first session that sees it.
fn fetch_line(number: usize, sample: &Sample) -> String {
    let flags: Vec<&str> = [
        SystemFlag::Answered,
        SystemFlag::Flagged,
        SystemFlag::Deleted,
        SystemFlag::Seen,
        SystemFlag::Draft,
    ]
    .into_iter()
    .filter(|flag| sample.message.flags.contains(flag))
    .map(SystemFlag::as_str)
    .chain(["\\Recent"])
    .collect();
    format!(
        "* {number} FETCH (UID {number} FLAGS ({}) RFC822.SIZE {})",
        flags.join(" "),
        sample.size()
    )
}

fn check_seeded(mailbox: &str, on_the_wire: &str) {
    let server = shared();
    let user = server.user("seed");
    let all: Vec<Sample> = samples(11).take(20).collect();
    let messages = all.iter().map(|sample| sample.message.clone());
    assert_eq!(user.seed(mailbox, messages).unwrap(), 20);

    let mut raw = Raw::login(server, &user);
    let lines = raw.run(&format!("SELECT \"{on_the_wire}\""));
    assert!(
        lines.contains(&"* 20 EXISTS".into()),
        "{lines:?}\n{}",
        server.log_tail()
    );
    let expected: Vec<String> = all
        .iter()
        .enumerate()
        .map(|(index, sample)| fetch_line(index + 1, sample))
        .collect();
    assert_eq!(raw.run("FETCH 1:* (UID FLAGS RFC822.SIZE)"), expected);
}

#[test]
fn seeded_inbox_has_the_flags_and_sizes_in_order() {
    check_seeded("INBOX", "INBOX");
}

#[test]
fn seeded_japanese_folder_has_the_flags_and_sizes_in_order() {
    check_seeded("日本語/台北", "&ZeVnLIqe-/&U,BTFw-");
}

#[test]
fn seeded_messages_keep_their_dates_and_bytes() {
    let server = shared();
    let user = server.user("dates");
    let mut message = samples(1)
        .find(|sample| sample.kind == Kind::EightBit)
        .unwrap()
        .message;
    message.internal_date = 951_827_696; // 2000-02-29 12:34:56 UTC
    user.seed("INBOX", [message.clone()]).unwrap();

    let mut raw = Raw::login(server, &user);
    raw.run("EXAMINE INBOX");
    assert_eq!(
        raw.run("FETCH 1 INTERNALDATE"),
        ["* 1 FETCH (INTERNALDATE \"29-Feb-2000 12:34:56 +0000\")"]
    );
    raw.send("a FETCH 1 BODY.PEEK[]\r\n");
    assert_eq!(
        raw.line(),
        format!("* 1 FETCH (BODY[] {{{}}}", message.bytes.len())
    );
    let mut bytes = vec![0; message.bytes.len()];
    raw.stream.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, message.bytes);
}

#[test]
fn later_seeds_come_after_earlier_ones_while_a_client_looks_on() {
    let server = shared();
    let user = server.user("later");
    let mut messages = samples(1).map(|sample| sample.message);
    user.seed("INBOX", messages.by_ref().take(2)).unwrap();
    let mut raw = Raw::login(server, &user);
    raw.run("SELECT INBOX");
    user.seed("INBOX", messages.take(1)).unwrap();
    assert!(raw.run("NOOP").contains(&"* 3 EXISTS".into()));
    assert_eq!(raw.run("FETCH 3 UID"), ["* 3 FETCH (UID 3)"]);
}

#[test]
fn list_shows_seeded_folder_and_special_use() {
    let server = shared();
    let user = server.user("list");
    user.seed("Entwürfe", []).unwrap();
    let lines = Raw::login(server, &user).run("LIST \"\" * RETURN (SPECIAL-USE)");
    let lines: HashSet<&str> = lines.iter().map(String::as_str).collect();
    let expected = [
        "* LIST () \"/\" Entw&APw-rfe",
        "* LIST () \"/\" INBOX",
        "* LIST (\\Drafts) \"/\" Drafts",
        "* LIST (\\Sent) \"/\" Sent",
        "* LIST (\\Trash) \"/\" Trash",
    ];
    assert_eq!(lines, HashSet::from(expected));
}

#[test]
fn extensions_are_there() {
    let server = shared();
    let mut raw = Raw::login(server, &server.user("plugins"));
    let lines = raw.run("CAPABILITY");
    for name in [
        "ACL",
        "COMPRESS=DEFLATE",
        "METADATA",
        "NOTIFY",
        "QUOTA",
        "SPECIAL-USE",
    ] {
        assert!(
            lines[0].split(' ').any(|word| word == name),
            "{name} not in {lines:?}"
        );
    }
    assert_eq!(
        raw.run("GETQUOTAROOT INBOX"),
        [
            "* QUOTAROOT INBOX \"User quota\"",
            "* QUOTA \"User quota\" (STORAGE 0 10485760)"
        ]
    );
}

#[test]
fn awkward_user_logs_in_by_literals() {
    let server = shared();
    let user = server.awkward_user();
    let mut raw = Raw::connect(server.addr());
    let (name, password) = (user.name(), user.password());
    assert_eq!(password, "p\"a\\ss wörd");
    let sizes = (name.len(), password.len());
    raw.run(&format!(
        "LOGIN {{{}+}}\r\n{name} {{{}+}}\r\n{password}",
        sizes.0, sizes.1
    ));
    user.seed("INBOX", samples(1).take(1).map(|sample| sample.message))
        .unwrap();
    assert!(
        raw.run("SELECT INBOX").contains(&"* 1 EXISTS".into()),
        "{}",
        server.log_tail()
    );
}

#[test]
fn wrong_password_is_refused() {
    let server = shared();
    let mut raw = Raw::connect(server.addr());
    raw.send(&format!(
        "a LOGIN {} wrong\r\n",
        server.user("refused").name()
    ));
    assert!(raw.line().starts_with("a NO [AUTHENTICATIONFAILED]"));
}

#[test]
fn certificate_is_good_for_every_name_of_the_loopback() {
    let server = shared();
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(server.ca_pem()).unwrap())
        .unwrap();
    let config = ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let config = Arc::new(config);
    for name in ["localhost", "127.0.0.1", "::1"] {
        let name = ServerName::try_from(name).unwrap();
        let session = ClientConnection::new(Arc::clone(&config), name).unwrap();
        let stream = TcpStream::connect(("127.0.0.1", server.imaps_port())).unwrap();
        let mut raw = Raw::new(StreamOwned::new(session, stream));
        assert!(raw.greeting.starts_with("* OK "));
        raw.run("NOOP");
    }
}

#[test]
fn starttls_is_offered_before_login() {
    assert!(
        Raw::connect(shared().addr())
            .greeting
            .contains(" STARTTLS ")
    );
}

#[test]
fn users_are_fresh() {
    let server = shared();
    let (a, b) = (server.user("Two words"), server.user("Two words"));
    assert!(a.name().starts_with("t-two-words-"), "{}", a.name());
    assert_ne!(a.name(), b.name());
}

#[test]
fn shared_server_is_always_the_same() {
    assert_eq!(shared().addr(), shared().addr());
}

#[test]
fn log_tells_who_logged_in() {
    let server = shared();
    let user = server.user("log");
    Raw::login(server, &user).run("LOGOUT");
    let line = format!("Login: user=<{}>", user.name());
    assert!(
        eventually(|| server.log_tail().contains(&line)),
        "{}",
        server.log_tail()
    );
}

#[test]
fn two_servers_run_side_by_side() {
    let (a, b) = (start(), start());
    assert_ne!(a.addr(), b.addr());
    a.user("one")
        .seed("INBOX", samples(1).take(1).map(|sample| sample.message))
        .unwrap();
    for (server, count) in [(&a, 1), (&b, 0)] {
        // The numbers start anew on each server, so this is the user seeded on the first.
        let mut raw = Raw::connect(server.addr());
        raw.run("LOGIN t-one-1 testpw");
        assert!(
            raw.run("SELECT INBOX")
                .contains(&format!("* {count} EXISTS"))
        );
    }
}

#[test]
fn server_is_gone_after_drop() {
    let server = start();
    let (addr, folder) = (server.addr(), folder(&server));
    let raw = Raw::login(&server, &server.user("drop"));
    assert!(folder.join("dovecot.conf").exists());
    drop(server);
    assert!(is_gone(addr, &folder));
    drop(raw);
}

#[test]
fn server_is_gone_after_panic() {
    let (send, receive) = mpsc::channel();
    let test = thread::spawn(move || {
        let server = start();
        send.send((server.addr(), folder(&server))).unwrap();
        panic!("as a failing test does");
    });
    assert!(test.join().is_err());
    let (addr, folder) = receive.recv().unwrap();
    assert!(is_gone(addr, &folder));
}

#[test]
fn server_is_gone_after_its_process_was_killed() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_interop-dovecot"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: Vec<String> = BufReader::new(process.stdout.take().unwrap())
        .lines()
        .take(4)
        .map(Result::unwrap)
        .collect();
    let addr: SocketAddr = lines[0].strip_prefix("imap ").unwrap().parse().unwrap();
    let ca_pem = Path::new(lines[2].strip_prefix("authority ").unwrap());
    assert!(Raw::connect(addr).greeting.starts_with("* OK "));
    assert!(File::open(ca_pem).is_ok());
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(is_gone(addr, ca_pem.ancestors().nth(2).unwrap()));
}

#[test]
fn kept_state_stays() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_interop-dovecot"))
        .env("IMAP_INTEROP_KEEP", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut text = String::new();
    process
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert!(process.wait().unwrap().success());
    let ca_pem = text
        .lines()
        .find_map(|line| line.strip_prefix("authority "))
        .unwrap();
    let folder = Path::new(ca_pem).ancestors().nth(2).unwrap();
    assert!(folder.join("log").exists());
    fs::remove_dir_all(folder).unwrap();
}
