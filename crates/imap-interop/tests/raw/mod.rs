//! The servers over a bare socket, without the library under test.

#![allow(dead_code, reason = "each test uses a part")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use imap_interop::{Instance, Server, User};

/// The least of a client.
pub(crate) struct Raw<S> {
    pub(crate) stream: BufReader<S>,
    pub(crate) greeting: String,
}

impl Raw<TcpStream> {
    pub(crate) fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self::new(stream)
    }

    pub(crate) fn login(server: &Instance, user: &User) -> Self {
        let mut raw = Self::connect(server.addr());
        raw.run(&format!("LOGIN {} {}", user.name(), user.password()));
        raw
    }
}

impl<S: Read + Write> Raw<S> {
    pub(crate) fn new(stream: S) -> Self {
        let mut raw = Self {
            stream: BufReader::new(stream),
            greeting: String::new(),
        };
        raw.greeting = raw.line();
        raw
    }

    /// Sends a command that has to succeed; gives the untagged lines.
    pub(crate) fn run(&mut self, command: &str) -> Vec<String> {
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

    pub(crate) fn send(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
    }

    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        assert!(line.ends_with("\r\n"), "connection ends after {line:?}");
        line.truncate(line.len() - 2);
        line
    }
}

pub(crate) fn shared(server: Server) -> &'static Instance {
    server.shared().unwrap_or_else(|error| panic!("{error}"))
}

/// The shared instances of the servers that have to be installed.
pub(crate) fn all() -> impl Iterator<Item = &'static Instance> {
    Server::INSTALLED.into_iter().map(shared)
}

/// The words of a line in an order of their own, since servers differ in theirs.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let mut words: Vec<&str> = line.split([' ', '(', ')', '[', ']']).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words
}
