//! Feeds a stream to a framer in pieces.

use bytes::Bytes;
use imap_codec::{FrameErrorKind, Framed, Framer};

/// What a framer gives, in a form that can be compared.
pub(crate) type Outcome = Result<Framed, (FrameErrorKind, Vec<u8>)>;

/// Feeds a stream in pieces of these sizes and polls after each; chunks of one literal are put together.
pub(crate) fn run(
    framer: &mut Framer,
    stream: &[u8],
    mut sizes: impl Iterator<Item = usize>,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut rest = stream;
    while !rest.is_empty() {
        let size = sizes.next().unwrap().clamp(1, rest.len());
        let (piece, later) = rest.split_at(size);
        framer.feed(piece);
        rest = later;
        if !poll_all(framer, &mut outcomes) {
            break;
        }
    }
    outcomes
}

/// Polls until nothing is left; says whether the stream can go on.
pub(crate) fn poll_all(framer: &mut Framer, outcomes: &mut Vec<Outcome>) -> bool {
    loop {
        match framer.poll() {
            Ok(None) => return true,
            Ok(Some(Framed::Chunk(chunk))) => match outcomes.last_mut() {
                Some(Ok(Framed::Chunk(start))) => *start = [&start[..], &chunk].concat().into(),
                _ => outcomes.push(Ok(Framed::Chunk(chunk))),
            },
            Ok(Some(framed)) => outcomes.push(Ok(framed)),
            Err(error) => {
                outcomes.push(Err((error.kind(), error.head().to_vec())));
                if error.is_fatal() {
                    return false;
                }
            }
        }
    }
}

/// The octets that were given out.
pub(crate) fn octets(outcomes: &[Outcome]) -> Vec<u8> {
    let parts = outcomes.iter().map(|outcome| match outcome {
        Ok(
            Framed::Message(bytes)
            | Framed::Head { head: bytes, .. }
            | Framed::Chunk(bytes)
            | Framed::Tail(bytes),
        ) => bytes.clone(),
        _ => Bytes::new(),
    });
    parts.flatten().collect()
}
