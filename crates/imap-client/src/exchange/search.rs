//! SEARCH, and what a search or a sort found.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Search, SearchReturnOption};
use imap_proto::response::{Esearch, SearchReturnData, StatusResponse};
use imap_proto::{
    Code, Command, MessageNumber, PartialRange, Response, SeqNum, SequenceSet, Tag, Uid,
};

use super::{Absorbed, Answer, Data, Exchange, Numbers, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(
    Search<'_> => SearchAnswer<SeqNum>,
    search_rules::<SeqNum>("SEARCH"),
    |search| SearchAnswer::new(search.return_options)
);

/// `UID SEARCH`: find messages by UID.
#[derive(Clone, Copy, Debug)]
pub struct UidSearch<'a>(pub Search<'a>);

impl Exchange for UidSearch<'_> {
    type Answer = SearchAnswer<Uid>;

    fn rules(&self) -> Rules {
        search_rules::<Uid>("UID SEARCH")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::UidSearch(self.0), options)
    }

    fn answer(&self) -> SearchAnswer<Uid> {
        SearchAnswer::new(self.0.return_options)
    }
}

/// The rules of SEARCH and SORT, whose answers have the same form.
pub(super) const fn search_rules<N: MessageNumber>(name: &'static str) -> Rules {
    Rules::selected(name).answered_by(Data::SEARCH).by::<N>()
}

/// Collects the answer to `SEARCH`, `SORT` and their UID forms.
#[derive(Debug)]
pub struct SearchAnswer<N: MessageNumber> {
    /// The numbers of all messages were asked for, or told unasked.
    lists: bool,
    sorted: bool,
    found: Found<N>,
}

impl<N: MessageNumber> SearchAnswer<N> {
    pub(super) fn new(options: Option<&[SearchReturnOption<'_>]>) -> Self {
        let lists = options
            .is_none_or(|options| options.is_empty() || options.contains(&SearchReturnOption::All));
        Self {
            lists,
            sorted: false,
            found: Found::default(),
        }
    }

    pub(super) fn sorted(self) -> Self {
        Self {
            sorted: true,
            ..self
        }
    }
}

impl<N: MessageNumber> SearchAnswer<N> {
    /// Takes an extended answer, unless it tells of a change to an earlier result or of another
    /// mailbox.
    fn extended<M: MessageNumber>(&mut self, esearch: &Esearch<'_, M>) -> Absorbed {
        if esearch.mailbox().is_some() || esearch.data.iter().any(is_change) {
            return Absorbed::Not;
        }
        esearch.data.iter().for_each(|data| self.found.take(data));
        Absorbed::Taken
    }
}

impl<N: MessageNumber + Send> Answer for SearchAnswer<N> {
    type Output = Found<N>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            // Servers answer in this way, too, where return options were given.
            Response::Search(search) | Response::Sort(search) => {
                self.lists = true;
                let numbers = search.numbers.iter().filter_map(|n| N::try_from(*n).ok());
                numbers.for_each(|n| self.found.all.push(n));
                self.found.mod_seq = self.found.mod_seq.max(search.mod_seq);
                Absorbed::Taken
            }
            // What is not about UIDs may lack the word UID, as in an example of RFC 5267 4.3.
            Response::Esearch(esearch) => self.extended(esearch),
            Response::UidEsearch(esearch) => self.extended(esearch),
            Response::Status(StatusResponse {
                tag: None,
                code: Some(Code::NoUpdate(_)),
                ..
            }) => {
                self.found.no_update = true;
                Absorbed::Taken
            }
            _ => Absorbed::Not,
        }
    }

    fn finish(self, status: &StatusResponse<'_>, _: &mut State) -> Result<Found<N>, Error> {
        let mut found = self.found;
        if self.lists {
            let (min, max) = if self.sorted {
                (found.all.first(), found.all.last())
            } else {
                (found.all.min(), found.all.max())
            };
            let count = u32::try_from(found.all.len()).ok();
            found.count = found.count.or(count);
            found.min = found.min.or(min);
            found.max = found.max.or(max);
        }
        found.tag = status
            .tag
            .map(|tag| tag.as_str().into())
            .unwrap_or_default();
        Ok(found)
    }
}

/// Whether the data change the result of an earlier search.
fn is_change<N: MessageNumber>(data: &SearchReturnData<'_, N>) -> bool {
    matches!(
        data,
        SearchReturnData::AddTo(_) | SearchReturnData::RemoveFrom(_)
    )
}

/// What a search or a sort found: as much of it as was asked for.
///
/// `S: * SEARCH 2 84 882` and `S: * ESEARCH (TAG "A282") ALL 2,84,882` give the same.
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4),
/// [RFC 4731 section 3.1](https://www.rfc-editor.org/rfc/rfc4731#section-3.1)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Found<N: MessageNumber> {
    /// The messages, those of a sort in its order; none if only other things were asked for.
    pub all: Numbers<N>,
    /// How many messages were found.
    pub count: Option<u32>,
    /// The lowest number, or the first of a sort.
    pub min: Option<N>,
    /// The highest number, or the last of a sort.
    pub max: Option<N>,
    /// The highest modification sequence of the messages told of, where the search was about such,
    /// [RFC 7162 section 3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5).
    pub mod_seq: Option<u64>,
    /// The part of the result that was asked for by `PARTIAL`.
    pub partial: Option<PartialFound<N>>,
    /// How well each message fits, 1 to 100, in the order of the messages,
    /// [RFC 6203 section 4](https://www.rfc-editor.org/rfc/rfc6203#section-4).
    pub relevancy: Vec<u8>,
    /// The server will not tell of changes though `UPDATE` asked for that,
    /// [RFC 5267 section 4.3.1](https://www.rfc-editor.org/rfc/rfc5267#section-4.3.1).
    pub no_update: bool,
    /// The tag of the command, by which ESEARCH responses that come later tell of changes.
    pub tag: Box<str>,
}

/// A part of a result: `PARTIAL (23500:24000 67,100:102)`.
///
/// [RFC 9394 section 3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1)
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartialFound<N: MessageNumber> {
    /// Which part was asked for.
    pub range: PartialRange,
    /// The messages; none if the result has no such part.
    pub numbers: Numbers<N>,
}

impl<N: MessageNumber> Default for Found<N> {
    fn default() -> Self {
        Self {
            all: Numbers::default(),
            count: None,
            min: None,
            max: None,
            mod_seq: None,
            partial: None,
            relevancy: Vec::new(),
            no_update: false,
            tag: Box::default(),
        }
    }
}

impl<N: MessageNumber> Found<N> {
    /// Takes what a server tells of a result.
    pub(super) fn take<M: MessageNumber>(&mut self, data: &SearchReturnData<'_, M>) {
        let number = |n: M| N::try_from(n.into()).ok();
        match data {
            SearchReturnData::All(set) => self.all.extend_from(*set),
            SearchReturnData::Count(n) => self.count = Some(*n),
            SearchReturnData::Max(n) => self.max = number(*n),
            SearchReturnData::Min(n) => self.min = number(*n),
            SearchReturnData::ModSeq(n) => self.mod_seq = Some(*n),
            SearchReturnData::Partial(part) => {
                let mut numbers = Numbers::default();
                let known = |set: SequenceSet<'_, M>| numbers.extend_from(set);
                part.set.into_iter().for_each(known);
                let range = part.range;
                self.partial = Some(PartialFound { range, numbers });
            }
            SearchReturnData::Relevancy(scores) => self.relevancy.extend_from_slice(scores),
            _ => {}
        }
    }
}
