//! Whom a response belongs to.

use bytes::Bytes;
use imap_proto::response::Fetch;
use imap_proto::{Code, FetchBatch, Response, Tag};

use super::core::{Core, is_tag_of};
use super::gather::kept;
use super::in_flight::InFlight;
use super::stream::Fate;
use crate::error::Error;
use crate::exchange::{Absorbed, Claim};

impl Core {
    /// Whether FETCH responses are kept by a command, so that they may wait to be read together.
    pub(super) fn keeps_fetches(&self) -> bool {
        self.asked().any(|(_, command)| command.keeps_fetches)
    }

    /// What becomes of the literal in chunks behind the head of a response.
    pub(super) fn fate(&self, head: &Fetch<'_>) -> Fate {
        match self.claimant(head) {
            Some((_, command, Claim::Streamed)) if command.abandoned => Fate::Discarded,
            Some((_, _, Claim::Streamed)) => Fate::HandedOut,
            _ => Fate::Collected,
        }
    }

    /// Offers a response to the commands in flight, and tells whether it is to be handed out. What no
    /// command takes becomes an event.
    pub(super) fn offer(&mut self, response: &Response<'_>, frame: &Bytes) -> Result<bool, Error> {
        if let Response::Fetch(fetch) = response
            && let Some((index, command, claim)) = self.claimant(fetch)
        {
            // Nobody waits for it any longer if it was abandoned, and it must not be taken for
            // another command's.
            let handed_out = claim == Claim::Streamed && !command.abandoned;
            if claim == Claim::Kept {
                let (ends, options) = ([frame.len()], self.state.parse_options());
                // cannot fail: it was read before, with the same options
                let batch = FetchBatch::read(kept(frame), &ends, 0, options, |_, _| {});
                self.keep(index, batch, frame.len())?;
            }
            return Ok(handed_out);
        }
        match self.absorber(response, frame) {
            Some(index) => self.check_size(index)?,
            None => self.unasked(response, frame)?,
        }
        Ok(false)
    }

    /// Takes FETCH responses that came one behind the other, and reads them together; `ends` says
    /// where each of them ends, and `room` about how many octets their values take. Gives how many
    /// these were.
    pub(super) fn fetches(
        &mut self,
        octets: &Bytes,
        ends: &[usize],
        room: usize,
    ) -> Result<usize, Error> {
        let mut unread = Vec::new();
        let options = self.state.parse_options();
        let mut batch = FetchBatch::read(octets.clone(), ends, room, options, |index, error| {
            unread.push((index, error));
        });
        let values = batch.values();
        let mut unread = unread.into_iter().peekable();
        let mut fetches = batch.as_slice().iter();
        let mut sorted = Sorted::default();
        let mut start = 0;
        for (index, end) in ends.iter().enumerate() {
            let range = start..*end;
            start = *end;
            if let Some((_, error)) = unread.next_if(|(at, _)| *at == index) {
                self.unreadable(&octets.slice(range), error)?;
            } else if let Some(fetch) = fetches.next() {
                let at = batch.len() - fetches.len() - 1;
                self.sort(at, fetch, || octets.slice(range), &mut sorted)?;
            }
        }
        if let Some(keeper) = sorted.keeper {
            if !sorted.others.is_empty() {
                batch.retain(|at| sorted.others.binary_search(&at).is_err());
            }
            self.keep(keeper, batch, octets.len())?;
        }
        Ok(values)
    }

    /// Sees whom one of several FETCH responses that were read together belongs to.
    fn sort(
        &mut self,
        at: usize,
        fetch: &Fetch<'_>,
        frame: impl FnOnce() -> Bytes,
        sorted: &mut Sorted,
    ) -> Result<(), Error> {
        let response = Response::Fetch(*fetch);
        self.update_state(&response);
        match self.claimant(fetch) {
            Some((index, _, Claim::Kept)) if sorted.keeper.is_none_or(|keeper| keeper == index) => {
                sorted.keeper = Some(index);
                Ok(())
            }
            _ => {
                sorted.others.push(at);
                self.offer(&response, &frame()).map(|_| ())
            }
        }
    }

    /// Gives FETCH responses to the command that claimed them.
    fn keep(&mut self, index: usize, batch: FetchBatch, octets: usize) -> Result<(), Error> {
        if let Some(command) = self.in_flight.get_mut(index) {
            command.keep(batch, octets);
        }
        self.check_size(index)
    }

    /// Ends the session if the answer to a command has become too large.
    fn check_size(&mut self, index: usize) -> Result<(), Error> {
        match self.in_flight.get(index) {
            Some(command) if command.collected > self.max_answer => {
                let name = command.rules.name();
                Err(self.fail(Error::TooLarge(name)))
            }
            _ => Ok(()),
        }
    }

    /// The command in flight that claims a FETCH response, and for what: the oldest is asked first.
    fn claimant(&self, fetch: &Fetch<'_>) -> Option<(usize, &InFlight, Claim)> {
        self.asked()
            .find_map(|(index, command)| match command.claim(fetch, &self.state) {
                Claim::None => None,
                claim => Some((index, command, claim)),
            })
    }

    /// The command in flight that took a response in: the oldest is asked first; if the response names
    /// the tag of its command, that command only.
    fn absorber(&mut self, response: &Response<'_>, frame: &Bytes) -> Option<usize> {
        let named = named_tag(response);
        for (index, command) in self.in_flight.iter_mut().enumerate() {
            let is_other = named.is_some_and(|tag| !is_tag_of(command.tag, tag));
            if is_other || !self.output.went_out(command.tag) {
                continue;
            }
            if command.absorb(response, frame, &self.state) == Absorbed::Taken {
                return Some(index);
            }
        }
        None
    }

    /// The commands that the server has been asked, so that what comes can belong to them.
    fn asked(&self) -> impl Iterator<Item = (usize, &InFlight)> {
        let commands = self.in_flight.iter().enumerate();
        commands.filter(|(_, command)| self.output.went_out(command.tag))
    }
}

/// Whom FETCH responses that were read together belong to.
#[derive(Default)]
struct Sorted {
    /// The command that keeps them.
    keeper: Option<usize>,
    /// Those that it does not keep, by their indexes.
    others: Vec<usize>,
}

/// The tag of the command that an untagged response says it belongs to.
fn named_tag<'a>(response: &Response<'a>) -> Option<Tag<'a>> {
    match response {
        Response::Esearch(esearch) => esearch.tag(),
        Response::UidEsearch(esearch) => esearch.tag(),
        Response::Status(status) => match status.code {
            Some(Code::NoUpdate(tag)) => Some(tag),
            _ => None,
        },
        _ => None,
    }
}
