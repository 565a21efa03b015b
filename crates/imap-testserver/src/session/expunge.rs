//! EXPUNGE, UID EXPUNGE and CLOSE.

use imap_proto::command::UidExpunge;
use imap_proto::{Code, Flag, Rights};

use super::Session;
use super::reply::{Answer, Reply};
use crate::store::{Message, Store};

impl Session {
    pub(super) fn expunge(&self, store: &mut Store) -> Answer<'static> {
        self.expunge_deleted(store, |_| true)?;
        Ok(self.expunged(store))
    }

    /// [RFC 4315 section 2.1](https://www.rfc-editor.org/rfc/rfc4315#section-2.1)
    pub(super) fn uid_expunge(
        &self,
        store: &mut Store,
        expunge: &UidExpunge<'_>,
    ) -> Answer<'static> {
        let selected = self.selected.as_ref();
        let uids = selected.map_or(Ok(Vec::new()), |s| s.uids_of(expunge.set))?;
        self.expunge_deleted(store, |message| uids.binary_search(&message.uid).is_ok())?;
        Ok(self.expunged(store))
    }

    /// Expunges silently, if the mailbox can be changed.
    pub(super) fn close(&mut self, store: &mut Store) -> Answer<'static> {
        if self.writable_with(store, Rights::EXPUNGE).is_ok() {
            self.expunge_deleted(store, |_| true)?;
        }
        self.selected = None;
        Ok(Reply::ok("CLOSE completed"))
    }

    /// RFC 7162 section 3.2.7: the client is told of the modification sequence.
    fn expunged(&self, store: &Store) -> Reply<'static> {
        let reply = Reply::ok("EXPUNGE completed");
        let selected = self.selected.as_ref();
        match selected.and_then(|selected| store.mailbox(selected.id)) {
            Some(mailbox) if self.enabled.condstore => {
                reply.with_code(Code::HighestModSeq(mailbox.highest_mod_seq()))
            }
            _ => reply,
        }
    }

    fn expunge_deleted(
        &self,
        store: &mut Store,
        among: impl Fn(&Message) -> bool,
    ) -> Result<(), Reply<'static>> {
        let id = self.writable_with(store, Rights::EXPUNGE)?;
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let is_gone = |message: &Message| message.flags.contains(&Flag::Deleted) && among(message);
        mailbox.expunge_where(self.id, is_gone);
        Ok(())
    }
}
