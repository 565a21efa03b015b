//! COPY and MOVE.

use imap_proto::response::CopyUid;
use imap_proto::{Code, Mailbox, Rights, SequenceSet, Uid};

use super::Session;
use super::access::{Place, not_allowed};
use super::quota::check_room;
use super::reply::{Answer, Call, Reply};
use super::state::Numbering;
use crate::search::ordered_set;
use crate::shared;
use crate::store::{MailboxId, Store};

/// What was copied: UIDs before and after, in the same order.
struct Copied {
    source: Vec<Uid>,
    destination: Vec<Uid>,
    /// What is said where those were not all.
    limit: Option<Reply<'static>>,
}

impl Session {
    /// [RFC 9051 section 6.4.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.7)
    pub(super) fn copy<'a, N: Numbering>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        set: SequenceSet<'a, N>,
        mailbox: Mailbox<'a>,
    ) -> Answer<'a> {
        let (place, target) = self.lookup_target(store, mailbox)?;
        let copied = self.copy_to(store, call, set, target, Some(&place))?;
        let code = copy_uid(store, call, target, &copied);
        if let Some(limit) = copied.limit {
            // RFC 9738: a reply has one code, so the other one comes before it.
            if let Some(code) = code {
                self.send_code(code, "messages copied");
            }
            return Ok(limit);
        }
        let reply = Reply::ok("COPY completed");
        Ok(match code {
            Some(code) => reply.with_code(code),
            None => reply,
        })
    }

    /// [RFC 6851](https://www.rfc-editor.org/rfc/rfc6851)
    pub(super) fn move_messages<'a, N: Numbering>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        set: SequenceSet<'a, N>,
        mailbox: Mailbox<'a>,
    ) -> Answer<'a> {
        let needed = Rights::DELETE_MESSAGES.with(Rights::EXPUNGE);
        let source = self.writable_with(store, needed)?;
        let (place, target) = self.lookup_target(store, mailbox)?;
        let owner = self.selected.as_ref().map(|selected| &selected.owner);
        let charged = (owner != Some(&place.owner)).then_some(&place);
        let copied = self.copy_to(store, call, set, target, charged)?;
        // RFC 6851 section 4.3: COPYUID comes before EXPUNGE.
        if let Some(code) = copy_uid(store, call, target, &copied) {
            self.send_code(code, "messages moved");
        }
        if let Some(mailbox) = store.mailbox_mut(source) {
            let moved = |uid: Uid| copied.source.binary_search(&uid).is_ok();
            mailbox.expunge_where(self.id, |message| moved(message.uid));
        }
        Ok(copied.limit.unwrap_or(Reply::ok("MOVE completed")))
    }

    /// The selected mailbox, if it can be changed.
    pub(super) fn writable(&self) -> Result<MailboxId, Reply<'static>> {
        match &self.selected {
            Some(selected) if selected.read_only => {
                Err(Reply::no("the mailbox is selected for reading only").with_code(Code::ReadOnly))
            }
            Some(selected) => Ok(selected.id),
            None => Err(Reply::bad("select a mailbox first")),
        }
    }

    /// The selected mailbox, if the user may do this with its messages.
    pub(super) fn writable_with(
        &self,
        store: &Store,
        needed: Rights,
    ) -> Result<MailboxId, Reply<'static>> {
        let id = self.writable()?;
        let owner = self.selected.as_ref().map_or("", |s| s.owner.as_str());
        match self.rights(store, owner, id).contains(needed) {
            true => Ok(id),
            false => Err(not_allowed()),
        }
    }

    /// Copies messages; `charged` is whose room they take, if they take more.
    fn copy_to<N: Numbering>(
        &mut self,
        store: &mut Store,
        call: Call<'_>,
        set: SequenceSet<'_, N>,
        target: MailboxId,
        charged: Option<&Place>,
    ) -> Result<Copied, Reply<'static>> {
        let selected = self.selected.as_ref();
        let selected = selected.ok_or(Reply::bad("select a mailbox first"))?;
        let (uids, limit) = self.limited(selected.uids_of(set)?);
        let source = store.mailbox(selected.id).ok_or(Reply::no_mailbox())?;
        let messages: Vec<_> = uids
            .iter()
            .filter_map(|uid| source.find(*uid).cloned())
            .collect();
        if messages.len() < uids.len() {
            // RFC 9051 section 6.4.7: all or none.
            return Err(Reply::no("some of the messages are gone").with_code(Code::ExpungeIssued));
        }
        if let Some(place) = charged {
            let octets = messages.iter().map(|message| message.mail.size()).sum();
            check_room(store, &place.owner, messages.len(), octets)?;
        }
        let target = store.mailbox_mut(target).ok_or(Reply::no_mailbox())?;
        let now = shared::now();
        let destination = messages
            .into_iter()
            .map(|message| {
                let mut new = message.into_new();
                new.save_date = now;
                target.append(new)
            })
            .collect();
        self.tell_progress(call, uids.len());
        Ok(Copied {
            source: uids,
            destination,
            limit,
        })
    }
}

/// The response code COPYUID; nothing where nothing was copied.
fn copy_uid<'a>(
    store: &Store,
    call: Call<'a>,
    target: MailboxId,
    copied: &Copied,
) -> Option<Code<'a>> {
    let copy_uid = CopyUid {
        uid_validity: store.mailbox(target)?.uid_validity,
        source: ordered_set(copied.source.iter().copied(), call.arena)?,
        destination: ordered_set(copied.destination.iter().copied(), call.arena)?,
    };
    Some(Code::CopyUid(call.arena.alloc(copy_uid)))
}
