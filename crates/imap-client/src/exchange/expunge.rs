//! EXPUNGE and UID EXPUNGE.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::UidExpunge;
use imap_proto::response::StatusResponse;
use imap_proto::{Capability, Command, Response, SeqNum, Tag, Uid, UidSetBuf};

use super::{Absorbed, Answer, Ask, Data, Exchange, Numbers, Rules};
use crate::error::Error;
use crate::state::State;

impl Ask<'static, ExpungeAnswer> {
    /// `EXPUNGE`: remove all messages that have `\Deleted`.
    ///
    /// [RFC 9051 section 6.4.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.3)
    pub const EXPUNGE: Self = Self::new(
        Command::Expunge,
        Rules::selected("EXPUNGE").answered_by(Data::EXPUNGE),
        ExpungeAnswer::default,
    );
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
pub struct ExpungeAnswer(Gone);

impl Answer for ExpungeAnswer {
    type Output = Expunged;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        self.0.take(response)
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Expunged, Error> {
        Ok(self.0.finish())
    }
}

/// The messages that went while a command ran.
///
/// `S: * 3 EXPUNGE`, twice, tells of what was the third message and the fourth. Once `QRESYNC` or
/// `UIDONLY` is enabled, servers tell UIDs instead: `S: * VANISHED 505,507`.
///
/// [RFC 9051 section 6.4.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.3),
/// [RFC 7162 section 3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10)
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Expunged {
    /// The messages that were told by EXPUNGE, each numbered as it was when its turn came.
    pub seq_nums: Vec<SeqNum>,
    /// The messages that were told by VANISHED.
    pub uids: UidSetBuf,
}

impl Expunged {
    /// Whether no message went.
    pub fn is_empty(&self) -> bool {
        self.seq_nums.is_empty() && self.uids.is_empty()
    }
}

/// What is to become an [`Expunged`].
#[derive(Debug, Default)]
pub(super) struct Gone {
    seq_nums: Vec<SeqNum>,
    uids: Numbers<Uid>,
}

impl Gone {
    pub(super) fn take(&mut self, response: &Response<'_>) -> Absorbed {
        match response {
            Response::Expunge(seq) => self.seq_nums.push(*seq),
            Response::Vanished(vanished) if !vanished.earlier => {
                self.uids.extend_from(vanished.uids);
            }
            _ => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    pub(super) fn finish(self) -> Expunged {
        Expunged {
            seq_nums: self.seq_nums,
            uids: (&self.uids).into(),
        }
    }
}
