//! The client for tokio against servers that follow a script.
#![cfg(feature = "tokio")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imap_client::tokio::{Client, Config};
use imap_client::{Error, Event, Idled};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

/// Runs a client and a server that follows a script of lines with `S: ` and `C: ` in front.
fn run<F: Future<Output = ()> + Send + 'static>(
    script: &'static str,
    client: impl FnOnce(Client) -> F + Send + 'static,
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let (ours, theirs) = duplex(1 << 16);
        let server = tokio::spawn(serve(theirs, script));
        let connected = Client::with_stream(ours, &Config::default()).await.unwrap();
        // Futures of the client can move between threads.
        tokio::spawn(client(connected)).await.unwrap();
        server.await.unwrap();
    });
}

async fn serve(mut stream: DuplexStream, script: &str) {
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let text = format!("{}\r\n", &line[3..]);
        match &line[..3] {
            "S: " => stream.write_all(text.as_bytes()).await.unwrap(),
            ".: " => tokio::time::sleep(Duration::from_secs(600)).await,
            _ => {
                let mut heard = vec![0; text.len()];
                stream.read_exact(&mut heard).await.unwrap();
                assert_eq!(String::from_utf8_lossy(&heard), text);
            }
        }
    }
}

#[test]
fn ok_commands_run_one_after_another() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 SELECT INBOX
         S: * 3 EXISTS
         S: A1 OK [READ-WRITE] done
         C: A2 NOOP
         S: * 4 EXISTS
         S: A2 OK done",
        async |mut client| {
            assert_eq!(client.select("INBOX").await.unwrap().exists, 3);
            client.noop().await.unwrap();
            assert_eq!(client.state().selected().unwrap().exists, 4);
            assert!(matches!(client.next_event(), Some(Event::Exists(4))));
        },
    );
}

#[test]
fn ok_dropped_future_leaves_the_session_usable() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 STATUS Old (MESSAGES)
         S: * STATUS Old (MESSAGES 1)
         S: A1 OK done
         C: A2 STATUS New (MESSAGES)
         S: * STATUS New (MESSAGES 2)
         S: A2 OK done",
        async |mut client| {
            use imap_proto::StatusItemName::Messages;
            {
                let mut status = pin!(client.status("Old", &[Messages]));
                let polled = status
                    .as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()));
                assert!(polled.is_pending());
            }
            let status = client.status("New", &[Messages]).await.unwrap();
            assert_eq!(status.messages, Some(2));
            assert!(client.next_event().is_none());
        },
    );
}

#[test]
fn ok_idle_gives_events_and_ends() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome
         C: A1 IDLE
         S: + idling
         S: * 4 EXISTS
         C: DONE
         S: A1 OK done
         C: A2 NOOP
         S: A2 OK done",
        async |mut client| {
            let mut idle = client.idle().unwrap();
            assert!(matches!(
                idle.wait().await,
                Ok(Idled::Event(Event::Exists(4)))
            ));
            let second = Duration::from_secs(1);
            assert!(matches!(idle.wait_for(second).await, Ok(Idled::Elapsed)));
            idle.done().await.unwrap();
            client.noop().await.unwrap();
        },
    );
}

#[test]
fn ok_idle_begins_anew_by_itself() {
    // The clock of the test jumps to whatever is waited for next.
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome
         C: A1 IDLE
         S: + idling
         C: DONE
         S: A1 OK done
         C: A2 IDLE
         S: + idling
         S: * 4 EXISTS
         C: DONE
         S: A2 OK done
         C: A3 NOOP
         S: A3 OK done",
        async |mut client| {
            let mut idle = client.idle().unwrap();
            assert!(matches!(
                idle.wait().await,
                Ok(Idled::Event(Event::Exists(4)))
            ));
            drop(idle);
            client.noop().await.unwrap();
        },
    );
}

#[test]
fn err_silent_server_runs_into_the_timeout() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 NOOP
         .: 10 minutes",
        async |mut client| {
            assert!(matches!(client.noop().await, Err(Error::Timeout)));
            assert!(matches!(client.noop().await, Err(Error::Timeout)));
        },
    );
}

#[test]
fn ok_poll_after_the_end_does_not_panic() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome",
        async |mut client| {
            let mut refused = pin!(client.close());
            let cx = &mut Context::from_waker(Waker::noop());
            assert!(matches!(refused.as_mut().poll(cx), Poll::Ready(Err(_))));
            assert!(refused.as_mut().poll(cx).is_pending());
        },
    );
}

#[test]
fn ok_fetch_stream_gives_messages_one_by_one() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 SELECT INBOX
         S: * 3 EXISTS
         S: A1 OK [READ-WRITE] done
         C: A2 FETCH 1:3 (UID RFC822.SIZE)
         S: * 1 FETCH (UID 11 RFC822.SIZE 100)
         S: * 4 EXISTS
         S: * 2 FETCH (UID 12 RFC822.SIZE 200)
         S: * 3 FETCH (UID 13 RFC822.SIZE 300)
         S: A2 OK done
         C: A3 FETCH 1:3 (UID)
         S: * 1 FETCH (UID 11)
         S: * 2 FETCH (UID 12)
         S: A3 OK done
         C: A4 FETCH 4 (UID)
         S: A4 NO not now",
        async |mut client| {
            use imap_proto::FetchItemName::{Rfc822Size, Uid};
            let all = || "1:3".parse::<imap_proto::SequenceSetBuf>().unwrap();
            client.select("INBOX").await.unwrap();
            let mut stream = client.fetch_stream(all(), &[Uid, Rfc822Size]).unwrap();
            let mut sizes = Vec::new();
            while let Some(message) = stream.next().await {
                sizes.push(message.unwrap().fetch().size().unwrap());
            }
            assert_eq!(sizes, [100, 200, 300]);
            drop(stream);
            assert!(matches!(client.next_event(), Some(Event::Exists(4))));

            let mut stream = client.fetch_stream(all(), &[Uid]).unwrap();
            assert!(stream.next().await.unwrap().is_ok());
            drop(stream);
            let four = "4".parse::<imap_proto::SequenceSetBuf>().unwrap();
            let mut stream = client.fetch_stream(four, &[Uid]).unwrap();
            assert!(matches!(stream.next().await, Some(Err(Error::Refused(_)))));
            assert!(stream.next().await.is_none());
        },
    );
}

#[test]
fn ok_append_from_a_reader_and_fetch_to_a_writer() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 APPEND Sent (\\Seen) {14}
         S: + go on
         C: Subject: hello
         S: A1 OK [APPENDUID 1 7] done
         C: A2 SELECT Sent
         S: * 1 EXISTS
         S: A2 OK [READ-WRITE] done
         C: A3 UID FETCH 7 (BODY.PEEK[])
         S: * 1 FETCH (UID 7 BODY[] {14}
         S: Subject: hello)
         S: A3 OK done",
        async |mut client| {
            let options = imap_client::AppendOptions {
                flags: &[imap_proto::Flag::Seen],
                ..Default::default()
            };
            let mut message: &[u8] = b"Subject: hello and what is behind it";
            let appended = client
                .append_from("Sent", &mut message, 14, options)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(message, b" and what is behind it");
            client.select("Sent").await.unwrap();
            let uid = imap_proto::Uid::try_from(7).unwrap();
            assert!(appended.uids.contains(uid));
            let mut out = Vec::new();
            let section = imap_proto::Section::ALL;
            let octets = client.uid_fetch_to(uid, section, &mut out).await.unwrap();
            assert_eq!(octets, Some(14));
            assert_eq!(out, b"Subject: hello");
        },
    );
}

#[test]
fn err_append_that_is_dropped_half_way_ends_the_session() {
    run(
        "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
         C: A1 APPEND Sent {14}",
        async |mut client| {
            {
                let mut message: &[u8] = b"Subject: hello";
                let append = client.append_from("Sent", &mut message, 14, Default::default());
                let mut append = pin!(append);
                let polled = append
                    .as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()));
                assert!(polled.is_pending());
            }
            assert!(matches!(
                client.noop().await,
                Err(Error::Abandoned("APPEND"))
            ));
        },
    );
}
