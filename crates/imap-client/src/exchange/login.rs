//! LOGIN.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Login;
use imap_proto::response::StatusResponse;
use imap_proto::{Capability, Response, Tag};

use super::{Absorbed, Answer, Exchange, Rules};
use crate::error::Error;
use crate::state::{ConnectionState, State};

impl Exchange for Login<'_> {
    type Answer = LoginAnswer;

    fn rules(&self) -> Rules {
        Rules::new("LOGIN", &[ConnectionState::NotAuthenticated]).alone()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        if state.has(Capability::LoginDisabled) {
            return Err(Error::Unsupported("LOGIN without TLS"));
        }
        Ok(())
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> LoginAnswer {
        LoginAnswer::default()
    }
}

/// The answer after which a user is logged in.
#[derive(Debug, Default)]
pub struct LoginAnswer {
    told_capabilities: bool,
}

impl Answer for LoginAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        if matches!(response, Response::Capability(_)) {
            self.told_capabilities = true;
            return Absorbed::Taken;
        }
        Absorbed::Not
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_connection(ConnectionState::Authenticated);
        if !self.told_capabilities {
            // RFC 9051 6.2.3: they can be others for a user who is logged in.
            state.set_capabilities(None);
        }
        Ok(())
    }
}
