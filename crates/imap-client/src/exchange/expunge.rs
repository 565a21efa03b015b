//! EXPUNGE and UID EXPUNGE.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::UidExpunge;
use imap_proto::response::StatusResponse;
use imap_proto::{Capability, Command, Response, SeqNum, Tag};

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

/// `EXPUNGE`: remove all messages that have `\Deleted`.
#[derive(Debug)]
pub(crate) struct Expunge;

impl Exchange for Expunge {
    type Answer = ExpungeAnswer;

    fn rules(&self) -> Rules {
        Rules::selected("EXPUNGE").answered_by(Data::EXPUNGE)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Expunge, options)
    }

    fn answer(&self) -> ExpungeAnswer {
        ExpungeAnswer::default()
    }
}

impl Exchange for UidExpunge<'_> {
    type Answer = ExpungeAnswer;

    fn rules(&self) -> Rules {
        Rules::selected("UID EXPUNGE").answered_by(Data::EXPUNGE)
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        // A server that does not know the command could take it for EXPUNGE.
        if state.has(Capability::UidPlus) || state.has(Capability::Imap4Rev2) {
            return Ok(());
        }
        Err(Error::Unsupported("UID EXPUNGE"))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> ExpungeAnswer {
        ExpungeAnswer::default()
    }
}

/// Collects the answer to `EXPUNGE` or `UID EXPUNGE`.
#[derive(Debug, Default)]
pub struct ExpungeAnswer(Vec<SeqNum>);

impl Answer for ExpungeAnswer {
    /// The messages that went, each numbered as it was when its turn came.
    type Output = Vec<SeqNum>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        let Response::Expunge(seq) = response else {
            return Absorbed::Not;
        };
        self.0.push(*seq);
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<SeqNum>, Error> {
        Ok(self.0)
    }
}
