//! What is said of all messages of a mailbox: the answers to one command.

use super::{SEED, body, body_of, flags_of, full, search_of};
use crate::random::Random;

/// How many texts there are: generating one takes longer than sending it.
const TEXTS: usize = 8;

/// What is asked of each message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Asked {
    /// `UID BODY[]`, a text of so many octets.
    Body(usize),
    /// `UID FLAGS`.
    Flags,
    /// `UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE`.
    Full,
    /// `UID SEARCH`, which has one answer for all messages.
    Search,
}

/// The sequence number and the UID of a message.
#[derive(Clone, Copy)]
pub(super) struct Numbers {
    pub(super) seq: u64,
    pub(super) uid: u64,
}

/// What a server answers that is asked about all of so many messages.
pub fn mailbox(asked: Asked, messages: usize) -> Vec<u8> {
    let random = &mut Random::new(SEED);
    match asked {
        Asked::Body(octets) => bodies(random, octets, messages),
        Asked::Flags => fetches(random, messages, flags_of),
        Asked::Full => fetches(random, messages, full::full_of),
        Asked::Search => search_of(random, messages).into_bytes(),
    }
}

fn fetches(
    random: &mut Random,
    messages: usize,
    fetch: fn(&mut Random, Numbers) -> String,
) -> Vec<u8> {
    let mut octets = Vec::new();
    for numbers in numbers(messages) {
        octets.extend_from_slice(fetch(random, numbers).as_bytes());
    }
    octets
}

fn bodies(random: &mut Random, size: usize, messages: usize) -> Vec<u8> {
    let texts: Vec<_> = (0..messages.min(TEXTS))
        .map(|_| body(random, size))
        .collect();
    let mut octets = Vec::with_capacity(messages * (size + 80));
    for (numbers, text) in numbers(messages).zip(texts.iter().cycle()) {
        octets.extend_from_slice(body_of(text, numbers).as_bytes());
    }
    octets
}

/// Ascending numbers with gaps among the UIDs, as where messages were expunged.
fn numbers(messages: usize) -> impl Iterator<Item = Numbers> {
    (1..=messages as u64).map(|seq| Numbers {
        seq,
        uid: seq + seq / 7,
    })
}
