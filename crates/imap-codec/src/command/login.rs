//! LOGIN, AUTHENTICATE and PROXYAUTH.

use imap_proto::command::{Authenticate, InitialResponse, Login, ProxyAuth};

use crate::encode::{Encode, Encoder};

impl Encode for Login<'_> {
    /// `login`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"LOGIN ");
        out.argument("user name");
        out.astring(self.user_name);
        out.raw(b" ");
        out.argument("password");
        out.astring(self.password);
    }
}

impl Encode for Authenticate<'_> {
    /// `authenticate`, without the lines of the exchange that follow it.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"AUTHENTICATE ");
        self.mechanism.encode(out);
        if let Some(response) = &self.initial_response {
            out.raw(b" ");
            response.encode(out);
        }
    }
}

impl Encode for InitialResponse<'_> {
    /// `initial-resp`
    fn encode(&self, out: &mut Encoder) {
        match self.as_base64().as_bytes() {
            b"" => out.raw(b"="),
            base64 => out.raw(base64),
        }
    }
}

impl Encode for ProxyAuth<'_> {
    /// `"PROXYAUTH" SP astring`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"PROXYAUTH ");
        out.argument("user name");
        out.astring(self.user_name);
    }
}
