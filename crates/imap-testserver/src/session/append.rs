//! APPEND.

use bytes::Bytes;
use imap_proto::command::{Append, AppendData, AppendMessage};
use imap_proto::response::AppendUid;
use imap_proto::{Code, InternalDate, UidSet, UidSetBuf};

use super::Session;
use super::reply::{Answer, Call, Reply};
use crate::shared;
use crate::store::{NewMessage, Store};

impl Session {
    /// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
    /// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502): all messages or none.
    pub(super) fn append<'a>(
        &self,
        store: &mut Store,
        call: Call<'a>,
        append: &Append<'a>,
    ) -> Answer<'a> {
        let (_, id) = self.lookup_target(store, append.mailbox)?;
        let now = shared::now();
        let new: Vec<_> = append
            .messages
            .iter()
            .map(|message| self.new_message(message, now).map(|new| (message, new)))
            .collect::<Result<_, _>>()?;
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let uids: UidSetBuf = new
            .into_iter()
            .map(|(message, mut new)| {
                new.flags = mailbox.own_flags(message.flags);
                mailbox.append(new)
            })
            .collect();
        let uid_validity = mailbox.uid_validity;
        let reply = Reply::ok("APPEND completed");
        Ok(match arena_set(call, &uids) {
            Some(uids) => reply.with_code(Code::AppendUid(AppendUid { uid_validity, uids })),
            None => reply,
        })
    }

    fn new_message(
        &self,
        message: &AppendMessage<'_>,
        now: InternalDate,
    ) -> Result<NewMessage, Reply<'static>> {
        if !message.extensions.is_empty() {
            return Err(Reply::bad("extensions of APPEND are not known here"));
        }
        let octets = match message.data {
            AppendData::Literal(octets)
            | AppendData::Literal8(octets)
            | AppendData::Utf8(octets) => Bytes::copy_from_slice(octets.as_bytes()),
            _ => return Err(Reply::bad("such data are not known here")),
        };
        if octets.is_empty() {
            return Err(Reply::no("the message is empty").with_code(Code::Cannot));
        }
        if octets.len() > self.shared.settings.append_limit as usize {
            return Err(Reply::no("the message is too large").with_code(Code::TooBig));
        }
        let mut new = NewMessage::incoming(octets, now);
        new.internal_date = message.date.unwrap_or(now);
        Ok(new)
    }
}

/// A set that lives as long as the answer; nothing if there is nothing in it.
pub(super) fn arena_set<'a>(call: Call<'a>, uids: &UidSetBuf) -> Option<UidSet<'a>> {
    UidSet::new(call.arena.alloc_slice(uids.ranges().iter().copied()))
}
