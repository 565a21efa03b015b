//! Framing and parsing a stream that arrives in small pieces: the work is counted, not timed.

use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Limits, Response};

/// A SEARCH line of one MiB and some.
fn search_line() -> (Vec<u8>, u32) {
    let mut line = b"* SEARCH".to_vec();
    let mut count = 0;
    while line.len() < 1 << 20 {
        count += 1;
        line.extend_from_slice(format!(" {}", 3 * count).as_bytes());
    }
    line.extend_from_slice(b"\r\n");
    (line, count)
}

#[test]
fn ok_a_search_line_of_one_mib_costs_each_octet_once_whatever_the_pieces() {
    let (line, count) = search_line();
    for piece in [64, 16 << 10, line.len()] {
        let mut framer = Framer::client(Limits::default());
        let (mut polls, mut parsed, mut numbers) = (0, 0, 0);
        for octets in line.chunks(piece) {
            framer.feed(octets);
            polls += 1;
            if let Some(Framed::Message(frame)) = framer.poll().unwrap() {
                // The grammar sees each octet once: it is only called with a whole message.
                parsed += frame.len();
                let arena = Arena::new();
                let Response::Search(search) = Response::parse(&frame, &arena).unwrap() else {
                    panic!("not a SEARCH response");
                };
                numbers += search.numbers.len();
            }
        }
        assert_eq!(parsed, line.len());
        assert_eq!(numbers, count as usize);
        let octets = line.len() as u64;
        assert!(
            framer.scanned() <= octets + polls * 16,
            "{} octets looked at in pieces of {piece}, of {octets}",
            framer.scanned()
        );
    }
}
