//! Waiting for news.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::tokio::time::{Instant, Sleep, sleep_until, timeout};
use futures_core::Stream;

use super::Client;
use crate::driver::Idled;
use crate::driver::idle::Idling;
use crate::error::Error;
use crate::session::Event;

impl Client {
    /// Lets the server tell its news as they come, by IDLE.
    ///
    /// The client is borrowed until [`Idle::done`], or until the [`Idle`] is dropped: then IDLE ends
    /// with the next command. Every 28 minutes it ends and begins anew by itself.
    ///
    /// # Errors
    ///
    /// If the server does not offer IDLE, or the state does not allow it. A refusal is told by
    /// [`Idle::wait`].
    ///
    /// [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177)
    pub fn idle(&mut self) -> Result<Idle<'_>, Error> {
        let idling = Idling::start(&mut self.session, Instant::now().into_std())?;
        Ok(Idle {
            client: self,
            idling,
            sleep: None,
        })
    }

    /// Waits for something that the server says unasked, without IDLE: some servers do, above all after
    /// NOTIFY. A future that is dropped loses nothing.
    ///
    /// # Errors
    ///
    /// If the session ends.
    pub async fn wait_event(&mut self) -> Result<Event, Error> {
        let Self { session, driver } = self;
        poll_fn(|cx| {
            loop {
                if let Some(event) = session.poll_event() {
                    return Poll::Ready(Ok(event));
                }
                ready!(driver.poll_turn(session, cx, &mut |_| Ok(())))?;
            }
        })
        .await
    }
}

/// An IDLE that goes on: see [`Client::idle`].
///
/// It is a [`Stream`] of events, too, which ends when the server ends IDLE by itself.
#[derive(Debug)]
#[must_use = "IDLE ends when this is dropped"]
pub struct Idle<'a> {
    client: &'a mut Client,
    idling: Idling,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Idle<'_> {
    /// Waits for news. A future that is dropped loses nothing.
    ///
    /// # Errors
    ///
    /// If the server refuses IDLE, or the session ends.
    pub async fn wait(&mut self) -> Result<Idled, Error> {
        poll_fn(|cx| self.poll_wait(cx)).await
    }

    /// Waits for news, for so long at most.
    ///
    /// # Errors
    ///
    /// If the server refuses IDLE, or the session ends.
    pub async fn wait_for(&mut self, time: Duration) -> Result<Idled, Error> {
        match timeout(time, self.wait()).await {
            Ok(idled) => idled,
            Err(_) => Ok(Idled::Elapsed),
        }
    }

    /// Ends IDLE, so that the client can be used for something else. News that came meanwhile are with
    /// the client.
    ///
    /// # Errors
    ///
    /// If the server refused IDLE, or the session ends.
    pub async fn done(mut self) -> Result<(), Error> {
        let Client { session, driver } = &mut *self.client;
        let Some(ticket) = self.idling.end(session) else {
            return Ok(());
        };
        super::Run::new(driver, session, Ok(ticket)).await
    }

    fn poll_wait(&mut self, cx: &mut Context<'_>) -> Poll<Result<Idled, Error>> {
        let Client { session, driver } = &mut *self.client;
        let patience = driver.read_timeout;
        loop {
            let now = Instant::now();
            if let Some(idled) = self.idling.poll(session, now.into_std())? {
                return Poll::Ready(Ok(idled));
            }
            if let Poll::Ready(result) = driver.poll_turn(session, cx, &mut |_| Ok(())) {
                result?;
                continue;
            }
            driver.rest(session);
            let Some(deadline) = self.idling.deadline(session, patience) else {
                return Poll::Pending;
            };
            let deadline = Instant::from_std(deadline);
            let sleep = self
                .sleep
                .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
            if sleep.deadline() != deadline {
                sleep.as_mut().reset(deadline);
            }
            ready!(sleep.as_mut().poll(cx));
            self.idling
                .check(session, Instant::now().into_std(), patience)?;
        }
    }
}

impl Stream for Idle<'_> {
    type Item = Result<Event, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let is_over = self.client.session.fault().is_some();
        Poll::Ready(match ready!(self.get_mut().poll_wait(cx)) {
            Ok(Idled::Event(event)) => Some(Ok(event)),
            // An error is told once.
            Err(error) if !is_over => Some(Err(error)),
            _ => None,
        })
    }
}

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.idling.end(&mut self.client.session) {
            self.client.session.abandon(&ticket);
        }
    }
}
