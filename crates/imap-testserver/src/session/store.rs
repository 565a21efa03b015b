//! STORE.

use std::num::NonZeroU32;

use imap_proto::command::{Store as StoreCommand, StoreAction, StoreData, StoreModifier};
use imap_proto::response::Modified;
use imap_proto::{Code, FetchItem, Flag, Rights, SequenceSetBuf, Uid};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::Numbering;
use crate::store::{FlagAction, Store};

impl Session {
    /// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6),
    /// [RFC 7162 section 3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3)
    pub(super) fn store_flags<'a, N: Numbering>(
        &mut self,
        store: &mut Store,
        call: Call<'a>,
        command: &StoreCommand<'a, N>,
    ) -> Answer<'a> {
        let StoreData::Flags(flags) = command.data else {
            return Err(Reply::bad("only flags can be stored here"));
        };
        let since = self.unchanged_since(store, command.modifiers)?;
        let id = self.writable_with(store, rights_for(flags, command.action))?;
        let selected = self.selected.as_ref();
        let uids = selected.map_or(Ok(Vec::new()), |s| s.uids_of(command.set))?;
        let (uids, limit) = self.limited(uids);
        let action = match command.action {
            StoreAction::Add => FlagAction::Add,
            StoreAction::Remove => FlagAction::Remove,
            StoreAction::Replace => FlagAction::Replace,
        };
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let changed_later = |uid: &Uid| {
            let message = mailbox.find(*uid);
            since.is_some_and(|since| message.is_some_and(|m| m.mod_seq > since))
        };
        let (modified, uids): (Vec<Uid>, Vec<Uid>) = uids.into_iter().partition(changed_later);
        let flags = mailbox.own_flags(flags);
        let missing = uids.iter().any(|uid| mailbox.find(*uid).is_none());
        mailbox.change_flags(&uids, action, &flags, self.id);
        self.answer_store::<N>(store, &uids, command.silent);
        Ok(match self.modified::<N>(call, &modified) {
            Some(code) => Reply::ok("some messages had changed").with_code(code),
            None if missing => {
                Reply::no("some of the messages are gone").with_code(Code::ExpungeIssued)
            }
            None => limit.unwrap_or(Reply::ok("STORE completed")),
        })
    }

    fn unchanged_since(
        &mut self,
        store: &Store,
        modifiers: &[StoreModifier<'_>],
    ) -> Result<Option<u64>, Reply<'static>> {
        let mut since = None;
        for modifier in modifiers {
            match modifier {
                StoreModifier::UnchangedSince(mod_seq) => since = Some(*mod_seq),
                _ => return Err(Reply::bad("this modifier of STORE is not known here")),
            }
        }
        if since.is_some() {
            self.enable_condstore(store);
        }
        Ok(since)
    }

    /// Tells the flags of these messages, or only their modification sequence.
    fn answer_store<N: Numbering>(&mut self, store: &Store, uids: &[Uid], silent: bool) {
        let condstore = self.enabled.condstore;
        if silent && !condstore {
            return;
        }
        let Some(selected) = self.selected.take() else {
            return;
        };
        let by_uid = !N::COMMAND_PREFIX.is_empty() || self.enabled.qresync;
        if let Some(mailbox) = store.mailbox(selected.id) {
            for message in uids.iter().filter_map(|uid| mailbox.find(*uid)) {
                let flags = self.flags(&selected, message);
                let uid = by_uid.then_some(FetchItem::Uid(message.uid));
                let mod_seq = condstore.then_some(FetchItem::ModSeq(message.mod_seq));
                let flags = (!silent).then_some(FetchItem::Flags(&flags));
                let items: Vec<_> = uid.into_iter().chain(flags).chain(mod_seq).collect();
                self.send_fetch(&selected, message.uid, &items);
            }
        }
        self.selected = Some(selected);
    }

    /// The response code with the messages that were left alone, if there are such.
    fn modified<'a, N: Numbering>(&self, call: Call<'a>, uids: &[Uid]) -> Option<Code<'a>> {
        let selected = self.selected.as_ref()?;
        let number = |uid: &Uid| -> Option<u32> {
            match N::COMMAND_PREFIX {
                "" => selected.seq(*uid).map(imap_proto::SeqNum::get),
                _ => Some(uid.get()),
            }
        };
        let numbers = uids.iter().filter_map(number);
        let set: SequenceSetBuf<N> = numbers.filter_map(|n| N::try_from(n).ok()).collect();
        if set.is_empty() {
            return None;
        }
        let plain = |bound: imap_proto::Bound<N>| match bound {
            imap_proto::Bound::Number(n) => {
                let n: u32 = n.into();
                imap_proto::Bound::Number(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN))
            }
            imap_proto::Bound::Largest => imap_proto::Bound::Largest,
        };
        let ranges = set.ranges().iter().map(|range| imap_proto::Range {
            start: plain(range.start),
            end: plain(range.end),
        });
        let ranges = call.arena.alloc_slice(ranges);
        Some(Code::Modified(Modified { ranges }))
    }
}

/// The rights that it takes to change these flags.
///
/// [RFC 4314 section 4](https://www.rfc-editor.org/rfc/rfc4314#section-4)
fn rights_for(flags: &[Flag<'_>], action: StoreAction) -> Rights {
    let all = Rights::SEEN
        .with(Rights::DELETE_MESSAGES)
        .with(Rights::WRITE);
    if action == StoreAction::Replace {
        return all;
    }
    let right = |flag: &Flag<'_>| match flag {
        Flag::Deleted => Rights::DELETE_MESSAGES,
        Flag::Seen => Rights::SEEN,
        _ => Rights::WRITE,
    };
    flags.iter().map(right).fold(Rights::EMPTY, Rights::with)
}
