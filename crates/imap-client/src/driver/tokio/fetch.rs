//! Fetching one by one, and contents straight to a writer.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::tokio::io::{AsyncWrite, AsyncWriteExt as _};
use futures_core::Stream;
use imap_proto::{
    FetchItemName, MessageNumber, Section, SeqNum, SequenceSetBuf, Uid, UidSetBuf, response,
};

use super::run::Abandon;
use super::{Client, Tokio};
use crate::driver::section::{STREAMED, SectionCopy, submit_each};
use crate::error::Error;
use crate::exchange::FetchEachAnswer;
use crate::session::{OwnedFetch, Step};

impl Client {
    /// Gets data of messages, and shows them to `each` one by one, in constant memory.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends; messages shown before that are good.
    pub async fn fetch_each(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        items: &[FetchItemName<'_>],
        each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        self.each(&set.into(), items, each).await
    }

    /// Gets data of messages by their UIDs, as [`Client::fetch_each`] does.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends; messages shown before that are good.
    pub async fn uid_fetch_each(
        &mut self,
        set: impl Into<UidSetBuf>,
        items: &[FetchItemName<'_>],
        each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        self.each(&set.into(), items, each).await
    }

    /// Gets data of messages as a stream, which holds one message at a time.
    ///
    /// Dropping the stream throws the rest away when it comes, and leaves the session usable.
    ///
    /// # Errors
    ///
    /// If the command cannot be sent. A refusal is told by the stream.
    pub fn fetch_stream(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> Result<FetchStream<'_, SeqNum>, Error> {
        self.stream(&set.into(), items)
    }

    /// Gets data of messages by their UIDs as a stream, as [`Client::fetch_stream`] does.
    ///
    /// # Errors
    ///
    /// If the command cannot be sent. A refusal is told by the stream.
    pub fn uid_fetch_stream(
        &mut self,
        set: impl Into<UidSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> Result<FetchStream<'_, Uid>, Error> {
        self.stream(&set.into(), items)
    }

    /// Writes contents of a message to `out` as they arrive, in constant memory, and gives their
    /// length in octets; nothing if there is no such message or no such part.
    ///
    /// `\\Seen` is not set.
    ///
    /// # Errors
    ///
    /// If the command is refused, the session ends, or `out` fails.
    pub async fn fetch_to(
        &mut self,
        seq: SeqNum,
        section: Section<'_>,
        out: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<Option<u64>, Error> {
        self.section_to(&seq.into(), section, out).await
    }

    /// Writes contents of a message, given by its UID, as [`Client::fetch_to`] does.
    ///
    /// # Errors
    ///
    /// As with [`Client::fetch_to`].
    pub async fn uid_fetch_to(
        &mut self,
        uid: Uid,
        section: Section<'_>,
        out: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<Option<u64>, Error> {
        self.section_to(&uid.into(), section, out).await
    }

    async fn each<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
        mut each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        let mut running = self.submit_each(set, items, None)?;
        let mut show = |step: Step<'_>| {
            if let Step::Fetch(fetch) = step {
                each(&fetch);
            }
            None::<()>
        };
        let end = poll_fn(|cx| running.poll_next(cx, &mut show)).await;
        end.map(|_| ())
    }

    fn stream<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
    ) -> Result<FetchStream<'_, N>, Error> {
        let running = self.submit_each(set, items, None)?;
        Ok(FetchStream {
            running: Some(running),
        })
    }

    async fn section_to<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        section: Section<'_>,
        out: &mut (dyn AsyncWrite + Send + Unpin),
    ) -> Result<Option<u64>, Error> {
        let mut copy = SectionCopy::new(section);
        let item = copy.item();
        let mut running = self.submit_each(set, &[item], Some(STREAMED))?;
        loop {
            let next = poll_fn(|cx| running.poll_next(cx, &mut |step| copy.octets_of(step)));
            match next.await? {
                Some(octets) => out.write_all(&octets).await?,
                None => return Ok(copy.total()),
            }
        }
    }

    fn submit_each<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
        threshold: Option<usize>,
    ) -> Result<Running<'_, N>, Error> {
        let ticket = submit_each(&mut self.session, set, items)?;
        self.session.set_stream_threshold(threshold);
        Ok(Running {
            driver: &mut self.driver,
            command: Abandon::new(&mut self.session, ticket),
        })
    }
}

/// The messages of a FETCH, one by one; made by [`Client::fetch_stream`].
///
/// It ends after the last one, or after an error.
#[must_use = "streams do nothing unless polled"]
pub struct FetchStream<'a, N: MessageNumber + Send> {
    running: Option<Running<'a, N>>,
}

impl<N: MessageNumber + Send> FetchStream<'_, N> {
    /// The next message; nothing after the last one. A future that is dropped loses nothing.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends.
    pub async fn next(&mut self) -> Option<Result<OwnedFetch, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<N: MessageNumber + Send> Stream for FetchStream<'_, N> {
    type Item = Result<OwnedFetch, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(running) = &mut this.running else {
            return Poll::Ready(None);
        };
        let next = ready!(running.poll_next(cx, &mut |step| {
            matches!(step, Step::Fetch(_)).then_some(())
        }));
        Poll::Ready(match next {
            Ok(Some(())) => Some(OwnedFetch::last_of(running.command.parts().0)),
            Ok(None) => {
                this.running = None;
                None
            }
            Err(error) => {
                this.running = None;
                Some(Err(error))
            }
        })
    }
}

impl<N: MessageNumber + Send> fmt::Debug for FetchStream<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchStream").finish_non_exhaustive()
    }
}

/// A FETCH whose responses are taken one by one.
struct Running<'a, N: MessageNumber + Send> {
    driver: &'a mut Tokio,
    command: Abandon<'a, FetchEachAnswer<N>>,
}

impl<N: MessageNumber + Send> Running<'_, N> {
    /// The next thing that `pick` takes out of the steps; nothing at the end.
    fn poll_next<T>(
        &mut self,
        cx: &mut Context<'_>,
        pick: &mut dyn FnMut(Step<'_>) -> Option<T>,
    ) -> Poll<Result<Option<T>, Error>> {
        let (session, ticket) = self.command.parts();
        loop {
            if let Some(answer) = session.take(ticket) {
                self.driver.timer.stop();
                self.command.done();
                return Poll::Ready(answer.map(|()| None));
            }
            let mut picked = None;
            ready!(self.driver.poll_timed_turn(session, cx, &mut |step| {
                picked = pick(step);
                Ok(())
            }))?;
            if picked.is_some() {
                return Poll::Ready(Ok(picked));
            }
        }
    }
}

impl<N: MessageNumber + Send> Drop for Running<'_, N> {
    fn drop(&mut self) {
        self.command.parts().0.set_stream_threshold(None);
    }
}
