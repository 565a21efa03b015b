//! Commands about annotations of mailboxes and the server.

use imap_proto::command::{GetAnnotation, GetMetadata, MetadataOption, SetAnnotation, SetMetadata};
use imap_proto::{AnnotationAttribute, MetadataEntry};

use super::{Client, strings};
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{AnnotationAnswer, DoneAnswer, MailboxName, MetadataAnswer};

impl<D: Driver> Client<D> {
    /// Asks for annotations of a mailbox, or of the server, for which the name of the mailbox is empty.
    ///
    /// `C: a1 GETMETADATA (MAXSIZE 1024 DEPTH 1) INBOX /private/filters` asks for what is right below an
    /// entry, too, and for no values of more than 1024 octets.
    ///
    /// [RFC 5464 section 4.2](https://www.rfc-editor.org/rfc/rfc5464#section-4.2)
    pub fn get_metadata<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        entries: &[&str],
        options: &[MetadataOption<'_>],
    ) -> D::Run<'_, MetadataAnswer> {
        let name = self.wire(mailbox);
        self.run(&GetMetadata {
            options,
            mailbox: wire_mailbox(&name),
            entries: &strings(entries),
        })
    }

    /// Changes annotations of a mailbox, or of the server, for which the name of the mailbox is empty.
    ///
    /// Values can be any octets; entries without a value are removed.
    ///
    /// [RFC 5464 section 4.3](https://www.rfc-editor.org/rfc/rfc5464#section-4.3)
    pub fn set_metadata<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        entries: &[MetadataEntry<'_>],
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&SetMetadata {
            mailbox: wire_mailbox(&name),
            entries,
        })
    }

    /// Asks for annotations as servers have them that do not know METADATA but its draft,
    /// `ANNOTATEMORE`.
    ///
    /// Entries and attributes can have the wildcards `%` and `*`.
    ///
    /// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
    pub fn get_annotation<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        entries: &[&str],
        attributes: &[&str],
    ) -> D::Run<'_, AnnotationAnswer> {
        let name = self.wire(mailbox);
        self.run(&GetAnnotation {
            mailbox: wire_mailbox(&name),
            entries: &strings(entries),
            attributes: &strings(attributes),
        })
    }

    /// Changes an annotation as of the draft `ANNOTATEMORE`; attributes without a value are removed.
    ///
    /// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
    pub fn set_annotation<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        entry: &str,
        attributes: &[AnnotationAttribute<'_>],
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&SetAnnotation {
            mailbox: wire_mailbox(&name),
            entry: entry.into(),
            attributes,
        })
    }
}
