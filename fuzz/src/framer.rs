//! Octets that are a stream of messages.

use std::iter;

use imap_codec::Framer;
use imap_proto::Limits;

use crate::pieces::{octets, poll_all, run};

/// The first octets say how the others are cut: role, limits, threshold and sizes of pieces.
///
/// However they arrive, the same messages come out, no octet is lost, and the framer holds no more than
/// one message.
pub fn framer(octets: &[u8]) {
    let Some((&[plan, threshold, sizes @ ..], stream)) = octets.split_first_chunk::<PLAN>() else {
        return;
    };
    let limits = if plan & 1 == 0 { TINY } else { SMALL };
    let framer = || {
        let mut framer = match plan & 2 {
            0 => Framer::client(limits),
            _ => Framer::server(limits),
        };
        let threshold = (plan & 4 != 0).then_some(usize::from(threshold));
        framer.set_stream_threshold(threshold);
        framer
    };
    let mut whole = framer();
    let outcomes = run(&mut whole, stream, iter::repeat(stream.len()));
    if outcomes.iter().all(Result::is_ok) {
        let rest = whole.take_rest();
        assert_eq!([&self::octets(&outcomes)[..], &rest].concat(), stream);
    }
    let sizes = sizes.map(usize::from);
    assert_eq!(
        run(&mut framer(), stream, sizes.into_iter().cycle()),
        outcomes
    );

    let mut slow = framer();
    let mut slow_outcomes = Vec::new();
    for octet in stream {
        slow.feed(&[*octet]);
        if !poll_all(&mut slow, &mut slow_outcomes) {
            break;
        }
        assert!(slow.pending() <= limits.max_message + MARKER);
        assert!(slow.partial().len() <= slow.pending());
    }
    assert_eq!(slow_outcomes, outcomes);
}

/// Octets that say how the others are cut.
const PLAN: usize = 5;

/// The most octets of a marker with its line end: `~{18446744073709551615+}`.
const MARKER: usize = 26;

/// Limits that most messages pass.
const TINY: Limits = Limits {
    max_line: 40,
    max_literal: 20,
    max_message: 60,
    ..Limits::DEFAULT
};

/// Limits that most messages keep within.
pub(crate) const SMALL: Limits = Limits {
    max_line: 500,
    max_literal: 500,
    max_message: 1000,
    ..Limits::DEFAULT
};
