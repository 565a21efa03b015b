//! Commands about who may do what with a mailbox.

use imap_proto::Rights;
use imap_proto::command::{AclAction, DeleteAcl, GetAcl, ListRights, MyRights, SetAcl};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{AclEntry, DoneAnswer, GrantableRights, MailboxName, ValueAnswer};

impl<D: Driver> Client<D> {
    /// Changes the rights of somebody on a mailbox.
    ///
    /// `C: a1 SETACL INBOX smith +r` adds a right to those that smith has.
    ///
    /// [RFC 4314 section 3.1](https://www.rfc-editor.org/rfc/rfc4314#section-3.1)
    pub fn set_acl<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        identifier: &str,
        action: AclAction,
        rights: Rights,
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&SetAcl {
            mailbox: wire_mailbox(&name),
            identifier: identifier.into(),
            action,
            rights,
        })
    }

    /// Removes somebody from the access control list of a mailbox.
    ///
    /// [RFC 4314 section 3.2](https://www.rfc-editor.org/rfc/rfc4314#section-3.2)
    pub fn delete_acl<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        identifier: &str,
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&DeleteAcl {
            mailbox: wire_mailbox(&name),
            identifier: identifier.into(),
        })
    }

    /// Asks who has which rights on a mailbox.
    ///
    /// [RFC 4314 section 3.3](https://www.rfc-editor.org/rfc/rfc4314#section-3.3)
    pub fn get_acl<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ValueAnswer<Vec<AclEntry>>> {
        let name = self.wire(mailbox);
        self.run(&GetAcl {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Asks which rights somebody can be given on a mailbox.
    ///
    /// [RFC 4314 section 3.4](https://www.rfc-editor.org/rfc/rfc4314#section-3.4)
    pub fn list_rights<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        identifier: &str,
    ) -> D::Run<'_, ValueAnswer<GrantableRights>> {
        let name = self.wire(mailbox);
        self.run(&ListRights {
            mailbox: wire_mailbox(&name),
            identifier: identifier.into(),
        })
    }

    /// Asks which rights the user has on a mailbox.
    ///
    /// `S: * MYRIGHTS INBOX rwiptsldaex` gives eleven.
    ///
    /// [RFC 4314 section 3.5](https://www.rfc-editor.org/rfc/rfc4314#section-3.5)
    pub fn my_rights<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ValueAnswer<Rights>> {
        let name = self.wire(mailbox);
        self.run(&MyRights {
            mailbox: wire_mailbox(&name),
        })
    }
}
