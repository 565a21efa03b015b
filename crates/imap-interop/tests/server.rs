//! The example `server` of imap-codec, with Python's imaplib and curl as its clients.

mod example;

use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};

use example::program;

/// The server, which ends with the test.
struct Server {
    process: Child,
    port: String,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(program("imap-codec", "server"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        let stdout = process.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut address).unwrap();
        let (_, port) = address.trim().rsplit_once(':').expect("an address");
        let port = port.to_owned();
        Self { process, port }
    }

    /// What curl prints for a path and options, and its exit status.
    fn curl(&self, password: &str, path: &str, options: &[&str]) -> (String, Option<i32>) {
        let url = format!("imap://127.0.0.1:{}/{path}", self.port);
        let user = format!("ann:{password}");
        let output = run(Command::new("curl")
            .args(["--silent", "--max-time", "20", "--user", &user, &url])
            .args(options));
        let text = String::from_utf8(output.stdout).unwrap();
        (text, output.status.code())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

fn run(command: &mut Command) -> Output {
    command
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                panic!("{command:?} is not installed: apt-get install curl python3")
            }
            _ => panic!("{command:?}: {error}"),
        })
}

const IMAPLIB: &str = r#"
import imaplib, sys
client = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]), timeout=20)
try:
    client.login("ann", "wrong")
except imaplib.IMAP4.error as error:
    print("refused:", error)
print(client.login("ann", "secret"))
print(client.select("INBOX", readonly=True))
print(client.fetch("2:*", "(FLAGS)"))
print(client.fetch("1", "FLAGS"))
print(client.noop())
print(client.create("x")[0])
print(client.logout()[0])
"#;

#[test]
fn ok_imaplib_logs_in_and_fetches_flags() {
    let server = Server::start();
    let output = run(Command::new("python3").args(["-c", IMAPLIB, &server.port]));
    let shown = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        shown.lines().collect::<Vec<_>>(),
        [
            r"refused: b'not here, or not now'",
            r"('OK', [b'done'])",
            r"('OK', [b'3'])",
            r"('OK', [b'2 (FLAGS ())', b'3 (FLAGS (\\Answered \\Flagged))'])",
            r"('OK', [b'1 (FLAGS (\\Seen))'])",
            r"('OK', [b'done'])",
            r"NO",
            r"BYE",
        ],
        "{errors}"
    );
}

#[test]
fn ok_curl_logs_in_and_fetches_flags() {
    let server = Server::start();
    let (shown, status) = server.curl("secret", "INBOX", &["--request", "FETCH 1:* FLAGS"]);
    let fetched = [
        r"* 1 FETCH (FLAGS (\Seen))",
        r"* 2 FETCH (FLAGS ())",
        r"* 3 FETCH (FLAGS (\Answered \Flagged))",
    ];
    assert_eq!(
        (shown.lines().collect::<Vec<_>>(), status),
        (fetched.to_vec(), Some(0))
    );
}

#[test]
fn err_curl_is_told_that_the_password_is_wrong() {
    let server = Server::start();
    // 67: the server refused the login.
    assert_eq!(
        server.curl("wrong", "INBOX", &[]),
        (String::new(), Some(67))
    );
}
