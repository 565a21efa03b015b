//! A server that follows a script.

#![allow(dead_code, reason = "each test binary uses a part")]

pub(crate) mod peer;
pub(crate) mod play;
#[cfg(feature = "rustls")]
pub(crate) mod tls;

use std::collections::VecDeque;
use std::io::{self, Read, Write};
#[cfg(feature = "tokio")]
use std::pin::Pin;
use std::sync::{Arc, Mutex};
#[cfg(feature = "tokio")]
use std::task::{Context, Poll};

use imap_client::blocking::{Client, Config};
use imap_client::{Error, Event};
use imap_proto::{SeqNum, Uid};

/// What an error and its causes say.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let texts: Vec<_> = causes.map(ToString::to_string).collect();
    texts.join(": ")
}

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
    pub(crate) life: Life,
}

/// How long a server lives, and how it ends: as soon as one of the numbers is used up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    /// Octets that it says.
    pub(crate) says: usize,
    /// Octets that it hears.
    pub(crate) hears: usize,
    pub(crate) end: End,
    /// The error was given.
    pub(crate) is_over: bool,
}

/// What a client sees of the end of a server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum End {
    /// The end of what there is to read; nothing can be written.
    Closed,
    /// One error, and the end from then on.
    Error(io::ErrorKind),
}

impl Life {
    /// One that lasts as long as the script.
    pub(crate) const LONG: Self = Self {
        says: usize::MAX,
        hears: usize::MAX,
        end: End::Closed,
        is_over: false,
    };

    /// What comes of reading or writing at the end.
    fn end(&mut self) -> io::Result<usize> {
        match self.end {
            End::Error(kind) if !std::mem::replace(&mut self.is_over, true) => Err(kind.into()),
            _ => Ok(0),
        }
    }
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
            life: Life::LONG,
        }
    }

    /// How many octets each side says before each tagged answer is over, that included.
    pub(crate) fn answers(&self) -> Vec<[usize; 2]> {
        let mut said = [0, 0];
        let mut answers = Vec::new();
        for line in &self.lines {
            match line {
                Line::Client(octets) => said[0] += octets.len(),
                Line::Server(octets) => {
                    said[1] += octets.len();
                    if octets.starts_with(b"A") {
                        answers.push(said);
                    }
                }
            }
        }
        answers
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
        if self.life.says == 0 {
            return self.life.end();
        }
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
        let most = buffer.len().min(self.piece).min(self.life.says);
        while given < most {
            let Some(Line::Server(octets)) = self.lines.front_mut() else {
                break;
            };
            let n = octets.len().min(most - given);
            buffer[given..given + n].copy_from_slice(&octets[..n]);
            octets.drain(..n);
            given += n;
            if octets.is_empty() {
                self.lines.pop_front();
            }
        }
        self.life.says -= given;
        Ok(given)
    }
}

impl Write for Script {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        if self.life.hears == 0 {
            self.life.says = 0;
            return self.life.end();
        }
        let octets = &octets[..octets.len().min(self.life.hears)];
        self.life.hears -= octets.len();
        self.heard.lock().unwrap().extend_from_slice(octets);
        self.unmatched.extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(feature = "tokio")]
impl tokio::io::AsyncRead for Script {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.read(buffer.initialize_unfilled())?;
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

#[cfg(feature = "tokio")]
impl tokio::io::AsyncWrite for Script {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        Poll::Ready(self.write(octets))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
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
