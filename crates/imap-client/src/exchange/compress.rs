//! COMPRESS.

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Compress;
use imap_proto::response::StatusResponse;
use imap_proto::{Capability, Tag};

use super::{Answer, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

/// May compression begin? It does as soon as the server agrees, which is the driver's to do.
impl Exchange for Compress<'_> {
    type Answer = CompressAnswer;

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

    fn answer(&self) -> CompressAnswer {
        CompressAnswer
    }
}

/// The answer after which all is compressed.
#[derive(Debug)]
pub struct CompressAnswer;

impl Answer for CompressAnswer {
    type Output = ();

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_compressed();
        Ok(())
    }
}
