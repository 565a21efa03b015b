//! CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE.

use imap_proto::command::{Create, CreateParameter, Delete, Rename};
use imap_proto::{Code, Mailbox, MailboxAttribute, Rights};

use super::Session;
use super::access::{OTHER_USERS, Place, not_allowed};
use super::reply::{Answer, Call, Reply};
use crate::store::{Store, is_valid_name};

impl Session {
    /// [RFC 9051 section 6.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.4),
    /// [RFC 6154 section 3](https://www.rfc-editor.org/rfc/rfc6154#section-3)
    pub(super) fn create<'a>(
        &self,
        store: &mut Store,
        call: Call<'a>,
        create: &Create<'a>,
    ) -> Answer<'a> {
        let mut uses = Vec::new();
        for parameter in create.parameters {
            match parameter {
                CreateParameter::Use(names) => {
                    uses = names.iter().map(special_use).collect::<Result<_, _>>()?;
                }
                _ => return Err(Reply::bad("this parameter of CREATE is not known here")),
            }
        }
        let place = self.place(create.mailbox)?;
        self.may_create(store, &place)?;
        let id = store.create(&place.owner, &place.name)?;
        if let Some(mailbox) = store.mailbox_mut(id) {
            mailbox.uses = uses;
        }
        Ok(Reply::ok("CREATE completed").with_code(Code::MailboxId(call.mailbox_id(id))))
    }

    pub(super) fn delete(&self, store: &mut Store, delete: &Delete<'_>) -> Answer<'static> {
        let (place, _) = self.lookup(store, delete.mailbox, Rights::DELETE_MAILBOX)?;
        store.delete(&place.owner, &place.name, self.id)?;
        Ok(Reply::ok("DELETE completed"))
    }

    pub(super) fn rename(&self, store: &mut Store, rename: &Rename<'_>) -> Answer<'static> {
        let (from, to) = (self.place(rename.from)?, self.place(rename.to)?);
        if from.owner != to.owner {
            return Err(Reply::no("mailboxes stay with their owner").with_code(Code::Cannot));
        }
        if store.find(&from.owner, &from.name).is_some() {
            self.lookup(store, rename.from, Rights::DELETE_MAILBOX)?;
        }
        self.may_create(store, &to)?;
        store.rename(&from.owner, &from.name, &to.name, self.id)?;
        Ok(Reply::ok("RENAME completed"))
    }

    pub(super) fn subscribe(&self, store: &mut Store, mailbox: Mailbox<'_>) -> Answer<'static> {
        let name = self.name_of(&self.place(mailbox)?);
        if !is_valid_name(&name) {
            return Err(Reply::no("no mailbox can have this name").with_code(Code::Cannot));
        }
        let account = store.account_mut(self.user()?).ok_or(Reply::no_mailbox())?;
        account.subscriptions.insert(name);
        Ok(Reply::ok("SUBSCRIBE completed"))
    }

    pub(super) fn unsubscribe(&self, store: &mut Store, mailbox: Mailbox<'_>) -> Answer<'static> {
        let name = self.name_of(&self.place(mailbox)?);
        let account = store.account_mut(self.user()?).ok_or(Reply::no_mailbox())?;
        account.subscriptions.remove(&name);
        Ok(Reply::ok("UNSUBSCRIBE completed"))
    }

    /// RFC 4314 section 4: the right is that of the mailbox above.
    fn may_create(&self, store: &Store, place: &Place) -> Result<(), Reply<'static>> {
        if self.user()? == place.owner {
            let below_others = place.name.starts_with(OTHER_USERS);
            return if below_others {
                Err(not_allowed())
            } else {
                Ok(())
            };
        }
        let above = place.name.rsplit_once('/').map(|(above, _)| above);
        let id = above.and_then(|above| store.find(&place.owner, above));
        match id {
            Some(id)
                if self
                    .rights(store, &place.owner, id)
                    .contains(Rights::CREATE) =>
            {
                Ok(())
            }
            _ => Err(not_allowed()),
        }
    }
}

/// What a mailbox can be made for.
fn special_use(name: &MailboxAttribute<'_>) -> Result<MailboxAttribute<'static>, Reply<'static>> {
    Ok(match name {
        MailboxAttribute::Archive => MailboxAttribute::Archive,
        MailboxAttribute::Drafts => MailboxAttribute::Drafts,
        MailboxAttribute::Important => MailboxAttribute::Important,
        MailboxAttribute::Junk => MailboxAttribute::Junk,
        MailboxAttribute::Sent => MailboxAttribute::Sent,
        MailboxAttribute::Trash => MailboxAttribute::Trash,
        _ => return Err(Reply::no("no mailbox can be made for this").with_code(Code::UseAttr)),
    })
}
