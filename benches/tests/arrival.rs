//! Each message of each stream arrives, whatever the pieces.

use imap_benches::arrival::{self, PIECES};
use imap_proto::Arena;

#[test]
fn ok_all_messages_arrive() {
    let mut arena = Arena::new();
    for stream in &arrival::streams() {
        for (_, piece) in PIECES {
            assert_eq!(
                stream.arrive(piece, &mut arena),
                stream.messages,
                "{}",
                stream.name
            );
        }
    }
}
