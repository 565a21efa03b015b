//! One message of 200 MiB goes to the server and comes back, in constant memory.
//!
//! A test of its own, since the most memory that the process used is asserted at its end.

use std::fs;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use imap_client::{AppendOptions, Config};
use imap_interop::{Instance, Server, User};
use imap_proto::{Section, Uid};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Octets of the message.
const LENGTH: u64 = 200 << 20;

/// What the message consists of, over and over again: a header, and lines.
fn block() -> Vec<u8> {
    let mut block = b"Subject: large\r\n\r\n".to_vec();
    for line in 0..100 {
        block.extend_from_slice(format!("{line} {}\r\n", "text ".repeat(14)).as_bytes());
    }
    block
}

/// A message that is made while it is read.
struct Message {
    block: Vec<u8>,
    at: u64,
}

impl Message {
    fn new() -> Self {
        Self {
            block: block(),
            at: 0,
        }
    }

    /// What comes next, up to the end of the block or of the message.
    fn next(&self) -> &[u8] {
        let size = self.block.len() as u64;
        let start = usize::try_from(self.at % size).unwrap();
        let left = usize::try_from(LENGTH - self.at).unwrap();
        let rest = &self.block[start..];
        &rest[..rest.len().min(left)]
    }

    fn fill(&mut self, room: &mut [u8]) -> usize {
        let next = self.next();
        let count = room.len().min(next.len());
        room[..count].copy_from_slice(&next[..count]);
        self.at += count as u64;
        count
    }
}

impl Read for Message {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        Ok(self.fill(room))
    }
}

impl AsyncRead for Message {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buffer.initialize_unfilled();
        let count = self.fill(room);
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

/// Compares what is written with the message.
struct Compared(Message);

impl Write for Compared {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let next = self.0.next();
        let count = octets.len().min(next.len());
        assert!(octets[..count] == next[..count], "differs at {}", self.0.at);
        self.0.at += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncWrite for Compared {
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

fn only_message() -> Uid {
    Uid::try_from(1).unwrap()
}

fn blocking(server: &Instance, user: &User) {
    use imap_client::blocking::Client;
    let config = Config::default();
    let mut client = Client::connect_plain(server.host(), server.imap_port(), &config).unwrap();
    client.login(user.name(), user.password()).unwrap();
    let message = &mut Message::new();
    let options = AppendOptions::default();
    client
        .append_from("INBOX", message, LENGTH, options)
        .unwrap();
    client.select("INBOX").unwrap();
    let mut copy = Compared(Message::new());
    let octets = client.uid_fetch_to(only_message(), Section::ALL, &mut copy);
    assert_eq!(octets.unwrap(), Some(LENGTH));
    client.logout().unwrap();
}

async fn asynchronous(server: &Instance, user: &User) {
    use imap_client::tokio::Client;
    let config = Config::default();
    let connecting = Client::connect_plain(server.host(), server.imap_port(), &config);
    let mut client = connecting.await.unwrap();
    client.login(user.name(), user.password()).await.unwrap();
    let message = &mut Message::new();
    let options = AppendOptions::default();
    let appending = client.append_from("INBOX", message, LENGTH, options);
    appending.await.unwrap();
    client.select("INBOX").await.unwrap();
    let mut copy = Compared(Message::new());
    let octets = client.uid_fetch_to(only_message(), Section::ALL, &mut copy);
    assert_eq!(octets.await.unwrap(), Some(LENGTH));
    client.logout().await.unwrap();
}

/// The most memory that this process used so far, in octets.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line
        .and_then(|line| line.split_whitespace().nth(1))
        .unwrap();
    kib.parse::<u64>().unwrap() << 10
}

#[test]
fn ok_200_mib_there_and_back_in_constant_memory() {
    let server = Server::Dovecot.start().unwrap();
    blocking(&server, &server.user("large-blocking"));

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(asynchronous(&server, &server.user("large-tokio")));

    let peak = peak_memory();
    assert!(peak < 24 << 20, "peak of {peak} octets");
}
