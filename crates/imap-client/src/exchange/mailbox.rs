//! Mailbox names, and commands about a mailbox as a whole.

use std::borrow::Cow;

use imap_codec::{EncodeError, EncodeOptions, Encoded, encode_command};
use imap_proto::command::{Create, Delete, Rename, Subscribe, Unsubscribe};
use imap_proto::{IString, Mailbox, Tag};
use imap_util::encode_utf7;

use super::{DoneAnswer, Exchange, Rules};

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

/// What commands that only say "do this to that mailbox" have in common.
macro_rules! exchange {
    ($command:ident, $name:literal) => {
        impl Exchange for $command<'_> {
            type Answer = DoneAnswer;

            fn rules(&self) -> Rules {
                Rules::authenticated($name)
            }

            fn encode_tagged(
                &self,
                tag: Tag<'_>,
                options: EncodeOptions,
            ) -> Result<Encoded, EncodeError> {
                encode_command(tag, self, options)
            }

            fn answer(&self) -> DoneAnswer {
                DoneAnswer
            }
        }
    };
}
exchange!(Create, "CREATE");
exchange!(Delete, "DELETE");
exchange!(Rename, "RENAME");
exchange!(Subscribe, "SUBSCRIBE");
exchange!(Unsubscribe, "UNSUBSCRIBE");
