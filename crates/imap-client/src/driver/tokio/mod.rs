//! The client for tokio.
//!
//! It has the methods of the [blocking](crate::blocking) client, each of which gives a future. The
//! futures are `Send`. One that is dropped before it is done leaves the session usable: the command
//! stays in flight, and its answer is thrown away when it comes.
//!
//! ```
//! use imap_client::tokio::{Client, Config};
//! # use tokio::io::{AsyncReadExt, AsyncWriteExt};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! # let (stream, mut server) = tokio::io::duplex(1000);
//! # tokio::spawn(async move {
//! #     for line in ["* OK [CAPABILITY IMAP4rev1] ready\r\n", "A1 OK [CAPABILITY IMAP4rev1] welcome\r\n",
//! #         "* 3 EXISTS\r\nA2 OK [READ-WRITE] done\r\n", "* BYE see you\r\nA3 OK done\r\n"] {
//! #         server.write_all(line.as_bytes()).await.unwrap();
//! #         let _ = server.read(&mut [0; 100]).await.unwrap();
//! #     }
//! # });
//! // Any stream will do; `Client::connect_tls` makes one with TLS.
//! let mut client = Client::with_stream(stream, &Config::default()).await?;
//! client.login("ann", "secret").await?;
//! let inbox = client.select("INBOX").await?;
//! assert_eq!(inbox.exists, 3);
//! client.logout().await?;
//! # Ok::<(), imap_client::Error>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod append;
mod connect;
mod fetch;
mod idle;
mod process;
mod run;
mod tcp;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use ::tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use ::tokio::time::{Instant, Sleep, sleep};
use bytes::BytesMut;

pub use fetch::FetchStream;
pub use idle::Idle;
pub use run::Run;

use self::process::Process;
pub use crate::driver::Config;
use crate::driver::Driver;
use crate::driver::blocking::is_closed;
use crate::driver::layers::{Layers, READ_SIZE};
use crate::error::Error;
use crate::exchange::Answer;
use crate::sasl::ChannelBinding;
use crate::session::{Session, Step, Ticket};

/// A client whose methods give futures.
pub type Client = crate::Client<Tokio>;

/// A connection that the client for tokio can talk over.
pub trait Transport: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Transport for T {}

/// Drives a session by a [`Transport`] of tokio.
pub struct Tokio {
    transport: Box<dyn Transport>,
    layers: Layers,
    /// Octets were written and not flushed yet.
    unflushed: bool,
    /// Nothing is expected soon.
    is_resting: bool,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
    timer: Timer,
    /// The process at the other end, if there is one here; it ends after the transport.
    process: Option<Process>,
}

impl Driver for Tokio {
    type Run<'a, A: Answer>
        = Run<'a, A>
    where
        Self: 'a;

    fn run<'a, A: Answer>(
        &'a mut self,
        session: &'a mut Session,
        ticket: Result<Ticket<A>, Error>,
    ) -> Run<'a, A> {
        Run::new(self, session, ticket)
    }

    fn channel_bindings(&self) -> Vec<ChannelBinding> {
        self.layers.channel_bindings()
    }
}

impl Tokio {
    fn new(transport: Box<dyn Transport>, layers: Layers, config: &Config) -> Self {
        Self {
            transport,
            layers,
            unflushed: false,
            is_resting: false,
            read_timeout: config.read_timeout,
            write_timeout: config.write_timeout,
            timer: Timer::default(),
            process: None,
        }
    }

    /// Runs until the greeting has come and the capabilities are known.
    async fn make_ready(&mut self, session: &mut Session, timeout: Duration) -> Result<(), Error> {
        let ready = poll_fn(|cx| {
            while !session.is_ready() {
                ready!(self.poll_turn(session, cx, &mut |_| Ok(())))?;
            }
            Poll::Ready(Ok(()))
        });
        match ::tokio::time::timeout(timeout, ready).await {
            Ok(result) => result,
            Err(_) => Err(session.failed(Error::Timeout)),
        }
    }

    /// Runs until the answer is there, showing each step to `on_step`.
    ///
    /// An error of `on_step` ends the session: the rest of the answer would have nowhere to go.
    fn poll_drive<A: Answer>(
        &mut self,
        session: &mut Session,
        ticket: &Ticket<A>,
        cx: &mut Context<'_>,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Poll<Result<A::Output, Error>> {
        loop {
            if let Some(answer) = session.take(ticket) {
                self.timer.stop();
                return Poll::Ready(answer);
            }
            ready!(self.poll_timed_turn(session, cx, on_step))?;
        }
    }

    /// Takes a turn, and loses patience if there is no sign of life for too long.
    fn poll_timed_turn(
        &mut self,
        session: &mut Session,
        cx: &mut Context<'_>,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Poll<Result<(), Error>> {
        if let Poll::Ready(result) = self.poll_turn(session, cx, on_step) {
            self.timer.stop();
            return Poll::Ready(result);
        }
        let timeout = match self.layers.outgoing(session) {
            Ok([]) => self.read_timeout,
            _ => self.write_timeout,
        };
        ready!(self.timer.poll(timeout, cx));
        Poll::Ready(Err(session.failed(Error::Timeout)))
    }

    /// Sends what there is to send; then takes in what came, or waits for something to come.
    ///
    /// Being dropped between two calls loses nothing.
    fn poll_turn(
        &mut self,
        session: &mut Session,
        cx: &mut Context<'_>,
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Poll<Result<(), Error>> {
        // A server may want to be read from before it reads on, so that both have to be tried.
        if let Poll::Ready(Err(error)) = self.poll_send(session, cx) {
            return Poll::Ready(Err(session.failed(error)));
        }
        match session.step()? {
            Step::NeedInput => {
                if self.advance(session)? {
                    return Poll::Ready(Ok(()));
                }
                self.poll_receive(session, cx)
            }
            step => Poll::Ready(on_step(step).map_err(|error| session.failed(error))),
        }
    }

    fn poll_send(
        &mut self,
        session: &mut Session,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Error>> {
        loop {
            let octets = self.layers.outgoing(session)?;
            if octets.is_empty() {
                break;
            }
            match ready!(Pin::new(&mut self.transport).poll_write(cx, octets)) {
                Ok(count @ 1..) => {
                    self.layers.transmitted(session, count);
                    self.unflushed = true;
                }
                // What the server said before it closed is still to be read, a BYE above all.
                Ok(0) => self.layers.discard(session),
                Err(error) if is_closed(&error) => self.layers.discard(session),
                Err(error) => return Poll::Ready(Err(error.into())),
            }
        }
        if self.unflushed {
            let flushed = ready!(Pin::new(&mut self.transport).poll_flush(cx));
            self.unflushed = false;
            flushed.or_else(|error| {
                if is_closed(&error) {
                    Ok(())
                } else {
                    Err(error)
                }
            })?;
        }
        Poll::Ready(Ok(()))
    }

    /// Moves on what was received, and tells whether there was anything.
    fn advance(&mut self, session: &mut Session) -> Result<bool, Error> {
        self.layers.advance(session).map_err(|error| {
            // The server is told what was wrong with its TLS, if it still listens.
            self.say_farewell();
            session.failed(error)
        })
    }

    fn poll_receive(
        &mut self,
        session: &mut Session,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Error>> {
        let transport = &mut self.transport;
        let read = |octets: &mut Vec<u8>| pin!(transport.read_buf(octets)).poll(cx);
        let read = match self.layers.read_literal(session, read) {
            Some(read) => read,
            None => {
                let buffer = self.layers.buffer_mut(session);
                buffer.reserve(if self.is_resting {
                    RESTING_SIZE
                } else {
                    READ_SIZE
                });
                pin!(self.transport.read_buf(buffer)).poll(cx)
            }
        };
        let read = ready!(read);
        // Where something came, more may come.
        self.is_resting = false;
        Poll::Ready(match read {
            Ok(0) => ready!(self.poll_end(session, cx)),
            Ok(_) => self.advance(session).map(|_| ()),
            Err(error) if is_closed(&error) => ready!(self.poll_end(session, cx)),
            Err(error) => Err(session.failed(error.into())),
        })
    }

    fn poll_end(&mut self, session: &mut Session, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let cause = match &mut self.process {
            Some(process) => ready!(process.poll_end(cx)),
            None => Error::Closed,
        };
        Poll::Ready(session.ended(cause))
    }

    /// Makes do with little memory until something comes, which can take long.
    fn rest(&mut self, session: &mut Session) {
        let buffer = self.layers.buffer_mut(session);
        if buffer.is_empty() && buffer.capacity() > RESTING_SIZE {
            *buffer = BytesMut::new();
        }
        self.is_resting = true;
    }

    /// Tells the server that the end is meant, if it takes it at once.
    fn say_farewell(&mut self) {
        let cx = &mut Context::from_waker(Waker::noop());
        // cannot fail in a way that matters: the connection ends here
        let _ = Pin::new(&mut self.transport).poll_write(cx, self.layers.farewell());
    }
}

impl Drop for Tokio {
    fn drop(&mut self) {
        self.say_farewell();
    }
}

impl fmt::Debug for Tokio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokio").finish_non_exhaustive()
    }
}

/// When to stop waiting for a sign of life.
#[derive(Default)]
struct Timer {
    sleep: Option<Pin<Box<Sleep>>>,
    is_running: bool,
}

impl Timer {
    /// There was a sign of life, or it is not waited for any longer.
    fn stop(&mut self) {
        self.is_running = false;
    }

    /// Waits until nothing has happened for so long; for ever if there is no limit.
    fn poll(&mut self, timeout: Option<Duration>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(timeout) = timeout else {
            return Poll::Pending;
        };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(timeout)));
        if !self.is_running {
            // What no clock can show is never over.
            let Some(deadline) = Instant::now().checked_add(timeout) else {
                return Poll::Pending;
            };
            self.is_running = true;
            sleep.as_mut().reset(deadline);
        }
        sleep.as_mut().poll(cx)
    }
}

/// Octets to make room for while nothing is expected soon.
const RESTING_SIZE: usize = 512;
