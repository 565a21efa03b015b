//! Messages one by one, and contents taken out of what goes by: what both drivers do alike.

use bytes::Bytes;
use imap_proto::command::Fetch;
use imap_proto::{FetchItem, FetchItemName, FetchItems, MessageNumber, Section, SequenceSetBuf};

use crate::error::Error;
use crate::exchange::{FetchEach, FetchEachAnswer};
use crate::session::{Session, Step, Ticket};

/// Takes one section out of the steps of a FETCH.
pub(super) struct SectionCopy<'s> {
    section: Section<'s>,
    /// How many octets there were; nothing if there was no such section.
    octets: Option<u64>,
    /// The chunks that come belong to the section.
    in_literal: bool,
}

impl<'s> SectionCopy<'s> {
    pub(super) fn new(section: Section<'s>) -> Self {
        Self {
            section,
            octets: None,
            in_literal: false,
        }
    }

    /// What to ask for.
    pub(super) fn item(&self) -> FetchItemName<'s> {
        FetchItemName::BodySection {
            section: self.section,
            peek: true,
            partial: None,
        }
    }

    /// Octets of the section in this step.
    pub(super) fn octets_of(&mut self, step: Step<'_>) -> Option<Bytes> {
        let octets = match step {
            // What came in chunks is empty here, so that nothing is given twice.
            Step::Fetch(fetch) => Bytes::copy_from_slice(fetch.section(self.section)?),
            Step::Head(fetch) => {
                self.in_literal = matches!(
                    fetch.items.last(),
                    Some(FetchItem::BodySection(body)) if body.section == self.section
                );
                return None;
            }
            Step::Literal(chunk) if self.in_literal => chunk,
            _ => return None,
        };
        *self.octets.get_or_insert(0) += octets.len() as u64;
        Some(octets)
    }

    /// How many octets there were; nothing if there was no such section.
    pub(super) fn total(&self) -> Option<u64> {
        self.octets
    }
}

/// Submits a FETCH whose responses are handed out one by one.
pub(super) fn submit_each<N: MessageNumber + Send>(
    session: &mut Session,
    set: &SequenceSetBuf<N>,
    items: &[FetchItemName<'_>],
) -> Result<Ticket<FetchEachAnswer<N>>, Error> {
    let set = set.as_set().ok_or_else(crate::client::empty_set)?;
    session.submit(&FetchEach(Fetch {
        set,
        items: FetchItems::List(items),
        modifiers: &[],
    }))
}

/// From which size in octets contents are handed on in chunks.
pub(super) const STREAMED: usize = 16 << 10;
