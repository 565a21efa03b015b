//! The mail of all users: no protocol is in here.

mod account;
mod annotations;
mod changes;
mod flags;
mod mailbox;
mod message;
mod name;

use std::collections::{BTreeMap, HashMap};

use imap_proto::UidValidity;

pub(crate) use account::{Account, Limits, Usage};
pub(crate) use annotations::{Annotation, Annotations, is_entry_name};
pub(crate) use flags::{FlagAction, Flags};
pub(crate) use mailbox::Mailbox;
pub(crate) use message::{Message, NewMessage};
pub(crate) use name::{INBOX, SEPARATOR, is_below, is_valid_name, normal_name};

/// A session, for changes to tell who made them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct SessionId(u64);

impl SessionId {
    pub(crate) const fn get(self) -> u64 {
        self.0
    }

    pub(crate) const FIRST: u64 = 1;

    pub(crate) const fn new(number: u64) -> Self {
        Self(number)
    }
}

/// A mailbox, whatever its name is by now.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct MailboxId(u32);

impl MailboxId {
    pub(crate) const fn get(self) -> u32 {
        self.0
    }
}

/// All users and their mailboxes.
#[derive(Debug)]
pub(crate) struct Store {
    accounts: BTreeMap<String, Account>,
    mailboxes: HashMap<MailboxId, Mailbox>,
    /// Those of the server.
    annotations: Annotations,
    /// How many mailboxes there ever were.
    made: u32,
    /// The UIDVALIDITY of the first mailbox; each one has the next number.
    uid_validity: u32,
    /// How often something was, or could have been, changed.
    revision: u64,
}

/// Why something about a mailbox cannot be done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Fault {
    /// There is such a mailbox already.
    AlreadyExists,
    /// It can never be done.
    Cannot,
    /// There is no such mailbox.
    NonExistent,
}

impl Store {
    /// No users; the first mailbox will have this UIDVALIDITY.
    pub(crate) fn new(uid_validity: u32) -> Self {
        Self {
            accounts: BTreeMap::new(),
            mailboxes: HashMap::new(),
            annotations: Annotations::default(),
            made: 0,
            uid_validity: uid_validity.max(1),
            revision: 0,
        }
    }

    /// Adds a user, who has an empty INBOX; one who is there gets the password.
    pub(crate) fn add_account(&mut self, name: &str, password: &str) -> &mut Account {
        if !self.accounts.contains_key(name) {
            let inbox = self.new_mailbox();
            let mut account = Account::new(password);
            account.folders.insert(INBOX.to_owned(), inbox);
            self.accounts.insert(name.to_owned(), account);
        }
        let account = self.accounts.entry(name.to_owned());
        let account = account.or_insert_with(|| Account::new(password));
        password.clone_into(&mut account.password);
        account
    }

    /// All users by name, in order.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&String, &Account)> {
        self.accounts.iter()
    }

    pub(crate) fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.get(name)
    }

    pub(crate) fn account_mut(&mut self, name: &str) -> Option<&mut Account> {
        self.accounts.get_mut(name)
    }

    /// How much a user has.
    pub(crate) fn usage(&self, user: &str) -> Usage {
        let folders = self
            .accounts
            .get(user)
            .map(|account| account.folders.values());
        let mailboxes = folders.into_iter().flatten();
        let mut usage = Usage::default();
        for mailbox in mailboxes.filter_map(|id| self.mailboxes.get(id)) {
            usage.messages += mailbox.messages().len() as u64;
            usage.octets += mailbox.size();
        }
        usage
    }

    /// The mailbox of a user with this name, which is a normal one.
    pub(crate) fn find(&self, user: &str, name: &str) -> Option<MailboxId> {
        self.accounts.get(user)?.folders.get(name).copied()
    }

    pub(crate) fn mailbox(&self, id: MailboxId) -> Option<&Mailbox> {
        self.mailboxes.get(&id)
    }

    pub(crate) fn mailbox_mut(&mut self, id: MailboxId) -> Option<&mut Mailbox> {
        self.revision += 1;
        self.mailboxes.get_mut(&id)
    }

    /// The annotations of a mailbox, or of the server.
    pub(crate) fn annotations(&self, id: Option<MailboxId>) -> Option<&Annotations> {
        match id {
            Some(id) => self.mailboxes.get(&id).map(|mailbox| &mailbox.annotations),
            None => Some(&self.annotations),
        }
    }

    /// The same, to change them.
    pub(crate) fn annotations_mut(&mut self, id: Option<MailboxId>) -> Option<&mut Annotations> {
        match id {
            Some(id) => {
                let mailbox = self.mailboxes.get_mut(&id);
                mailbox.map(|mailbox| &mut mailbox.annotations)
            }
            None => Some(&mut self.annotations),
        }
    }

    /// The first of the messages that are recent for whoever asks now; no one else gets them.
    pub(crate) fn take_recent(&mut self, id: MailboxId) -> Option<u32> {
        self.mailboxes.get_mut(&id).map(Mailbox::take_recent)
    }

    /// A number that is another one whenever something has changed.
    pub(crate) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Makes a mailbox of a user.
    pub(crate) fn create(&mut self, user: &str, name: &str) -> Result<MailboxId, Fault> {
        if !is_valid_name(name) {
            return Err(Fault::Cannot);
        }
        if self.find(user, name).is_some() {
            return Err(Fault::AlreadyExists);
        }
        let id = self.new_mailbox();
        let account = self.accounts.get_mut(user).ok_or(Fault::NonExistent)?;
        account.folders.insert(name.to_owned(), id);
        Ok(id)
    }

    /// Removes a mailbox of a user; sessions that have it selected see all messages vanish.
    pub(crate) fn delete(&mut self, user: &str, name: &str, by: SessionId) -> Result<(), Fault> {
        if name == INBOX {
            return Err(Fault::Cannot);
        }
        self.revision += 1;
        let account = self.accounts.get_mut(user).ok_or(Fault::NonExistent)?;
        let id = account.folders.remove(name).ok_or(Fault::NonExistent)?;
        if let Some(mailbox) = self.mailboxes.get_mut(&id) {
            mailbox.expunge_where(by, |_| true);
            mailbox.deleted = true;
        }
        Ok(())
    }

    /// Gives a mailbox of a user and those below it another name.
    ///
    /// INBOX stays: its messages move into a new mailbox.
    pub(crate) fn rename(
        &mut self,
        user: &str,
        from: &str,
        to: &str,
        by: SessionId,
    ) -> Result<(), Fault> {
        self.revision += 1;
        let account = self.accounts.get_mut(user).ok_or(Fault::NonExistent)?;
        if !is_valid_name(to) || is_below(to, from) {
            return Err(Fault::Cannot);
        }
        if account.folders.contains_key(to) {
            return Err(Fault::AlreadyExists);
        }
        if from == INBOX {
            return self.move_inbox(user, to, by);
        }
        let moved = |name: &String| name == from || is_below(name, from);
        let names: Vec<String> = account
            .folders
            .keys()
            .filter(|n| moved(n))
            .cloned()
            .collect();
        if names.is_empty() {
            return Err(Fault::NonExistent);
        }
        for name in names {
            if let Some(id) = account.folders.remove(&name) {
                let rest = name.get(from.len()..).unwrap_or_default();
                account.folders.insert(format!("{to}{rest}"), id);
            }
        }
        Ok(())
    }

    fn move_inbox(&mut self, user: &str, to: &str, by: SessionId) -> Result<(), Fault> {
        let target = self.create(user, to)?;
        let inbox = self.find(user, INBOX).ok_or(Fault::NonExistent)?;
        let Some(inbox) = self.mailboxes.get_mut(&inbox) else {
            return Err(Fault::NonExistent);
        };
        let messages = inbox.take_all(by);
        let annotations = inbox.annotations.clone();
        if let Some(target) = self.mailboxes.get_mut(&target) {
            target.annotations = annotations;
            for message in messages {
                target.append(message.into_new());
            }
        }
        Ok(())
    }

    fn new_mailbox(&mut self) -> MailboxId {
        self.made += 1;
        let id = MailboxId(self.made);
        let number = self.uid_validity.saturating_add(self.made - 1);
        let uid_validity = UidValidity::try_from(number).unwrap_or(UidValidity::MIN);
        self.mailboxes.insert(id, Mailbox::new(uid_validity));
        id
    }
}
