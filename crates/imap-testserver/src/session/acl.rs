//! SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS.
//!
//! [RFC 4314](https://www.rfc-editor.org/rfc/rfc4314)

use imap_proto::command::{AclAction, DeleteAcl, GetAcl, ListRights, MyRights, SetAcl};
use imap_proto::response::{self, Acl, AclEntry};
use imap_proto::{Code, IString, Mailbox, Response, Rights};

use super::Session;
use super::access::{ALL_RIGHTS, Place};
use super::reply::{Answer, Call, Reply};
use crate::store::{MailboxId, Store};

impl Session {
    pub(super) fn set_acl(&self, store: &mut Store, command: &SetAcl<'_>) -> Answer<'static> {
        let (place, id) = self.administered(store, command.mailbox)?;
        let identifier = identifier(command.identifier)?;
        if identifier.trim_start_matches('-') == place.owner {
            return Err(Reply::no("the owner has all rights").with_code(Code::Cannot));
        }
        let rights = without_old(command.rights)?;
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        let entry = mailbox.acl.entry(identifier.to_owned()).or_default();
        *entry = match command.action {
            AclAction::Add => entry.with(rights),
            AclAction::Remove => entry.without(rights),
            AclAction::Replace => rights,
        };
        mailbox.acl.retain(|_, rights| !rights.is_empty());
        Ok(Reply::ok("SETACL completed"))
    }

    pub(super) fn delete_acl(&self, store: &mut Store, command: &DeleteAcl<'_>) -> Answer<'static> {
        let (_, id) = self.administered(store, command.mailbox)?;
        let identifier = identifier(command.identifier)?;
        let mailbox = store.mailbox_mut(id).ok_or(Reply::no_mailbox())?;
        mailbox.acl.remove(identifier);
        Ok(Reply::ok("DELETEACL completed"))
    }

    pub(super) fn get_acl<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &GetAcl<'a>,
    ) -> Answer<'a> {
        let (place, id) = self.administered(store, command.mailbox)?;
        let mailbox = store.mailbox(id).ok_or(Reply::no_mailbox())?;
        let owner = (&place.owner, &ALL_RIGHTS);
        let entries: Vec<_> = [owner]
            .into_iter()
            .chain(&mailbox.acl)
            .map(|(identifier, rights)| AclEntry {
                identifier: IString::from(identifier.as_str()),
                rights: with_old(*rights),
            })
            .collect();
        self.out.send(&Response::Acl(Acl {
            mailbox: self.name_on_wire(call, &self.name_of(&place)),
            entries: &entries,
        }));
        Ok(Reply::ok("GETACL completed"))
    }

    pub(super) fn list_rights<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &ListRights<'a>,
    ) -> Answer<'a> {
        let (place, _) = self.administered(store, command.mailbox)?;
        let is_owner = identifier(command.identifier)? == place.owner;
        let (required, optional) = match is_owner {
            true => (with_old(ALL_RIGHTS), Vec::new()),
            false => (Rights::EMPTY, each(ALL_RIGHTS)),
        };
        self.out.send(&Response::ListRights(response::ListRights {
            mailbox: self.name_on_wire(call, &self.name_of(&place)),
            identifier: command.identifier,
            required,
            optional: &optional,
        }));
        Ok(Reply::ok("LISTRIGHTS completed"))
    }

    pub(super) fn my_rights<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &MyRights<'a>,
    ) -> Answer<'a> {
        let (place, id) = self.lookup(store, command.mailbox, Rights::EMPTY)?;
        let rights = self.rights(store, &place.owner, id);
        if rights.is_empty() {
            return Err(Reply::no_mailbox());
        }
        self.send_my_rights(call, &self.name_of(&place), rights);
        Ok(Reply::ok("MYRIGHTS completed"))
    }

    /// Tells which rights the user has on a mailbox.
    pub(super) fn send_my_rights(&mut self, call: Call<'_>, name: &str, rights: Rights) {
        self.out.send(&Response::MyRights(response::MyRights {
            mailbox: self.name_on_wire(call, name),
            rights: with_old(rights),
        }));
    }

    fn administered(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
    ) -> Result<(Place, MailboxId), Reply<'static>> {
        self.lookup(store, mailbox, Rights::ADMINISTER)
    }
}

fn identifier(identifier: IString<'_>) -> Result<&str, Reply<'static>> {
    let identifier = std::str::from_utf8(identifier.0).ok();
    identifier.ok_or(Reply::bad("the identifier is not in UTF-8"))
}

/// Each of the rights alone.
fn each(rights: Rights) -> Vec<Rights> {
    let letters = rights.letters();
    let right = |letter: char| Rights::new(letter.encode_utf8(&mut [0; 4])).ok();
    letters.filter_map(right).collect()
}

/// The rights with those that clients of RFC 2086 know in place of some.
///
/// [RFC 4314 section 2.1.1](https://www.rfc-editor.org/rfc/rfc4314#section-2.1.1)
fn with_old(rights: Rights) -> Rights {
    let has = |right: &Rights| rights.contains(*right);
    let mut with_old = rights;
    if has(&Rights::CREATE) {
        with_old = with_old.with(Rights::OLD_CREATE);
    }
    if OLD_DELETE.iter().any(has) {
        with_old = with_old.with(Rights::OLD_DELETE);
    }
    with_old
}

/// The rights that stand for those of RFC 2086.
fn without_old(rights: Rights) -> Result<Rights, Reply<'static>> {
    let mut new = rights
        .without(Rights::OLD_CREATE)
        .without(Rights::OLD_DELETE);
    if rights.contains(Rights::OLD_CREATE) {
        new = new.with(Rights::CREATE);
    }
    if rights.contains(Rights::OLD_DELETE) {
        new = OLD_DELETE.into_iter().fold(new, Rights::with);
    }
    match ALL_RIGHTS.contains(new) {
        true => Ok(new),
        false => Err(Reply::bad("one of these rights is not known here")),
    }
}

const OLD_DELETE: [Rights; 3] = [
    Rights::DELETE_MAILBOX,
    Rights::DELETE_MESSAGES,
    Rights::EXPUNGE,
];
