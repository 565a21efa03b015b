//! Telling the client what happened in the selected mailbox.
//!
//! [RFC 9051 section 5.2](https://www.rfc-editor.org/rfc/rfc9051#section-5.2)

use imap_proto::{FetchItem, Flag, Response, Uid, UidSetBuf};

use super::Session;
use super::state::{Selected, seq_of};
use crate::store::{Mailbox, Message, Store};

impl Session {
    /// Tells all news of the selected mailbox; which messages are gone only if `expunges`.
    pub(super) fn sync(&mut self, store: &mut Store, expunges: bool) {
        let Some(mut selected) = self.selected.take() else {
            return;
        };
        if !selected.read_only {
            take_recent(&mut selected, store);
        }
        if let Some(mailbox) = store.mailbox(selected.id) {
            if expunges {
                self.tell_expunged(&mut selected, mailbox);
            }
            self.tell_new(&mut selected, mailbox);
            self.tell_flags(&mut selected, mailbox);
        }
        self.selected = Some(selected);
    }

    fn tell_expunged(&mut self, selected: &mut Selected, mailbox: &Mailbox) {
        let gone = mailbox.gone_since(selected.expunged);
        selected.expunged = mailbox.highest_mod_seq();
        if gone.is_empty() {
            return;
        }
        let by_uid = self.enabled.qresync || self.enabled.uid_only;
        let mut place = 0;
        let mut vanished = UidSetBuf::new();
        selected.uids.retain(|uid| {
            let is_gone = gone.contains(*uid);
            match seq_of(place) {
                _ if is_gone && by_uid => vanished.insert(*uid),
                // The next message moves up to this number.
                Some(seq) if is_gone => self.out.send(&Response::Expunge(seq)),
                _ => place += 1,
            }
            !is_gone
        });
        self.send_vanished(&vanished, false);
        selected.saved = selected.saved.difference(&gone);
        selected.recent = selected.recent.difference(&gone);
    }

    fn tell_new(&mut self, selected: &mut Selected, mailbox: &Mailbox) {
        let new = mailbox.messages_from(selected.uid_next);
        selected.uid_next = mailbox.uid_next();
        if new.is_empty() {
            return;
        }
        selected.uids.extend(new.iter().map(|message| message.uid));
        self.out.send(&Response::Exists(selected.exists()));
        self.tell_recent(selected);
    }

    /// IMAP4rev2 has no RECENT.
    pub(super) fn tell_recent(&mut self, selected: &Selected) {
        if !self.enabled.rev2 {
            let recent = selected.recent.len().unwrap_or_default();
            self.out
                .send(&Response::Recent(u32::try_from(recent).unwrap_or(u32::MAX)));
        }
    }

    fn tell_flags(&mut self, selected: &mut Selected, mailbox: &Mailbox) {
        let changed = mailbox.flags_changed_since(selected.told, self.id);
        selected.told = mailbox.highest_mod_seq();
        for uid in changed.numbers(Uid::MAX) {
            if let Some(message) = mailbox.find(uid) {
                self.send_flags(selected, message);
            }
        }
    }

    /// Tells the flags of a message that nobody asked for.
    fn send_flags(&mut self, selected: &Selected, message: &Message) {
        let flags = self.flags(selected, message);
        // RFC 7162 section 3.2.4: with QRESYNC the UID is told.
        let uid = self.enabled.qresync.then_some(FetchItem::Uid(message.uid));
        let mod_seq = FetchItem::ModSeq(message.mod_seq);
        let mod_seq = self.enabled.condstore.then_some(mod_seq);
        let flags = [FetchItem::Flags(&flags)];
        let items: Vec<_> = uid.into_iter().chain(flags).chain(mod_seq).collect();
        self.send_fetch(selected, message.uid, &items);
    }

    /// The flags of a message, with `\Recent` where it has that for this session.
    pub(super) fn flags<'m>(&self, selected: &Selected, message: &'m Message) -> Vec<Flag<'m>> {
        let recent = !self.enabled.rev2 && selected.recent.contains(message.uid);
        let flags = message.flags.iter();
        flags.chain(recent.then_some(Flag::Recent)).collect()
    }
}

/// Makes messages recent for this session that no other one had as such.
fn take_recent(selected: &mut Selected, store: &mut Store) {
    let Some(first) = store.take_recent(selected.id) else {
        return;
    };
    if let Some(mailbox) = store.mailbox(selected.id) {
        for message in mailbox.messages_from(first) {
            selected.recent.insert(message.uid);
        }
    }
}
