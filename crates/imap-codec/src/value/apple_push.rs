//! Notifications by Apple's push service.

use imap_proto::{PushParameter, PushService, PushValue};

use crate::encode::{Encode, Encoder};

impl Encode for PushService<'_> {
    /// The name of the command or the response, and the parameters.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"XAPPLEPUSHSERVICE");
        for parameter in self.parameters {
            out.raw(b" ");
            parameter.encode(out);
        }
    }
}

impl Encode for PushParameter<'_> {
    /// `astring SP (string / "(" [string *(SP string)] ")")`: values in quotes, as servers have them.
    fn encode(&self, out: &mut Encoder) {
        out.argument("parameter name");
        out.astring(self.name);
        out.raw(b" ");
        out.argument("parameter value");
        match self.value {
            PushValue::List(strings) => out.list(strings),
            PushValue::String(string) => string.encode(out),
        }
    }
}
