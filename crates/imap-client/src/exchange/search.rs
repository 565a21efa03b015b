//! SEARCH.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Search;
use imap_proto::response::StatusResponse;
use imap_proto::{Command, MessageNumber, Response, SeqNum, Tag, Uid};

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl Exchange for Search<'_> {
    type Answer = SearchAnswer<SeqNum>;

    fn rules(&self) -> Rules {
        let rules = Rules::selected("SEARCH").answered_by(Data::SEARCH);
        rules.with_sequence_numbers().without_expunges()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Search(*self), options)
    }

    fn answer(&self) -> SearchAnswer<SeqNum> {
        SearchAnswer::default()
    }
}

/// `UID SEARCH`: find messages by UID.
#[derive(Clone, Copy, Debug)]
pub struct UidSearch<'a>(pub Search<'a>);

impl Exchange for UidSearch<'_> {
    type Answer = SearchAnswer<Uid>;

    fn rules(&self) -> Rules {
        Rules::selected("UID SEARCH").answered_by(Data::SEARCH)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::UidSearch(self.0), options)
    }

    fn answer(&self) -> SearchAnswer<Uid> {
        SearchAnswer::default()
    }
}

/// Collects the answer to `SEARCH` or `UID SEARCH`.
#[derive(Debug)]
pub struct SearchAnswer<N> {
    found: Vec<N>,
}

impl<N> Default for SearchAnswer<N> {
    fn default() -> Self {
        Self { found: Vec::new() }
    }
}

impl<N: MessageNumber + Send> Answer for SearchAnswer<N> {
    type Output = Vec<N>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        let Response::Search(search) = response else {
            return Absorbed::Not;
        };
        self.found
            .extend(search.numbers.iter().filter_map(|n| N::try_from(*n).ok()));
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<N>, Error> {
        Ok(self.found)
    }
}
