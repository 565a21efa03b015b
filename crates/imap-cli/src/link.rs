//! A connection that is made anew when it is lost.

use std::fmt;
use std::time::Duration;

use imap_client::blocking::Client;

use crate::connect::Connector;
use crate::error::Failure;
use crate::interrupt::{self, Interrupt};

/// A connection of a long run, which outlives what happens to connections.
pub(crate) struct Link<'a> {
    connector: &'a Connector,
    interrupt: &'a Interrupt,
    client: Option<Client>,
    /// How often connecting was tried since something was done.
    tries: u32,
    retries: u32,
    /// There was a connection before.
    was_connected: bool,
}

impl<'a> Link<'a> {
    /// A connection that is made when it is needed first, and up to `retries` times anew until something
    /// is done with it.
    pub(crate) fn new(connector: &'a Connector, interrupt: &'a Interrupt, retries: u32) -> Self {
        Self {
            connector,
            interrupt,
            client: None,
            tries: 0,
            retries,
            was_connected: false,
        }
    }

    /// Says that the connection was good for something, so that the next loss is the first again.
    pub(crate) fn worked(&mut self) {
        self.tries = 0;
    }

    /// The connection, which is new if the last one was lost.
    pub(crate) fn client(&mut self) -> Result<&mut Client, Failure> {
        if self.client.is_none() {
            let client = self.connect()?;
            return Ok(self.client.insert(client));
        }
        // cannot fail: looked at above
        self.client.as_mut().ok_or_else(stopped)
    }

    /// Leaves the connection, after which nothing of it is used.
    pub(crate) fn drop_client(&mut self) {
        self.client = None;
    }

    /// Does something with the connection, from the start again if it was lost meanwhile.
    pub(crate) fn retry<T>(
        &mut self,
        mut attempt: impl FnMut(&mut Client) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        loop {
            match attempt(self.client()?) {
                Err(failure) if failure.is_lost() => self.lost(failure)?,
                Ok(done) => {
                    self.worked();
                    return Ok(done);
                }
                failed => return failed,
            }
        }
    }

    /// Takes note that the connection was lost; gives the reason back if that was too often.
    pub(crate) fn lost(&mut self, failure: Failure) -> Result<(), Failure> {
        self.client = None;
        if self.tries >= self.retries {
            return Err(failure.with_further_hint(GO_ON));
        }
        Ok(())
    }

    /// Ends the session as it should end.
    pub(crate) fn log_out(mut self) {
        if let Some(mut client) = self.client.take() {
            // All is done: that the server is in a hurry, too, does no harm.
            let _ = client.logout();
        }
    }

    fn connect(&mut self) -> Result<Client, Failure> {
        loop {
            let pause = self.tries.checked_sub(1).map_or(Duration::ZERO, pause);
            if self.interrupt.is_set() || self.interrupt.wait(pause) {
                return Err(stopped());
            }
            match self.connector.connect() {
                Ok(client) => {
                    self.tries += 1;
                    self.was_connected = true;
                    return Ok(client);
                }
                // A server that was never reached is not waited for.
                Err(failure) if failure.is_lost() && self.was_connected => {
                    self.tries += 1;
                    self.lost(failure)?;
                }
                Err(failure) => return Err(failure),
            }
        }
    }
}

impl fmt::Debug for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

/// The user wants an end.
pub(crate) fn stopped() -> Failure {
    interrupted("interrupted")
}

/// The user wants an end, and is told how far it went and how to go on.
pub(crate) fn interrupted(text: impl Into<String>) -> Failure {
    interrupt::interrupted(text).with_hint(GO_ON)
}

/// What to do when a long run did not come to its end.
const GO_ON: &str = "run the same command again to go on";

/// How long to wait after so many losses: 1 second, 2, 4, up to a minute.
fn pause(losses: u32) -> Duration {
    Duration::from_secs(1 << losses.min(6)).min(Duration::from_secs(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_pauses_grow_and_end() {
        let seconds: Vec<u64> = (0..8).map(|losses| pause(losses).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
    }
}
