//! COPY.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Copy;
use imap_proto::response::{CopyUid, StatusResponse};
use imap_proto::{Bound, Code, MessageNumber, Range, Response, Tag, Uid, UidValidity};

use bytes::Bytes;

use super::{Absorbed, Answer, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl<N: MessageNumber> Exchange for Copy<'_, N> {
    type Answer = CopyAnswer;

    fn rules(&self) -> Rules {
        let rules = Rules::selected("COPY");
        if N::COMMAND_PREFIX.is_empty() {
            rules.with_sequence_numbers()
        } else {
            rules
        }
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> CopyAnswer {
        CopyAnswer(None)
    }
}

/// Collects the answer to `COPY`.
#[derive(Debug)]
pub struct CopyAnswer(Option<Copied>);

impl Answer for CopyAnswer {
    type Output = Option<Copied>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        // Some servers tell in an untagged OK.
        let Response::Status(StatusResponse {
            code: Some(Code::CopyUid(uids)),
            ..
        }) = response
        else {
            return Absorbed::Not;
        };
        self.0 = Some(Copied::new(uids));
        Absorbed::Taken
    }

    fn finish(self, status: &StatusResponse<'_>, _: &mut State) -> Result<Option<Copied>, Error> {
        match status.code {
            Some(Code::CopyUid(uids)) => Ok(Some(Copied::new(uids))),
            _ => Ok(self.0),
        }
    }
}

/// Where copied messages are: the server told, by `COPYUID` of RFC 4315.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Copied {
    /// That of the mailbox copied to.
    pub uid_validity: UidValidity,
    source: Vec<Range<Uid>>,
    destination: Vec<Range<Uid>>,
}

impl Copied {
    fn new(uids: &CopyUid<'_>) -> Self {
        Self {
            uid_validity: uids.uid_validity,
            source: uids.source.ranges().into(),
            destination: uids.destination.ranges().into(),
        }
    }

    /// The UID of each message that was copied, and that of its copy.
    pub fn pairs(&self) -> impl Iterator<Item = (Uid, Uid)> {
        numbers(&self.source).zip(numbers(&self.destination))
    }
}

/// The numbers of ranges in the order of the wire; `*` is not among what a server may send here.
fn numbers(ranges: &[Range<Uid>]) -> impl Iterator<Item = Uid> {
    let bound = |bound| {
        if let Bound::Number(uid) = bound {
            Some(Uid::get(uid))
        } else {
            None
        }
    };
    let range = move |range: &Range<Uid>| Some((bound(range.start)?, bound(range.end)?));
    ranges.iter().filter_map(range).flat_map(|(start, end)| {
        // RFC 4315 3: a range means the ascending numbers, whichever end comes first.
        (start.min(end)..=start.max(end)).filter_map(|n| Uid::try_from(n).ok())
    })
}
