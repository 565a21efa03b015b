//! Each message of each stream arrives, whatever the pieces.

use imap_benches::arrival::{LARGE, SMALL, Stream};
use imap_benches::corpora;
use imap_proto::Arena;

#[test]
fn ok_all_messages_arrive() {
    let mut arena = Arena::new();
    let mut streams: Vec<_> = corpora::all().iter().map(Stream::new).collect();
    streams.push(Stream::large_literal());
    for stream in &streams {
        for piece in [SMALL, LARGE] {
            assert_eq!(
                stream.arrive(piece, &mut arena),
                stream.messages,
                "{}",
                stream.name
            );
        }
    }
}
