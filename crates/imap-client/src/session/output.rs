//! What waits to be sent.

use std::collections::VecDeque;

use imap_codec::Encoded;
use zeroize::Zeroize as _;

use super::in_flight::InFlight;
use super::trace::Tracer;
use crate::exchange::Rules;

/// A command that has not gone out whole.
pub(super) struct Queued {
    tag: u64,
    encoded: Encoded,
    rules: Rules,
    /// How many of its parts went out.
    started: usize,
    /// How many octets of a literal are still to come from somewhere else.
    streamed: Option<u64>,
}

impl Queued {
    pub(super) fn new(tag: u64, encoded: Encoded, rules: Rules, streamed: Option<u64>) -> Self {
        Self {
            tag,
            encoded,
            rules,
            started: 0,
            streamed,
        }
    }
}

/// Commands in the order of their submission, and the octets that may go out now.
#[derive(Default)]
pub(super) struct Output {
    queue: VecDeque<Queued>,
    buffer: Vec<u8>,
    sent: usize,
    /// The first command waits for `+`.
    paused: bool,
    /// The first command waits for octets of its literal.
    open: bool,
    /// Who is shown what goes out, and what comes in.
    pub(super) tracer: Option<Box<Tracer>>,
}

impl Output {
    pub(super) fn push(&mut self, command: Queued) {
        self.queue.push_back(command);
    }

    /// Puts a command before all that have not begun to go out.
    pub(super) fn push_next(&mut self, command: Queued) {
        self.queue.insert(usize::from(self.paused), command);
    }

    /// Lets commands go out as far as those in flight allow.
    pub(super) fn start(&mut self, in_flight: &VecDeque<InFlight>) {
        while !self.paused && !self.open {
            let Some(next) = self.queue.front() else {
                return;
            };
            // Commands in the queue are in flight, too, but only those before this one were sent.
            let sent = in_flight
                .iter()
                .take_while(|command| command.tag != next.tag);
            if !sent
                .into_iter()
                .all(|command| next.rules.can_follow(&command.rules))
            {
                return;
            }
            self.next_part();
        }
    }

    /// Moves one part of the first command to the buffer.
    fn next_part(&mut self) {
        let Some(command) = self.queue.front_mut() else {
            return;
        };
        let mut parts = command.encoded.parts().skip(command.started);
        let part = parts.next().unwrap_or_default();
        self.buffer.extend_from_slice(part);
        if let Some(tracer) = &mut self.tracer {
            if command.started == 0 {
                tracer.command(&command.encoded, command.rules.name());
            }
            tracer.part(&command.encoded, command.started);
        }
        let last = parts.next().is_none();
        drop(parts);
        command.started += 1;
        self.paused = !last;
        self.open = last && command.streamed.is_some();
        if last && !self.open {
            self.queue.pop_front();
        }
    }

    /// How many octets of its literal the command waits for, if it does.
    pub(super) fn literal_wanted(&self, tag: u64) -> Option<u64> {
        let first = self.queue.front().filter(|first| first.tag == tag)?;
        if self.open { first.streamed } else { None }
    }

    /// Takes octets of the literal that the first command waits for, as many as it does.
    pub(super) fn literal(&mut self, octets: &[u8]) {
        let Some(wanted) = self
            .queue
            .front_mut()
            .filter(|_| self.open)
            .and_then(|first| first.streamed.as_mut())
        else {
            return;
        };
        let count = usize::try_from(*wanted).map_or(octets.len(), |n| n.min(octets.len()));
        *wanted -= count as u64;
        let is_whole = *wanted == 0;
        self.append(octets.get(..count).unwrap_or_default());
        if is_whole {
            self.append(b"\r\n");
            self.open = false;
            self.queue.pop_front();
        }
    }

    /// Whether the command cannot be given up: the server has, or will have, its announcement of a
    /// literal that nobody would send.
    pub(super) fn is_streaming(&self, tag: u64) -> bool {
        self.queue
            .iter()
            .any(|command| command.tag == tag && command.streamed.is_some())
    }

    /// The server sent `+`; tells whether a command waited for it.
    pub(super) fn resume(&mut self) -> bool {
        if self.paused {
            self.next_part();
            return true;
        }
        false
    }

    /// Whether a command went out whole, so that what comes can be about it.
    pub(super) fn went_out(&self, tag: u64) -> bool {
        !self.queue.iter().any(|command| command.tag == tag)
    }

    /// Whether a command can have been answered: it went out, whole if the answer is OK.
    pub(super) fn can_be_answered(&self, tag: u64, is_ok: bool) -> bool {
        match self.queue.iter().find(|command| command.tag == tag) {
            Some(command) => command.started > 0 && !is_ok,
            None => true,
        }
    }

    /// The command was answered: what has not been sent of it will not be.
    pub(super) fn cancel(&mut self, tag: u64) {
        if self.paused && self.queue.front().is_some_and(|command| command.tag == tag) {
            self.queue.pop_front();
            self.paused = false;
            if let Some(tracer) = &mut self.tracer {
                tracer.cancelled();
            }
        }
    }

    /// Octets that belong to a command that has gone out: a reply to a challenge.
    pub(super) fn reply(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
        if let Some(tracer) = &mut self.tracer {
            tracer.reply(octets);
        }
    }

    pub(super) fn octets(&self) -> &[u8] {
        self.buffer.get(self.sent..).unwrap_or_default()
    }

    pub(super) fn sent(&mut self, count: usize) {
        self.sent = self.buffer.len().min(self.sent + count);
        if self.sent == self.buffer.len() {
            self.wipe();
        }
    }

    pub(super) fn clear(&mut self) {
        self.queue.clear();
        self.paused = false;
        self.open = false;
        self.wipe();
    }

    /// Octets of a literal, or what is behind it.
    fn append(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
        if let Some(tracer) = &mut self.tracer {
            tracer.more(octets);
        }
    }

    /// Empties the buffer; it may have held a password, and a large message need not stay.
    fn wipe(&mut self) {
        self.buffer.zeroize();
        self.sent = 0;
        self.buffer.shrink_to(KEPT);
    }
}

/// Octets of buffer kept between commands.
const KEPT: usize = 4096;
