//! How often framing asks for memory: per piece that arrives, not per message.

use allocation_counter::measure;
use bytes::Bytes;
use imap_codec::{Framed, Framer};
use imap_proto::Limits;

const MESSAGES: usize = 10_000;

fn fetches() -> Vec<u8> {
    (1..=MESSAGES)
        .flat_map(|n| format!("* {n} FETCH (UID {n} FLAGS (\\Seen))\r\n").into_bytes())
        .collect()
}

fn take(framer: &mut Framer, mut keep: impl FnMut(Bytes)) {
    while let Some(framed) = framer.poll().unwrap() {
        match framed {
            Framed::Message(bytes) => keep(bytes),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn ok_messages_of_one_buffer_share_it() {
    let stream = fetches();
    let mut framer = Framer::client(Limits::default());
    framer.feed(&stream);
    let mut count = 0;
    let allocated = measure(|| take(&mut framer, |_| count += 1));
    assert_eq!(count, MESSAGES);
    // The counter of the buffer's owners, and the same with the small buffer for the last of it.
    assert!(allocated.count_total <= 3, "{allocated:?}");
}

#[test]
fn ok_dropped_messages_leave_their_memory() {
    let stream = fetches();
    let mut framer = Framer::client(Limits::default());
    let mut count = 0;
    let allocated = measure(|| {
        for piece in stream.chunks(16 << 10) {
            framer.feed(piece);
            take(&mut framer, |_| count += 1);
        }
    });
    assert_eq!(count, MESSAGES);
    assert!(allocated.count_total <= 3, "{allocated:?}");
}

#[test]
fn ok_kept_messages_cost_two_allocations_a_piece() {
    let stream = fetches();
    let pieces = stream.chunks(16 << 10);
    let bound = 2 * pieces.len() as u64;
    let mut framer = Framer::client(Limits::default());
    let mut kept = Vec::with_capacity(MESSAGES);
    let allocated = measure(|| {
        for piece in pieces {
            framer.feed(piece);
            take(&mut framer, |bytes| kept.push(bytes));
        }
    });
    assert_eq!(kept.len(), MESSAGES);
    assert!(allocated.count_total <= bound, "{allocated:?}");
}

#[test]
fn ok_announced_sizes_take_no_memory() {
    let mut framer = Framer::client(Limits::default());
    let allocated = measure(|| {
        framer.feed(b"* 1 FETCH (BODY[] {1000000000}\r\n");
        assert_eq!(framer.poll(), Ok(None));
        framer.feed(b"x");
        assert_eq!(framer.poll(), Ok(None));
    });
    assert!(allocated.bytes_total <= 8192, "{allocated:?}");
}

#[test]
fn ok_streamed_literals_pass_through_one_buffer() {
    let piece = vec![b'x'; 16 << 10];
    let mut framer = Framer::client(Limits::default());
    framer.set_stream_threshold(Some(64 << 10));
    framer.feed(b"* 1 FETCH (BODY[] {67108864}\r\n");
    assert!(matches!(
        framer.poll(),
        Ok(Some(Framed::Head {
            literal: 67_108_864,
            ..
        }))
    ));
    let mut octets = 0;
    let allocated = measure(|| {
        while octets < 64 << 20 {
            framer.feed(&piece);
            while let Ok(Some(Framed::Chunk(chunk))) = framer.poll() {
                octets += chunk.len();
            }
        }
    });
    assert_eq!(octets, 64 << 20);
    assert!(allocated.count_total <= 4, "{allocated:?}");
    assert!(allocated.bytes_max <= 64 << 10, "{allocated:?}");
}
