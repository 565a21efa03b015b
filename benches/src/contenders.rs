//! What is measured: our parser and those of the peers, on messages of one side.

use std::hint::black_box;

use imap_proto::{Arena, Command, Response};
use peer_imap_codec::decode::Decoder as _;
use peer_imap_codec::{CommandCodec, ResponseCodec};

use crate::corpora::{Corpus, Side};
use crate::read::Read as _;

/// One way to parse a corpus.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Contender {
    /// Our parser.
    Ours,
    /// Our parser, and every field read.
    OursRead,
    /// The crate `imap-proto` of others; it reads responses only.
    PeerProto,
    /// The crate `imap-codec` of others.
    PeerCodec,
}

impl Contender {
    /// All, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::Ours, Self::OursRead, Self::PeerProto, Self::PeerCodec];

    /// What the tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::OursRead => "ours, read",
            Self::PeerProto => "imap-proto 0.17",
            Self::PeerCodec => "imap-codec 2.0.0-alpha.10",
        }
    }

    /// Whether it reads the corpus.
    pub fn reads(self, corpus: &Corpus) -> bool {
        match self {
            Self::Ours | Self::OursRead => true,
            Self::PeerProto => corpus.common && corpus.side == Side::Server,
            Self::PeerCodec => corpus.common,
        }
    }

    /// Parses each message of the corpus once. The arena is ours; the peers use the heap.
    pub fn run(self, corpus: &Corpus, arena: &mut Arena) {
        for frame in &corpus.frames {
            match (self, corpus.side) {
                (Self::Ours, Side::Server) => ours(frame, arena),
                (Self::Ours, Side::Client) => our_command(frame, arena),
                (Self::OursRead, Side::Server) => ours_read(frame, arena),
                (Self::OursRead, Side::Client) => our_command_read(frame, arena),
                (Self::PeerProto, _) => peer_proto(frame),
                (Self::PeerCodec, Side::Server) => peer_codec(frame),
                (Self::PeerCodec, Side::Client) => peer_codec_command(frame),
            }
        }
    }
}

#[inline(never)]
fn ours(frame: &[u8], arena: &mut Arena) {
    arena.reset();
    let response = Response::parse(black_box(frame), arena);
    black_box(&response);
    assert!(response.is_ok());
}

#[inline(never)]
fn ours_read(frame: &[u8], arena: &mut Arena) {
    arena.reset();
    match &Response::parse(black_box(frame), arena) {
        Ok(response) => black_box(response.read()),
        Err(error) => unreachable!("{error}"),
    };
}

#[inline(never)]
fn our_command(frame: &[u8], arena: &mut Arena) {
    arena.reset();
    let command = Command::parse(black_box(frame), arena);
    black_box(&command);
    assert!(command.is_ok());
}

#[inline(never)]
fn our_command_read(frame: &[u8], arena: &mut Arena) {
    arena.reset();
    match &Command::parse(black_box(frame), arena) {
        Ok(command) => black_box(command.read()),
        Err(error) => unreachable!("{error}"),
    };
}

#[inline(never)]
fn peer_proto(frame: &[u8]) {
    let response = peer_imap_proto::Response::parse(black_box(frame));
    black_box(&response);
    assert!(response.is_ok());
}

#[inline(never)]
fn peer_codec(frame: &[u8]) {
    let codec = ResponseCodec::default();
    let response = codec.decode(black_box(frame));
    black_box(&response);
    assert!(response.is_ok());
}

#[inline(never)]
fn peer_codec_command(frame: &[u8]) {
    let codec = CommandCodec::default();
    let command = codec.decode(black_box(frame));
    black_box(&command);
    assert!(command.is_ok());
}
