//! Commands with long sets, in parts.

use std::collections::VecDeque;

use imap_codec::{Encode, EncodeOptions, Encoder};
use imap_proto::command::OtherCommand;
use imap_proto::{Atom, MessageNumber, SequenceSet, SequenceSetBuf};

/// The parts of a set of UIDs, each short enough for one command; none if it is short anyway.
///
/// Sequence numbers could move from one command to the next.
fn parts<N: MessageNumber>(set: SequenceSet<'_, N>) -> Vec<SequenceSetBuf<N>> {
    let is_short = set.ranges().len() <= MAX_OCTETS / LONGEST_RANGE;
    if is_short || N::COMMAND_PREFIX.is_empty() {
        return Vec::new();
    }
    SequenceSetBuf::from(set).split(MAX_OCTETS).collect()
}

/// The first part of a set, if it is to be sent in parts.
pub(super) fn first_part<N: MessageNumber>(set: SequenceSet<'_, N>) -> Option<SequenceSetBuf<N>> {
    parts(set).into_iter().next()
}

/// The commands that are left to send of one with a long set.
#[derive(Debug, Default)]
pub(super) struct Rest(VecDeque<Part>);

impl Rest {
    /// What follows the first part of the command that `command` makes of a set.
    pub(super) fn of<N: MessageNumber>(
        set: SequenceSet<'_, N>,
        command: impl Fn(SequenceSet<'_, N>, &mut Encoder),
    ) -> Self {
        let part = |part: SequenceSetBuf<N>| {
            let set = part.as_set()?;
            Part::of(|out| command(set, out))
        };
        Self(parts(set).into_iter().skip(1).filter_map(part).collect())
    }

    pub(super) fn next(&mut self) -> Option<Box<dyn Encode>> {
        let part = self.0.pop_front()?;
        Some(Box::new(part))
    }
}

/// A command by UID as text, without the word UID; its literals are announced when it is sent.
#[derive(Debug)]
struct Part(Vec<u8>);

impl Part {
    /// Nothing if the command cannot be sent, which its first part tells.
    fn of(command: impl FnOnce(&mut Encoder)) -> Option<Self> {
        let mut out = Encoder::new(EncodeOptions::SERVER.with_line_breaks(false));
        command(&mut out);
        let text = out.finish().ok()?.into_bytes();
        text.strip_prefix(b"UID ").map(|text| Self(text.into()))
    }
}

impl Encode for Part {
    fn encode(&self, out: &mut Encoder) {
        let command = OtherCommand {
            name: Atom::from_static("UID"),
            arguments: &self.0,
        };
        command.encode(out);
    }
}

/// The length of the text of a set up to which it is sent in one command: RFC 7162 4 asks servers
/// for lines of 8192 octets.
const MAX_OCTETS: usize = 8000;

/// The length of `4294967295:4294967295,`.
const LONGEST_RANGE: usize = 22;
