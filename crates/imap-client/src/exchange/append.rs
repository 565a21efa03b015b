//! APPEND.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Append;
use imap_proto::response::{AppendUid, StatusResponse};
use imap_proto::{Code, Tag, UidSetBuf, UidValidity};

use super::{Answer, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl Exchange for Append<'_> {
    type Answer = AppendAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("APPEND")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> AppendAnswer {
        AppendAnswer
    }
}

/// The answer to `APPEND`.
#[derive(Debug)]
pub struct AppendAnswer;

impl Answer for AppendAnswer {
    type Output = Option<Appended>;

    fn finish(self, status: &StatusResponse<'_>, _: &mut State) -> Result<Option<Appended>, Error> {
        let Some(Code::AppendUid(AppendUid { uid_validity, uids })) = status.code else {
            return Ok(None);
        };
        Ok(Some(Appended {
            uid_validity,
            uids: uids.into(),
        }))
    }
}

/// Where appended messages are: the server told, by `APPENDUID` of RFC 4315.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Appended {
    /// That of the mailbox.
    pub uid_validity: UidValidity,
    /// The UIDs of the messages.
    pub uids: UidSetBuf,
}
