//! APPEND.

use bytes::Bytes;
use imap_proto::command::{Append, AppendData, AppendMessage, Replace};
use imap_proto::response::AppendUid;
use imap_proto::{Code, InternalDate, Range, Rights, SequenceSet, Uid, UidSet, UidSetBuf};

use super::Session;
use super::access::Place;
use super::catenate::too_big;
use super::quota::check_room;
use super::reply::{Answer, Call, Reply};
use super::state::Numbering;
use crate::shared;
use crate::store::{MailboxId, NewMessage, Store};

impl Session {
    /// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
    /// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502): all messages or none.
    pub(super) fn append<'a>(
        &self,
        store: &mut Store,
        call: Call<'a>,
        append: &Append<'a>,
    ) -> Answer<'a> {
        let target = self.lookup_target(store, append.mailbox)?;
        let code = self.append_to(store, call, target, append.messages)?;
        Ok(Reply::ok("APPEND completed").with_code(code))
    }

    /// [RFC 8508](https://www.rfc-editor.org/rfc/rfc8508)
    pub(super) fn replace<'a, N: Numbering>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        command: &Replace<'a, N>,
    ) -> Answer<'a> {
        let needed = Rights::DELETE_MESSAGES.with(Rights::EXPUNGE);
        let source = self.writable_with(store, needed)?;
        let range = [Range {
            start: command.number,
            end: command.number,
        }];
        let selected = self.selected.as_ref();
        let set = SequenceSet::new(&range);
        let old = match (selected, set) {
            (Some(selected), Some(set)) => selected.uids_of(set)?,
            _ => Vec::new(),
        };
        let is_there = |uid: &Uid| {
            store
                .mailbox(source)
                .is_some_and(|m| m.find(*uid).is_some())
        };
        let Some(old) = old.first().copied().filter(is_there) else {
            return Err(Reply::no("there is no such message").with_code(Code::NonExistent));
        };
        let target = self.lookup_target(store, command.mailbox)?;
        let messages = std::slice::from_ref(command.message);
        let code = self.append_to(store, call, target, messages)?;
        // RFC 8508 section 3.3: APPENDUID comes before EXPUNGE.
        self.send_code(code, "the new message is there");
        if let Some(mailbox) = store.mailbox_mut(source) {
            mailbox.expunge_where(self.id, |message| message.uid == old);
        }
        Ok(Reply::ok("REPLACE completed"))
    }

    fn append_to<'a>(
        &self,
        store: &mut Store,
        call: Call<'a>,
        (place, id): (Place, MailboxId),
        messages: &[AppendMessage<'a>],
    ) -> Result<Code<'a>, Reply<'a>> {
        let new = self.new_messages(store, call, messages)?;
        let octets = new.iter().map(|(_, new)| new.mail.size()).sum();
        check_room(store, &place.owner, new.len(), octets)?;
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let uids: UidSetBuf = new
            .into_iter()
            .map(|(message, mut new)| {
                new.flags = mailbox.own_flags(message.flags);
                mailbox.append(new)
            })
            .collect();
        let uid_validity = mailbox.uid_validity;
        let uids = UidSet::new(call.arena.alloc_slice(uids.ranges().iter().copied()));
        // cannot fail: a command has at least one message
        let uids = uids.ok_or(Reply::bad("there is no message"))?;
        Ok(Code::AppendUid(AppendUid { uid_validity, uids }))
    }

    /// All of them, before the first is put anywhere.
    fn new_messages<'m, 'a>(
        &self,
        store: &Store,
        call: Call<'a>,
        messages: &'m [AppendMessage<'a>],
    ) -> Result<Vec<(&'m AppendMessage<'a>, NewMessage)>, Reply<'a>> {
        // URLs take little room in a command, and name messages that may be large.
        let limit = self.shared.settings.limits(true).max_message as u64;
        let now = shared::now();
        let mut all = Vec::with_capacity(messages.len());
        let mut octets = 0;
        for message in messages {
            let new = self.new_message(store, call, message, now)?;
            octets += new.mail.size();
            all.push((message, new));
            if octets > limit {
                return Err(too_big());
            }
        }
        Ok(all)
    }

    fn new_message<'a>(
        &self,
        store: &Store,
        call: Call<'a>,
        message: &AppendMessage<'a>,
        now: InternalDate,
    ) -> Result<NewMessage, Reply<'a>> {
        if !message.extensions.is_empty() {
            return Err(Reply::bad("extensions of APPEND are not known here"));
        }
        let octets = match message.data {
            AppendData::Literal(octets)
            | AppendData::Literal8(octets)
            | AppendData::Utf8(octets) => Bytes::copy_from_slice(octets.as_bytes()),
            AppendData::Catenate(parts) => self.catenate(store, call, parts)?,
            _ => return Err(Reply::bad("such data are not known here")),
        };
        if octets.is_empty() {
            return Err(Reply::no("the message is empty").with_code(Code::Cannot));
        }
        if octets.len() > self.shared.settings.append_limit as usize {
            return Err(too_big());
        }
        let mut new = NewMessage::incoming(octets, now);
        new.internal_date = message.date.unwrap_or(now);
        Ok(new)
    }
}
