//! Commands about mailboxes.

use imap_proto::command::{
    Create, CreateParameter, Delete, Rename, Status, Subscribe, Unsubscribe,
};
use imap_proto::{MailboxAttribute, StatusItemName};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{Ask, DoneAnswer, LeaveAnswer, MailboxName, StatusAnswer};

impl<D: Driver> Client<D> {
    /// Leaves the selected mailbox, and removes the messages in it that have `\Deleted`.
    pub fn close(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&Ask::CLOSE)
    }

    /// Leaves the selected mailbox and removes nothing.
    pub fn unselect(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&Ask::UNSELECT)
    }

    /// Makes a mailbox.
    pub fn create<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Create {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Makes a mailbox that is for something.
    ///
    /// `C: a1 CREATE MySpecial (USE (\Drafts \Sent))` names two uses. Needs `CREATE-SPECIAL-USE`.
    ///
    /// [RFC 6154 section 3](https://www.rfc-editor.org/rfc/rfc6154#section-3)
    pub fn create_special_use<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        uses: &[MailboxAttribute<'_>],
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Create {
            mailbox: wire_mailbox(&name),
            parameters: &[CreateParameter::Use(uses)],
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
