//! What came back for a command.

use imap_client::Error;
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Code, Response};

use super::message::Message;

/// How a command ended.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Outcome {
    Bad,
    No,
    Ok,
    /// The session ended before the command did, or the client did not send it.
    #[default]
    Unknown,
}

/// What came back for a command, from the first message to the tagged one.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// The line that was sent, with its tag and without secrets.
    command: Option<String>,
    messages: Vec<Message>,
    outcome: Outcome,
}

impl Reply {
    pub(super) fn sent(&mut self, line: String) {
        self.command = Some(line);
    }

    pub(super) fn received(&mut self, message: Message) {
        self.messages.push(message);
    }

    pub(super) fn set_outcome(&mut self, result: &Result<(), Error>) {
        self.outcome = match result {
            Ok(()) => Outcome::Ok,
            Err(Error::Refused(refusal)) => match refusal.status() {
                Status::No => Outcome::No,
                _ => Outcome::Bad,
            },
            Err(_) => Outcome::Unknown,
        };
    }

    pub(super) fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The line that was sent, with its tag and without secrets.
    pub(super) fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }

    pub(super) fn tag(&self) -> Option<&str> {
        self.command()?.split(' ').next()
    }

    /// Whether something in it was unreadable, so that what seems to be missing may have been there.
    pub(super) fn is_damaged(&self) -> bool {
        self.messages.iter().any(Message::is_damaged)
    }

    /// Whether nothing had to be forgiven in it.
    pub(super) fn is_exact(&self) -> bool {
        self.messages.iter().all(Message::is_exact)
    }

    /// What the messages say that can be read.
    pub(super) fn responses(&self) -> impl Iterator<Item = Response<'_>> {
        self.messages.iter().filter_map(Message::response)
    }

    pub(super) fn has(&self, is: impl Fn(Response<'_>) -> bool) -> bool {
        self.responses().any(is)
    }

    /// The codes of untagged OK responses.
    pub(super) fn codes(&self) -> impl Iterator<Item = Code<'_>> {
        self.responses().filter_map(|response| match response {
            Response::Status(StatusResponse {
                tag: None, code, ..
            }) => code,
            _ => None,
        })
    }

    /// The tagged response, as it came.
    pub(super) fn end(&self) -> Option<&[u8]> {
        let tag = format!("{} ", self.tag()?);
        let frames = self.messages.iter().rev().map(Message::frame);
        frames
            .into_iter()
            .find(|frame| frame.starts_with(tag.as_bytes()))
    }

    /// The code of the tagged response.
    pub(super) fn tagged_code(&self) -> Option<Code<'_>> {
        self.responses().find_map(|response| match response {
            Response::Status(StatusResponse {
                tag: Some(_), code, ..
            }) => code,
            _ => None,
        })
    }
}
