//! One broken line of a session never costs the other lines.

use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Limits, Response};
use proptest::prelude::*;

/// What a server says in a session, message by message.
const SESSION: [&str; 14] = [
    "* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n",
    "a1 OK [CAPABILITY IMAP4rev1] welcome\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n",
    "* LIST () \"/\" {5}\r\na) b \r\n",
    "* FLAGS (\\Answered \\Seen $Junk)\r\n",
    "* 3 EXISTS\r\n",
    "* OK [UIDVALIDITY 42] good\r\n",
    "a2 OK [READ-WRITE] done\r\n",
    "* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[] {6}\r\na)\r\n\"( RFC822.SIZE 6)\r\n",
    "* SEARCH 1 2 3\r\n",
    "* ESEARCH (TAG \"a3\") UID ALL 4:18,21\r\n",
    "* STATUS \"x y\" (MESSAGES 3 UIDNEXT 9)\r\n",
    "* 2 EXPUNGE\r\n",
    "a3 NO [OVERQUOTA] full\r\n",
];

/// The messages of a stream: their octets, and what they read as.
fn read(stream: &[u8]) -> Vec<(Vec<u8>, String)> {
    let mut framer = Framer::client(Limits::default());
    framer.feed(stream);
    let mut messages = Vec::new();
    while let Some(framed) = framer.poll().unwrap() {
        let Framed::Message(frame) = framed else {
            panic!("not a whole message")
        };
        let value = format!("{:?}", Response::parse(&frame, &Arena::new()));
        messages.push((frame.to_vec(), value));
    }
    assert_eq!(framer.pending(), 0, "the stream is in step");
    messages
}

/// A message with the octets from `start` on replaced, all but its line end. A literal is not touched:
/// octets that do not come, or that nobody announced, are the next line's.
fn damaged(message: &str, start: usize, count: usize, garbage: &[u8]) -> Option<Vec<u8>> {
    let line = message.strip_suffix("\r\n")?.as_bytes();
    if line.contains(&b'\n') {
        return None;
    }
    let start = start % (line.len() + 1);
    let end = (start + count).min(line.len());
    let mut octets = [&line[..start], garbage, &line[end..]].concat();
    // What ends like the announcement of a literal is one.
    if octets.ends_with(b"}") {
        octets.push(b'x');
    }
    octets.extend_from_slice(b"\r\n");
    Some(octets)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn ok_other_lines_read_as_before(
        index in 0..SESSION.len(),
        start in 0_usize..100,
        count in 0_usize..40,
        garbage in prop::collection::vec(
            any::<u8>().prop_filter("a line end", |b| *b != b'\n'),
            0..12,
        ),
    ) {
        let Some(line) = damaged(SESSION[index], start, count, &garbage) else {
            return Ok(());
        };
        let before = read(SESSION.concat().as_bytes());
        let mut stream = SESSION[..index].concat().into_bytes();
        stream.extend_from_slice(&line);
        stream.extend_from_slice(SESSION[index + 1..].concat().as_bytes());
        let after = read(&stream);
        prop_assert_eq!(after.len(), before.len());
        for (n, (was, is)) in before.iter().zip(&after).enumerate() {
            if n == index {
                prop_assert_eq!(&is.0, &line, "the damaged line is kept as it came");
            } else {
                prop_assert_eq!(was, is);
            }
        }
    }
}
