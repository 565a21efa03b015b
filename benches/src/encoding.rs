//! Encoding: ours beside `write!` and beside the peer that has an encoder.

use std::hint::black_box;

use imap_codec::{Encode, EncodeOptions, Encoder};
use imap_proto::command::Tagged;
use imap_proto::{Arena, Command, Response};
use peer_imap_codec::decode::Decoder as _;
use peer_imap_codec::encode::Encoder as _;
use peer_imap_codec::imap_types::{command, response};
use peer_imap_codec::{CommandCodec, ResponseCodec};

use crate::corpora::{Corpus, Side};
use crate::plain;

/// The messages of a corpus as values, for each contender.
pub enum Values<'a> {
    /// Commands.
    Commands(Vec<Tagged<'a>>, Vec<command::Command<'a>>),
    /// Responses.
    Responses(Vec<Response<'a>>, Vec<response::Response<'a>>),
}

/// One way to encode values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Writer {
    /// Our encoder.
    Ours,
    /// [`plain`], into the same buffer.
    Plain,
    /// The crate `imap-codec` of others; it makes a buffer for each message.
    PeerCodec,
}

impl Writer {
    /// All, in the order of the tables.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Plain, Self::PeerCodec];

    /// What the tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Plain => "write!",
            Self::PeerCodec => "imap-codec 2.0.0-alpha.10",
        }
    }

    /// Encodes each value once; the buffer is used again for each.
    pub fn run(self, values: &Values<'_>, buffer: &mut Vec<u8>) {
        match (self, values) {
            (Self::Ours, Values::Commands(ours, _)) => {
                each(ours, buffer, |value, out| {
                    ours_encode(value, out, EncodeOptions::CLIENT);
                });
            }
            (Self::Ours, Values::Responses(ours, _)) => {
                each(ours, buffer, |value, out| {
                    ours_encode(value, out, EncodeOptions::SERVER);
                });
            }
            (Self::Plain, Values::Commands(ours, _)) => {
                each(ours, buffer, |value, out| {
                    plain::command(out, value).expect("the buffer grows");
                });
            }
            (Self::Plain, Values::Responses(ours, _)) => {
                each(ours, buffer, |value, out| {
                    plain::response(out, value).expect("the buffer grows");
                });
            }
            (Self::PeerCodec, Values::Commands(_, peer)) => {
                let codec = CommandCodec::default();
                each(peer, buffer, |value, out| *out = codec.encode(value).dump());
            }
            (Self::PeerCodec, Values::Responses(_, peer)) => {
                let codec = ResponseCodec::default();
                each(peer, buffer, |value, out| *out = codec.encode(value).dump());
            }
        }
    }
}

fn each<T>(values: &[T], buffer: &mut Vec<u8>, encode: impl Fn(&T, &mut Vec<u8>)) {
    for value in values {
        buffer.clear();
        encode(black_box(value), buffer);
        black_box(&*buffer);
    }
}

fn ours_encode<T: Encode>(value: &T, buffer: &mut Vec<u8>, options: EncodeOptions) {
    let mut out = Encoder::with_buffer(options, std::mem::take(buffer));
    value.encode(&mut out);
    *buffer = out.finish().expect("a legal value").into_bytes();
}

/// The corpora that all of them write.
pub const WRITTEN: [&str; 5] = ["FETCH flags", "FETCH full", "LIST", "LOGIN", "STORE"];

/// Whether a corpus is one of [`WRITTEN`].
pub fn is_written(corpus: &Corpus) -> bool {
    WRITTEN.contains(&corpus.name)
}

/// Parses a corpus for all contenders.
pub fn values<'a>(corpus: &'a Corpus, arena: &'a Arena) -> Values<'a> {
    let frames = corpus.frames.iter();
    match corpus.side {
        Side::Client => Values::Commands(
            frames
                .clone()
                .map(|frame| Command::parse(frame, arena).expect("legal"))
                .collect(),
            frames
                .map(|frame| CommandCodec::default().decode(frame).expect("legal").1)
                .collect(),
        ),
        Side::Server => Values::Responses(
            frames
                .clone()
                .map(|frame| Response::parse(frame, arena).expect("legal"))
                .collect(),
            frames
                .map(|frame| ResponseCodec::default().decode(frame).expect("legal").1)
                .collect(),
        ),
    }
}
