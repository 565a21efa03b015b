//! A command that runs.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::Tokio;
use crate::error::Error;
use crate::exchange::Answer;
use crate::session::{Session, Ticket};

/// The future of an answer.
///
/// The command was submitted already; polling sends it and waits. Dropping it leaves the session
/// usable: the answer is thrown away when it comes.
#[must_use = "futures do nothing unless awaited"]
pub struct Run<'a, A: Answer> {
    driver: &'a mut Tokio,
    session: &'a mut Session,
    /// The command, or why it was not submitted; nothing once that was told.
    ticket: Option<Result<Ticket<A>, Error>>,
}

impl<'a, A: Answer> Run<'a, A> {
    pub(super) fn new(
        driver: &'a mut Tokio,
        session: &'a mut Session,
        ticket: Result<Ticket<A>, Error>,
    ) -> Self {
        Self {
            driver,
            session,
            ticket: Some(ticket),
        }
    }
}

impl<A: Answer> Future for Run<'_, A> {
    type Output = Result<A::Output, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let done = match &this.ticket {
            Some(Ok(ticket)) => this
                .driver
                .poll_drive(this.session, ticket, cx, &mut |_| Ok(())),
            Some(Err(error)) => Poll::Ready(Err(error.clone())),
            None => return Poll::Pending,
        };
        if done.is_ready() {
            this.ticket = None;
        }
        done
    }
}

impl<A: Answer> Drop for Run<'_, A> {
    fn drop(&mut self) {
        if let Some(Ok(ticket)) = &self.ticket {
            self.session.abandon(ticket);
        }
    }
}

impl<A: Answer> fmt::Debug for Run<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Run").field(&self.ticket).finish()
    }
}

/// A command that is given up if it is dropped before it is done.
pub(super) struct Abandon<'a, A: Answer> {
    session: &'a mut Session,
    ticket: Ticket<A>,
    is_done: bool,
}

impl<'a, A: Answer> Abandon<'a, A> {
    pub(super) fn new(session: &'a mut Session, ticket: Ticket<A>) -> Self {
        Self {
            session,
            ticket,
            is_done: false,
        }
    }

    pub(super) fn parts(&mut self) -> (&mut Session, &Ticket<A>) {
        (self.session, &self.ticket)
    }

    pub(super) fn done(&mut self) {
        self.is_done = true;
    }
}

impl<A: Answer> Drop for Abandon<'_, A> {
    fn drop(&mut self) {
        if !self.is_done {
            self.session.abandon(&self.ticket);
        }
    }
}
