//! What commands cost: calls of read and write, allocations and memory.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use allocation_counter::measure;
use imap_client::blocking::{Client, Config};
use imap_proto::{FetchItemName, Section, Uid, UidSetBuf};

/// A server that answers each write with what it was given to say.
struct Server {
    says: VecDeque<Vec<u8>>,
    /// What it says now, and how much of that was read.
    saying: (Vec<u8>, usize),
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    reads: AtomicUsize,
    writes: AtomicUsize,
}

impl Counts {
    fn take(&self) -> [usize; 2] {
        [&self.reads, &self.writes].map(|count| count.swap(0, Ordering::Relaxed))
    }
}

/// A server in whose answers the commands have the tags A1, A2 and so on.
fn server<const N: usize>(says: [&[u8]; N]) -> (Server, Arc<Counts>) {
    let greeting = b"* PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome\r\n".to_vec();
    let counts = Arc::new(Counts::default());
    let server = Server {
        says: says.map(<[u8]>::to_vec).into(),
        saying: (greeting, 0),
        counts: Arc::clone(&counts),
    };
    (server, counts)
}

const SELECTED: &[u8] = b"* 99999 EXISTS\r\nA1 OK done\r\n";

impl Read for Server {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.counts.reads.fetch_add(1, Ordering::Relaxed);
        let (octets, at) = &mut self.saying;
        let count = (&octets[*at..]).read(buffer)?;
        *at += count;
        match count {
            0 => Err(io::ErrorKind::WouldBlock.into()),
            _ => Ok(count),
        }
    }
}

impl Write for Server {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.counts.writes.fetch_add(1, Ordering::Relaxed);
        if let Some(next) = self.says.pop_front() {
            self.saying = (next, 0);
        }
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn uids(last: u32) -> UidSetBuf {
    UidSetBuf::range(uid(1), uid(last))
}

fn uid(n: u32) -> Uid {
    Uid::try_from(n).unwrap()
}

const FLAGS: [FetchItemName<'_>; 1] = [FetchItemName::Flags];
const BODY: [FetchItemName<'_>; 1] = [FetchItemName::BodySection {
    section: Section::ALL,
    peek: true,
    partial: None,
}];

/// The answer to the second command: flags of so many messages.
fn flags(count: u32) -> Vec<u8> {
    let line = |n| format!("* {n} FETCH (UID {n} FLAGS (\\Seen))\r\n");
    let text: String = (1..=count).map(line).collect();
    (text + "A2 OK done\r\n").into_bytes()
}

/// The answer to the second command: a message of so many octets.
fn body(octets: usize) -> Vec<u8> {
    let text = "x".repeat(octets);
    format!("* 1 FETCH (UID 1 BODY[] {{{octets}}}\r\n{text})\r\nA2 OK done\r\n").into_bytes()
}

const LARGE: usize = 8 << 20;

#[test]
fn ok_a_simple_command_takes_one_write_and_one_read() {
    let (server, counts) = server([SELECTED, b"A2 OK a\r\n", b"* 7 EXISTS\r\nA3 OK a\r\n"]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    assert_eq!(counts.take(), [1, 0]);
    client.select("INBOX").unwrap();
    assert_eq!(counts.take(), [1, 1]);
    client.noop().unwrap();
    assert_eq!(counts.take(), [1, 1]);
    client.noop().unwrap();
    assert_eq!(counts.take(), [1, 1]);
}

#[test]
fn ok_an_awaited_literal_takes_few_reads() {
    let (server, counts) = server([SELECTED, &body(LARGE)]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    counts.take();
    client.uid_fetch(uids(1), &BODY).unwrap();
    let [reads, writes] = counts.take();
    assert_eq!(writes, 1);
    assert!(reads <= LARGE / (128 << 10) + 2, "{reads} reads");
}

#[test]
fn ok_kept_bodies_take_little_more_than_their_octets() {
    let octets = 64 << 10;
    let text = "x".repeat(octets);
    let message = |n| format!("* {n} FETCH (UID {n} BODY[] {{{octets}}}\r\n{text})\r\n");
    let all: String = (1..=50).map(message).collect();
    let (server, counts) = server([SELECTED, (all + "A2 OK done\r\n").as_bytes()]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    counts.take();
    let (set, mut fetched) = (uids(50), None);
    let info = measure(|| fetched = Some(client.uid_fetch(&set, &BODY).unwrap()));
    assert_eq!(fetched.unwrap().len(), 50);
    let times = info.bytes_current as f64 / (50 * octets) as f64;
    assert!(times <= 1.1, "{times} times the octets");
    let [reads, _] = counts.take();
    assert!(reads <= 60, "{reads} reads");
}

#[test]
fn ok_a_kept_body_takes_little_more_than_its_octets_whatever_comes_last() {
    for octets in (80_000..100_000).step_by(1000) {
        let (server, _) = server([SELECTED, &body(octets)]);
        let mut client = Client::with_stream(server, &Config::default()).unwrap();
        client.select("INBOX").unwrap();
        let mut fetched = None;
        let info = measure(|| fetched = Some(client.uid_fetch(uids(1), &BODY).unwrap()));
        assert_eq!(fetched.unwrap().len(), 1);
        let times = info.bytes_current as f64 / octets as f64;
        assert!(times <= 1.1, "{times} times {octets} octets");
    }
}

#[test]
fn ok_messages_one_by_one_take_no_memory_each() {
    let (server, _) = server([SELECTED, &flags(20_000)]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    let (set, mut count) = (uids(20_000), 0);
    let info = measure(|| client.uid_fetch_each(&set, &FLAGS, |_| count += 1).unwrap());
    assert_eq!(count, 20_000);
    assert!(info.count_total <= 20, "{info:?}");
    assert!(info.bytes_max <= 64 << 10, "{info:?}");
}

#[test]
fn ok_contents_pass_through_constant_memory() {
    let (server, _) = server([SELECTED, &body(LARGE)]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    let mut octets = None;
    let info = measure(|| {
        octets = client
            .uid_fetch_to(uid(1), Section::ALL, &mut io::sink())
            .unwrap();
    });
    assert_eq!(octets, Some(LARGE as u64));
    assert!(info.bytes_max <= 512 << 10, "{info:?}");
    assert!(info.bytes_current <= 4096, "{info:?}");
}

#[test]
fn ok_memory_of_a_large_message_is_given_back() {
    let (server, _) = server([SELECTED, &body(LARGE)]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    let info = measure(|| {
        let fetched = client.uid_fetch(uids(1), &BODY).unwrap();
        assert_eq!(fetched.len(), 1);
    });
    assert!(info.bytes_current <= 4096, "{info:?}");
}

#[cfg(feature = "tokio")]
mod tokio {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use ::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
    use imap_client::tokio::{Client, Config};

    use super::*;

    impl AsyncRead for Server {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            match self.get_mut().read(buffer.initialize_unfilled()) {
                Ok(count) => {
                    buffer.advance(count);
                    Poll::Ready(Ok(()))
                }
                Err(_) => Poll::Pending,
            }
        }
    }

    impl AsyncWrite for Server {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            octets: &[u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Ready(self.get_mut().write(octets))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// What a future gives that waits for nothing but this server, and for the clock in vain.
    fn run<T>(future: impl Future<Output = T>) -> T {
        let runtime = ::tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        runtime.unwrap().block_on(future)
    }

    async fn selected<const N: usize>(says: [&[u8]; N]) -> (Client, Arc<Counts>) {
        let (server, counts) = server(says);
        let mut client = Client::with_stream(server, &Config::default())
            .await
            .unwrap();
        client.select("INBOX").await.unwrap();
        counts.take();
        (client, counts)
    }

    #[test]
    fn ok_a_simple_command_takes_one_write_and_one_read() {
        run(async {
            let (mut client, counts) = selected([SELECTED, b"A2 OK a\r\n", b"A3 OK a\r\n"]).await;
            client.noop().await.unwrap();
            assert_eq!(counts.take(), [1, 1]);
            client.noop().await.unwrap();
            assert_eq!(counts.take(), [1, 1]);
        });
    }

    #[test]
    fn ok_memory_of_a_large_message_is_given_back() {
        run(async {
            let (mut client, _) = selected([SELECTED, &body(LARGE)]).await;
            let set = uids(1);
            let mut fetched = Box::pin(async {
                let fetched = client.uid_fetch(&set, &BODY).await.unwrap();
                assert_eq!(fetched.len(), 1);
            });
            let cx = &mut Context::from_waker(Waker::noop());
            let info = measure(|| assert!(fetched.as_mut().poll(cx).is_ready()));
            assert!(info.bytes_current <= 4096, "{info:?}");
        });
    }

    #[test]
    fn ok_an_idle_session_takes_little_memory() {
        run(async {
            let mut kept = None;
            let (server, _) = server([SELECTED, b"A2 OK a\r\n", b"+ idling\r\n"]);
            let info = measure(|| {
                let cx = &mut Context::from_waker(Waker::noop());
                let mut future = Box::pin(async {
                    let mut client = Client::with_stream(server, &Config::default())
                        .await
                        .unwrap();
                    client.select("INBOX").await.unwrap();
                    client.noop().await.unwrap();
                    client.idle().unwrap().wait().await.unwrap();
                });
                assert!(pin!(future.as_mut()).poll(cx).is_pending());
                kept = Some(future);
            });
            drop(kept);
            // With the future itself.
            assert!(info.bytes_current <= 16 << 10, "{info:?}");
        });
    }
}

#[test]
fn ok_idle_keeps_no_buffer() {
    let (server, _) = server([SELECTED, &flags(2_000), b"+ idling\r\n"]);
    let mut client = Client::with_stream(server, &Config::default()).unwrap();
    client.select("INBOX").unwrap();
    let mut count = 0;
    let info = measure(|| {
        client
            .uid_fetch_each(uids(2_000), &FLAGS, |_| count += 1)
            .unwrap();
        std::mem::forget(client.idle().unwrap());
    });
    assert_eq!(count, 2_000);
    assert!(info.bytes_current <= 8192, "{info:?}");
}
