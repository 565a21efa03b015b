//! Commands that put messages into a mailbox.

use imap_proto::command::{Append, AppendData, AppendMessage, Replace};
use imap_proto::{Bound, Capability, Flag, IString, InternalDate, SeqNum, Uid};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{AppendAnswer, MailboxName, ReplaceAnswer};

/// What [`Client::append`] tells about a message beside its octets.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppendOptions<'a> {
    /// The flags that the message gets.
    pub flags: &'a [Flag<'a>],
    /// The internal date that it gets; the present time if nothing is said.
    pub date: Option<InternalDate>,
}

impl<D: Driver> Client<D> {
    /// Puts a message at the end of a mailbox, and gets its UID if the server tells.
    ///
    /// `message` has the octets of RFC 5322 with CR LF line ends; nothing is changed in them. If it
    /// has UTF-8 in its header and `UTF8=ACCEPT` is enabled, it is sent as such; one with a NUL is
    /// sent as binary where the server has `BINARY`.
    ///
    /// ```text
    /// C: A003 APPEND saved-messages (\Seen) {326}
    /// S: + Ready for literal data
    /// S: A003 OK [APPENDUID 38505 3955] APPEND completed
    /// ```
    ///
    /// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12),
    /// [RFC 6855 section 4](https://www.rfc-editor.org/rfc/rfc6855#section-4),
    /// [RFC 3516 section 4.4](https://www.rfc-editor.org/rfc/rfc3516#section-4.4)
    pub fn append<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        message: &[u8],
        options: AppendOptions<'_>,
    ) -> D::Run<'_, AppendAnswer> {
        let AppendOptions { flags, date } = options;
        let message = AppendMessage {
            flags,
            date,
            data: self.append_data(message),
            ..AppendMessage::new(message)
        };
        self.append_messages(mailbox, &[message])
    }

    /// Puts messages at the end of a mailbox: all of them, or none.
    ///
    /// More than one needs `MULTIAPPEND`. The data are those that the server gets: a literal, one
    /// with NUL (`BINARY`), one with UTF-8 in its header (`UTF8=ACCEPT`), or parts that the server
    /// puts together (`CATENATE`).
    ///
    /// ```text
    /// C: A003 APPEND Drafts (\Draft) CATENATE (URL "/Drafts/;UID=20/;section=HEADER" TEXT {42}
    /// S: + Ready for literal data
    /// S: A003 OK [APPENDUID 38505 3955] APPEND completed
    /// ```
    ///
    /// [RFC 3502](https://www.rfc-editor.org/rfc/rfc3502),
    /// [RFC 4469](https://www.rfc-editor.org/rfc/rfc4469)
    pub fn append_messages<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        messages: &[AppendMessage<'_>],
    ) -> D::Run<'_, AppendAnswer> {
        let name = self.wire(mailbox);
        self.run(&Append {
            mailbox: wire_mailbox(&name),
            messages,
        })
    }

    /// Puts a message into a mailbox in place of one of the selected mailbox.
    ///
    /// Needs `REPLACE`.
    ///
    /// ```text
    /// C: A004 REPLACE 4 Drafts (\Seen \Draft) {338}
    /// S: + Ready for literal data
    /// S: * OK [APPENDUID 1 2001] Replacement Message ready
    /// S: * 5 EXISTS
    /// S: * 4 EXPUNGE
    /// S: A004 OK Replace completed
    /// ```
    ///
    /// [RFC 8508 section 3.3](https://www.rfc-editor.org/rfc/rfc8508#section-3.3)
    pub fn replace<'m>(
        &mut self,
        seq: SeqNum,
        mailbox: impl Into<MailboxName<'m>>,
        message: &AppendMessage<'_>,
    ) -> D::Run<'_, ReplaceAnswer> {
        let name = self.wire(mailbox);
        self.run(&Replace {
            number: Bound::Number(seq),
            mailbox: wire_mailbox(&name),
            message,
        })
    }

    /// Puts a message in place of one, which is named by its UID, as [`Client::replace`] does.
    pub fn uid_replace<'m>(
        &mut self,
        uid: Uid,
        mailbox: impl Into<MailboxName<'m>>,
        message: &AppendMessage<'_>,
    ) -> D::Run<'_, ReplaceAnswer> {
        let name = self.wire(mailbox);
        self.run(&Replace {
            number: Bound::Number(uid),
            mailbox: wire_mailbox(&name),
            message,
        })
    }

    /// How a message is sent, by what is in it and what was agreed on.
    fn append_data<'a>(&self, message: &'a [u8]) -> AppendData<'a> {
        let state = self.session.state();
        let end = message.windows(4).position(|octets| octets == b"\r\n\r\n");
        let header = end.and_then(|end| message.get(..end)).unwrap_or(message);
        if !header.is_ascii() && state.enabled().has(Capability::Utf8Accept) {
            AppendData::Utf8(IString(message))
        } else if message.contains(&0) && state.has(Capability::Binary) {
            AppendData::Literal8(IString(message))
        } else {
            AppendData::Literal(IString(message))
        }
    }
}
