//! Names of mailboxes, and CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE.

use imap_proto::command::{Create, Delete, Rename};
use imap_proto::{Code, Mailbox};
use imap_util::{decode_utf7, encode_utf7};

use super::Session;
use super::reply::{Answer, Call, Reply};
use crate::store::{MailboxId, Store, is_valid_name, normal_name};

/// A mailbox by its owner and by the name that it has there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Place {
    pub(super) owner: String,
    pub(super) name: String,
}

impl Session {
    /// The name of the user, who is logged in.
    pub(super) fn user(&self) -> Result<&str, Reply<'static>> {
        self.user.as_deref().ok_or(Reply::bad("log in first"))
    }

    /// What a name on the wire is as text.
    pub(super) fn text_of(&self, mailbox: Mailbox<'_>) -> Result<String, Reply<'static>> {
        let octets = mailbox.as_bytes();
        let text = if self.utf8() {
            std::str::from_utf8(octets).ok().map(str::to_owned)
        } else {
            decode_utf7(octets).ok().map(Into::into)
        };
        // RFC 3501 section 5.1.3
        text.ok_or(Reply::bad("the name is not in modified UTF-7"))
    }

    /// What a text is as a name on the wire.
    pub(super) fn name_on_wire<'a>(&self, call: Call<'a>, text: &str) -> Mailbox<'a> {
        let arena = call.arena;
        Mailbox::from(match self.utf8() {
            true => arena.alloc_str(text),
            false => arena.alloc_str(&encode_utf7(text)),
        })
    }

    /// Where a mailbox is, whether there is one or not.
    pub(super) fn place(&self, mailbox: Mailbox<'_>) -> Result<Place, Reply<'static>> {
        Ok(Place {
            owner: self.user()?.to_owned(),
            name: normal_name(&self.text_of(mailbox)?),
        })
    }

    /// A mailbox that is there.
    pub(super) fn lookup(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
    ) -> Result<(Place, MailboxId), Reply<'static>> {
        let place = self.place(mailbox)?;
        match store.find(&place.owner, &place.name) {
            Some(id) => Ok((place, id)),
            None => Err(Reply::no_mailbox()),
        }
    }

    /// A mailbox that messages are to be put into.
    pub(super) fn lookup_target(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
    ) -> Result<(Place, MailboxId), Reply<'static>> {
        self.lookup(store, mailbox)
            .map_err(|reply| match reply.code {
                Some(Code::NonExistent) => reply.with_code(Code::TryCreate),
                _ => reply,
            })
    }

    pub(super) fn create<'a>(
        &self,
        store: &mut Store,
        _call: Call<'a>,
        create: &Create<'a>,
    ) -> Answer<'a> {
        let place = self.place(create.mailbox)?;
        store.create(&place.owner, &place.name)?;
        Ok(Reply::ok("CREATE completed"))
    }

    pub(super) fn delete(&self, store: &mut Store, delete: &Delete<'_>) -> Answer<'static> {
        let place = self.place(delete.mailbox)?;
        store.delete(&place.owner, &place.name, self.id)?;
        Ok(Reply::ok("DELETE completed"))
    }

    pub(super) fn rename(&self, store: &mut Store, rename: &Rename<'_>) -> Answer<'static> {
        let (from, to) = (self.place(rename.from)?, self.place(rename.to)?);
        store.rename(&from.owner, &from.name, &to.name, self.id)?;
        Ok(Reply::ok("RENAME completed"))
    }

    pub(super) fn subscribe(&self, store: &mut Store, mailbox: Mailbox<'_>) -> Answer<'static> {
        let place = self.place(mailbox)?;
        if !is_valid_name(&place.name) {
            return Err(Reply::no("no mailbox can have this name").with_code(Code::Cannot));
        }
        let account = store.account_mut(&place.owner).ok_or(Reply::no_mailbox())?;
        account.subscriptions.insert(place.name);
        Ok(Reply::ok("SUBSCRIBE completed"))
    }

    pub(super) fn unsubscribe(&self, store: &mut Store, mailbox: Mailbox<'_>) -> Answer<'static> {
        let place = self.place(mailbox)?;
        let account = store.account_mut(&place.owner).ok_or(Reply::no_mailbox())?;
        account.subscriptions.remove(&place.name);
        Ok(Reply::ok("UNSUBSCRIBE completed"))
    }
}
