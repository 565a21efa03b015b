//! Commands, answers and state: all of a session but its octets.

use std::collections::VecDeque;
use std::time::Instant;

use bytes::Bytes;
use imap_codec::{Encode, encode_command};
use imap_proto::response::{ContinuationRequest, Greeting, GreetingStatus, Status, StatusResponse};
use imap_proto::{Code, Options, ParseError, Response, Tag, Text};
use zeroize::Zeroize as _;

use super::event::{Event, Events};
use super::idle::Idling;
use super::in_flight::{Done, InFlight, Ticket};
use super::output::{Output, Queued};
use super::{OwnedFetch, SessionOptions};
use crate::error::{Error, Refusal, Unreadable};
use crate::exchange::idle::Idle;
use crate::exchange::{Answer, Ask, DoneAnswer, Exchange, Reply};
use crate::state::{Capabilities, ConnectionState, State};

pub(super) struct Core {
    pub(super) state: State,
    pub(super) output: Output,
    pub(super) events: Events,
    pub(super) fault: Option<Error>,
    pub(super) idling: Option<Idling>,
    pub(super) in_flight: VecDeque<InFlight>,
    done: Vec<Done>,
    last_tag: u64,
    pub(super) max_answer: u64,
    /// The connection has ended.
    ended: bool,
}

impl Core {
    pub(super) fn new(options: &SessionOptions) -> Self {
        Self {
            state: State::new(
                Options::lenient()
                    .with_limits(options.limits)
                    .with_quirks(options.quirks),
            ),
            output: Output::default(),
            events: Events::new(options.max_events, options.max_event_octets),
            max_answer: options.max_answer,
            fault: None,
            idling: None,
            in_flight: VecDeque::new(),
            done: Vec::new(),
            last_tag: 0,
            ended: false,
        }
    }

    pub(super) fn submit<C: Exchange + ?Sized>(
        &mut self,
        command: &C,
    ) -> Result<Ticket<C::Answer>, Error> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let rules = command.rules();
        let state = self.state.connection();
        if !rules.allows(state) {
            return Err(Error::State {
                command: rules.name(),
                state,
            });
        }
        command.check(&self.state)?;
        let ticket = self.enqueue(command)?;
        // It could not be told from DONE before that was said.
        self.end_idle();
        Ok(ticket)
    }

    pub(super) fn idle(&mut self, deadline: Instant) -> Result<Ticket<DoneAnswer>, Error> {
        let ticket = self.submit(&Idle)?;
        self.idling = Some(Idling::new(ticket.tag, deadline));
        Ok(ticket)
    }

    pub(super) fn end_idle(&mut self) {
        if self.idling.as_mut().is_some_and(Idling::end) {
            self.output.reply(DONE);
        }
    }

    fn enqueue<C: Exchange + ?Sized>(&mut self, command: &C) -> Result<Ticket<C::Answer>, Error> {
        let number = self.last_tag + 1;
        let tag = tag_text(number);
        // cannot fail: a letter and digits
        let tag = Tag::new(&tag).map_err(|_| Error::Protocol("tag"))?;
        let encoded = command.encode_tagged(tag, self.state.encode_options())?;
        self.last_tag = number;
        self.output.push(Queued::new(
            number,
            encoded,
            command.rules(),
            command.streamed(),
        ));
        self.in_flight
            .push_back(InFlight::new(number, command.rules(), command.answer()));
        self.output.start(&self.in_flight);
        Ok(Ticket::new(number))
    }

    pub(super) fn take<A: Answer>(
        &mut self,
        ticket: &Ticket<A>,
    ) -> Option<Result<A::Output, Error>> {
        if let Some(index) = self.done.iter().position(|done| done.tag == ticket.tag) {
            return Some(self.done.swap_remove(index).into_output::<A>());
        }
        let fault = self.fault.clone()?;
        self.in_flight
            .retain(|command| command.ticket != ticket.tag);
        Some(Err(fault))
    }

    pub(super) fn abandon(&mut self, tag: u64) {
        let answered = self.done.extract_if(.., |done| done.tag == tag).next();
        let command = self
            .in_flight
            .iter_mut()
            .find(|command| command.ticket == tag);
        let rules = match (answered, command) {
            (Some(done), _) => done.rules,
            (None, Some(command)) => {
                command.abandoned = true;
                command.rules
            }
            (None, None) => return,
        };
        if rules.changes_octets() || self.output.is_streaming(tag) {
            self.fail(Error::Abandoned(rules.name()));
        }
    }

    /// Ends the session with an error, which it will give for ever.
    pub(super) fn fail(&mut self, error: Error) -> Error {
        self.state.set_connection(ConnectionState::Logout);
        self.output.clear();
        self.idling = None;
        self.fault.get_or_insert(error).clone()
    }

    pub(super) fn received_end(&mut self, cause: Error) -> Result<(), Error> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        self.end_logout();
        let is_wanted = self.state.connection() == ConnectionState::Logout && !self.ended;
        self.ended = true;
        if is_wanted && self.in_flight.is_empty() {
            return Ok(());
        }
        // Whoever waits for more than LOGOUT waits in vain.
        let error = self.fail(cause);
        if is_wanted { Ok(()) } else { Err(error) }
    }

    /// Answers LOGOUT without the server's last word: the end of the connection says as much, and some
    /// servers say nothing but BYE, again and again.
    fn end_logout(&mut self) {
        let logout = self
            .in_flight
            .iter()
            .position(|command| command.rules.ends_session());
        if let Some(command) = logout.and_then(|index| self.in_flight.remove(index)) {
            let text = Text::default();
            let status = StatusResponse {
                tag: None,
                status: Status::Ok,
                code: None,
                text,
            };
            let abandoned = command.abandoned;
            let (done, _) = command.finish(&status, &mut self.state);
            self.done.extend((!abandoned).then_some(done));
        }
    }

    pub(super) fn greeting(
        &mut self,
        greeting: Result<Greeting<'_>, ParseError>,
        frame: &Bytes,
    ) -> Result<(), Error> {
        let Greeting { status, code, text } =
            greeting.map_err(|error| self.fail(self.unwelcome(frame, error)))?;
        self.state.set_greeting(&text.to_str_lossy());
        self.state.set_capabilities(named_capabilities(code));
        match status {
            GreetingStatus::Ok => self.state.set_connection(ConnectionState::NotAuthenticated),
            GreetingStatus::PreAuth => self.state.set_connection(ConnectionState::Authenticated),
            GreetingStatus::Bye => return Err(self.fail(self.bye(frame))),
        }
        if self.state.capabilities().is_none() {
            self.ask_capabilities(None)?;
        }
        Ok(())
    }

    /// Asks what the server can do, and holds an answer back until that is known.
    fn ask_capabilities(&mut self, held: Option<Done>) -> Result<(), Error> {
        let ticket = self.enqueue(&Ask::CAPABILITY)?;
        self.abandon(ticket.tag);
        if let Some(command) = self.in_flight.back_mut() {
            command.releases.extend(held);
        }
        Ok(())
    }

    /// Takes a response, and tells whether it is to be handed out.
    pub(super) fn response(
        &mut self,
        response: &Response<'_>,
        frame: &Bytes,
    ) -> Result<bool, Error> {
        match response {
            Response::Status(status @ StatusResponse { tag: Some(tag), .. }) => {
                self.tagged(*tag, status, frame).map(|()| false)
            }
            Response::Continue(request) => {
                self.continuation(request);
                Ok(false)
            }
            _ => {
                self.update_state(response);
                self.offer(response, frame)
            }
        }
    }

    pub(super) fn update_state(&mut self, response: &Response<'_>) {
        // Behind a SELECT, what comes is about the mailbox that it selects.
        let selects =
            |command: &InFlight| command.rules.selects() && self.output.went_out(command.tag);
        if !self.in_flight.iter().any(selects)
            && let Some(selected) = self.state.selected_mut()
        {
            selected.update(response);
            selected.update_messages(response);
        }
        let capabilities = match response {
            Response::Capability(named) => Some(named.iter().copied().collect()),
            Response::Status(status) => named_capabilities(status.code),
            _ => None,
        };
        if capabilities.is_some() {
            self.state.set_capabilities(capabilities);
        }
    }

    /// What no command wants: an event, or the end.
    pub(super) fn unasked(&mut self, response: &Response<'_>, frame: &Bytes) -> Result<(), Error> {
        let event = match response {
            Response::Status(status) if status.status == Status::Bye => {
                self.end_logout();
                return match self.state.connection() {
                    ConnectionState::Logout => Ok(()),
                    _ => Err(self.fail(self.bye(frame))),
                };
            }
            Response::Status(StatusResponse {
                code: Some(Code::Alert),
                text,
                ..
            }) => Event::Alert(text.to_str_lossy().into_owned()),
            Response::Exists(n) => Event::Exists(*n),
            Response::Expunge(seq) => Event::Expunge(*seq),
            Response::Recent(n) => Event::Recent(*n),
            Response::Vanished(vanished) => Event::Vanished {
                earlier: vanished.earlier,
                uids: vanished.uids.into(),
            },
            Response::Flags(flags) => Event::Flags(flags.iter().collect()),
            _ => self.owned_event(frame),
        };
        self.events.push(event);
        Ok(())
    }

    /// The server asks for the rest of a command, or for a reply to a challenge.
    fn continuation(&mut self, request: &ContinuationRequest<'_>) {
        if self.output.resume() {
            self.output.start(&self.in_flight);
            return;
        }
        if let Some(idling) = &mut self.idling
            && self.output.went_out(idling.tag)
        {
            if idling.confirm() {
                self.output.reply(DONE);
            }
            return;
        }
        for command in &mut self.in_flight {
            if !self.output.went_out(command.tag) {
                continue;
            }
            if let Reply::Send(mut octets) = command.reply(request) {
                self.output.reply(&octets);
                octets.zeroize();
                return;
            }
        }
    }

    /// The end of a command.
    fn tagged(
        &mut self,
        tag: Tag<'_>,
        status: &StatusResponse<'_>,
        frame: &Bytes,
    ) -> Result<(), Error> {
        let is_ok = status.status == Status::Ok;
        let answered = self.position(tag).filter(|index| {
            let tag = self.in_flight.get(*index).map(|command| command.tag);
            tag.is_some_and(|tag| self.output.can_be_answered(tag, is_ok))
        });
        let Some(mut command) = answered.and_then(|index| self.in_flight.remove(index)) else {
            return Err(self.fail(Error::Protocol("tagged response to a command not sent")));
        };
        self.output.cancel(command.tag);
        self.idling.take_if(|idling| idling.tag == command.tag);
        let abandoned = command.abandoned;
        let asked = command.rules.asks_capabilities();
        let known = self.state.capabilities().is_some();
        if status.code == Some(Code::Alert) {
            self.events
                .push(Event::Alert(status.text.to_str_lossy().into_owned()));
        }
        if status.code.is_some_and(is_news) {
            let event = self.owned_event(frame);
            self.events.push(event);
        }
        if is_ok && let Some(next) = command.next(status) {
            self.command_ended(status);
            self.go_on(command, &*next);
            return Ok(());
        }
        let (done, releases) = if is_ok {
            command.finish(status, &mut self.state)
        } else {
            // cannot fail: it was read before, with the same options
            let Some(refusal) = self.refusal(frame) else {
                return Err(self.fail(Error::Protocol("refusal that is none")));
            };
            command.refused(refusal, &mut self.state)
        };
        if let Some(error) = done.fatal() {
            return Err(self.fail(error));
        }
        self.command_ended(status);
        if asked && self.state.capabilities().is_none() {
            // A server that does not tell is taken to have none.
            self.state.set_capabilities(Some(Capabilities::default()));
        }
        self.done.extend(releases);
        let done = (!abandoned).then_some(done);
        if known && self.state.capabilities().is_none() {
            self.ask_capabilities(done)?;
        } else {
            self.done.extend(done);
        }
        self.output.start(&self.in_flight);
        Ok(())
    }

    fn command_ended(&mut self, status: &StatusResponse<'_>) {
        self.update_state(&Response::Status(*status));
        if let Some(selected) = self.state.selected_mut() {
            selected.command_ended();
        }
    }

    /// Sends the next of several commands that have one answer, before all that wait.
    fn go_on(&mut self, mut command: InFlight, next: &dyn Encode) {
        let number = self.last_tag + 1;
        let text = tag_text(number);
        // cannot fail: a letter and digits
        let tag = Tag::new(&text).map_err(|_| Error::Protocol("tag"));
        let options = self.state.encode_options();
        match tag.and_then(|tag| Ok(encode_command(tag, next, options)?)) {
            Ok(encoded) => {
                self.last_tag = number;
                command.tag = number;
                let queued = Queued::new(number, encoded, command.rules, None);
                self.output.push_next(queued);
                self.in_flight.push_front(command);
            }
            Err(error) => {
                let abandoned = command.abandoned;
                let (done, releases) = command.fail(error);
                self.done.extend(releases);
                self.done.extend((!abandoned).then_some(done));
            }
        }
        self.output.start(&self.in_flight);
    }

    /// A line that cannot be read: fatal if it ends a command, else an event.
    pub(super) fn unreadable(&mut self, frame: &Bytes, error: ParseError) -> Result<(), Error> {
        if matches!(&frame[..], b"\r\n" | b"\n") {
            return Ok(());
        }
        let unreadable = Unreadable {
            frame: frame.clone(),
            error,
        };
        match Tag::of_line(frame).and_then(|tag| self.position(tag)) {
            Some(_) => Err(self.fail(Error::Parse(unreadable))),
            None => {
                self.events.push(Event::Unreadable(unreadable));
                Ok(())
            }
        }
    }

    /// A response that nobody asked for, for keeps.
    fn owned_event(&self, frame: &Bytes) -> Event {
        match self.state.read(frame) {
            Ok(response) => match OwnedFetch::new(response) {
                Ok(fetch) => Event::Fetch(fetch),
                Err(other) => Event::Response(other),
            },
            Err(error) => Event::Unreadable(Unreadable {
                frame: frame.clone(),
                error,
            }),
        }
    }

    /// The end that the server announced.
    fn bye(&self, frame: &[u8]) -> Error {
        self.refusal(frame).map_or(Error::Closed, Error::Bye)
    }

    /// The end that comes instead of a greeting.
    fn unwelcome(&self, frame: &Bytes, error: ParseError) -> Error {
        let refusal = self
            .refusal(frame)
            .filter(|refusal| matches!(refusal.status(), Status::Bad | Status::No));
        match refusal {
            Some(refusal) => Error::Unwelcome(refusal),
            None => Error::Greeting(Unreadable {
                frame: frame.clone(),
                error,
            }),
        }
    }

    fn refusal(&self, frame: &[u8]) -> Option<Refusal> {
        Refusal::new(self.state.read(frame).ok()?)
    }

    /// Which of the commands in flight has the tag.
    fn position(&self, tag: Tag<'_>) -> Option<usize> {
        self.in_flight
            .iter()
            .position(|command| is_tag_of(command.tag, tag))
    }
}

/// The line that ends IDLE.
const DONE: &[u8] = b"DONE\r\n";

/// Whether a code says something at the end of a command that no answer has a place for.
fn is_news(code: Code<'_>) -> bool {
    matches!(
        code,
        Code::ExpungeIssued | Code::MessageLimit(_) | Code::Other(_)
    )
}

/// The tag of a number: `A17`.
fn tag_text(number: u64) -> String {
    [TAG_PREFIX, itoa::Buffer::new().format(number)].concat()
}

/// Whether a tag is that of a number.
pub(super) fn is_tag_of(number: u64, tag: Tag<'_>) -> bool {
    tag.as_str().strip_prefix(TAG_PREFIX) == Some(itoa::Buffer::new().format(number))
}

/// What tags begin with.
const TAG_PREFIX: &str = "A";

/// What a server names in a response code.
fn named_capabilities(code: Option<Code<'_>>) -> Option<Capabilities> {
    match code {
        Some(Code::Capability(named)) => Some(named.iter().copied().collect()),
        _ => None,
    }
}
