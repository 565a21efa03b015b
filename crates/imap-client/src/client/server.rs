//! Commands about the server, and about how it speaks.

use imap_proto::command::{Comparator, Enable, Language, Notify};
use imap_proto::{Capability, Id, IdField};

use super::{Client, strings};
use crate::driver::Driver;
use crate::exchange::{
    self, Ask, DoneAnswer, EnableAnswer, NamespaceAnswer, ServerId, ValueAnswer,
};

impl<D: Driver> Client<D> {
    /// Tells what the program is, or nothing if there are no fields, and asks what the server is.
    ///
    /// There can be 30 fields at most, with names of 30 octets and values of 1024; others are refused
    /// before they are sent. Some providers (163,
    /// 126 and yeah.net) refuse to select a mailbox until they were told something.
    ///
    /// `S: * ID ("name" "Cyrus" "version" "1.5")` gives two fields.
    ///
    /// [RFC 2971 section 3.1](https://www.rfc-editor.org/rfc/rfc2971#section-3.1)
    pub fn id(&mut self, fields: &[IdField<'_>]) -> D::Run<'_, ValueAnswer<ServerId>> {
        self.run(&Id { fields })
    }

    /// Asks where mailboxes are: the user's, those of others, and those that are shared.
    ///
    /// [RFC 9051 section 6.3.10](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.10)
    pub fn namespace(&mut self) -> D::Run<'_, NamespaceAnswer> {
        self.run(&Ask::NAMESPACE)
    }

    /// Switches extensions on that change what the server sends, and gives those that it did switch on.
    ///
    /// It is allowed before a mailbox is selected only. [`State::enabled`] has all that were switched
    /// on; with `UTF8=ACCEPT` or `IMAP4rev2` among them, mailboxes are named in UTF-8 from then on.
    ///
    /// `C: a1 ENABLE CONDSTORE UTF8=ACCEPT` and `S: * ENABLED CONDSTORE` give one.
    ///
    /// [RFC 5161 section 3.1](https://www.rfc-editor.org/rfc/rfc5161#section-3.1)
    ///
    /// [`State::enabled`]: crate::State::enabled
    pub fn enable(&mut self, capabilities: &[Capability<'_>]) -> D::Run<'_, EnableAnswer> {
        self.run(&Enable { capabilities })
    }

    /// Chooses the language of texts for people by ranges of RFC 4647, the preferred one first, and
    /// gives the one that is used; without ranges, gives those that there are.
    ///
    /// `S: * LANGUAGE (EN DE IT i-default)` gives four.
    ///
    /// [RFC 5255 section 3.2](https://www.rfc-editor.org/rfc/rfc5255#section-3.2)
    pub fn language(&mut self, ranges: &[&str]) -> D::Run<'_, ValueAnswer<Vec<String>>> {
        self.run(&Language {
            ranges: &strings(ranges),
        })
    }

    /// Chooses how texts are compared and sorted, the preferred comparator of RFC 4790 first, and gives
    /// the one that is used; without any, only asks.
    ///
    /// [RFC 5255 section 4.7](https://www.rfc-editor.org/rfc/rfc5255#section-4.7)
    pub fn comparator(&mut self, order: &[&str]) -> D::Run<'_, ValueAnswer<exchange::Comparator>> {
        self.run(&Comparator {
            order: &strings(order),
        })
    }

    /// Says which events the server is to tell of, in the selected mailbox and in others.
    ///
    /// What it tells comes by [`Client::next_event`]: STATUS responses for each mailbox at once, if these
    /// were asked for, and whatever happens from then on.
    ///
    /// [RFC 5465 section 3.1](https://www.rfc-editor.org/rfc/rfc5465#section-3.1)
    pub fn notify(&mut self, events: &Notify<'_>) -> D::Run<'_, DoneAnswer> {
        self.run(events)
    }

    /// Asks for the URL of the same account in JMAP.
    ///
    /// `S: * JMAPACCESS "https://example.com/.well-known/jmap"` gives it.
    ///
    /// [RFC 9698](https://www.rfc-editor.org/rfc/rfc9698)
    pub fn get_jmap_access(&mut self) -> D::Run<'_, ValueAnswer<String>> {
        self.run(&Ask::GET_JMAP_ACCESS)
    }
}
