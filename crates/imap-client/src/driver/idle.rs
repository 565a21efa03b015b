//! Waiting for news: what both drivers do alike.

use std::time::{Duration, Instant};

use crate::error::Error;
use crate::exchange::DoneAnswer;
use crate::session::{Event, Session, Ticket};

/// What came of waiting in IDLE.
#[derive(Debug)]
#[non_exhaustive]
pub enum Idled {
    /// The time passed, and there was no news.
    Elapsed,
    /// The server ended IDLE by itself. There is no more to wait for; IDLE can be begun again.
    Ended,
    /// News.
    Event(Event),
}

/// An IDLE that begins anew before the server loses patience.
#[derive(Debug)]
pub(super) struct Idling {
    /// The command in flight; nothing once the server has ended it.
    ticket: Option<Ticket<DoneAnswer>>,
    /// It ends because it is to begin anew.
    restarts: bool,
    /// Since when the server owes an answer, if it does.
    since: Instant,
}

impl Idling {
    pub(super) fn start(session: &mut Session, now: Instant) -> Result<Self, Error> {
        Ok(Self {
            ticket: Some(session.idle(now)?),
            restarts: false,
            since: now,
        })
    }

    /// What there is to tell; if nothing, octets have to be waited for until [`Idling::deadline`].
    pub(super) fn poll(
        &mut self,
        session: &mut Session,
        now: Instant,
    ) -> Result<Option<Idled>, Error> {
        if let Some(event) = session.poll_event() {
            return Ok(Some(Idled::Event(event)));
        }
        let Some(ticket) = &self.ticket else {
            return session
                .fault()
                .map_or(Ok(Some(Idled::Ended)), |fault| Err(fault.clone()));
        };
        if let Some(answer) = session.take(ticket) {
            self.ticket = None;
            answer?;
            if !self.restarts {
                return Ok(Some(Idled::Ended));
            }
            *self = Self::start(session, now)?;
        }
        if session.handle_timeout(now) {
            self.restarts = true;
            self.since = now;
        }
        Ok(None)
    }

    /// Until when to wait for octets.
    pub(super) fn deadline(
        &self,
        session: &Session,
        patience: Option<Duration>,
    ) -> Option<Instant> {
        if session.is_idle_answer_due() {
            patience.map(|patience| self.since + patience)
        } else {
            session.poll_timeout()
        }
    }

    /// Nothing came until the deadline: an error if the server owes an answer.
    pub(super) fn check(
        &self,
        session: &mut Session,
        now: Instant,
        patience: Option<Duration>,
    ) -> Result<(), Error> {
        let late = patience.is_some_and(|patience| now >= self.since + patience);
        if session.is_idle_answer_due() && late {
            return Err(session.failed(Error::Timeout));
        }
        Ok(())
    }

    /// Ends it; the ticket tells when the server has agreed.
    pub(super) fn end(&mut self, session: &mut Session) -> Option<Ticket<DoneAnswer>> {
        session.end_idle();
        self.ticket.take()
    }
}
