//! APPEND and REPLACE.

use bytes::Bytes;
use imap_codec::{AppendHead, EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Append, Replace};
use imap_proto::response::{AppendUid, StatusResponse};
use imap_proto::{Code, MessageNumber, Response, Tag, UidSetBuf, UidValidity};

use super::expunge::{Expunged, Gone};
use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

exchange!(
    Append<'_> => AppendAnswer,
    Rules::authenticated("APPEND"),
    |_| AppendAnswer::default()
);

/// `APPEND` of a message that the driver sends by and by.
impl Exchange for AppendHead<'_> {
    type Answer = AppendAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("APPEND")
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn streamed(&self) -> Option<u64> {
        Some(self.length)
    }

    fn answer(&self) -> AppendAnswer {
        AppendAnswer::default()
    }
}

/// The answer to `APPEND`.
#[derive(Debug, Default)]
pub struct AppendAnswer(Option<Appended>);

impl AppendAnswer {
    fn take(&mut self, status: &StatusResponse<'_>) -> Absorbed {
        let Some(Code::AppendUid(AppendUid { uid_validity, uids })) = status.code else {
            return Absorbed::Not;
        };
        self.0 = Some(Appended {
            uid_validity,
            uids: uids.into(),
        });
        Absorbed::Taken
    }
}

impl Answer for AppendAnswer {
    type Output = Option<Appended>;

    fn finish(
        mut self,
        status: &StatusResponse<'_>,
        _: &mut State,
    ) -> Result<Option<Appended>, Error> {
        self.take(status);
        Ok(self.0)
    }
}

/// Where appended messages are.
///
/// `S: A003 OK [APPENDUID 38505 3955] APPEND completed` tells of one message.
///
/// [RFC 4315 section 3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Appended {
    /// That of the mailbox.
    pub uid_validity: UidValidity,
    /// The UIDs of the messages.
    pub uids: UidSetBuf,
}

impl<N: MessageNumber> Exchange for Replace<'_, N> {
    type Answer = ReplaceAnswer;

    fn rules(&self) -> Rules {
        let rules = Rules::selected("REPLACE").answered_by(Data::UID_PLUS | Data::EXPUNGE);
        if N::COMMAND_PREFIX.is_empty() {
            return rules.with_sequence_numbers();
        }
        rules
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> ReplaceAnswer {
        ReplaceAnswer::default()
    }
}

/// Collects the answer to `REPLACE` or `UID REPLACE`.
#[derive(Debug, Default)]
pub struct ReplaceAnswer {
    appended: AppendAnswer,
    gone: Gone,
}

impl Answer for ReplaceAnswer {
    type Output = Replaced;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::Status(status) => self.appended.take(status),
            _ => self.gone.take(response),
        }
    }

    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<Replaced, Error> {
        Ok(Replaced {
            appended: self.appended.finish(status, state)?,
            expunged: self.gone.finish(),
        })
    }
}

/// Where the new message is, and what went from the selected mailbox.
///
/// `S: * OK [APPENDUID 1 2001] Replacement Message ready` and `S: * 4 EXPUNGE` are parts of such an
/// answer.
///
/// [RFC 8508 section 3](https://www.rfc-editor.org/rfc/rfc8508#section-3)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Replaced {
    /// Where the new message is, if the server told.
    pub appended: Option<Appended>,
    /// What went.
    pub expunged: Expunged,
}
