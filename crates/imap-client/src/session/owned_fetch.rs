//! One message of a FETCH.

use std::fmt;

use imap_proto::response::Fetch;
use imap_proto::{Parsed, Response, SeqNum};

use super::Session;
use crate::error::{Error, Unreadable};

/// A FETCH response that owns its octets.
pub struct OwnedFetch(Parsed);

impl OwnedFetch {
    /// The response that the session took in last.
    pub(crate) fn last_of(session: &Session) -> Result<Self, Error> {
        let frame = &session.frame;
        let parsed = session.state().read(frame);
        parsed.map(Self).map_err(|error| {
            Error::Parse(Unreadable {
                frame: frame.clone(),
                error,
            })
        })
    }

    /// A response, if it is one of FETCH.
    pub(super) fn new(parsed: Parsed) -> Result<Self, Parsed> {
        match parsed.response() {
            Response::Fetch(_) => Ok(Self(parsed)),
            _ => Err(parsed),
        }
    }

    /// Octets of memory that it takes.
    pub(super) fn allocated(&self) -> usize {
        self.0.allocated()
    }

    /// The response.
    pub fn fetch(&self) -> Fetch<'_> {
        match self.0.response() {
            Response::Fetch(fetch) => fetch,
            // cannot happen: checked when made
            _ => Fetch {
                number: SeqNum::MIN,
                items: &[],
            },
        }
    }
}

impl fmt::Debug for OwnedFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fetch().fmt(f)
    }
}
