//! LOGIN, AUTHENTICATE and PROXYAUTH.

use imap_proto::command::{Authenticate, AuthenticateData, Login, ProxyAuth, SaslResponse};

use crate::encode::{Encode, Encoder};

impl Encode for Login<'_> {
    /// `login`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"LOGIN ");
        out.argument("user name");
        out.astring(self.user_name);
        out.raw(b" ");
        out.argument("password");
        let start = out.position();
        out.astring(self.password);
        out.secret_from(start);
    }
}

impl Encode for Authenticate<'_> {
    /// `authenticate`, without the lines of the exchange that follow it.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"AUTHENTICATE ");
        self.mechanism.encode(out);
        if self.initial_response.is_some() {
            out.raw(b" ");
        }
        let start = out.position();
        match self.initial_response.map(|response| response.as_base64()) {
            // The empty response has to differ from none.
            Some("") => out.raw(b"="),
            Some(base64) => out.raw(base64.as_bytes()),
            None => {}
        }
        out.secret_from(start);
    }
}

impl Encode for AuthenticateData<'_> {
    /// `base64` or `*`, with its line end.
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Cancel => out.raw(b"*"),
            Self::Response(response) => response.encode(out),
        }
        out.raw(b"\r\n");
    }
}

impl Encode for SaslResponse<'_> {
    /// `base64`
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(self.as_base64().as_bytes());
        out.secret_from(start);
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
