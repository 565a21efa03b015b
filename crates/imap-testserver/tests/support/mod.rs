//! A connection that shows the wire.
#![allow(dead_code, reason = "each test uses what it needs of it")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use imap_client::Config;
use imap_client::blocking::Client;
use imap_testserver::TestServer;

/// A client that sends lines and gives lines, all with visible line ends left out.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
    commands: u32,
}

impl Wire {
    /// Connects, and reads the greeting.
    pub(crate) fn connect(server: &TestServer) -> Self {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut wire = Self {
            stream: BufReader::new(stream),
            commands: 0,
        };
        assert!(wire.line().starts_with("* OK [CAPABILITY "));
        wire
    }

    /// Connects and logs in.
    pub(crate) fn log_in(server: &TestServer, user: &str, password: &str) -> Self {
        let mut wire = Self::connect(server);
        let answer = wire.run(format!("LOGIN {user} {password}"));
        assert!(answer.last().unwrap().starts_with("OK"), "{answer:?}");
        wire
    }

    /// Connects as the user who is there by default, and selects INBOX.
    pub(crate) fn inbox(server: &TestServer) -> Self {
        let mut wire = Self::log_in(server, "user", "pass");
        wire.run("SELECT INBOX");
        wire
    }

    /// Sends octets as they are.
    pub(crate) fn send(&mut self, octets: impl AsRef<[u8]>) {
        self.stream.get_mut().write_all(octets.as_ref()).unwrap();
    }

    /// The next line, or with its literals the next response.
    pub(crate) fn line(&mut self) -> String {
        let mut whole = Vec::new();
        loop {
            let start = whole.len();
            self.stream.read_until(b'\n', &mut whole).unwrap();
            let line = whole[start..].strip_suffix(b"\r\n").expect("a line");
            let Some(size) = literal_size(line) else {
                whole.truncate(whole.len() - 2);
                return String::from_utf8_lossy(&whole).into_owned();
            };
            let mut literal = vec![0; size];
            self.stream.read_exact(&mut literal).unwrap();
            whole.extend(literal);
        }
    }

    /// Runs a command, and gives what is answered; the last line without the tag.
    pub(crate) fn run(&mut self, command: impl AsRef<[u8]>) -> Vec<String> {
        self.commands += 1;
        let tag = format!("t{}", self.commands);
        let mut octets = format!("{tag} ").into_bytes();
        octets.extend_from_slice(command.as_ref());
        octets.extend_from_slice(b"\r\n");
        self.send(octets);
        self.answer(&tag)
    }

    /// What is answered to the command with this tag.
    pub(crate) fn answer(&mut self, tag: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(last) = line.strip_prefix(&format!("{tag} ")) {
                lines.push(last.to_owned());
                return lines;
            }
            lines.push(line);
        }
    }

    /// Whether the server has closed the connection.
    pub(crate) fn is_closed(&mut self) -> bool {
        self.stream.fill_buf().unwrap().is_empty()
    }
}

fn literal_size(line: &[u8]) -> Option<usize> {
    let line = std::str::from_utf8(line.strip_suffix(b"}")?).ok()?;
    line.rsplit_once('{')?.1.parse().ok()
}

/// The blocking client of this project, logged in as the user who is there by default.
pub(crate) fn client(server: &TestServer) -> Client {
    let address = server.address();
    let mut client =
        Client::connect_plain("127.0.0.1", address.port(), &Config::default()).unwrap();
    client.login("user", "pass").unwrap();
    client
}

/// A message with a subject.
pub(crate) fn message(subject: &str) -> String {
    format!("From: Ann <ann@example.org>\r\nSubject: {subject}\r\n\r\ntext of {subject}\r\n")
}

/// A server whose user has messages with these subjects in INBOX.
pub(crate) fn server_with(subjects: &[&str]) -> TestServer {
    let builder = TestServer::builder().user("user", "pass");
    let add = |builder: imap_testserver::Builder, subject: &&str| {
        builder.message("user", "INBOX", message(subject))
    };
    subjects.iter().fold(builder, add).start().unwrap()
}
