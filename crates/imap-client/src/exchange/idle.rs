//! IDLE.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::{Capability, Command, Tag};

use super::{DoneAnswer, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

/// `IDLE`: the server tells its news as they come, until the client says `DONE`.
///
/// [`Session::idle`](crate::Session::idle) submits it.
///
/// [RFC 2177](https://www.rfc-editor.org/rfc/rfc2177)
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle;

impl Exchange for Idle {
    type Answer = DoneAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("IDLE").alone()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        // RFC 2177 3: a client must not use it where it is not offered.
        if state.has(Capability::Idle) || state.has(Capability::Imap4Rev2) {
            return Ok(());
        }
        Err(Error::Unsupported("IDLE"))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Idle, options)
    }

    fn answer(&self) -> DoneAnswer {
        DoneAnswer
    }
}
