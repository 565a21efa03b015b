//! PROXYAUTH, UNAUTHENTICATE, NOTIFY and GETJMAPACCESS.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Notify, ProxyAuth};
use imap_proto::response::StatusResponse;
use imap_proto::{Command, Response, Tag};

use super::login::NewCapabilities;
use super::{Absorbed, Answer, Ask, Data, DoneAnswer, Exchange, LoginAnswer, Rules, ValueAnswer};
use crate::error::Error;
use crate::state::{ConnectionState, State};

exchange!(
    ProxyAuth<'_> => LoginAnswer,
    Rules::new("PROXYAUTH", &[ConnectionState::Authenticated]).alone(),
    |_| LoginAnswer::default()
);

// What it makes the server tell comes as events, at once and later.
exchange!(Notify<'_> => DoneAnswer, Rules::authenticated("NOTIFY").alone(), |_| DoneAnswer);

impl Ask<'static, ValueAnswer<String>> {
    /// `GETJMAPACCESS`: where is the same account in JMAP?
    ///
    /// [RFC 9698](https://www.rfc-editor.org/rfc/rfc9698)
    pub const GET_JMAP_ACCESS: Self = Self::new(
        Command::GetJmapAccess,
        Rules::authenticated("GETJMAPACCESS").answered_by(Data::JMAP_ACCESS),
        || {
            ValueAnswer::new("GETJMAPACCESS", |response| match response {
                Response::JmapAccess(url) => Some(url.to_string()),
                _ => None,
            })
        },
    );
}

/// `UNAUTHENTICATE`: may another user log in?
#[derive(Clone, Copy, Debug)]
pub struct Unauthenticate;

impl Exchange for Unauthenticate {
    type Answer = UnauthenticateAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("UNAUTHENTICATE").alone()
    }

    fn check(&self, state: &State) -> Result<(), Error> {
        // RFC 8437 4.1: compression ends behind the line of the answer, in the midst of a block.
        if state.is_compressed() {
            return Err(Error::Unsupported("UNAUTHENTICATE while all is compressed"));
        }
        Ok(())
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &Command::Unauthenticate, options)
    }

    fn answer(&self) -> UnauthenticateAnswer {
        UnauthenticateAnswer::default()
    }
}

/// The answer after which nobody is logged in.
#[derive(Debug, Default)]
pub struct UnauthenticateAnswer {
    capabilities: NewCapabilities,
}

impl Answer for UnauthenticateAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        self.capabilities.absorb(response)
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.unauthenticate();
        self.capabilities.finish(state);
        Ok(())
    }
}
