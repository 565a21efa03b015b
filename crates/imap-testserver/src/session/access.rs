//! Names of mailboxes on the wire and in the store, and what the user may do with them.
//!
//! The mailboxes of others are below `Other Users/`, each below the name of its owner.

use std::collections::BTreeMap;

use imap_proto::{Code, Mailbox, Rights};
use imap_util::{decode_utf7, encode_utf7};

use super::Session;
use super::reply::{Call, Reply};
use crate::store::{MailboxId, Store, normal_name};

/// What the names of mailboxes of others begin with.
pub(super) const OTHER_USERS: &str = "Other Users/";

/// All that the owner of a mailbox may do: the rights of RFC 4314, and annotations.
pub(super) const ALL_RIGHTS: Rights = Rights::LOOKUP
    .with(Rights::READ)
    .with(Rights::SEEN)
    .with(Rights::WRITE)
    .with(Rights::INSERT)
    .with(Rights::POST)
    .with(Rights::CREATE)
    .with(Rights::DELETE_MAILBOX)
    .with(Rights::DELETE_MESSAGES)
    .with(Rights::EXPUNGE)
    .with(Rights::ADMINISTER);

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
        self.place_of_text(&self.text_of(mailbox)?)
    }

    /// The same for a name as text.
    pub(super) fn place_of_text(&self, text: &str) -> Result<Place, Reply<'static>> {
        let user = self.user()?;
        let text = normal_name(text);
        let other = text.strip_prefix(OTHER_USERS);
        let (owner, name) = match other.and_then(|other| other.split_once('/')) {
            Some((owner, name)) => (owner.to_owned(), normal_name(name)),
            None => (user.to_owned(), text),
        };
        Ok(Place { owner, name })
    }

    /// The name that the user has for a mailbox.
    pub(super) fn name_of(&self, place: &Place) -> String {
        if self.user.as_ref() == Some(&place.owner) {
            place.name.clone()
        } else {
            format!("{OTHER_USERS}{}/{}", place.owner, place.name)
        }
    }

    /// What the user may do with a mailbox.
    pub(super) fn rights(&self, store: &Store, owner: &str, id: MailboxId) -> Rights {
        match (&self.user, store.mailbox(id)) {
            (Some(user), _) if user == owner => ALL_RIGHTS,
            (Some(user), Some(mailbox)) => mailbox.rights_of(user),
            _ => Rights::EMPTY,
        }
    }

    /// A mailbox that is there, and with which the user may do this.
    ///
    /// RFC 4314 section 6: nobody is told of mailboxes that he may not look up.
    pub(super) fn lookup(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
        needed: Rights,
    ) -> Result<(Place, MailboxId), Reply<'static>> {
        let place = self.place(mailbox)?;
        let found = store.find(&place.owner, &place.name);
        let id = found.ok_or(Reply::no_mailbox())?;
        let rights = self.rights(store, &place.owner, id);
        if !rights.contains(needed) {
            return Err(match rights.contains(Rights::LOOKUP) {
                true => not_allowed(),
                false => Reply::no_mailbox(),
            });
        }
        Ok((place, id))
    }

    /// A mailbox that messages are to be put into.
    pub(super) fn lookup_target(
        &self,
        store: &Store,
        mailbox: Mailbox<'_>,
    ) -> Result<(Place, MailboxId), Reply<'static>> {
        let found = self.lookup(store, mailbox, Rights::INSERT);
        found.map_err(|reply| match reply.code {
            Some(Code::NonExistent) => reply.with_code(Code::TryCreate),
            _ => reply,
        })
    }

    /// All mailboxes that the user may see, by the names that he has for them.
    pub(super) fn visible(&self, store: &Store) -> BTreeMap<String, MailboxId> {
        let mut visible = BTreeMap::new();
        for (owner, account) in store.accounts() {
            for (name, id) in &account.folders {
                if self.rights(store, owner, *id).contains(Rights::LOOKUP) {
                    let (owner, name) = (owner.clone(), name.clone());
                    visible.insert(self.name_of(&Place { owner, name }), *id);
                }
            }
        }
        visible
    }
}

pub(super) const fn not_allowed() -> Reply<'static> {
    Reply::no("you may not do this").with_code(Code::NoPerm)
}
