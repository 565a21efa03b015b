//! Arrival: framing and parsing a stream that comes in pieces.

use std::hint::black_box;

use imap_codec::{Framed, Framer};
use imap_proto::{Arena, Command, Limits, Response};

use crate::corpora::{self, Corpus, Side};

/// The sizes of the pieces, in octets, and what the tables call them.
pub const PIECES: [(&str, usize); 3] =
    [("64 octets", 64), ("1 KiB", 1 << 10), ("16 KiB", 16 << 10)];

/// All streams, in the order of the tables.
pub fn streams() -> Vec<Stream> {
    let mut streams: Vec<_> = corpora::all().iter().map(Stream::new).collect();
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
    /// How many messages they are.
    pub messages: usize,
}

impl Stream {
    /// The messages of a corpus, again and again up to a megabyte.
    fn new(corpus: &Corpus) -> Self {
        let again = (1 << 20) / corpus.octets() + 1;
        Self {
            name: corpus.name,
            side: corpus.side,
            octets: corpus.frames.concat().repeat(again),
            messages: corpus.frames.len() * again,
        }
    }

    /// One message with a literal of 16 MiB.
    fn large_literal() -> Self {
        Self {
            name: "FETCH BODY[] 16 MiB",
            side: Side::Server,
            octets: corpora::large_literal(),
            messages: 1,
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
