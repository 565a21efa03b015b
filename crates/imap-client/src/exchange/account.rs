//! PROXYAUTH, UNAUTHENTICATE, NOTIFY and GETJMAPACCESS.

use bytes::Bytes;
use imap_proto::command::{Notify, ProxyAuth};
use imap_proto::response::StatusResponse;
use imap_proto::{Command, Response};

use super::simple::Ask;
use super::{Absorbed, Answer, Data, DoneAnswer, LoginAnswer, Rules, ValueAnswer};
use crate::error::Error;
use crate::state::{ConnectionState, State};

exchange!(
    ProxyAuth<'_> => LoginAnswer,
    Rules::new("PROXYAUTH", &[ConnectionState::Authenticated]).alone(),
    |_| LoginAnswer::default()
);

// What it makes the server tell comes as events, at once and later.
exchange!(Notify<'_> => DoneAnswer, Rules::authenticated("NOTIFY").alone(), |_| DoneAnswer);

/// `GETJMAPACCESS`: where is the same account in JMAP?
pub(crate) fn jmap_access() -> Ask<'static, ValueAnswer<String>> {
    let rules = Rules::authenticated("GETJMAPACCESS").answered_by(Data::JMAP_ACCESS);
    Ask::new(Command::GetJmapAccess, rules, || {
        ValueAnswer::new("GETJMAPACCESS", |response| match response {
            Response::JmapAccess(url) => Some(url.to_string()),
            _ => None,
        })
    })
}

/// `UNAUTHENTICATE`: let another user log in.
pub(crate) fn unauthenticate() -> Ask<'static, UnauthenticateAnswer> {
    let rules = Rules::authenticated("UNAUTHENTICATE").alone();
    Ask::new(
        Command::Unauthenticate,
        rules,
        UnauthenticateAnswer::default,
    )
}

/// The answer after which nobody is logged in.
#[derive(Debug, Default)]
pub struct UnauthenticateAnswer {
    told_capabilities: bool,
}

impl Answer for UnauthenticateAnswer {
    type Output = ();

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        if matches!(response, Response::Capability(_)) {
            self.told_capabilities = true;
            return Absorbed::Taken;
        }
        Absorbed::Not
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<(), Error> {
        state.unauthenticate();
        if !self.told_capabilities {
            state.set_capabilities(None);
        }
        Ok(())
    }
}
