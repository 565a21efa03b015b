//! Commands about how much may be stored.

use imap_proto::command::{GetQuota, GetQuotaRoot, QuotaLimit, SetQuota};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{MailboxName, QuotaRoot, QuotaRootAnswer, ValueAnswer};

impl<D: Driver> Client<D> {
    /// Asks for the usage and the limits of a quota root, given by its name.
    ///
    /// [RFC 9208 section 4.1.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.1)
    pub fn get_quota(&mut self, root: &str) -> D::Run<'_, ValueAnswer<QuotaRoot>> {
        self.run(&GetQuota { root: root.into() })
    }

    /// Asks which quota roots count for a mailbox, and for the usage and the limits of each.
    ///
    /// `S: * QUOTAROOT INBOX ""` and `S: * QUOTA "" (STORAGE 10 512)` give one root with one resource.
    ///
    /// [RFC 9208 section 4.1.2](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.2)
    pub fn get_quota_root<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, QuotaRootAnswer> {
        let name = self.wire(mailbox);
        self.run(&GetQuotaRoot {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Sets the limits of a quota root, and removes those that are not named.
    ///
    /// The answer is what the server made of it, which may be rounded, if it tells. Numbers have 63
    /// bits: a larger one is refused before it is sent.
    ///
    /// [RFC 9208 section 4.1.3](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.3)
    pub fn set_quota(
        &mut self,
        root: &str,
        limits: &[QuotaLimit<'_>],
    ) -> D::Run<'_, ValueAnswer<Option<QuotaRoot>>> {
        self.run(&SetQuota {
            root: root.into(),
            limits,
        })
    }
}
