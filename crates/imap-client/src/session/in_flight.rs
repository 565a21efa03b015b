//! Commands whose answers have not come.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use imap_codec::Encode;
use imap_proto::response::{ContinuationRequest, Fetch, StatusResponse};
use imap_proto::{FetchBatch, Response};

use crate::error::{Error, Refusal};
use crate::exchange::{Absorbed, Answer, Claim, Reply, Rules};
use crate::state::State;

/// Stands for a command that was submitted; [`Session::take`](super::Session::take) gives its answer.
pub struct Ticket<A> {
    pub(super) tag: u64,
    answer: PhantomData<fn() -> A>,
}

impl<A> Ticket<A> {
    pub(super) fn new(tag: u64) -> Self {
        Self {
            tag,
            answer: PhantomData,
        }
    }
}

impl<A> fmt::Debug for Ticket<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({})", self.tag)
    }
}

/// A command that was submitted and has no answer yet.
pub(super) struct InFlight {
    /// What the command that was sent last for the answer has.
    pub(super) tag: u64,
    /// What the first command had, by which the answer is taken.
    pub(super) ticket: u64,
    pub(super) rules: Rules,
    /// Nobody will take the answer.
    pub(super) abandoned: bool,
    /// FETCH responses that come are gathered and read together.
    pub(super) keeps_fetches: bool,
    /// The answers of earlier commands that are held back until this command is done.
    pub(super) releases: Vec<Done>,
    /// Octets of the responses that the answer has taken in.
    pub(super) collected: u64,
    answer: Box<dyn Erased>,
}

impl InFlight {
    pub(super) fn new<A: Answer>(tag: u64, rules: Rules, answer: A) -> Self {
        Self {
            tag,
            ticket: tag,
            rules,
            abandoned: false,
            keeps_fetches: A::KEEPS_FETCHES,
            releases: Vec::new(),
            collected: 0,
            answer: Box::new(answer),
        }
    }

    pub(super) fn claim(&self, fetch: &Fetch<'_>, state: &State) -> Claim {
        self.answer.claim(fetch, state)
    }

    /// Takes responses that it claimed, of so many octets.
    pub(super) fn keep(&mut self, batch: FetchBatch, octets: usize) {
        self.collected += octets as u64;
        if !self.abandoned {
            self.answer.keep(batch);
        }
    }

    pub(super) fn absorb(
        &mut self,
        response: &Response<'_>,
        frame: &Bytes,
        state: &State,
    ) -> Absorbed {
        let absorbed = self.answer.absorb(response, frame, state);
        if absorbed == Absorbed::Taken {
            self.collected += frame.len() as u64;
        }
        absorbed
    }

    pub(super) fn reply(&mut self, request: &ContinuationRequest<'_>) -> Reply {
        self.answer.reply(request)
    }

    pub(super) fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        self.answer.next(status)
    }

    /// The answer of a command that could not go on.
    pub(super) fn fail(self, error: Error) -> (Done, Vec<Done>) {
        (
            Done {
                tag: self.ticket,
                rules: self.rules,
                result: Err(error),
            },
            self.releases,
        )
    }

    pub(super) fn refused(mut self, refusal: Refusal, state: &mut State) -> (Done, Vec<Done>) {
        let error = self.answer.refused(refusal, state);
        self.fail(error)
    }

    pub(super) fn finish(
        self,
        status: &StatusResponse<'_>,
        state: &mut State,
    ) -> (Done, Vec<Done>) {
        let result = self.answer.finish(status, state);
        (
            Done {
                tag: self.ticket,
                rules: self.rules,
                result,
            },
            self.releases,
        )
    }
}

/// An answer that was not taken yet.
pub(super) struct Done {
    pub(super) tag: u64,
    pub(super) rules: Rules,
    pub(super) result: Result<Box<dyn Any + Send>, Error>,
}

impl Done {
    /// The error after which the session cannot go on.
    pub(super) fn fatal(&self) -> Option<Error> {
        self.result
            .as_ref()
            .err()
            .filter(|error| error.is_fatal())
            .cloned()
    }

    pub(super) fn into_output<A: Answer>(self) -> Result<A::Output, Error> {
        match self.result?.downcast::<A::Output>() {
            Ok(output) => Ok(*output),
            Err(_) => Err(Error::Protocol("answer of another type")),
        }
    }
}

/// An [`Answer`] whose type only its ticket knows.
trait Erased: Send {
    fn claim(&self, fetch: &Fetch<'_>, state: &State) -> Claim;
    fn keep(&mut self, batch: FetchBatch);
    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed;
    fn reply(&mut self, request: &ContinuationRequest<'_>) -> Reply;
    fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>>;
    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error;
    fn finish(
        self: Box<Self>,
        status: &StatusResponse<'_>,
        state: &mut State,
    ) -> Result<Box<dyn Any + Send>, Error>;
}

impl<A: Answer> Erased for A {
    fn claim(&self, fetch: &Fetch<'_>, state: &State) -> Claim {
        Answer::claim(self, fetch, state)
    }

    fn keep(&mut self, batch: FetchBatch) {
        Answer::keep(self, batch);
    }

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        Answer::absorb(self, response, frame, state)
    }

    fn reply(&mut self, request: &ContinuationRequest<'_>) -> Reply {
        Answer::reply(self, request)
    }

    fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        Answer::next(self, status)
    }

    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error {
        Answer::refused(self, refusal, state)
    }

    fn finish(
        self: Box<Self>,
        status: &StatusResponse<'_>,
        state: &mut State,
    ) -> Result<Box<dyn Any + Send>, Error> {
        Answer::finish(*self, status, state)
            .map(|output| -> Box<dyn Any + Send> { Box::new(output) })
    }
}
