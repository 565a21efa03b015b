//! STATUS.

use std::collections::BTreeMap;

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::Status;
use imap_proto::response::StatusResponse;
use imap_proto::{Malformed, OtherItem, Response, StatusItem, Tag, Uid, UidValidity};

use super::mailbox::AskedMailbox;
use super::{Absorbed, Answer, Data, Exchange, Rules};
use crate::error::Error;
use crate::state::State;

impl Exchange for Status<'_> {
    type Answer = StatusAnswer;

    fn rules(&self) -> Rules {
        Rules::authenticated("STATUS").answered_by(Data::STATUS)
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> StatusAnswer {
        StatusAnswer {
            mailbox: AskedMailbox::new(self.mailbox),
            data: None,
        }
    }
}

/// Collects the answer to `STATUS`.
#[derive(Debug)]
pub struct StatusAnswer {
    mailbox: AskedMailbox,
    data: Option<StatusData>,
}

impl Answer for StatusAnswer {
    type Output = StatusData;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            // NOTIFY gives such data of other mailboxes, too.
            Response::MailboxStatus(status) if self.mailbox.is(status.mailbox) => {
                self.data.get_or_insert_default().update(status.items);
                Absorbed::Taken
            }
            _ => Absorbed::Not,
        }
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<StatusData, Error> {
        self.data.ok_or(Error::NoData("STATUS"))
    }
}

/// The state of a mailbox: what the server told of that which was asked for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct StatusData {
    /// How large a message may be, in octets; `Some(None)` where there is no limit.
    pub append_limit: Option<Option<u32>>,
    /// How many messages have `\Deleted`.
    pub deleted: Option<u32>,
    /// How much expunging would free, in octets.
    pub deleted_storage: Option<u64>,
    /// The highest modification sequence; 0 where the mailbox keeps none.
    pub highest_mod_seq: Option<u64>,
    /// The identifier that stays when the name changes.
    pub mailbox_id: Option<String>,
    /// How many messages there are.
    pub messages: Option<u32>,
    /// The values of items that are not known or cannot be read, as they came.
    pub others: BTreeMap<String, Vec<u8>>,
    /// How many messages have `\Recent`.
    pub recent: Option<u32>,
    /// How large all messages are together, in octets.
    pub size: Option<u64>,
    /// What the next message will get.
    pub uid_next: Option<Uid>,
    /// Whether UIDs kept from an earlier session are still good.
    pub uid_validity: Option<UidValidity>,
    /// How many messages do not have `\Seen`.
    pub unseen: Option<u32>,
}

impl StatusData {
    pub(super) fn update(&mut self, items: &[StatusItem<'_>]) {
        for item in items {
            match item {
                StatusItem::AppendLimit(limit) => self.append_limit = Some(*limit),
                StatusItem::Deleted(n) => self.deleted = Some(*n),
                StatusItem::DeletedStorage(n) => self.deleted_storage = Some(*n),
                StatusItem::HighestModSeq(n) => self.highest_mod_seq = Some(*n),
                StatusItem::MailboxId(id) => self.mailbox_id = Some(id.as_str().into()),
                StatusItem::Messages(n) => self.messages = Some(*n),
                StatusItem::Recent(n) => self.recent = Some(*n),
                StatusItem::Size(n) => self.size = Some(*n),
                StatusItem::UidNext(uid) => self.uid_next = Some(*uid),
                StatusItem::UidValidity(validity) => self.uid_validity = Some(*validity),
                StatusItem::Unseen(n) => self.unseen = Some(*n),
                StatusItem::Other(OtherItem { name, value })
                | StatusItem::Malformed(Malformed { name, value, .. }) => {
                    let name = String::from_utf8_lossy(name).into_owned();
                    self.others.insert(name, value.to_vec());
                }
                _ => {}
            }
        }
    }
}
