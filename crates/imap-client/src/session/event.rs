//! What the server says unasked.

use std::collections::VecDeque;

use imap_codec::FrameError;
use imap_proto::{Parsed, Response, SeqNum, Uid, UidSetBuf};

use super::OwnedFetch;
use crate::error::Unreadable;
use crate::state::OwnedFlags;

/// Something that the server said and that no command asked for.
///
/// The state of the session is up to date before an event is given out.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A text that must be shown to the user.
    Alert(String),
    /// The mailbox now has so many messages.
    Exists(u32),
    /// Data of a message that nobody asked for: flags that changed, mostly.
    ///
    /// `S: * 14 FETCH (FLAGS (\Seen \Deleted))`
    Fetch(OwnedFetch),
    /// Which flags there are in the mailbox from now on.
    Flags(OwnedFlags),
    /// The message is gone, and those behind it move up.
    Expunge(SeqNum),
    /// So many messages have `\Recent`.
    Recent(u32),
    /// Any other response: untagged OK, NO and BAD, changes to the result
    /// of a search, and so on; also the end of a command whose code no answer has a place for.
    Response(Parsed),
    /// A response was larger than the limits and is lost.
    TooLarge(FrameError),
    /// A line could not be read.
    Unreadable(Unreadable),
    /// The messages are gone, which is told by UID once `QRESYNC` or `UIDONLY` is enabled; earlier
    /// than the mailbox was selected, so that its number of messages stays, or now.
    ///
    /// `S: * VANISHED 405,407:410`
    ///
    /// [RFC 7162 section 3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10)
    Vanished {
        /// `VANISHED (EARLIER)`.
        earlier: bool,
        /// The messages.
        uids: UidSetBuf,
    },
    /// So many events were dropped because nobody took them.
    Dropped(u64),
}

impl Event {
    /// The response, if the event is one that is kept whole.
    pub fn response(&self) -> Option<Response<'_>> {
        match self {
            Self::Fetch(fetch) => Some(Response::Fetch(fetch.fetch())),
            Self::Response(parsed) => Some(parsed.response()),
            _ => None,
        }
    }

    /// About how many octets of memory are kept with it.
    fn octets(&self) -> usize {
        match self {
            Self::Alert(text) => text.len(),
            Self::Fetch(fetch) => fetch.allocated(),
            Self::Flags(flags) => flags.octets(),
            Self::Response(response) => response.allocated(),
            Self::TooLarge(error) => error.head().len(),
            Self::Unreadable(unreadable) => unreadable.frame.len(),
            Self::Vanished { uids, .. } => uids.ranges().len() * size_of::<[Uid; 2]>(),
            _ => 0,
        }
    }
}

/// The events that wait, the oldest first.
#[derive(Debug)]
pub(super) struct Events {
    waiting: VecDeque<Event>,
    max: usize,
    /// Octets of those that wait.
    octets: usize,
    max_octets: usize,
    dropped: u64,
}

impl Events {
    pub(super) fn new(max: usize, max_octets: usize) -> Self {
        Self {
            waiting: VecDeque::new(),
            max,
            octets: 0,
            max_octets,
            dropped: 0,
        }
    }

    pub(super) fn push(&mut self, event: Event) {
        self.octets += event.octets();
        self.waiting.push_back(event);
        while self.waiting.len() > self.max.max(1)
            || (self.octets > self.max_octets && self.waiting.len() > 1)
        {
            self.take();
            self.dropped += 1;
        }
    }

    fn take(&mut self) -> Option<Event> {
        let event = self.waiting.pop_front()?;
        self.octets -= event.octets();
        Some(event)
    }

    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.octets = 0;
        self.dropped = 0;
    }

    pub(super) fn pop(&mut self) -> Option<Event> {
        match std::mem::take(&mut self.dropped) {
            0 => self.take(),
            dropped => Some(Event::Dropped(dropped)),
        }
    }
}
