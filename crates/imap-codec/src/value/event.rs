//! Events that a client can be told of.

use imap_proto::Event;

use crate::encode::{Encode, Encoder};

impl Encode for Event<'_> {
    /// `event`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
        match self {
            Self::MessageNew([]) => {}
            Self::MessageNew(items) => {
                out.raw(b" ");
                out.list(items);
            }
            _ => {}
        }
    }
}
