//! STORE.

use bytes::Bytes;
use imap_codec::{Encode, EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Store, StoreData};
use imap_proto::response::{self, StatusResponse};
use imap_proto::{
    Code, FetchBatch, FetchItemName, FetchItems, MessageNumber, Response, SequenceSetBuf, Tag,
};

use super::fetch::{FetchAnswer, Fetched, fetch_rules};
use super::parts::{Rest, first_part};
use super::{Absorbed, Answer, Claim, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl<N: MessageNumber + Send> Exchange for Store<'_, N> {
    type Answer = StoreAnswer<N>;

    fn rules(&self) -> Rules {
        fetch_rules::<N>("STORE")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        let first = first_part(self.set);
        let set = first.as_ref().and_then(SequenceSetBuf::as_set);
        let set = set.unwrap_or(self.set);
        encode_command(tag, &Store { set, ..*self }, options)
    }

    fn answer(&self) -> StoreAnswer<N> {
        let item = match self.data {
            StoreData::XGmLabels(_) => FetchItemName::XGmLabels,
            StoreData::Other(item) => FetchItemName::Other(item),
            _ => FetchItemName::Flags,
        };
        StoreAnswer {
            fetched: FetchAnswer::new(self.set, &FetchItems::List(&[item])),
            modified: SequenceSetBuf::new(),
            rest: Rest::of(self.set, |set, out| Store { set, ..*self }.encode(out)),
        }
    }
}

/// Collects the answer to `STORE` or `UID STORE`.
#[derive(Debug)]
pub struct StoreAnswer<N: MessageNumber> {
    fetched: FetchAnswer<N>,
    modified: SequenceSetBuf<N>,
    rest: Rest,
}

impl<N: MessageNumber> StoreAnswer<N> {
    fn take(&mut self, status: &StatusResponse<'_>) {
        if let Some(Code::Modified(modified)) = status.code {
            self.modified = self.modified.union(&modified.set());
        }
    }
}

impl<N: MessageNumber + Send> Answer for StoreAnswer<N> {
    type Output = Stored<N>;

    const KEEPS_FETCHES: bool = true;

    fn claim(&self, fetch: &response::Fetch<'_>, state: &State) -> Claim {
        self.fetched.claim(fetch, state)
    }

    fn keep(&mut self, batch: FetchBatch) {
        self.fetched.keep(batch);
    }

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        self.fetched.absorb(response, frame, state)
    }

    fn next(&mut self, status: &StatusResponse<'_>) -> Option<Box<dyn Encode>> {
        let next = self.rest.next()?;
        self.take(status);
        Some(next)
    }

    fn finish(
        mut self,
        status: &StatusResponse<'_>,
        state: &mut State,
    ) -> Result<Stored<N>, Error> {
        self.take(status);
        Ok(Stored {
            fetched: self.fetched.finish(status, state)?,
            modified: self.modified,
        })
    }
}

/// What a STORE did.
///
/// In the answer to `C: d105 STORE 7,5,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\Deleted)` the
/// line `S: * 5 FETCH (MODSEQ (320162350))` tells of a message that was changed, and `S: d105 OK
/// [MODIFIED 7,9] Conditional STORE failed` of two that were not.
///
/// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6),
/// [RFC 7162 section 3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3)
#[derive(Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Stored<N: MessageNumber> {
    /// The messages as they are afterwards, as far as the server told.
    pub fetched: Fetched,
    /// The messages that were left alone since they had changed in the meantime.
    pub modified: SequenceSetBuf<N>,
}
