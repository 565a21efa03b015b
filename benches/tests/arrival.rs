//! Each message of each stream arrives, whatever the pieces.

use std::time::{Duration, Instant};

use imap_benches::arrival::{self, PIECES, Peer};
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

#[test]
fn ok_all_messages_arrive_at_peers() {
    let until = Instant::now() + Duration::from_secs(3_600);
    let streams = arrival::streams();
    for stream in streams.iter().filter(|stream| stream.peers) {
        for peer in Peer::ALL {
            let arrived = peer.arrive(stream, 16 << 10, until);
            assert_eq!(arrived, Some(stream.messages), "{}, {peer:?}", stream.name);
        }
    }
}

#[test]
fn ok_peers_give_up_when_it_is_late() {
    let streams = arrival::streams();
    let stream = streams.iter().find(|stream| stream.peers).unwrap();
    for peer in Peer::ALL {
        assert_eq!(peer.arrive(stream, 64, Instant::now()), None, "{peer:?}");
    }
}
