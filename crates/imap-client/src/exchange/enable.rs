//! ENABLE.

use bytes::Bytes;
use imap_proto::Response;
use imap_proto::command::Enable;
use imap_proto::response::StatusResponse;

use super::{Absorbed, Answer, Rules};
use crate::error::Error;
use crate::state::{Capabilities, ConnectionState, State};

exchange!(
    Enable<'_> => EnableAnswer,
    // RFC 5161 3.1: it is not allowed once a mailbox is selected.
    Rules::new("ENABLE", &[ConnectionState::Authenticated]).alone(),
    |_| EnableAnswer::default()
);

/// Collects the answer to `ENABLE`: what the server switched on.
///
/// Commands that were submitted before it is there name mailboxes as before, in modified UTF-7, though
/// the server may take the names for UTF-8 by then: so those that name one should wait for it.
#[derive(Debug, Default)]
pub struct EnableAnswer(Capabilities);

impl Answer for EnableAnswer {
    type Output = Capabilities;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        let Response::Enabled(enabled) = response else {
            return Absorbed::Not;
        };
        self.0.extend(enabled.iter().copied());
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, state: &mut State) -> Result<Capabilities, Error> {
        state.enable(&self.0);
        Ok(self.0)
    }
}
