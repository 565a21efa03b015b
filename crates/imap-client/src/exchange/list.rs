//! LIST and LSUB.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::response::StatusResponse;
use imap_proto::{Mailbox, MailboxAttribute, Response, Tag, command, response};

use super::mailbox::wire_mailbox;
use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl Exchange for command::List<'_> {
    type Answer = ListAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("LIST").answered_by(Data::LIST)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &imap_proto::Command::List(*self), options)
    }

    fn answer(&self) -> ListAnswer {
        ListAnswer {
            subscribed: false,
            entries: Vec::new(),
        }
    }
}

/// `LSUB`: list the mailboxes that the user subscribed to.
#[derive(Debug)]
pub(crate) struct Lsub<'a>(pub(crate) command::BasicList<'a>);

impl Exchange for Lsub<'_> {
    type Answer = ListAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("LSUB").answered_by(Data::LSUB)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, &imap_proto::Command::Lsub(self.0), options)
    }

    fn answer(&self) -> ListAnswer {
        ListAnswer {
            subscribed: true,
            entries: Vec::new(),
        }
    }
}

/// Collects the answer to `LIST` or `LSUB`.
#[derive(Debug)]
pub struct ListAnswer {
    subscribed: bool,
    entries: Vec<ListEntry>,
}

impl Answer for ListAnswer {
    type Output = Vec<ListEntry>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::List(list) if !self.subscribed => self.entries.push(ListEntry::new(list)),
            Response::Lsub(list) if self.subscribed => self.entries.push(ListEntry::new(list)),
            _ => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<ListEntry>, Error> {
        Ok(self.entries)
    }
}

/// A mailbox of the answer to `LIST` or `LSUB`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ListEntry {
    attributes: Vec<Box<str>>,
    delimiter: Option<char>,
    wire_name: Box<[u8]>,
    name: String,
}

impl ListEntry {
    fn new(list: &response::List<'_>) -> Self {
        Self {
            attributes: list.attributes.iter().map(|a| a.as_str().into()).collect(),
            delimiter: list.delimiter.map(char::from),
            wire_name: list.mailbox.as_bytes().into(),
            name: list.mailbox.decode().into_owned(),
        }
    }

    /// What the mailbox is like.
    pub fn attributes(&self) -> impl Iterator<Item = MailboxAttribute<'_>> {
        self.attributes
            .iter()
            .filter_map(|name| MailboxAttribute::new(name).ok())
    }

    /// Whether the mailbox has this attribute.
    pub fn has(&self, attribute: MailboxAttribute<'_>) -> bool {
        self.attributes().any(|a| a == attribute)
    }

    /// What separates the levels of the hierarchy in the name; nothing where there are no levels.
    pub fn delimiter(&self) -> Option<char> {
        self.delimiter
    }

    /// The name as people read it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name as it is on the wire, to pass to commands.
    pub fn mailbox(&self) -> Mailbox<'_> {
        wire_mailbox(&self.wire_name)
    }
}
