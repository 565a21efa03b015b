//! Waiting for news.

use std::time::{Duration, Instant};

use super::{Blocking, Client};
use crate::driver::idle::Idling;
use crate::driver::{Idled, deadline};
use crate::error::Error;
use crate::session::Event;

impl Client {
    /// Lets the server tell its news as they come, by IDLE.
    ///
    /// The client is borrowed until [`Idle::done`], or until the [`Idle`] is dropped: then IDLE ends
    /// with the next command. Every 28 minutes it ends and begins anew by itself.
    ///
    /// ```no_run
    /// # // A server's news cannot be had from a canned transcript without waiting.
    /// use imap_client::Idled;
    /// use imap_client::blocking::{Client, Config};
    ///
    /// let mut client = Client::connect_tls("imap.example.com", 993, &Config::default())?;
    /// client.login("ann", "secret")?;
    /// client.select("INBOX")?;
    /// let mut idle = client.idle()?;
    /// while let Idled::Event(event) = idle.wait(None)? {
    ///     println!("{event:?}");
    /// }
    /// # Ok::<(), imap_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the server does not offer IDLE, or the state does not allow it. A refusal is told by
    /// [`Idle::wait`].
    ///
    /// [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177)
    pub fn idle(&mut self) -> Result<Idle<'_>, Error> {
        let idling = Idling::start(&mut self.session, Instant::now())?;
        Ok(Idle {
            client: self,
            idling,
        })
    }

    /// Waits for something that the server says unasked, without IDLE: some servers do, above all after
    /// NOTIFY. Nothing if the time passes; without a limit it waits for ever.
    ///
    /// # Errors
    ///
    /// If the session ends.
    pub fn wait_event(&mut self, timeout: Option<Duration>) -> Result<Option<Event>, Error> {
        let until = timeout.map(deadline);
        loop {
            if let Some(event) = self.session.poll_event() {
                return Ok(Some(event));
            }
            if !self.driver.turn_until(&mut self.session, until)? {
                return Ok(None);
            }
        }
    }
}

impl Blocking {
    /// Takes a turn; gives `false` if nothing came until then.
    fn turn_until(
        &mut self,
        session: &mut crate::Session,
        until: Option<Instant>,
    ) -> Result<bool, Error> {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        self.turn(session, left, &mut |_| Ok(()))
    }
}

/// An IDLE that goes on: see [`Client::idle`].
#[derive(Debug)]
#[must_use = "IDLE ends when this is dropped"]
pub struct Idle<'a> {
    client: &'a mut Client,
    idling: Idling,
}

impl Idle<'_> {
    /// Waits for news; for so long at most, or for ever.
    ///
    /// # Errors
    ///
    /// If the server refuses IDLE, or the session ends.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Result<Idled, Error> {
        let until = timeout.map(deadline);
        let Client { session, driver } = &mut *self.client;
        let patience = driver.read_timeout;
        loop {
            let now = Instant::now();
            if let Some(idled) = self.idling.poll(session, now)? {
                return Ok(idled);
            }
            if until.is_some_and(|until| until <= now) {
                return Ok(Idled::Elapsed);
            }
            let deadline = self.idling.deadline(session, patience);
            let next = [until, deadline].into_iter().flatten().min();
            if !driver.turn_until(session, next)? {
                self.idling.check(session, Instant::now(), patience)?;
            }
        }
    }

    /// Ends IDLE, so that the client can be used for something else. News that came meanwhile are with
    /// the client.
    ///
    /// # Errors
    ///
    /// If the server refused IDLE, or the session ends.
    pub fn done(mut self) -> Result<(), Error> {
        let Client { session, driver } = &mut *self.client;
        match self.idling.end(session) {
            Some(ticket) => driver.drive(session, &ticket, &mut |_| Ok(())),
            None => Ok(()),
        }
    }
}

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.idling.end(&mut self.client.session) {
            self.client.session.abandon(&ticket);
        }
    }
}
