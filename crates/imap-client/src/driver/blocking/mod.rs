//! The blocking client.
//!
//! ```
//! use imap_client::blocking::{Client, Config};
//! # use std::io::{Read, Result, Write};
//! # struct Server(&'static [u8]);
//! # impl Read for Server {
//! #     fn read(&mut self, buffer: &mut [u8]) -> Result<usize> { self.0.read(buffer) }
//! # }
//! # impl Write for Server {
//! #     fn write(&mut self, octets: &[u8]) -> Result<usize> { Ok(octets.len()) }
//! #     fn flush(&mut self) -> Result<()> { Ok(()) }
//! # }
//! # let stream = Server(b"* OK [CAPABILITY IMAP4rev1] ready\r\n\
//! #     A1 OK [CAPABILITY IMAP4rev1] welcome\r\n\
//! #     * 3 EXISTS\r\nA2 OK [READ-WRITE] done\r\n\
//! #     * BYE see you\r\nA3 OK done\r\n");
//!
//! // Any stream will do; `Client::connect_tls` makes one with TLS.
//! let mut client = Client::with_stream(stream, &Config::default())?;
//! client.login("ann", "secret")?;
//! let inbox = client.select("INBOX")?;
//! assert_eq!(inbox.exists, 3);
//! client.logout()?;
//! # Ok::<(), imap_client::Error>(())
//! ```

mod append;
mod connect;
mod fetch;
mod idle;
mod process;
mod tcp;
mod transport;

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::time::{Duration, Instant};

#[cfg(feature = "tokio")]
pub(super) use append::{CHUNK, too_short};

pub use crate::driver::Config;
pub use fetch::FetchIter;
pub use idle::Idle;
#[cfg(feature = "tokio")]
pub(in crate::driver) use process::PATIENCE;
pub use transport::Transport;

use self::process::Process;
use crate::driver::layers::{Layers, READ_SIZE};
use crate::driver::{Driver, deadline};
use crate::error::Error;
use crate::exchange::Answer;
use crate::sasl::ChannelBinding;
use crate::session::{Session, Step, Ticket};

/// A client that waits for each answer.
pub type Client = crate::Client<Blocking>;

/// Drives a session by reading from and writing to a [`Transport`], waiting each time.
pub struct Blocking {
    transport: BufReader<Box<dyn Transport>>,
    layers: Layers,
    read_timeout: Option<Duration>,
    /// What the transport was told last about reading; nothing if it was told nothing.
    told: Option<Option<Duration>>,
    /// The process at the other end, if there is one here; it ends after the transport.
    process: Option<Process>,
}

impl Driver for Blocking {
    type Run<'a, A: Answer>
        = Result<A::Output, Error>
    where
        Self: 'a;

    fn run<'a, A: Answer>(
        &'a mut self,
        session: &'a mut Session,
        ticket: Result<Ticket<A>, Error>,
    ) -> Result<A::Output, Error> {
        self.drive(session, &ticket?, &mut |_| Ok(()))
    }

    fn channel_bindings(&self) -> Vec<ChannelBinding> {
        self.layers.channel_bindings()
    }
}

impl Blocking {
    fn new(
        mut transport: Box<dyn Transport>,
        layers: Layers,
        config: &Config,
    ) -> Result<Self, Error> {
        transport.set_write_timeout(config.write_timeout)?;
        Ok(Self {
            transport: BufReader::with_capacity(READ_SIZE, transport),
            layers,
            read_timeout: config.read_timeout,
            told: None,
            process: None,
        })
    }

    /// Runs until the greeting has come and the capabilities are known.
    fn make_ready(&mut self, session: &mut Session, timeout: Duration) -> Result<(), Error> {
        let deadline = deadline(timeout);
        while !session.is_ready() {
            let left = deadline.saturating_duration_since(Instant::now());
            if !self.turn(session, Some(left), &mut |_| Ok(()))? {
                return Err(session.failed(Error::Timeout));
            }
        }
        Ok(())
    }

    /// Runs until the answer is there, showing each step to `on_step`.
    ///
    /// An error of `on_step` ends the session: the rest of the answer would have nowhere to go.
    fn drive<A: Answer>(
        &mut self,
        session: &mut Session,
        ticket: &Ticket<A>,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Result<A::Output, Error> {
        loop {
            if let Some(answer) = session.take(ticket) {
                return answer;
            }
            if !self.turn(session, self.read_timeout, on_step)? {
                return Err(session.failed(Error::Timeout));
            }
        }
    }

    /// Sends what there is to send; then takes in what came, or waits for something to come.
    ///
    /// Gives `false` if nothing came in this time.
    fn turn(
        &mut self,
        session: &mut Session,
        timeout: Option<Duration>,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        self.send(session)?;
        match session.step()? {
            Step::NeedInput => Ok(self.advance(session)? || self.receive(session, timeout)?),
            step => on_step(step)
                .map(|()| true)
                .map_err(|error| session.failed(error)),
        }
    }

    fn send(&mut self, session: &mut Session) -> Result<(), Error> {
        match self.write_all(session) {
            Err(error) => Err(session.failed(error)),
            Ok(()) => Ok(()),
        }
    }

    fn write_all(&mut self, session: &mut Session) -> Result<(), Error> {
        let mut is_flushed = true;
        loop {
            let octets = self.layers.outgoing(session)?;
            if octets.is_empty() {
                break;
            }
            is_flushed = false;
            match self.transport.get_mut().write(octets) {
                Ok(count @ 1..) => self.layers.transmitted(session, count),
                // What the server said before it closed is still to be read, a BYE above all.
                Ok(0) => self.layers.discard(session),
                Err(error) if is_closed(&error) => self.layers.discard(session),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        while !is_flushed {
            is_flushed = match self.transport.get_mut().flush() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => false,
                Err(error) if !is_closed(&error) => return Err(error.into()),
                _ => true,
            };
        }
        Ok(())
    }

    /// Moves on what was received, and tells whether there was anything.
    fn advance(&mut self, session: &mut Session) -> Result<bool, Error> {
        self.layers.advance(session).map_err(|error| {
            // The server is told what was wrong with its TLS, if it still listens.
            let _ = self.transport.get_mut().write_all(self.layers.farewell());
            session.failed(error)
        })
    }

    /// Reads, and tells whether anything came in this time: the end does, too.
    fn receive(&mut self, session: &mut Session, timeout: Option<Duration>) -> Result<bool, Error> {
        match self.read(session, timeout) {
            Ok(0) => self.ended(session).map(|()| true),
            Ok(_) => self.advance(session).map(|_| true),
            Err(error) if is_closed(&error) => self.ended(session).map(|()| true),
            Err(error) if is_timeout(&error) => Ok(false),
            Err(error) => Err(session.failed(error.into())),
        }
    }

    fn ended(&mut self, session: &mut Session) -> Result<(), Error> {
        let process = self.process.as_mut();
        session.ended(process.map_or(Error::Closed, Process::end))
    }

    fn read(&mut self, session: &mut Session, timeout: Option<Duration>) -> io::Result<usize> {
        if timeout.is_some_and(|timeout| timeout.is_zero()) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        if self.told != Some(timeout) {
            self.transport.get_mut().set_read_timeout(timeout)?;
            self.told = Some(timeout);
        }
        loop {
            match self.read_once(session) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    fn read_once(&mut self, session: &mut Session) -> io::Result<usize> {
        let transport = self.transport.get_mut();
        let read = |octets: &mut Vec<u8>| transport.read_to_spare(octets);
        if let Some(read) = self.layers.read_literal(session, read) {
            return read;
        }
        let octets = self.transport.fill_buf()?;
        self.layers.buffer_mut(session).extend_from_slice(octets);
        let count = octets.len();
        self.transport.consume(count);
        Ok(count)
    }
}

impl Drop for Blocking {
    /// Tells the server that the end is meant, if it still listens.
    fn drop(&mut self) {
        let farewell = self.layers.farewell();
        if !farewell.is_empty() {
            // cannot fail in a way that matters: the connection ends here
            let _ = self.transport.get_mut().write(farewell);
        }
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").finish_non_exhaustive()
    }
}

/// Whether the other side is gone.
pub(in crate::driver) fn is_closed(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(
        error.kind(),
        BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
    )
}

/// Whether nothing came in time.
fn is_timeout(error: &io::Error) -> bool {
    use io::ErrorKind::{TimedOut, WouldBlock};
    matches!(error.kind(), TimedOut | WouldBlock)
}
