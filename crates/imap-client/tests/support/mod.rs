//! A server that follows a script.

#![allow(dead_code, reason = "each test binary uses a part")]

pub(crate) mod peer;
#[cfg(feature = "rustls")]
pub(crate) mod tls;

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use imap_client::blocking::{Client, Config};
use imap_client::{Error, Event};
use imap_proto::{SeqNum, Uid};

/// One line of a script.
#[derive(Clone, Debug)]
enum Line {
    /// The server says this.
    Server(Vec<u8>),
    /// The client must say this.
    Client(Vec<u8>),
}

/// A connection to a server that follows a script and closes at its end.
///
/// Lines begin with `S: ` or `C: `, and end with CR LF on the wire; `~` at the end of a line leaves
/// that out.
#[derive(Clone)]
pub(crate) struct Script {
    lines: VecDeque<Line>,
    heard: Arc<Mutex<Vec<u8>>>,
    unmatched: Vec<u8>,
    /// How many octets are given at a time.
    pub(crate) piece: usize,
    reads: Arc<Mutex<usize>>,
}

impl Script {
    pub(crate) fn new(text: &str) -> Self {
        let line = |line: &str| {
            let (who, octets) = line.trim_start().split_at(3);
            let octets = match octets.strip_suffix('~') {
                Some(part) => part.to_owned(),
                None => format!("{octets}\r\n"),
            };
            match who {
                "S: " => Line::Server(octets.into_bytes()),
                "C: " => Line::Client(octets.into_bytes()),
                _ => panic!("neither S: nor C: in {line:?}"),
            }
        };
        Self {
            lines: text
                .lines()
                .filter(|l| !l.trim().is_empty())
                .map(line)
                .collect(),
            heard: Arc::default(),
            unmatched: Vec::new(),
            piece: usize::MAX,
            reads: Arc::default(),
        }
    }

    /// What the client said, whole.
    pub(crate) fn heard(&self) -> Arc<Mutex<Vec<u8>>> {
        self.heard.clone()
    }

    /// How often the client read.
    pub(crate) fn reads(&self) -> Arc<Mutex<usize>> {
        self.reads.clone()
    }

    /// A client of this server.
    pub(crate) fn client(self) -> Result<Client, Error> {
        Client::with_stream(self, &Config::default())
    }

    /// Passes the client's lines that were said.
    fn advance(&mut self) {
        while let Some(Line::Client(expected)) = self.lines.front() {
            if self.unmatched.len() < expected.len() {
                assert!(
                    expected.starts_with(&self.unmatched),
                    "expected {:?}, heard {:?}",
                    String::from_utf8_lossy(expected),
                    String::from_utf8_lossy(&self.unmatched)
                );
                return;
            }
            let said: Vec<u8> = self.unmatched.drain(..expected.len()).collect();
            assert_eq!(
                String::from_utf8_lossy(&said),
                String::from_utf8_lossy(expected),
                "what the client said"
            );
            self.lines.pop_front();
        }
    }
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        *self.reads.lock().unwrap() += 1;
        self.advance();
        let Some(Line::Server(_)) = self.lines.front() else {
            assert!(
                self.lines.is_empty(),
                "the client waits, but should have said {:?}",
                self.lines.front()
            );
            return Ok(0);
        };
        let mut given = 0;
        while given < buffer.len().min(self.piece) {
            let Some(Line::Server(octets)) = self.lines.front_mut() else {
                break;
            };
            let n = octets.len().min(buffer.len().min(self.piece) - given);
            buffer[given..given + n].copy_from_slice(&octets[..n]);
            octets.drain(..n);
            given += n;
            if octets.is_empty() {
                self.lines.pop_front();
            }
        }
        Ok(given)
    }
}

impl Write for Script {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.heard.lock().unwrap().extend_from_slice(octets);
        self.unmatched.extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines of a greeting and a login, after which a mailbox can be selected; two tags are used.
pub(crate) const LOGGED_IN: &str = "
    S: * PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] welcome
";

/// The same with a mailbox of 3 messages selected; one tag is used.
pub(crate) const SELECTED: &str = "
    S: * PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS LITERAL+] welcome
    C: A1 SELECT INBOX
    S: * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)
    S: * 3 EXISTS
    S: * 1 RECENT
    S: * OK [UIDVALIDITY 42] good
    S: * OK [UIDNEXT 10] next
    S: * OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] limited
    S: A1 OK [READ-WRITE] done
";

/// A client with a mailbox selected, whose server goes on with `script`.
pub(crate) fn selected(script: &str) -> Client {
    let mut client = Script::new(&format!("{SELECTED}{script}"))
        .client()
        .unwrap();
    client.select("INBOX").unwrap();
    client
}

/// A client that has logged in, whose server goes on with `script`.
pub(crate) fn logged_in(script: &str) -> Client {
    let script = format!("{LOGGED_IN}{script}");
    Script::new(&script).client().unwrap()
}

/// The octets of the responses that nobody asked for.
pub(crate) fn events(client: &mut Client) -> Vec<String> {
    let text = |event| match event {
        Event::Response(response) => String::from_utf8_lossy(response.frame()).into_owned(),
        other => format!("{other:?}"),
    };
    std::iter::from_fn(|| client.next_event())
        .map(text)
        .collect()
}

/// A sequence number.
pub(crate) fn seq(n: u32) -> SeqNum {
    SeqNum::try_from(n).unwrap()
}

/// A UID.
pub(crate) fn uid(n: u32) -> Uid {
    Uid::try_from(n).unwrap()
}
