//! Commands about mailboxes.

use imap_proto::command::{
    BasicList, Create, Delete, Examine, List, ListPattern, Rename, Select, Status, Subscribe,
    Unsubscribe,
};
use imap_proto::{Command, IString, StatusItemName};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{
    DoneAnswer, LeaveAnswer, ListAnswer, MailboxName, SelectAnswer, StatusAnswer, list, simple,
};

impl<D: Driver> Client<D> {
    /// Selects a mailbox for reading and writing.
    pub fn select<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Select {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Selects a mailbox for reading only.
    pub fn examine<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Examine {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Leaves the selected mailbox, and removes the messages in it that have `\Deleted`.
    pub fn close(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&simple::Leave(Command::Close, "CLOSE"))
    }

    /// Leaves the selected mailbox and removes nothing.
    pub fn unselect(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&simple::Leave(Command::Unselect, "UNSELECT"))
    }

    /// Makes a mailbox.
    pub fn create<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Create {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Removes a mailbox with all of its messages.
    pub fn delete<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Delete {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Gives a mailbox another name.
    pub fn rename<'m>(
        &mut self,
        from: impl Into<MailboxName<'m>>,
        to: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, DoneAnswer> {
        let (from, to) = (self.wire(from), self.wire(to));
        self.run(&Rename {
            from: wire_mailbox(&from),
            to: wire_mailbox(&to),
            parameters: &[],
        })
    }

    /// Adds a mailbox to the list of those that the user subscribed to.
    pub fn subscribe<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Subscribe {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Removes a mailbox from the list of those that the user subscribed to.
    pub fn unsubscribe<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Unsubscribe {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Lists mailboxes whose names match a pattern, relative to a reference.
    ///
    /// `*` stands for anything, `%` for anything within one level of the hierarchy.
    pub fn list<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&List::new(wire_mailbox(&reference), list_pattern(&pattern)))
    }

    /// Lists mailboxes that the user subscribed to, as [`Client::list`] does with all.
    pub fn lsub<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&list::Lsub(BasicList {
            reference: wire_mailbox(&reference),
            pattern: list_pattern(&pattern),
        }))
    }

    /// Asks for the state of a mailbox without selecting it.
    pub fn status<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        items: &[StatusItemName<'_>],
    ) -> D::Run<'_, StatusAnswer> {
        let name = self.wire(mailbox);
        self.run(&Status {
            mailbox: wire_mailbox(&name),
            items,
        })
    }
}

fn list_pattern(pattern: &[u8]) -> ListPattern<'_> {
    ListPattern(IString(pattern))
}
