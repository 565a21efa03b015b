//! Fetching one by one, and contents straight to a writer.

use std::io::{self, Write};

use imap_proto::command::Fetch;
use imap_proto::{
    FetchItem, FetchItemName, FetchItems, MessageNumber, Section, SeqNum, SequenceSetBuf, Uid,
    UidSetBuf, response,
};

use super::Blocking;
use crate::Client;
use crate::error::Error;
use crate::exchange::FetchEach;
use crate::session::{Session, Step};

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
        let item = FetchItemName::BodySection {
            section,
            peek: true,
            partial: None,
        };
        let mut copy = SectionCopy {
            section,
            out,
            octets: None,
            in_literal: false,
        };
        self.session.set_stream_threshold(Some(STREAMED));
        let result = self.stream_fetch(set, &[item], &mut |step| copy.step(step));
        self.session.set_stream_threshold(None);
        result.map(|()| copy.octets)
    }

    fn stream_fetch<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
        on_step: &mut dyn FnMut(Step<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let set = set.as_set().ok_or_else(crate::client::empty_set)?;
        let command = FetchEach(Fetch {
            set,
            items: FetchItems::List(items),
            modifiers: &[],
        });
        let ticket = Session::submit(&mut self.session, &command)?;
        self.driver.drive(&mut self.session, &ticket, on_step)
    }
}

/// Copies one section of the messages that go by.
struct SectionCopy<'s, 'w> {
    section: Section<'s>,
    out: &'w mut dyn Write,
    octets: Option<u64>,
    /// The chunks that come belong to the section.
    in_literal: bool,
}

impl SectionCopy<'_, '_> {
    fn step(&mut self, step: Step<'_>) -> Result<(), Error> {
        match step {
            Step::Fetch(fetch) => {
                // What came in chunks is empty here, so that nothing is written twice.
                if let Some(data) = fetch.section(self.section) {
                    self.write(data)?;
                }
            }
            Step::Head(fetch) => {
                self.in_literal = matches!(
                    fetch.items.last(),
                    Some(FetchItem::BodySection(body)) if body.section == self.section
                );
            }
            Step::Literal(chunk) if self.in_literal => self.write(&chunk)?,
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, data: &[u8]) -> Result<(), Error> {
        *self.octets.get_or_insert(0) += data.len() as u64;
        self.out
            .write_all(data)
            .map_err(|error: io::Error| Error::Io(error.into()))
    }
}

/// From which size in octets contents are handed on in chunks.
const STREAMED: usize = 16 << 10;
