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

mod connect;
mod fetch;

use std::io::{self, Read, Write};

pub use connect::{Config, Stream};

use crate::driver::Driver;
use crate::error::Error;
use crate::exchange::Answer;
use crate::session::{Session, Step, Ticket};

/// A client that waits for each answer.
pub type Client = crate::Client<Blocking<Stream>>;

/// Drives a session by reading from and writing to a stream, waiting each time.
#[derive(Debug)]
pub struct Blocking<S> {
    stream: S,
}

impl<S: Read + Write> Driver for Blocking<S> {
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
}

impl<S: Read + Write> Blocking<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream }
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
            self.turn(session, on_step)?;
        }
    }

    /// Sends what there is to send; then takes in what came, or waits for something to come.
    fn turn(
        &mut self,
        session: &mut Session,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.send(session)?;
        match session.step()? {
            Step::NeedInput => self.receive(session),
            step => on_step(step).map_err(|error| session.failed(error)),
        }
    }

    fn send(&mut self, session: &mut Session) -> Result<(), Error> {
        let octets = session.transmit();
        if octets.is_empty() {
            return Ok(());
        }
        let written = self
            .stream
            .write_all(octets)
            .and_then(|()| self.stream.flush());
        match written {
            Ok(()) => session.transmitted(session.transmit().len()),
            // What the server said before it closed is still to be read, a BYE above all.
            Err(error) if is_closed(&error) => session.transmitted(session.transmit().len()),
            Err(error) => return Err(session.failed(error.into())),
        }
        Ok(())
    }

    fn receive(&mut self, session: &mut Session) -> Result<(), Error> {
        let buffer = session.receive_buffer();
        let start = buffer.len();
        buffer.resize(start + READ_SIZE, 0);
        let read = loop {
            match self
                .stream
                .read(buffer.get_mut(start..).unwrap_or_default())
            {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        buffer.truncate(start + read.as_ref().map_or(0, |n| *n));
        match read {
            Ok(0) => session.received_end(),
            Ok(_) => Ok(()),
            Err(error) if is_closed(&error) => session.received_end(),
            Err(error) => Err(session.failed(error.into())),
        }
    }
}

/// Whether the other side is gone.
fn is_closed(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(
        error.kind(),
        BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
    )
}

/// Octets asked for at a time.
const READ_SIZE: usize = 16 << 10;
