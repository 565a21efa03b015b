//! Large literals in chunks, and what a step gives.

use std::mem;

use bytes::Bytes;
use imap_proto::response::Fetch;

/// What [`Session::step`](super::Session::step) did.
#[derive(Debug)]
#[non_exhaustive]
pub enum Step<'s> {
    /// Nothing: more octets are needed.
    NeedInput,
    /// A message was taken in; there may be answers and events.
    Progress,
    /// A FETCH response for a command that wants them one by one.
    ///
    /// Literals that were handed out in chunks are empty in it.
    Fetch(Fetch<'s>),
    /// The head of a FETCH response for such a command, up to a literal that comes in chunks.
    ///
    /// The last item has the section that the literal belongs to.
    Head(Fetch<'s>),
    /// A chunk of that literal.
    Literal(Bytes),
}

/// A message whose large literals come in chunks.
#[derive(Default)]
pub(super) struct Streaming {
    /// The message so far, literals that are handed out being empty in it.
    message: Vec<u8>,
    fate: Fate,
}

/// What becomes of the chunks of a literal.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Fate {
    /// They become part of the message.
    #[default]
    Collected,
    /// Nobody wants them any longer.
    Discarded,
    /// They are given out as they come.
    HandedOut,
}

impl Streaming {
    /// Takes a head, and gives the message as if it ended with an empty literal in its place.
    ///
    /// `* 1 FETCH (BODY[] {70000}` becomes `* 1 FETCH (BODY[] {0})`.
    pub(super) fn head(&mut self, head: &[u8]) -> Bytes {
        self.message
            .extend_from_slice(head.get(..marker(head)).unwrap_or_default());
        self.message.extend_from_slice(EMPTY_LITERAL);
        [&self.message[..], b")\r\n"].concat().into()
    }

    /// Says what becomes of the literal of the head that was taken last.
    pub(super) fn decide(&mut self, fate: Fate, head: &[u8]) {
        self.fate = fate;
        if fate != Fate::Collected {
            return;
        }
        self.message
            .truncate(self.message.len() - EMPTY_LITERAL.len());
        self.message
            .extend_from_slice(head.get(marker(head)..).unwrap_or_default());
    }

    pub(super) fn chunk(&mut self, chunk: Bytes) -> Step<'static> {
        match self.fate {
            Fate::HandedOut => return Step::Literal(chunk),
            Fate::Collected => self.message.extend_from_slice(&chunk),
            Fate::Discarded => {}
        }
        Step::Progress
    }

    /// The whole message.
    pub(super) fn finish(&mut self, tail: &[u8]) -> Bytes {
        let mut message = mem::take(&mut self.message);
        message.extend_from_slice(tail);
        message.into()
    }
}

/// Where the marker of the literal at the end of a head begins.
fn marker(head: &[u8]) -> usize {
    head.iter().rposition(|b| *b == b'{').unwrap_or(head.len())
}

const EMPTY_LITERAL: &[u8] = b"{0}\r\n";
