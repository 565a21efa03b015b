//! IDLE: how far it is, and when it has to begin anew.

use std::time::{Duration, Instant};

/// An IDLE that was submitted and not answered.
#[derive(Debug)]
pub(super) struct Idling {
    pub(super) tag: u64,
    /// When it is to end, so that the server does not take the client for gone.
    pub(super) deadline: Instant,
    /// The server said `+`, and waits for `DONE`.
    confirmed: bool,
    /// It is to end.
    ending: bool,
}

impl Idling {
    pub(super) fn new(tag: u64, deadline: Instant) -> Self {
        Self {
            tag,
            deadline,
            confirmed: false,
            ending: false,
        }
    }

    /// The server said `+`; tells whether `DONE` is to be sent now.
    pub(super) fn confirm(&mut self) -> bool {
        let first = !self.confirmed;
        self.confirmed = true;
        first && self.ending
    }

    /// It is to end; tells whether `DONE` is to be sent now.
    ///
    /// Before the server said `+`, it would not know `DONE` for what it is.
    pub(super) fn end(&mut self) -> bool {
        let first = !self.ending;
        self.ending = true;
        first && self.confirmed
    }

    /// Whether the server owes an answer: `+`, or the end.
    pub(super) fn is_answer_due(&self) -> bool {
        !self.confirmed || self.ending
    }

    pub(super) fn is_ending(&self) -> bool {
        self.ending
    }
}

/// How long an IDLE lasts at most: servers may give up clients after 30 minutes, and RFC 2177 advises to
/// begin anew every 29.
pub(super) const IDLE_FOR: Duration = Duration::from_secs(28 * 60);
