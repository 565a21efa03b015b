//! The program.
#![cfg(feature = "binary")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use imap_client::blocking::Client;
use imap_client::{Config, Tls};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_imap-testserver"))
}

#[test]
fn ok_serves_an_mbox_file_with_tls() {
    let folder = tempfile::tempdir().unwrap();
    let mbox = folder.path().join("mbox");
    fs::write(
        &mbox,
        "From a@b Wed Jul 17 09:44:25 1996\nSubject: a\n\nx\n\n",
    )
    .unwrap();
    let ca = folder.path().join("ca.pem");
    let mut server = program()
        .args(["--user", "ann:secret", "--mbox"])
        .arg(format!("ann:Old={}", mbox.display()))
        .arg("--ca-file")
        .arg(&ca)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let lines: Vec<String> = lines.take(3).map(Result::unwrap).collect();
    assert!(lines[0].starts_with("plain 127.0.0.1:"), "{lines:?}");
    assert_eq!(lines[2], format!("ca {}", ca.display()));
    let port = lines[1]
        .strip_prefix("tls 127.0.0.1:")
        .unwrap()
        .parse()
        .unwrap();
    let tls = Tls::with_pem_authorities(&fs::read(&ca).unwrap()).unwrap();
    let mut client =
        Client::connect_tls("localhost", port, &Config::default().with_tls(tls)).unwrap();
    client.login("ann", "secret").unwrap();
    assert_eq!(client.select("Old").unwrap().exists, 1);
    server.kill().unwrap();
    server.wait().unwrap();
}

#[test]
fn ok_faults_from_the_command_line() {
    let mut server = program()
        .args(["--fault", "LOGIN#1:no=[UNAVAILABLE] come back later"])
        .args(["--fault", "NOOP:tell=* BAD odd\\r\\n"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    let port = line.strip_prefix("plain 127.0.0.1:").unwrap();
    let stream = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    let mut wire = &stream;
    wire.write_all(b"a LOGIN user pass\r\nb LOGIN user pass\r\nc NOOP\r\n")
        .unwrap();
    let mut answers = BufReader::new(wire).lines().map(Result::unwrap).skip(1);
    assert_eq!(
        answers.next().unwrap(),
        "a NO [UNAVAILABLE] come back later"
    );
    assert!(answers.next().unwrap().starts_with("b OK "));
    let rest: Vec<String> = answers.by_ref().take(2).collect();
    assert_eq!(rest, ["* BAD odd", "c OK NOOP completed"]);
    server.kill().unwrap();
    server.wait().unwrap();
}

#[test]
fn ok_lists_what_can_be_wrong() {
    for (option, line) in [
        (
            "--list-faults",
            ":bad=TEXT                    BAD with this text",
        ),
        (
            "--list-faults",
            "handshake                    when TLS begins; with ignore",
        ),
        ("--list-quirks", "missing-text "),
    ] {
        let output = program().arg(option).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.lines().any(|l| l.starts_with(line)), "{text}");
    }
}

#[test]
fn err_says_what_is_wrong() {
    let failed = |arguments: &[&str]| {
        let output = program().args(arguments).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(failed(&["--fault", "NOOP:x"]).contains("no fault \"x\""));
    assert!(failed(&["--user", "ann"]).contains("expected NAME:PASSWORD"));
    assert_eq!(
        failed(&["--mailbox", "ann:x"]),
        "imap-testserver: no user \"ann\"\n"
    );
    assert!(
        failed(&["--mbox", "user:x=/nowhere"])
            .starts_with("imap-testserver: the messages to begin with cannot be read: ")
    );
}
