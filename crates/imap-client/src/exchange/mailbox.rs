//! Mailbox names, and commands about a mailbox as a whole.

use std::borrow::Cow;

use imap_proto::command::{Create, Delete, Rename, Subscribe, Unsubscribe};
use imap_proto::{IString, Mailbox};
use imap_util::encode_utf7;

use super::{DoneAnswer, Rules};

/// The name of a mailbox in an argument.
///
/// A `&str` is the name as people read it; it is encoded as the session needs it. A [`Mailbox`], from
/// a LIST response, is taken as it is on the wire, so that a name which is not encoded by the book still
/// names the same mailbox.
///
/// ```
/// use imap_client::MailboxName;
/// use imap_proto::Mailbox;
///
/// assert_eq!(&*MailboxName::from("Entwürfe").to_wire(false), b"Entw&APw-rfe");
/// assert_eq!(&*MailboxName::from("Entwürfe").to_wire(true), "Entwürfe".as_bytes());
/// assert_eq!(&*MailboxName::from(Mailbox::from("Entw&APw-rfe")).to_wire(false), b"Entw&APw-rfe");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct MailboxName<'a>(Name<'a>);

#[derive(Clone, Copy, Debug)]
enum Name<'a> {
    Unicode(&'a str),
    Wire(&'a [u8]),
}

impl<'a> MailboxName<'a> {
    /// The name as it goes on the wire: in modified UTF-7, or in UTF-8 where that was agreed on.
    pub fn to_wire(&self, utf8: bool) -> Cow<'a, [u8]> {
        match self.0 {
            Name::Unicode(name) if utf8 => Cow::Borrowed(name.as_bytes()),
            // What cannot be in a name is left alone, so that the codec refuses it by its place.
            Name::Unicode(name) if name.contains(['\0', '\r', '\n']) => {
                Cow::Borrowed(name.as_bytes())
            }
            Name::Unicode(name) => match encode_utf7(name) {
                Cow::Borrowed(name) => Cow::Borrowed(name.as_bytes()),
                Cow::Owned(name) => Cow::Owned(name.into_bytes()),
            },
            Name::Wire(name) => Cow::Borrowed(name),
        }
    }
}

impl<'a> From<&'a str> for MailboxName<'a> {
    fn from(name: &'a str) -> Self {
        Self(Name::Unicode(name))
    }
}

impl<'a> From<&'a String> for MailboxName<'a> {
    fn from(name: &'a String) -> Self {
        Self(Name::Unicode(name))
    }
}

impl<'a> From<Mailbox<'a>> for MailboxName<'a> {
    fn from(mailbox: Mailbox<'a>) -> Self {
        Self(Name::Wire(mailbox.as_bytes()))
    }
}

/// The mailbox of these octets.
pub(crate) fn wire_mailbox(name: &[u8]) -> Mailbox<'_> {
    Mailbox::from(IString(name))
}

/// The name as people read it: what the server sent was UTF-8 if that was agreed on, where `&` has no
/// meaning, and modified UTF-7 otherwise.
pub(crate) fn readable(mailbox: Mailbox<'_>, utf8: bool) -> Cow<'_, str> {
    if utf8 {
        mailbox.as_string().to_str_lossy()
    } else {
        mailbox.decode()
    }
}

/// The mailbox that a command is about, to tell its answer from what is said of other mailboxes.
#[derive(Debug)]
pub(crate) struct AskedMailbox(Box<[u8]>);

impl AskedMailbox {
    pub(crate) fn new(mailbox: Mailbox<'_>) -> Self {
        Self(mailbox.as_bytes().into())
    }

    /// Whether a response is about it. Servers may write the name in another way than the client.
    pub(crate) fn is(&self, mailbox: Mailbox<'_>) -> bool {
        let asked = wire_mailbox(&self.0);
        mailbox == asked || mailbox.decode() == asked.decode()
    }
}

exchange!(Create<'_> => DoneAnswer, Rules::authenticated("CREATE"), |_| DoneAnswer);
exchange!(Delete<'_> => DoneAnswer, Rules::authenticated("DELETE"), |_| DoneAnswer);
exchange!(Rename<'_> => DoneAnswer, Rules::authenticated("RENAME"), |_| DoneAnswer);
exchange!(Subscribe<'_> => DoneAnswer, Rules::authenticated("SUBSCRIBE"), |_| DoneAnswer);
exchange!(Unsubscribe<'_> => DoneAnswer, Rules::authenticated("UNSUBSCRIBE"), |_| DoneAnswer);
