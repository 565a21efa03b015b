//! Any command, as text.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::OtherCommand;
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Parsed, Response, Tag};

use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

/// A command as text, for what has no method of its own.
#[derive(Debug)]
pub struct Raw<'a>(pub OtherCommand<'a>);

impl Exchange for Raw<'_> {
    type Answer = RawAnswer;

    fn rules(&self) -> Rules {
        Rules::any_state("raw command")
            .alone()
            .answered_by(Data::ANY)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &self.0, options)
    }

    fn answer(&self) -> RawAnswer {
        RawAnswer::default()
    }
}

/// Collects whatever comes until the command is over.
#[derive(Debug, Default)]
pub struct RawAnswer(Vec<Parsed>);

impl Answer for RawAnswer {
    type Output = RawReply;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        if matches!(response, Response::Status(status) if status.status == Status::Bye) {
            return Absorbed::Not;
        }
        match state.read(frame) {
            Ok(response) => self.0.push(response),
            Err(_) => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    fn finish(self, status: &StatusResponse<'_>, _: &mut State) -> Result<RawReply, Error> {
        let text = status.text.to_str_lossy().into_owned();
        Ok(RawReply {
            responses: self.0,
            text,
        })
    }
}

/// What came back for a raw command that the server said OK to.
#[derive(Debug, Eq, PartialEq)]
pub struct RawReply {
    /// All untagged responses that came while the command was in flight, in their order.
    pub responses: Vec<Parsed>,
    /// The text of the tagged OK.
    pub text: String,
}
