//! COPY and MOVE.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Copy, Move};
use imap_proto::response::{CopyUid, StatusResponse};
use imap_proto::{Code, MessageNumber, Response, Tag, Uid, UidValidity};

use super::expunge::{Expunged, Gone};
use super::{Absorbed, Answer, Data, Exchange, Numbers, Rules};
use crate::error::Error;
use crate::state::State;

impl<N: MessageNumber> Exchange for Copy<'_, N> {
    type Answer = CopyAnswer;

    fn rules(&self) -> Rules {
        copy_rules::<N>("COPY", Data::UID_PLUS)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> CopyAnswer {
        CopyAnswer::default()
    }
}

impl<N: MessageNumber> Exchange for Move<'_, N> {
    type Answer = MoveAnswer;

    fn rules(&self) -> Rules {
        copy_rules::<N>("MOVE", Data::UID_PLUS | Data::EXPUNGE)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> MoveAnswer {
        MoveAnswer::default()
    }
}

fn copy_rules<N: MessageNumber>(name: &'static str, data: Data) -> Rules {
    let rules = Rules::selected(name).answered_by(data);
    if N::COMMAND_PREFIX.is_empty() {
        return rules.with_sequence_numbers();
    }
    rules
}

/// Collects the answer to `COPY` or `UID COPY`.
#[derive(Debug, Default)]
pub struct CopyAnswer(Option<Copied>);

impl Answer for CopyAnswer {
    type Output = Option<Copied>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        // Some servers tell in an untagged OK.
        match response {
            Response::Status(status) => self.take(status),
            _ => Absorbed::Not,
        }
    }

    fn finish(
        mut self,
        status: &StatusResponse<'_>,
        _: &mut State,
    ) -> Result<Option<Copied>, Error> {
        self.take(status);
        Ok(self.0)
    }
}

impl CopyAnswer {
    fn take(&mut self, status: &StatusResponse<'_>) -> Absorbed {
        let Some(Code::CopyUid(uids)) = status.code else {
            return Absorbed::Not;
        };
        match &mut self.0 {
            Some(copied) if copied.uid_validity == uids.uid_validity => copied.extend(uids),
            copied => *copied = Some(Copied::new(uids)),
        }
        Absorbed::Taken
    }
}

/// Collects the answer to `MOVE` or `UID MOVE`.
#[derive(Debug, Default)]
pub struct MoveAnswer {
    copied: CopyAnswer,
    gone: Gone,
}

impl MoveAnswer {
    /// Takes where the messages are from the end of a command that is not the last one.
    pub(super) fn copied(&mut self, status: &StatusResponse<'_>) {
        self.copied.take(status);
    }
}

impl Answer for MoveAnswer {
    type Output = Moved;

    fn absorb(&mut self, response: &Response<'_>, frame: &Bytes, state: &State) -> Absorbed {
        // RFC 6851 4.3: COPYUID is to come in an untagged OK.
        match self.gone.take(response) {
            Absorbed::Not => self.copied.absorb(response, frame, state),
            absorbed => absorbed,
        }
    }

    fn finish(self, status: &StatusResponse<'_>, state: &mut State) -> Result<Moved, Error> {
        Ok(Moved {
            copied: self.copied.finish(status, state)?,
            expunged: self.gone.finish(),
        })
    }
}

/// Where copied messages are.
///
/// `S: A003 OK [COPYUID 38505 304,319:320 3956:3958] Done` tells of three messages.
///
/// [RFC 4315 section 3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Copied {
    /// That of the mailbox copied to.
    pub uid_validity: UidValidity,
    /// The messages that were copied.
    pub source: Numbers<Uid>,
    /// Their copies, in the same order.
    pub destination: Numbers<Uid>,
}

impl Copied {
    fn new(uids: &CopyUid<'_>) -> Self {
        let mut copied = Self {
            uid_validity: uids.uid_validity,
            source: Numbers::default(),
            destination: Numbers::default(),
        };
        copied.extend(uids);
        copied
    }

    fn extend(&mut self, uids: &CopyUid<'_>) {
        self.source.extend_from(uids.source);
        self.destination.extend_from(uids.destination);
    }

    /// The UID of each message that was copied, and that of its copy.
    pub fn pairs(&self) -> impl Iterator<Item = (Uid, Uid)> {
        self.source.iter().zip(self.destination.iter())
    }
}

/// Where moved messages are, and what went from the selected mailbox.
///
/// `S: * OK [COPYUID 432432 42:69 1202:1229]` and `S: * 22 EXPUNGE` are parts of such an answer.
///
/// [RFC 6851 section 3](https://www.rfc-editor.org/rfc/rfc6851#section-3)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Moved {
    /// Where the messages are, if the server told.
    pub copied: Option<Copied>,
    /// What went.
    pub expunged: Expunged,
}
