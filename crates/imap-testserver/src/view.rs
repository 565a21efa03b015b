//! The mail as code sees it.

use std::sync::Arc;

use bytes::Bytes;
use imap_proto::{InternalDate, Rights, Uid, UidValidity};

use crate::seed::SeedMessage;
use crate::shared::{self, Shared};
use crate::store::{Limits, MailboxId, normal_name};

/// A user of a server.
#[derive(Clone, Debug)]
pub struct UserView {
    shared: Arc<Shared>,
    name: String,
}

impl UserView {
    pub(crate) fn new(shared: &Arc<Shared>, name: &str) -> Option<Self> {
        shared.store().account(name)?;
        Some(Self {
            shared: Arc::clone(shared),
            name: name.to_owned(),
        })
    }

    /// The names of all mailboxes, in order, as text.
    pub fn mailboxes(&self) -> Vec<String> {
        let store = self.shared.store();
        let account = store.account(&self.name);
        account.map_or_else(Vec::new, |account| {
            account.folders.keys().cloned().collect()
        })
    }

    /// The names that the user subscribed to, in order, as text.
    pub fn subscriptions(&self) -> Vec<String> {
        let store = self.shared.store();
        let account = store.account(&self.name);
        account.map_or_else(Vec::new, |a| a.subscriptions.iter().cloned().collect())
    }

    /// Limits how much the user may have: `storage` in units of 1024 octets.
    ///
    /// [RFC 9208](https://www.rfc-editor.org/rfc/rfc9208)
    pub fn limit(&self, storage: Option<u64>, messages: Option<u64>) {
        if let Some(account) = self.shared.store().account_mut(&self.name) {
            account.limits = Limits { storage, messages };
        }
    }

    /// The mailbox with this name, which is text; `None` where there is none.
    pub fn mailbox(&self, name: &str) -> Option<MailboxView> {
        let id = self.shared.store().find(&self.name, &normal_name(name))?;
        Some(MailboxView {
            shared: Arc::clone(&self.shared),
            id,
        })
    }
}

/// A mailbox of a user; it stays the same one when it is renamed, and is empty once it is deleted.
#[derive(Clone, Debug)]
pub struct MailboxView {
    shared: Arc<Shared>,
    id: MailboxId,
}

impl MailboxView {
    /// The UIDVALIDITY.
    pub fn uid_validity(&self) -> UidValidity {
        let store = self.shared.store();
        let mailbox = store.mailbox(self.id);
        mailbox.map_or(UidValidity::MIN, |mailbox| mailbox.uid_validity)
    }

    /// The messages as they are now, in the order of their UIDs.
    pub fn messages(&self) -> Vec<MessageView> {
        let store = self.shared.store();
        let Some(mailbox) = store.mailbox(self.id) else {
            return Vec::new();
        };
        let view = |message: &crate::store::Message| MessageView {
            uid: message.uid,
            octets: message.mail.octets().clone(),
            flags: message.flags.iter().map(|flag| flag.to_string()).collect(),
            internal_date: message.internal_date,
            mod_seq: message.mod_seq,
        };
        mailbox.messages().iter().map(view).collect()
    }

    /// Lets another user, or `anyone`, do this with the mailbox, and nothing else.
    ///
    /// He finds it below `Other Users/`, in what is called as its owner.
    ///
    /// [RFC 4314](https://www.rfc-editor.org/rfc/rfc4314)
    pub fn share(&self, user: &str, rights: Rights) {
        if let Some(mailbox) = self.shared.store().mailbox_mut(self.id) {
            mailbox.acl.insert(user.to_owned(), rights);
        }
    }

    /// Puts a message in, as if it were delivered, and tells sessions that wait for news.
    ///
    /// `None` if the mailbox was deleted.
    pub fn append(&self, message: impl Into<SeedMessage>) -> Option<Uid> {
        let mut store = self.shared.store();
        let mailbox = store.mailbox_mut(self.id).filter(|m| !m.deleted)?;
        let uid = message.into().sow(mailbox, shared::now());
        drop(store);
        self.shared.ring();
        Some(uid)
    }
}

/// A message as it was when it was looked at.
#[derive(Clone, Debug)]
pub struct MessageView {
    uid: Uid,
    octets: Bytes,
    flags: Vec<String>,
    internal_date: InternalDate,
    mod_seq: u64,
}

impl MessageView {
    /// The unique identifier.
    pub const fn uid(&self) -> Uid {
        self.uid
    }

    /// The message; a part that came with NUL is in base64.
    pub const fn octets(&self) -> &Bytes {
        &self.octets
    }

    /// The flags and keywords, such as `\Seen`, in the order in which they were set.
    pub fn flags(&self) -> &[String] {
        &self.flags
    }

    /// The date that came with the message, or when it came.
    pub const fn internal_date(&self) -> InternalDate {
        self.internal_date
    }

    /// The modification sequence.
    pub const fn mod_seq(&self) -> u64 {
        self.mod_seq
    }
}
