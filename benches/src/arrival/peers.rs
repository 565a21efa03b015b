//! What others do with a stream that comes in pieces.

use std::hint::black_box;
use std::time::Instant;

use peer_imap_codec::CommandCodec;
use peer_imap_codec::fragmentizer::Fragmentizer;
use peer_imap_codec::imap_types::command::{Command, CommandBody};
use peer_imap_next::client::{Client, Options};
use peer_imap_next::{Interrupt, Io, State as _};
use peer_io_imap::send::{ImapSend, ImapSendResult};

use super::Stream;
use super::pieces::Pieces;

/// A client of others, as far as it finds and parses responses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Peer {
    /// `async-imap`, its codec; it parses what there is again with each piece.
    AsyncImap,
    /// `imap`; it parses what there is again with each line, and gives octets.
    Imap,
    /// `imap-next`; it looks for the end of a message first.
    ImapNext,
    /// `io-imap`; it looks for the end of a message first.
    IoImap,
}

impl Peer {
    /// All, in the order of the tables.
    pub const ALL: [Self; 4] = [Self::ImapNext, Self::IoImap, Self::AsyncImap, Self::Imap];

    /// What the tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsyncImap => "async-imap 0.12",
            Self::Imap => "imap 3.0.0-alpha.15",
            Self::ImapNext => "imap-next 0.3.4",
            Self::IoImap => "io-imap 0.7.1",
        }
    }

    /// Frames and parses the stream, which arrives in pieces of so many octets.
    ///
    /// Returns how many messages there were, or nothing if it took longer than `until`.
    pub fn arrive(self, stream: &Stream, piece: usize, until: Instant) -> Option<usize> {
        let octets = match self {
            Self::AsyncImap | Self::ImapNext => &*stream.octets,
            Self::Imap => &stream.session,
            Self::IoImap => &stream.session[BEFORE.len()..],
        };
        let pieces = Pieces::new(octets, piece, until);
        match self {
            Self::AsyncImap => async_imap(pieces),
            Self::Imap => (imap(pieces)? == stream.octets.len()).then_some(stream.messages),
            Self::ImapNext => imap_next(pieces),
            Self::IoImap => io_imap(pieces),
        }
    }
}

/// What stands before the stream for those who want to log in: [`imap`].
pub(super) const BEFORE: &[u8] = b"a1 OK logged in\r\n";

/// What stands behind the stream for those who have sent a command: [`imap`] and [`io_imap`].
pub(super) const BEHIND: &[u8] = b"a2 OK done\r\n";

fn async_imap(pieces: Pieces<'_>) -> Option<usize> {
    let mut client = peer_async_imap::Client::new(pieces);
    let mut messages = 0;
    pollster::block_on(async {
        while let Some(response) = client.read_response().await.ok()? {
            black_box(response.parsed());
            messages += 1;
        }
        Some(messages)
    })
}

/// Returns how many octets of responses it gives.
fn imap(pieces: Pieces<'_>) -> Option<usize> {
    let client = peer_imap::Client::new(pieces);
    let mut session = client.login("user", "password").map_err(|_| ()).ok()?;
    let responses = session.run_command_and_read_response("NOOP").ok()?;
    Some(black_box(responses).len())
}

fn imap_next(mut pieces: Pieces<'_>) -> Option<usize> {
    let mut options = Options::default();
    options.discard_greeting = true;
    let mut client = Client::new(options);
    let mut messages = 0;
    loop {
        match client.next() {
            Ok(event) => {
                black_box(event);
                messages += 1;
            }
            Err(Interrupt::Io(Io::NeedMoreInput)) => match pieces.next(usize::MAX).ok()? {
                [] => return Some(messages),
                piece => client.enqueue_input(piece),
            },
            Err(interrupt) => unreachable!("{interrupt:?}"),
        }
    }
}

/// Keeps all responses up to the tagged one, as it does for each command.
fn io_imap(mut pieces: Pieces<'_>) -> Option<usize> {
    let noop = Command::new("a2", CommandBody::Noop).expect("a legal tag");
    let mut send = ImapSend::<CommandCodec>::receive(noop);
    let mut fragmentizer = Fragmentizer::without_max_message_size();
    let mut piece = None;
    loop {
        match send.resume(&mut fragmentizer, piece.take()) {
            ImapSendResult::WantsRead => piece = Some(pieces.next(usize::MAX).ok()?),
            ImapSendResult::Ok(output) => return Some(black_box(output).data.len()),
            ImapSendResult::WantsWrite(_) => unreachable!("there is nothing to send"),
            ImapSendResult::Err(error) => unreachable!("{error}"),
        }
    }
}
