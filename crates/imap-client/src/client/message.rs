//! Commands about messages.

use imap_proto::command::{
    Append, AppendMessage, Copy, Fetch, Store, StoreAction, StoreData, UidExpunge,
};
use imap_proto::{FetchItemName, FetchItems, Flag, MessageNumber, SeqNum, Uid};

use super::{AppendOptions, Client, empty_set};
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{
    AppendAnswer, CopyAnswer, ExpungeAnswer, FetchAnswer, MailboxName, MessageSet, expunge,
};

impl<D: Driver> Client<D> {
    /// Puts a message at the end of a mailbox.
    ///
    /// `message` has the octets of RFC 5322 with CR LF line ends; nothing is changed in them.
    pub fn append<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        message: &[u8],
        options: AppendOptions<'_>,
    ) -> D::Run<'_, AppendAnswer> {
        let name = self.wire(mailbox);
        let AppendOptions { flags, date } = options;
        let message = AppendMessage {
            flags,
            date,
            ..AppendMessage::new(message)
        };
        self.run(&Append::one(wire_mailbox(&name), &message))
    }

    /// Gets data of messages.
    pub fn fetch<'s>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.fetch_set(&set.into(), items)
    }

    /// Gets data of messages by their UIDs. The server adds the item `UID` to each answer.
    pub fn uid_fetch<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.fetch_set(&set.into(), items)
    }

    fn fetch_set<N: MessageNumber + Send>(
        &mut self,
        set: &MessageSet<'_, N>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<N>> {
        match set.as_set() {
            Some(set) => self.run(&Fetch {
                set,
                items: FetchItems::List(items),
                modifiers: &[],
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Changes flags of messages, and gets the flags as they are afterwards.
    pub fn store<'s>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.store_set(&set.into(), action, flags)
    }

    /// Changes flags of messages by their UIDs, and gets the flags as they are afterwards.
    pub fn uid_store<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.store_set(&set.into(), action, flags)
    }

    fn store_set<N: MessageNumber + Send>(
        &mut self,
        set: &MessageSet<'_, N>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<N>> {
        match set.as_set() {
            Some(set) => self.run(&Store {
                set,
                modifiers: &[],
                action,
                silent: false,
                data: StoreData::Flags(flags),
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Copies messages to the end of a mailbox.
    pub fn copy<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set(&set.into(), mailbox.into())
    }

    /// Copies messages to the end of a mailbox by their UIDs.
    pub fn uid_copy<'s, 'm>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set(&set.into(), mailbox.into())
    }

    fn copy_set<N: MessageNumber>(
        &mut self,
        set: &MessageSet<'_, N>,
        mailbox: MailboxName<'_>,
    ) -> D::Run<'_, CopyAnswer> {
        let name = self.wire(mailbox);
        match set.as_set() {
            Some(set) => self.run(&Copy {
                set,
                mailbox: wire_mailbox(&name),
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Removes all messages of the selected mailbox that have `\Deleted`.
    pub fn expunge(&mut self) -> D::Run<'_, ExpungeAnswer> {
        self.run(&expunge::Expunge)
    }

    /// Removes those of these messages that have `\Deleted`.
    ///
    /// Needs `UIDPLUS` or `IMAP4rev2`: it is never replaced by a plain EXPUNGE, which removes more.
    pub fn uid_expunge<'s>(
        &mut self,
        set: impl Into<MessageSet<'s, Uid>>,
    ) -> D::Run<'_, ExpungeAnswer> {
        let set = set.into();
        match set.as_set() {
            Some(set) => self.run(&UidExpunge { set }),
            None => self.refuse(empty_set()),
        }
    }
}
