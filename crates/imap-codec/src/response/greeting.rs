//! The greeting.

use imap_proto::response::{Greeting, StatusResponse};

use crate::encode::{Encode, Encoder};

impl Encode for Greeting<'_> {
    /// `greeting`
    fn encode(&self, out: &mut Encoder) {
        let Self { status, code, text } = *self;
        let response = StatusResponse {
            tag: None,
            status: status.into(),
            code,
            text,
        };
        response.encode(out);
    }
}
