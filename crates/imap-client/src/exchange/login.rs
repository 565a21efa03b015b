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
    capabilities: NewCapabilities,
}

impl Answer for LoginAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        self.capabilities.absorb(response)
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.set_connection(ConnectionState::Authenticated);
        self.capabilities.finish(state);
        Ok(())
    }
}

/// The capabilities for another user than before, which the server may tell in its answer.
#[derive(Debug, Default)]
pub(super) struct NewCapabilities {
    are_told: bool,
}

impl NewCapabilities {
    pub(super) fn absorb(&mut self, response: &Response<'_>) -> Absorbed {
        if matches!(response, Response::Capability(_)) {
            // The session has taken note of them already.
            self.are_told = true;
            return Absorbed::Taken;
        }
        Absorbed::Not
    }

    /// Forgets those from before, if there are no new ones.
    pub(super) fn finish(self, state: &mut State) {
        if !self.are_told {
            // RFC 9051 6.2.3: they can be others for a user who is logged in.
            state.set_capabilities(None);
        }
    }
}
