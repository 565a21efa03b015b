//! Arrival: framing and parsing a stream that comes in pieces.

mod peers;
mod pieces;

use std::hint::black_box;

use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Command, Limits, Response};

pub use self::peers::Peer;
use self::peers::{BEFORE, BEHIND};
pub use self::pieces::Pieces;
use crate::corpora::{self, Corpus, Side};

/// The sizes of the pieces, in octets, and what the tables call them.
pub const PIECES: [(&str, usize); 3] =
    [("64 octets", 64), ("1 KiB", 1 << 10), ("16 KiB", 16 << 10)];

/// All streams, in the order of the tables.
pub fn streams() -> Vec<Stream> {
    let mut streams: Vec<_> = corpora::all().iter().map(Stream::again).collect();
    streams.push(Stream::large_literal());
    streams
}

/// What arrives: many messages, in one stream.
pub struct Stream {
    /// What the tables call it.
    pub name: &'static str,
    side: Side,
    /// The octets.
    pub octets: Vec<u8>,
    /// The octets between what a client waits for before and after them.
    session: Vec<u8>,
    /// How many messages they are.
    pub messages: usize,
    /// Whether peers read them: untagged responses, which no command has to go before.
    pub peers: bool,
}

impl Stream {
    /// The messages of a corpus, again and again up to a megabyte.
    fn again(corpus: &Corpus) -> Self {
        let again = (1 << 20) / corpus.octets() + 1;
        let octets = corpus.frames.concat().repeat(again);
        Self {
            peers: corpus.common && corpus.frames.iter().all(|frame| frame.starts_with(b"* ")),
            messages: corpus.frames.len() * again,
            ..Self::new(corpus.name, corpus.side, octets)
        }
    }

    /// One message with a literal of 16 MiB.
    fn large_literal() -> Self {
        Self::new(
            "FETCH BODY[] 16 MiB",
            Side::Server,
            corpora::large_literal(),
        )
    }

    fn new(name: &'static str, side: Side, octets: Vec<u8>) -> Self {
        Self {
            name,
            side,
            session: [BEFORE, &octets, BEHIND].concat(),
            octets,
            messages: 1,
            peers: true,
        }
    }

    /// Frames and parses the stream, which arrives in pieces of so many octets.
    ///
    /// Returns how many messages there were.
    pub fn arrive(&self, piece: usize, arena: &mut Arena) -> usize {
        let mut framer = match self.side {
            Side::Client => Framer::server(Limits::default()),
            Side::Server => Framer::client(Limits::default()),
        };
        let mut messages = 0;
        for piece in self.octets.chunks(piece) {
            framer.feed(piece);
            while let Some(framed) = framer.poll().expect("within the limits") {
                let Framed::Message(message) = framed else {
                    unreachable!("nothing is streamed: {framed:?}");
                };
                self.parse(&message, arena);
                messages += 1;
            }
        }
        messages
    }

    fn parse(&self, message: &[u8], arena: &mut Arena) {
        arena.reset();
        match self.side {
            Side::Client => {
                black_box(Command::parse(message, arena).is_ok());
            }
            Side::Server => {
                black_box(Response::parse(message, arena).is_ok());
            }
        }
    }
}
