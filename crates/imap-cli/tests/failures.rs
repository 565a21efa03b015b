//! What does not work: each time a sentence that helps, and the right exit code.

mod support;

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::thread;

use imap_proto::Mechanism;
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection};
use support::{Ended, Fixture, ended, imap};
use tempfile::TempDir;

/// What a run with this account and these arguments says.
fn failed(account: &str, arguments: &[&str]) -> Ended {
    let folder = TempDir::new().unwrap();
    let mut command = imap(folder.path(), arguments);
    command
        .env("IMAP_ACCOUNT", account)
        .env("IMAP_PASSWORD", "p");
    ended(&mut command)
}

/// The failure has this code and these two lines.
#[track_caller]
fn assert_failure(ended: &Ended, code: i32, message: &str, hint: &str) {
    let stderr = match hint {
        "" => format!("imap: {message}\n"),
        hint => format!("imap: {message}\nhint: {hint}\n"),
    };
    assert_eq!((ended.code, &*ended.stderr), (Some(code), &*stderr));
    assert_eq!(ended.stdout, "");
}

#[test]
fn err_wrong_usage() {
    let address = "an address is imaps://USER@HOST/ or imap://USER@HOST:PORT/MAILBOX";
    for (account, arguments, message, hint) in [
        (
            "http://ann@h/",
            &["list"][..],
            "wrong address http://...@h/: it begins with http://",
            address,
        ),
        (
            "imaps://ann@h:x/",
            &["list"],
            "wrong address imaps://...@h:x/: invalid port number",
            address,
        ),
        (
            "imaps://",
            &["list"],
            "wrong address imaps://: it has no host",
            address,
        ),
        (
            "imaps://h/",
            &["list"],
            "address imaps://h/ has no user",
            "write imaps://USER@HOST/, with %40 for an @ in the name of the user",
        ),
        (
            "imap://ann@h/",
            &["list", "--tls", "none"],
            "without TLS everybody on the way to h can read the password and the mail",
            "use --tls starttls; if you really want that, add --insecure-plaintext",
        ),
        (
            "imaps://ann@h/",
            &["flag", "1", "seen"],
            "`seen` is neither +FLAG nor -FLAG",
            "options and the UIDs come before the flags",
        ),
        (
            "imaps://ann@h/",
            &["fetch"],
            "which messages?",
            "give UIDs such as 4,7:9, or --search 'unseen from ann'",
        ),
        (
            "imaps://ann@h/",
            &["search", "since", "yesterday"],
            "wrong search: expected date where `yesterday` is",
            "words are such as unseen, from ann, subject \"two words\", since 1-Jan-2026, larger 100000, \
             not, or",
        ),
        (
            "",
            &["lst"],
            "unrecognized subcommand 'lst'",
            "a similar subcommand exists: 'list'",
        ),
        (
            "",
            &["copy", "1"],
            "the following required arguments were not provided: --to <MAILBOX>",
            "`imap copy --help` says how it is used",
        ),
    ] {
        assert_failure(&failed(account, arguments), 2, message, hint);
    }
}

#[test]
fn err_accounts_of_the_file() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join(".config/imap/config.toml");
    let run = |text: Option<&str>, arguments: &[&str]| {
        if let Some(text) = text {
            std::fs::create_dir_all(config.parent().unwrap()).unwrap();
            std::fs::write(&config, text).unwrap();
        }
        ended(&mut imap(folder.path(), arguments))
    };
    let path = config.display();
    assert_failure(
        &run(None, &["list"]),
        2,
        "which account?",
        &format!(
            "name one, or its address: imap -a imaps://USER@HOST/ ..., or write default-account into {path}"
        ),
    );
    let accounts = "[account.a]\nhost = 'h'\nuser = 'u'\n[account.b]\nhost = 'h'\nuser = 'u'\n";
    assert_failure(
        &run(Some(accounts), &["-a", "c", "list"]),
        2,
        &format!("no account `c` in {path}"),
        "there are: a, b",
    );
    assert_failure(
        &run(
            Some("[account.a]\nhost = 'h'\nuser = 'u'\npassword = 'p'\n"),
            &["list"],
        ),
        78,
        &format!(
            "{path} line 4: unknown field `password`, expected one of `host`, `port`, `tls`, `user`, \
             `password-command`, `token-command`, `ca`, `proxy`, `mailbox`"
        ),
        "",
    );
    assert_failure(
        &run(None, &["--config", "none.toml", "list"]),
        78,
        "cannot read none.toml: no such file or directory",
        "",
    );
    let failing = "[account.a]\nhost = 'h'\nuser = 'u'\npassword-command = 'exit 3'\n";
    assert_failure(
        &run(Some(failing), &["list"]),
        78,
        "password command `exit 3` ended with exit status: 3",
        "",
    );
}

#[test]
fn err_no_connection() {
    let unknown = failed("imaps://ann@nowhere.invalid/", &["list"]);
    assert_failure(
        &unknown,
        68,
        "no host `nowhere.invalid` is known",
        "is the name right, and is this machine online?",
    );
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_failure(
        &failed(&format!("imaps://ann@{free}/"), &["list"]),
        69,
        &format!(
            "cannot reach 127.0.0.1 on port {}: connection refused",
            free.port()
        ),
        "nothing listens there: is the port right? 993 is usual for imaps://, 143 for imap://",
    );
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    assert_failure(
        &failed(
            &format!("imap://ann@127.0.0.1:{port}/"),
            &["list", "--timeout", "1"],
        ),
        69,
        &format!("127.0.0.1 does not answer on port {port}"),
        "is the port right, and is there a firewall in between? --timeout SECONDS waits longer",
    );
}

/// A server that greets each client like this.
fn saying(words: &'static [u8]) -> SocketAddr {
    answering([words, b""])
}

/// A server that greets each client by the first of these, and answers by the second.
fn answering(words: [&'static [u8]; 2]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            for words in words {
                let _ = stream.write_all(words);
                let _ = stream.read(&mut [0; 1024]);
            }
        }
    });
    address
}

#[test]
fn err_no_server_of_imap() {
    let address = saying(b"220 mail.example.org ESMTP\r\n");
    let ended = failed(&format!("imap://ann@{address}/"), &["list"]);
    assert_eq!(ended.code, Some(76));
    assert!(
        ended
            .stderr
            .contains("no greeting of IMAP: \"220 mail.example.org ESMTP\""),
        "{ended:?}"
    );
    assert!(
        ended
            .stderr
            .contains("hint: is this the port of an IMAP server?"),
        "{ended:?}"
    );

    let port = address.port();
    assert_failure(
        &failed(&format!("imaps://ann@{address}/"), &["list"]),
        79,
        &format!("127.0.0.1 does not speak TLS on port {port}"),
        "try imap://, where TLS begins with STARTTLS; its port is 143 mostly",
    );
}

#[test]
fn err_server_that_does_not_want_us() {
    let address = saying(b"* BYE too many connections\r\n");
    assert_failure(
        &failed(&format!("imap://ann@{address}/"), &["list"]),
        69,
        &format!(
            "127.0.0.1 port {}: server ended the session: BYE too many connections",
            address.port()
        ),
        "",
    );
}

/// A server with TLS whose certificate is this one, and its certificate in a file of the folder.
fn with_certificate(folder: &Path, params: CertificateParams) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    std::fs::write(folder.join("ca.pem"), certificate.pem()).unwrap();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            // The client says what it does not like, and goes.
            while tls.complete_io(&mut stream).is_ok_and(|(read, _)| read > 0) {}
        }
    });
    address
}

fn certificate(name: &str) -> CertificateParams {
    CertificateParams::new([name.to_owned()]).unwrap()
}

#[test]
fn err_certificates() {
    let folder = TempDir::new().unwrap();
    let mut expired = certificate("localhost");
    expired.not_before = rcgen::date_time_ymd(2020, 1, 1);
    expired.not_after = rcgen::date_time_ymd(2021, 1, 1);
    let run = |address: SocketAddr, arguments: &[&str]| {
        let mut command = imap(folder.path(), arguments);
        command
            .env(
                "IMAP_ACCOUNT",
                format!("imaps://ann@localhost:{}/", address.port()),
            )
            .env("IMAP_PASSWORD", "p");
        ended(&mut command)
    };
    let trusting = &["list", "--ca", "ca.pem"][..];
    assert_failure(
        &run(with_certificate(folder.path(), expired), trusting),
        79,
        "the certificate of localhost has expired",
        "tell who runs the server; is the clock of this machine right?",
    );
    assert_failure(
        &run(
            with_certificate(folder.path(), certificate("other.example")),
            trusting,
        ),
        79,
        "the certificate of localhost is for another name",
        "use the name that the provider tells, not an alias or a number",
    );
    assert_failure(
        &run(
            with_certificate(folder.path(), certificate("localhost")),
            &["list"],
        ),
        79,
        "the certificate of localhost is signed by nobody that is trusted here",
        "for a server of your own, trust its authority: --ca FILE.pem",
    );
    std::fs::write(folder.path().join("no.pem"), "nothing").unwrap();
    assert_failure(
        &run(saying(b""), &["list", "--ca", "no.pem"]),
        74,
        "no certificates in no.pem",
        "it has to be a text that begins with -----BEGIN CERTIFICATE-----",
    );
}

#[test]
fn err_not_let_in() {
    let fixture = Fixture::new(|builder| builder);
    let ended = ended(fixture.command(&["list"]).env("IMAP_PASSWORD", "wrong"));
    assert_eq!((ended.code, &*ended.stdout), (Some(77), ""));
    let mut lines = ended.stderr.lines();
    let message = lines.next().unwrap();
    assert!(
        message.starts_with("imap: 127.0.0.1 does not let ann in: "),
        "{message}"
    );
    let hint = "hint: check user and password; many providers want a password made for programs, or a token: \
        --token-command";
    assert_eq!(lines.next(), Some(hint));
}

#[test]
fn err_server_that_cannot_tell_now() {
    let greeting = b"* OK [CAPABILITY IMAP4rev1] ready\r\n";
    let address = answering([greeting, b"A1 NO [UNAVAILABLE] the backend is down\r\n"]);
    assert_failure(
        &failed(&format!("imap://ann@{address}/"), &["list"]),
        69,
        "127.0.0.1 cannot let anybody in now: the backend is down",
        "try again later",
    );
}

#[test]
fn err_no_password() {
    let fixture = Fixture::new(|builder| builder);
    let mut command = fixture.command(&["list", "--password-command", "true"]);
    assert_failure(
        &ended(&mut command),
        78,
        "password command `true` printed nothing",
        "",
    );
}

#[test]
fn ok_password_from_each_place() {
    let fixture = Fixture::new(|builder| builder);
    let address = fixture.address();
    let mut command = fixture.command(&["list", "--password-command", "echo 'a secret'"]);
    assert_eq!(ended(command.env_remove("IMAP_PASSWORD")).code, Some(0));

    let in_address = address.replace("ann@", "ann:a%20secret@");
    let mut command = fixture.command(&["list", "-a", &in_address]);
    let ended = ended(command.env_remove("IMAP_PASSWORD"));
    assert_eq!(ended.code, Some(0));
    assert_eq!(
        ended.stderr,
        "imap: warning: everybody on this machine can see a password in an address\n"
    );
}

#[test]
fn ok_token_of_a_command() {
    let fixture = Fixture::new(|builder| {
        builder
            .mechanisms(&[Mechanism::OAuthBearer])
            .token("ann", "abc")
    });
    let run = |token: &str| {
        let command = format!("echo {token}");
        fixture.run(&["list", "--token-command", &command])
    };
    assert_eq!(run("abc").code, Some(0));
    let refused = run("expired");
    assert_eq!(refused.code, Some(77));
    let begin = "imap: 127.0.0.1 does not let ann in: ";
    assert!(refused.stderr.starts_with(begin), "{refused:?}");
}

#[test]
fn err_mailbox_that_is_not_there() {
    let fixture = Fixture::new(|builder| builder.mailbox("ann", "Entwürfe"));
    let missing = |name: &str, hint: &str| {
        let ended = fixture.run(&["status", name]);
        assert_failure(&ended, 66, &format!("no mailbox `{name}`"), hint);
    };
    missing("Entwurfe", "is `Entwürfe` meant?");
    missing("archiv", "is `Archive` meant?");
    missing("xyz", "`imap list` shows what there is");
    let message = fixture.folder.path().join("a.eml");
    std::fs::write(message, "Subject: a\n\nb\n").unwrap();
    let ended = fixture.run(&["append", "-m", "archiv", "a.eml"]);
    assert_failure(
        &ended,
        66,
        "no mailbox `archiv`",
        "is `Archive` meant?; --create makes it",
    );
}

#[test]
fn ok_some_of_several_mailboxes() {
    let fixture = Fixture::new(|builder| builder);
    let ended = fixture.run(&["status", "xyz", "Sent", "--json"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .stdout
            .starts_with("{\"name\":\"Sent\",\"messages\":0,"),
        "{ended:?}"
    );
    assert!(
        ended.stderr.starts_with("imap: no mailbox `xyz`\n"),
        "{ended:?}"
    );
}

#[test]
fn err_files() {
    let fixture = Fixture::new(|builder| builder);
    assert_failure(
        &fixture.run(&["append", "none.eml"]),
        74,
        "cannot read none.eml: no such file or directory",
        "",
    );
    std::fs::write(fixture.folder.path().join("empty.eml"), "\n").unwrap();
    assert_failure(
        &fixture.run(&["append", "empty.eml"]),
        2,
        "empty.eml has no message",
        "",
    );
}

#[test]
#[cfg(target_os = "linux")]
fn err_full_disk_and_closed_pipe() {
    let fixture = Fixture::new(|builder| builder);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let child = fixture
        .command(&["list"])
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(74));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "imap: cannot write the output: no space left on device\n"
    );

    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let child = fixture
        .command(&["list"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}
