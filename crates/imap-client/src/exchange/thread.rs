//! THREAD.

use std::marker::PhantomData;

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Thread;
use imap_proto::response::{self, StatusResponse};
use imap_proto::{Command, MessageNumber, Parsed, Response, SeqNum, Tag, Uid};

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(Thread<'_> => ThreadAnswer<SeqNum>, thread_rules::<SeqNum>("THREAD"), |_| {
    ThreadAnswer(Threads::default())
});

/// `UID THREAD`: find messages by UID, and have them in threads.
#[derive(Clone, Copy, Debug)]
pub struct UidThread<'a>(pub Thread<'a>);

impl Exchange for UidThread<'_> {
    type Answer = ThreadAnswer<Uid>;

    fn rules(&self) -> Rules {
        thread_rules::<Uid>("UID THREAD")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::UidThread(self.0), options)
    }

    fn answer(&self) -> ThreadAnswer<Uid> {
        ThreadAnswer(Threads::default())
    }
}

const fn thread_rules<N: MessageNumber>(name: &'static str) -> Rules {
    Rules::selected(name).answered_by(Data::THREAD).by::<N>()
}

/// Collects the answer to `THREAD` or `UID THREAD`.
#[derive(Debug)]
pub struct ThreadAnswer<N>(Threads<N>);

impl<N: MessageNumber + Send> Answer for ThreadAnswer<N> {
    type Output = Threads<N>;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        if !matches!(response, Response::Thread(_)) {
            return Absorbed::Not;
        }
        match state.read(frame) {
            Ok(response) => self.0.responses.push(response),
            Err(_) => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Threads<N>, Error> {
        Ok(self.0)
    }
}

/// Messages in threads, in the order of the server.
///
/// `S: * THREAD (2)(3 6 (4 23)(44 7 96))` has two threads. In the second, 6 answers 3, and is
/// answered by 4 and by 44.
///
/// [RFC 5256 section 4](https://www.rfc-editor.org/rfc/rfc5256#section-4)
#[derive(Debug, Eq, PartialEq)]
pub struct Threads<N> {
    /// The THREAD responses: one, unless the server is odd.
    responses: Vec<Parsed>,
    numbers: PhantomData<fn() -> N>,
}

/// A message and its place in its thread.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ThreadMessage<N> {
    /// The message.
    pub number: N,
    /// The message that it answers; none if it is the first, or if that message is not there.
    pub parent: Option<N>,
    /// How far the message is from the top of its thread: 0 there, 1 for what answers that, and so
    /// on, messages that are not there included.
    pub depth: u32,
}

impl<N> Default for Threads<N> {
    fn default() -> Self {
        Self {
            responses: Vec::new(),
            numbers: PhantomData,
        }
    }
}

impl<N: MessageNumber> Threads<N> {
    /// The threads as trees. Their numbers are of the kind that was asked for.
    pub fn trees(&self) -> impl Iterator<Item = &response::Thread<'_>> {
        self.responses
            .iter()
            .flat_map(|parsed| match parsed.response() {
                Response::Thread(threads) => threads,
                _ => &[],
            })
    }

    /// All messages, each behind the one that it answers.
    ///
    /// A message of depth 0 begins a thread. Threads of any depth are safe to walk.
    pub fn messages(&self) -> impl Iterator<Item = ThreadMessage<N>> {
        self.trees().flat_map(|thread| Walk::new(thread))
    }
}

/// Goes through one thread, without recursion.
struct Walk<'t, N> {
    /// The threads whose messages are still to come, the next one last.
    open: Vec<Place<'t, N>>,
}

/// The rest of a thread.
struct Place<'t, N> {
    thread: &'t response::Thread<'t>,
    /// How many of its messages were given out.
    given: usize,
    parent: Option<N>,
    depth: u32,
}

impl<'t, N> Walk<'t, N> {
    fn new(thread: &'t response::Thread<'t>) -> Self {
        Self {
            open: vec![Place {
                thread,
                given: 0,
                parent: None,
                depth: 0,
            }],
        }
    }
}

impl<N: MessageNumber> Iterator for Walk<'_, N> {
    type Item = ThreadMessage<N>;

    fn next(&mut self) -> Option<ThreadMessage<N>> {
        loop {
            let place = self.open.last_mut()?;
            let Some(number) = place.thread.messages.get(place.given) else {
                let Place {
                    thread,
                    parent,
                    depth,
                    ..
                } = self.open.pop()?;
                // The top of a thread that is not there has a depth all the same.
                let depth = depth + u32::from(thread.messages.is_empty());
                let replies = thread.replies.iter().rev().map(|thread| Place {
                    thread,
                    given: 0,
                    parent,
                    depth,
                });
                self.open.extend(replies);
                continue;
            };
            let message = ThreadMessage {
                number: N::from(*number),
                parent: place.parent,
                depth: place.depth,
            };
            place.given += 1;
            place.parent = Some(message.number);
            place.depth += 1;
            return Some(message);
        }
    }
}
