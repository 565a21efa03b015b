//! SELECT and EXAMINE.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Examine, Select};
use imap_proto::response::StatusResponse;
use imap_proto::{Code, Response, Tag};

use super::{Absorbed, Answer, Exchange, Rules};
use crate::error::{Error, Refusal};
use crate::state::{ConnectionState, Selected, State};

impl Exchange for Select<'_> {
    type Answer = SelectAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("SELECT").alone().selecting()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> SelectAnswer {
        SelectAnswer::default()
    }
}

impl Exchange for Examine<'_> {
    type Answer = SelectAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("EXAMINE").alone().selecting()
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> SelectAnswer {
        SelectAnswer {
            mailbox: Selected {
                read_only: true,
                ..Selected::default()
            },
        }
    }
}

/// The answer after which a mailbox is selected.
#[derive(Debug, Default)]
pub struct SelectAnswer {
    mailbox: Selected,
}

impl Answer for SelectAnswer {
    type Output = Selected;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        if let Response::Status(StatusResponse {
            code: Some(Code::Closed),
            ..
        }) = response
        {
            // RFC 9051 7.1: what came before was about the mailbox selected until now.
            self.mailbox = Selected {
                read_only: self.mailbox.read_only,
                ..Selected::default()
            };
            return Absorbed::Taken;
        }
        if self.mailbox.update(response) {
            Absorbed::Taken
        } else {
            Absorbed::Not
        }
    }

    fn refused(&mut self, refusal: Refusal, state: &mut State) -> Error {
        // RFC 9051 6.3.2: the mailbox selected until now is left all the same.
        state.set_connection(ConnectionState::Authenticated);
        Error::Refused(refusal)
    }

    fn finish(mut self, status: &StatusResponse<'_>, state: &mut State) -> Result<Selected, Error> {
        self.mailbox.update(&Response::Status(*status));
        state.select(self.mailbox.clone());
        Ok(self.mailbox)
    }
}
