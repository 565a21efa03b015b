//! Status responses and continuation requests.

use imap_proto::response::{ContinuationRequest, Status, StatusResponse};
use imap_proto::{Code, Text};

use crate::encode::{Encode, Encoder, Reason};

impl Encode for StatusResponse<'_> {
    /// `response-tagged`, or the same with `*` for the tag.
    fn encode(&self, out: &mut Encoder) {
        match &self.tag {
            Some(tag) => tag.encode(out),
            None => out.raw(b"*"),
        }
        out.raw(b" ");
        self.status.encode(out);
        out.raw(b" ");
        resp_text(self.code.as_ref(), self.text, out);
        out.raw(b"\r\n");
    }
}

impl Encode for Status {
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}

impl Encode for ContinuationRequest<'_> {
    /// `continue-req`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"+ ");
        let start = out.position();
        resp_text(self.code.as_ref(), self.text, out);
        let is_break = |b: &u8| matches!(b, b'\r' | b'\n');
        if let Some(offset) = out.written_from(start).iter().position(is_break) {
            // A client takes all behind `+` for text, where there are no literals.
            out.argument("response code");
            out.refuse(offset, Reason::LineBreak);
        }
        out.raw(b"\r\n");
    }
}

/// `["[" resp-text-code "]" SP] [text]`
fn resp_text(code: Option<&Code<'_>>, text: Text<'_>, out: &mut Encoder) {
    if let Some(code) = code {
        code.encode(out);
        out.raw(b" ");
    } else if text.as_bytes().starts_with(b"[") {
        // It would be read as a code, and such a text need not be the server's own.
        out.argument("text");
        out.refuse(0, Reason::Syntax);
    }
    text.encode(out);
}
