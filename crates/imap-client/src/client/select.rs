//! Commands that select a mailbox.

use imap_proto::command::{Examine, Select, SelectParameter};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{MailboxName, Resync, ResyncAnswer, SelectAnswer};

impl<D: Driver> Client<D> {
    /// Selects a mailbox for reading and writing.
    ///
    /// If that is refused, no mailbox is selected.
    ///
    /// [RFC 9051 section 6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2)
    pub fn select<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Select {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Selects a mailbox for reading only.
    ///
    /// [RFC 9051 section 6.3.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.3)
    pub fn examine<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Examine {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Selects a mailbox with parameters; with `QRESYNC` the answer has what changed since.
    ///
    /// `CONDSTORE` needs that capability; `QRESYNC` has to be enabled before.
    ///
    /// ```text
    /// C: A02 SELECT INBOX (QRESYNC (67890007 20050715194045000))
    /// S: * 314 EXISTS
    /// S: * OK [UIDVALIDITY 67890007] UIDVALIDITY
    /// S: * OK [HIGHESTMODSEQ 20050715194045319] Highest mailbox mod-sequence
    /// S: * VANISHED (EARLIER) 41,43:116,118,120:211,214:540
    /// S: * 49 FETCH (UID 117 FLAGS (\Seen \Answered) MODSEQ (20050715194045001))
    /// S: A02 OK [READ-WRITE] mailbox selected
    /// ```
    ///
    /// [RFC 7162 section 3.2.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.5)
    pub fn select_with<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        parameters: &[SelectParameter<'_>],
    ) -> D::Run<'_, ResyncAnswer> {
        let name = self.wire(mailbox);
        self.run(&Resync(Select {
            mailbox: wire_mailbox(&name),
            parameters,
        }))
    }

    /// Selects a mailbox for reading only with parameters, as [`Client::select_with`] does.
    pub fn examine_with<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        parameters: &[SelectParameter<'_>],
    ) -> D::Run<'_, ResyncAnswer> {
        let name = self.wire(mailbox);
        self.run(&Resync(Examine {
            mailbox: wire_mailbox(&name),
            parameters,
        }))
    }
}
