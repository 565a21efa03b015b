//! Appending from a reader.

use std::future::poll_fn;
use std::task::{Context, Poll};

use ::tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{Client, Tokio};
use crate::client::AppendOptions;
use crate::driver::blocking::{CHUNK, too_short};
use crate::driver::tokio::run::Abandon;
use crate::error::Error;
use crate::exchange::{Answer, Appended, MailboxName};
use crate::session::{Session, Ticket};

impl Client {
    /// Puts a message at the end of a mailbox, in constant memory, as [`Client::append`] does with one
    /// that is in memory.
    ///
    /// `length` octets are read of `message`, and sent as they are. A future that is dropped before it is
    /// done ends the session, since the server waits for octets that nobody sends.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends. If `message` fails, has NUL, or is shorter than
    /// `length`, the session is over, too.
    pub async fn append_from<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        message: &mut (dyn AsyncRead + Send + Unpin),
        length: u64,
        options: AppendOptions<'_>,
    ) -> Result<Option<Appended>, Error> {
        let ticket = self.submit_append(mailbox.into(), length, options)?;
        let Self { session, driver } = self;
        let mut running = Abandon::new(session, ticket);
        let mut buffer = vec![0; CHUNK];
        loop {
            let (session, ticket) = running.parts();
            let next = poll_fn(|cx| driver.poll_literal(session, ticket, cx)).await?;
            match next {
                Next::Answer(answer) => {
                    running.done();
                    return answer;
                }
                Next::Wanted(wanted) => {
                    let size = usize::try_from(wanted).map_or(CHUNK, |wanted| wanted.min(CHUNK));
                    let room = buffer.get_mut(..size).unwrap_or_default();
                    let count = message.read(room).await?;
                    if count == 0 && wanted > 0 {
                        return Err(too_short());
                    }
                    session.literal(room.get(..count).unwrap_or_default())?;
                }
            }
        }
    }
}

/// What comes next in an APPEND.
enum Next<A: Answer> {
    /// The answer.
    Answer(Result<A::Output, Error>),
    /// So many octets are wanted, and all that there were are sent.
    Wanted(u64),
}

impl Tokio {
    fn poll_literal<A: Answer>(
        &mut self,
        session: &mut Session,
        ticket: &Ticket<A>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Next<A>, Error>> {
        loop {
            if let Some(wanted) = session.literal_wanted(ticket) {
                let sent = self.poll_sent(session, cx);
                if let Poll::Ready(result) = sent {
                    return Poll::Ready(result.map(|()| Next::Wanted(wanted)));
                }
            } else if let Some(answer) = session.take(ticket) {
                self.timer.stop();
                return Poll::Ready(Ok(Next::Answer(answer)));
            }
            match self.poll_timed_turn(session, cx, &mut |_| Ok(())) {
                Poll::Ready(result) => result?,
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Whether all that there is to send was sent.
    fn poll_sent(
        &mut self,
        session: &mut Session,
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Error>> {
        let sent = self.poll_send(session, cx);
        sent.map_err(|error| session.failed(error))
    }
}
