//! Fetching one by one, and contents straight to a writer.

use std::fmt;
use std::io::Write;

use imap_proto::{
    FetchItemName, MessageNumber, Section, SeqNum, SequenceSetBuf, Uid, UidSetBuf, response,
};

use super::Blocking;
use crate::Client;
use crate::driver::section::{STREAMED, SectionCopy, submit_each};
use crate::error::Error;
use crate::exchange::FetchEachAnswer;
use crate::session::{OwnedFetch, Step, Ticket};

impl Client<Blocking> {
    /// Gets data of messages, and shows them to `each` one by one, in constant memory.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends; messages shown before that are good.
    pub fn fetch_each(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        items: &[FetchItemName<'_>],
        each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        self.each(&set.into(), items, each)
    }

    /// Gets data of messages by their UIDs, as [`Client::fetch_each`] does.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends; messages shown before that are good.
    pub fn uid_fetch_each(
        &mut self,
        set: impl Into<UidSetBuf>,
        items: &[FetchItemName<'_>],
        each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        self.each(&set.into(), items, each)
    }

    /// Gets data of messages as an iterator, which holds one message at a time.
    ///
    /// Dropping it throws the rest away when it comes, and leaves the session usable.
    ///
    /// # Errors
    ///
    /// If the command cannot be sent. A refusal is told by the iterator.
    pub fn fetch_iter(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> Result<FetchIter<'_, SeqNum>, Error> {
        FetchIter::new(self, &set.into(), items)
    }

    /// Gets data of messages by their UIDs as an iterator, as [`Client::fetch_iter`] does.
    ///
    /// # Errors
    ///
    /// If the command cannot be sent. A refusal is told by the iterator.
    pub fn uid_fetch_iter(
        &mut self,
        set: impl Into<UidSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> Result<FetchIter<'_, Uid>, Error> {
        FetchIter::new(self, &set.into(), items)
    }

    fn each<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
        mut each: impl FnMut(&response::Fetch<'_>),
    ) -> Result<(), Error> {
        self.stream_fetch(set, items, &mut |step| {
            if let Step::Fetch(fetch) = step {
                each(&fetch);
            }
            Ok(())
        })
    }

    /// Writes contents of a message to `out` as they arrive, in constant memory, and gives their
    /// length in octets; nothing if there is no such message or no such part.
    ///
    /// `\Seen` is not set.
    ///
    /// # Errors
    ///
    /// If the command is refused or the session ends. An error of `out` ends the session, since the
    /// rest of the contents has nowhere to go.
    pub fn fetch_to(
        &mut self,
        seq: SeqNum,
        section: Section<'_>,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, Error> {
        self.section_to(&seq.into(), section, out)
    }

    /// Writes contents of a message, given by its UID, as [`Client::fetch_to`] does.
    ///
    /// # Errors
    ///
    /// As with [`Client::fetch_to`].
    pub fn uid_fetch_to(
        &mut self,
        uid: Uid,
        section: Section<'_>,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, Error> {
        self.section_to(&uid.into(), section, out)
    }

    fn section_to<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        section: Section<'_>,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, Error> {
        let mut copy = SectionCopy::new(section);
        let item = copy.item();
        self.session.set_stream_threshold(Some(STREAMED));
        let result = self.stream_fetch(set, &[item], &mut |step| match copy.octets_of(step) {
            Some(octets) => out
                .write_all(&octets)
                .map_err(|error| Error::Io(error.into())),
            None => Ok(()),
        });
        self.session.set_stream_threshold(None);
        result.map(|()| copy.total())
    }

    fn stream_fetch<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ticket = submit_each(&mut self.session, set, items)?;
        self.driver.drive(&mut self.session, &ticket, on_step)
    }
}

/// The messages of a FETCH, one by one; made by [`Client::fetch_iter`].
///
/// It ends after the last one, or after an error.
pub struct FetchIter<'a, N: MessageNumber + Send> {
    client: &'a mut Client<Blocking>,
    /// The command; nothing after its end.
    ticket: Option<Ticket<FetchEachAnswer<N>>>,
}

impl<'a, N: MessageNumber + Send> FetchIter<'a, N> {
    fn new(
        client: &'a mut Client<Blocking>,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
    ) -> Result<Self, Error> {
        let ticket = submit_each(&mut client.session, set, items)?;
        Ok(Self {
            client,
            ticket: Some(ticket),
        })
    }

    fn advance(&mut self) -> Result<Option<OwnedFetch>, Error> {
        let Client { session, driver } = &mut *self.client;
        while let Some(ticket) = &self.ticket {
            if let Some(answer) = session.take(ticket) {
                self.ticket = None;
                return answer.map(|()| None);
            }
            let mut is_fetch = false;
            let came = driver.turn(session, driver.read_timeout, &mut |step| {
                is_fetch = matches!(step, Step::Fetch(_));
                Ok(())
            })?;
            if !came {
                return Err(session.failed(Error::Timeout));
            }
            if is_fetch {
                return OwnedFetch::last_of(session).map(Some);
            }
        }
        Ok(None)
    }
}

impl<N: MessageNumber + Send> Iterator for FetchIter<'_, N> {
    type Item = Result<OwnedFetch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance();
        if next.is_err() {
            self.ticket = None;
        }
        next.transpose()
    }
}

impl<N: MessageNumber + Send> Drop for FetchIter<'_, N> {
    fn drop(&mut self) {
        if let Some(ticket) = &self.ticket {
            self.client.session.abandon(ticket);
        }
    }
}

impl<N: MessageNumber + Send> fmt::Debug for FetchIter<'_, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchIter").finish_non_exhaustive()
    }
}
