//! A session without I/O: what was sent, what came back, and what it means.
//!
//! [`Session`] owns no socket and no clock. A driver moves octets between it and the server, in a loop
//! with one invariant: **after every input or submit, send what there is to send and step until input
//! is needed, before reading again**.
//!
//! 1. Send [`Session::transmit`] and say how much of it went out by [`Session::transmitted`].
//! 2. Call [`Session::step`] until it gives [`Step::NeedInput`]; look for answers and events.
//! 3. Read from the server into [`Session::receive_buffer`], or tell of the end by
//!    [`Session::received_end`]; go to 1.

mod core;
mod event;
mod gather;
mod idle;
mod in_flight;
mod offer;
mod output;
mod owned_fetch;
mod stream;
mod trace;
#[cfg(feature = "tracing")]
mod trace_events;

use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use imap_codec::{EncodeError, Framed, Framer, Reason};
use imap_proto::response::Greeting;
use imap_proto::{Arena, Limits, Quirks, Response};

pub use event::Event;
pub use in_flight::Ticket;
pub use owned_fetch::OwnedFetch;
pub use stream::Step;
pub use trace::{Trace, TraceLine};

use self::core::Core;
use self::gather::Gathered;
use self::idle::Idling;
use self::stream::{Fate, Streaming};
use self::trace::Tracer;
use crate::error::Error;
use crate::exchange::{Answer, DoneAnswer, Exchange};
use crate::state::{ConnectionState, State};

/// How a session reads and keeps things.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SessionOptions {
    /// How large responses may be.
    pub limits: Limits,
    /// Which errors of the server are forgiven.
    pub quirks: Quirks,
    /// How long an IDLE may last before it has to begin anew. Default: 28 minutes.
    pub idle_for: Duration,
    /// Octets of the responses that the answer to one command is made of, those that are handed out one
    /// by one not counted. Default: 2 GiB.
    pub max_answer: u64,
    /// Octets of memory for the events that are kept until they are taken; the oldest ones are dropped beyond, though
    /// never the latest. Default: 16 MiB.
    pub max_event_octets: usize,
    /// How many events are kept until they are taken; the oldest ones are dropped beyond. Default: 10,000.
    pub max_events: usize,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            quirks: Quirks::lenient(),
            idle_for: idle::IDLE_FOR,
            max_answer: 2 << 30,
            max_event_octets: 16 << 20,
            max_events: 10_000,
        }
    }
}

/// The state of one connection to a server, without the connection.
///
/// See the [module documentation](self) for how a driver uses it.
pub struct Session {
    framer: Framer,
    /// The message that was taken in last, whose values steps give out.
    frame: Bytes,
    arena: Arena,
    gathered: Gathered,
    streaming: Streaming,
    idle_for: Duration,
    core: Core,
}

impl Session {
    /// A session that waits for the greeting.
    pub fn new(options: SessionOptions) -> Self {
        Self {
            framer: Framer::client(options.limits),
            frame: Bytes::new(),
            arena: Arena::new(),
            gathered: Gathered::default(),
            streaming: Streaming::default(),
            idle_for: options.idle_for,
            core: Core::new(&options),
        }
    }

    /// Queues a command; its octets are in [`Session::transmit`] as soon as it may go out.
    ///
    /// Several commands can be in flight; one that could be confused with those before it waits for
    /// them (RFC 9051 section 5.5).
    ///
    /// # Errors
    ///
    /// If the session is over, the command is not allowed in its state, or an argument cannot be sent.
    /// Nothing is queued then.
    pub fn submit<C: Exchange + ?Sized>(
        &mut self,
        command: &C,
    ) -> Result<Ticket<C::Answer>, Error> {
        self.core.submit(command)
    }

    /// Queues IDLE. While it goes on, the server's news are given out by [`Session::poll_event`].
    ///
    /// It ends by [`Session::end_idle`], and by submitting something else. [`Session::poll_timeout`]
    /// tells when it has to end at the latest.
    ///
    /// # Errors
    ///
    /// If the server does not offer it, or the state does not allow it.
    ///
    /// [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177)
    pub fn idle(&mut self, now: Instant) -> Result<Ticket<DoneAnswer>, Error> {
        self.give_memory_back();
        self.core.idle(now + self.idle_for)
    }

    /// Ends IDLE, as soon as the server is ready for that. Its ticket tells when it has ended.
    pub fn end_idle(&mut self) {
        self.core.end_idle();
    }

    /// Whether the server owes an answer about IDLE: that it has begun, or that it has ended.
    pub fn is_idle_answer_due(&self) -> bool {
        self.core.idling.as_ref().is_some_and(Idling::is_answer_due)
    }

    /// When [`Session::handle_timeout`] wants to be called.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let idling = self.core.idling.as_ref();
        idling
            .filter(|idling| !idling.is_ending())
            .map(|idling| idling.deadline)
    }

    /// Ends IDLE if its time has come, and tells whether it did.
    pub fn handle_timeout(&mut self, now: Instant) -> bool {
        let is_due = self.poll_timeout().is_some_and(|deadline| deadline <= now);
        if is_due {
            self.core.end_idle();
        }
        is_due
    }

    /// The octets that are to be sent now; empty if there are none.
    pub fn transmit(&self) -> &[u8] {
        self.core.output.octets()
    }

    /// Says that the first `count` octets of [`Session::transmit`] were sent.
    pub fn transmitted(&mut self, count: usize) {
        self.core.output.sent(count);
    }

    /// How many octets of its literal a command waits for, if it waits for them: one whose
    /// [`Exchange::streamed`] announced a literal.
    pub fn literal_wanted<A: Answer>(&self, ticket: &Ticket<A>) -> Option<u64> {
        self.core.output.literal_wanted(ticket.tag)
    }

    /// Queues octets of the literal that a command waits for. What is more than it waits for is left
    /// out.
    ///
    /// # Errors
    ///
    /// If there is NUL among them, which no literal may have. The session is over then, since the
    /// server waits for octets that cannot come.
    pub fn literal(&mut self, octets: &[u8]) -> Result<(), Error> {
        if let Some(offset) = octets.iter().position(|b| *b == 0) {
            self.failed(Error::Abandoned("APPEND"));
            return Err(Error::Argument(EncodeError {
                argument: "message",
                offset,
                reason: Reason::Nul,
            }));
        }
        self.core.output.literal(octets);
        Ok(())
    }

    /// The buffer to append received octets to.
    pub fn receive_buffer(&mut self) -> &mut BytesMut {
        self.framer.buffer_mut()
    }

    /// How many octets of an announced literal have not been received; 0 where none is awaited. As many
    /// can be read at once.
    pub fn missing(&self) -> usize {
        self.framer.missing()
    }

    /// Has `read` append received octets to the buffer, which has room for what is missing of an
    /// announced literal, or for as much of it as has come; see [`Framer::feed_with`].
    pub fn receive_with<T>(&mut self, read: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        self.framer.feed_with(read)
    }

    /// Takes received octets.
    pub fn receive(&mut self, octets: &[u8]) {
        self.framer.feed(octets);
    }

    /// Says that the server closed the connection. What came before should be stepped through first.
    ///
    /// # Errors
    ///
    /// What the session is over with: the end that LOGOUT asked for is none.
    pub fn received_end(&mut self) -> Result<(), Error> {
        self.ended(Error::Closed)
    }

    /// Says that the connection came to its end, and why.
    pub(crate) fn ended(&mut self, cause: Error) -> Result<(), Error> {
        self.gathered.flush(&mut self.core)?;
        self.core.received_end(cause)
    }

    /// Says that the connection broke, and gives the error that the session is over with.
    pub fn failed(&mut self, error: Error) -> Error {
        match self.gathered.flush(&mut self.core) {
            Ok(()) => self.core.fail(error),
            Err(before) => before,
        }
    }

    /// The answer to a command, once it has come.
    ///
    /// After a fatal error every command that was in flight has that error for an answer.
    pub fn take<A: Answer>(&mut self, ticket: &Ticket<A>) -> Option<Result<A::Output, Error>> {
        self.core.take(ticket)
    }

    /// Says that nobody will take the answer to a command. It is thrown away when it comes.
    pub fn abandon<A: Answer>(&mut self, ticket: &Ticket<A>) {
        self.core.abandon(ticket.tag);
    }

    /// The next thing that the server said unasked.
    ///
    /// While a command waits for FETCH responses to keep, those that are not for it become events with the
    /// next response of another kind at the latest.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.core.events.pop()
    }

    /// The state of the connection, as far as the server told.
    pub fn state(&self) -> &State {
        &self.core.state
    }

    /// Whether the greeting has come and the capabilities are known: commands can be submitted.
    pub fn is_ready(&self) -> bool {
        let state = self.state();
        state.connection() != ConnectionState::Greeting && state.capabilities().is_some()
    }

    /// What the session is over with, if it is.
    pub fn fault(&self) -> Option<&Error> {
        self.core.fault.as_ref()
    }

    /// Octets received and not read yet. There must be none where TLS begins.
    pub fn unread(&self) -> usize {
        self.framer.pending()
    }

    /// Gives out the octets received and not read yet, which are something else than they seemed to
    /// be: compressed, after the server agreed to COMPRESS.
    pub fn take_unread(&mut self) -> Bytes {
        self.framer.take_rest()
    }

    /// Says that the connection is encrypted from the first octet. It changes no rule of the protocol,
    /// but which ways to log in are safe.
    pub fn set_encrypted(&mut self) {
        self.core.state.set_encrypted();
    }

    /// Says that TLS begins after STARTTLS: what the server said so far counts for nothing, since
    /// anybody on the way could have said it.
    pub fn secured(&mut self) {
        self.set_encrypted();
        self.core.state.set_capabilities(None);
        self.core.events.clear();
    }

    /// Ends the session if the server greeted with PREAUTH where TLS was to begin by STARTTLS, which is
    /// not possible any more then. Whoever is on the way could have said it, too.
    #[cfg(feature = "rustls")]
    pub(crate) fn expect_no_login(&mut self) -> Result<(), Error> {
        match self.state().connection() {
            ConnectionState::NotAuthenticated => Ok(()),
            _ => Err(self.failed(Error::PreAuth)),
        }
    }

    /// Shows each line that goes over the wire from now on.
    pub fn set_trace(&mut self, trace: Trace) {
        self.core.output.tracer = Some(Box::new(Tracer::new(&trace)));
    }

    /// From which size in octets literals for a command that wants its answers one by one are handed
    /// out in chunks; see [`Step::Literal`]. Nothing, the default, hands them out whole, and gives back
    /// the memory that chunks came through.
    pub fn set_stream_threshold(&mut self, octets: Option<usize>) {
        if octets.is_none() {
            self.give_memory_back();
        }
        self.framer.set_stream_threshold(octets);
    }

    /// Takes in one message, or a part of a large one.
    ///
    /// # Errors
    ///
    /// A fatal one: it is the answer of every command in flight, and of every later call.
    pub fn step(&mut self) -> Result<Step<'_>, Error> {
        if let Some(fault) = &self.core.fault {
            return Err(fault.clone());
        }
        match self.framer.poll() {
            Ok(None) => {
                // The memory of the last message can take the next ones.
                self.frame = Bytes::new();
                Ok(Step::NeedInput)
            }
            Ok(Some(Framed::Message(frame))) => {
                if let Some(tracer) = &mut self.core.output.tracer {
                    tracer.received_message(&frame);
                }
                self.message(frame)
            }
            Ok(Some(Framed::Head { head, .. })) => {
                self.trace(&head);
                self.head(&head)
            }
            Ok(Some(Framed::Chunk(chunk))) => {
                self.trace(&chunk);
                Ok(self.streaming.chunk(chunk))
            }
            Ok(Some(Framed::Tail(tail))) => {
                if let Some(tracer) = &mut self.core.output.tracer {
                    tracer.received_end(&tail);
                }
                let frame = self.streaming.finish(&tail);
                self.message(frame)
            }
            // Framers of clients give nothing else.
            Ok(Some(_)) => Ok(Step::Progress),
            Err(error) => {
                self.gathered.flush(&mut self.core)?;
                if error.is_fatal() {
                    return Err(self.core.fail(Error::Frame(error)));
                }
                self.streaming = Streaming::default();
                self.core.events.push(Event::TooLarge(error));
                Ok(Step::Progress)
            }
        }
    }

    /// Lets go of the memory that octets arrived in, if all were taken in.
    fn give_memory_back(&mut self) {
        self.frame = Bytes::new();
        self.framer.shrink();
    }

    /// Shows octets of a message of which more is to come.
    fn trace(&mut self, octets: &[u8]) {
        if let Some(tracer) = &mut self.core.output.tracer {
            tracer.received(octets);
        }
    }

    fn message(&mut self, frame: Bytes) -> Result<Step<'_>, Error> {
        if self.core.keeps_fetches() && Response::is_fetch(&frame) {
            self.gathered.push(&frame, &mut self.core)?;
            return Ok(Step::Progress);
        }
        self.gathered.flush(&mut self.core)?;
        self.frame = frame;
        self.arena.reset_within(ARENA_KEPT);
        if self.core.state.connection() == ConnectionState::Greeting {
            let greeting =
                Greeting::parse_with(&self.frame, &self.arena, self.core.state.parse_options());
            self.core.greeting(greeting, &self.frame)?;
            return Ok(Step::Progress);
        }
        let response =
            match Response::parse_with(&self.frame, &self.arena, self.core.state.parse_options()) {
                Ok(response) => response,
                Err(error) => {
                    self.core.unreadable(&self.frame, error)?;
                    return Ok(Step::Progress);
                }
            };
        match (self.core.response(&response, &self.frame)?, response) {
            (true, Response::Fetch(fetch)) => Ok(Step::Fetch(fetch)),
            _ => Ok(Step::Progress),
        }
    }

    /// The head of a message with a large literal: handed out if a command wants it so.
    fn head(&mut self, head: &Bytes) -> Result<Step<'_>, Error> {
        self.frame = self.streaming.head(head);
        self.arena.reset_within(ARENA_KEPT);
        match Response::parse_with(&self.frame, &self.arena, self.core.state.parse_options()) {
            Ok(Response::Fetch(fetch)) => {
                let fate = self.core.fate(&fetch);
                self.streaming.decide(fate, head);
                Ok(match fate {
                    Fate::HandedOut => Step::Head(fetch),
                    Fate::Collected | Fate::Discarded => Step::Progress,
                })
            }
            _ => {
                self.streaming.decide(Fate::Collected, head);
                Ok(Step::Progress)
            }
        }
    }
}

/// Octets that the arena may keep between messages.
const ARENA_KEPT: usize = 64 << 10;

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("state", &self.core.state)
            .field("fault", &self.core.fault)
            .finish_non_exhaustive()
    }
}
