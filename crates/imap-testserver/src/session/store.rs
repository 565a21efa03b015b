//! STORE.

use imap_proto::command::{Store as StoreCommand, StoreAction, StoreData};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::state::Numbering;
use crate::store::{FlagAction, Store};

impl Session {
    /// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6)
    pub(super) fn store_flags<'a, N: Numbering>(
        &mut self,
        store: &mut Store,
        _call: Call<'a>,
        command: &StoreCommand<'a, N>,
    ) -> Answer<'a> {
        let id = self.writable()?;
        let StoreData::Flags(flags) = command.data else {
            return Err(Reply::bad("only flags can be stored here"));
        };
        let selected = self.selected.as_ref();
        let uids = selected.map_or(Ok(Vec::new()), |s| s.uids_of(command.set))?;
        let action = match command.action {
            StoreAction::Add => FlagAction::Add,
            StoreAction::Remove => FlagAction::Remove,
            StoreAction::Replace => FlagAction::Replace,
        };
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let flags = mailbox.own_flags(flags);
        mailbox.change_flags(&uids, action, &flags, self.id);
        if !command.silent {
            self.answer_store(store, &uids);
        }
        Ok(Reply::ok("STORE completed"))
    }

    /// Tells the flags of these messages.
    fn answer_store(&mut self, store: &Store, uids: &[imap_proto::Uid]) {
        let Some(selected) = self.selected.take() else {
            return;
        };
        if let Some(mailbox) = store.mailbox(selected.id) {
            for message in uids.iter().filter_map(|uid| mailbox.find(*uid)) {
                self.send_flags(&selected, message);
            }
        }
        self.selected = Some(selected);
    }
}
