//! One message of a FETCH.

use imap_proto::response::Fetch;
use imap_proto::{Parsed, Response};

use crate::error::{Error, Unreadable};
use crate::session::Session;

/// A FETCH response that owns its octets.
#[derive(Debug)]
pub struct OwnedFetch(Parsed);

impl OwnedFetch {
    /// The response that the session took in last.
    pub(super) fn last_of(session: &Session) -> Result<Self, Error> {
        let frame = session.frame();
        let parsed = Parsed::with_options(&**frame, session.parse_options());
        parsed.map(Self).map_err(|error| {
            Error::Parse(Unreadable {
                frame: frame.clone(),
                error,
            })
        })
    }

    /// The response.
    pub fn fetch(&self) -> Fetch<'_> {
        match self.0.response() {
            Response::Fetch(fetch) => fetch,
            // cannot happen: made of FETCH responses only
            _ => Fetch {
                number: imap_proto::SeqNum::MIN,
                items: &[],
            },
        }
    }
}
