//! COMPRESS.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Compress;
use imap_proto::{Capability, Tag};

use super::{DoneAnswer, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

/// May compression begin? It does as soon as the server agrees, which is the driver's to do.
impl Exchange for Compress<'_> {
    type Answer = DoneAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("COMPRESS").alone().changing_octets()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        if state.has(Capability::CompressDeflate) {
            return Ok(());
        }
        Err(Error::Unsupported("COMPRESS=DEFLATE"))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> DoneAnswer {
        DoneAnswer
    }
}
