//! What a session has to say, as octets that wait to be sent.

use imap_codec::{Encode, EncodeOptions, Encoded, Encoder};
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Code, Response, Text};

use crate::faults::Quirks;

/// Responses that are encoded and not sent.
pub(super) struct Output {
    octets: Vec<u8>,
    /// Memory that is used again for each response.
    scratch: Vec<u8>,
    options: EncodeOptions,
    quirks: Quirks,
    /// The tag of the command that is answered.
    tag: Vec<u8>,
}

impl Output {
    pub(super) fn new() -> Self {
        Self {
            octets: Vec::new(),
            scratch: Vec::new(),
            options: EncodeOptions::SERVER,
            quirks: Quirks::default(),
            tag: Vec::new(),
        }
    }

    /// Says how responses are rewritten, and which command they answer.
    pub(super) fn set_quirks(&mut self, quirks: Quirks, tag: &[u8]) {
        self.quirks = quirks;
        self.tag.clear();
        self.tag.extend_from_slice(tag);
    }

    /// Says whether the client understands UTF-8 in quoted strings.
    pub(super) const fn set_utf8(&mut self, utf8: bool) {
        self.options.utf8 = utf8;
    }

    /// Adds a response; one that cannot be written is told of in its place.
    pub(super) fn send(&mut self, response: &Response<'_>) {
        match self.encode(response) {
            Ok(()) => {}
            Err(error) => {
                let text = error.to_string();
                let bug = StatusResponse {
                    tag: None,
                    status: Status::No,
                    code: Some(Code::ServerBug),
                    text: Text::new(&text).unwrap_or_default(),
                };
                // cannot fail: the text of an error has no line end
                self.encode(&Response::Status(bug)).unwrap_or_default();
            }
        }
    }

    /// How many octets wait to be sent.
    pub(super) const fn len(&self) -> usize {
        self.octets.len()
    }

    /// Adds octets as they are.
    pub(super) fn send_raw(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// Takes what is to be sent.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.octets)
    }

    fn encode(&mut self, response: &Response<'_>) -> Result<(), imap_codec::EncodeError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let mut out = Encoder::with_buffer(self.options, scratch);
        response.encode(&mut out);
        let mut scratch = out.finish().map(Encoded::into_bytes)?;
        if !self.quirks.is_empty() {
            scratch = self.quirks.rewrite(scratch, &self.tag);
        }
        self.octets.extend_from_slice(&scratch);
        if scratch.capacity() <= MAX_SCRATCH {
            self.scratch = scratch;
        }
        Ok(())
    }
}

/// The largest memory that is kept for the next response, in octets.
const MAX_SCRATCH: usize = 64 << 10;
