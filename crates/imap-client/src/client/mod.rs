//! The client: every command, once for all drivers.

mod acl;
mod extension;
mod list;
mod mailbox;
mod message;
mod metadata;
mod quota;
mod server;
mod session;

use std::borrow::Cow;

use imap_codec::{EncodeError, Reason};
use imap_proto::command::OtherCommand;
use imap_proto::{Atom, Flag, IString, InternalDate};

pub use list::ListOptions;

use crate::driver::Driver;
use crate::error::Error;
use crate::exchange::{Answer, Exchange, MailboxName, Raw, RawAnswer};
use crate::session::{Event, Session};
use crate::state::State;

/// A client of one server, whose driver moves the octets.
///
/// Each method sends one command. With the blocking driver it returns the answer; see
/// [`blocking`](crate::blocking) for how to connect.
///
/// Mailboxes are named by `&str`, as people read them, or by what [`ListEntry::mailbox`] gives.
/// Messages are named by [`SeqNum`]s in the plain methods and by [`Uid`]s in those that begin with
/// `uid_`.
///
/// [`ListEntry::mailbox`]: crate::ListEntry::mailbox
/// [`SeqNum`]: imap_proto::SeqNum
/// [`Uid`]: imap_proto::Uid
#[derive(Debug)]
pub struct Client<D> {
    pub(crate) session: Session,
    pub(crate) driver: D,
}

/// What [`Client::append`] tells about a message beside its octets.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppendOptions<'a> {
    /// The flags that the message gets.
    pub flags: &'a [Flag<'a>],
    /// The internal date that it gets; the present time if nothing is said.
    pub date: Option<InternalDate>,
}

impl<D: Driver> Client<D> {
    /// Runs a command.
    pub fn run<C: Exchange + ?Sized>(&mut self, command: &C) -> D::Run<'_, C::Answer> {
        let ticket = self.session.submit(command);
        self.driver.run(&mut self.session, ticket)
    }

    /// An answer that is an error from the start.
    fn refuse<A: Answer>(&mut self, error: Error) -> D::Run<'_, A> {
        self.driver.run(&mut self.session, Err(error))
    }

    /// What the server told about the connection and the selected mailbox.
    pub fn state(&self) -> &State {
        self.session.state()
    }

    /// The next thing that the server said unasked, if there is one already. Does not wait.
    pub fn next_event(&mut self) -> Option<Event> {
        self.session.poll_event()
    }

    fn wire<'m>(&self, mailbox: impl Into<MailboxName<'m>>) -> Cow<'m, [u8]> {
        mailbox.into().to_wire(self.session.state().utf8())
    }

    /// Runs a command given as text, for what has no method of its own.
    ///
    /// `arguments` are sent as they are. Literals in them are counted: `{5}`, CR LF, 5 octets.
    pub fn run_raw(&mut self, name: &str, arguments: &[u8]) -> D::Run<'_, RawAnswer> {
        match Atom::new(name) {
            Ok(name) => self.run(&Raw(OtherCommand { name, arguments })),
            Err(error) => self.refuse(Error::Argument(EncodeError {
                argument: "command name",
                offset: error.offset,
                reason: Reason::Syntax,
            })),
        }
    }
}

/// The error of a set without messages.
pub(crate) fn empty_set() -> Error {
    Error::Argument(EncodeError {
        argument: "set",
        offset: 0,
        reason: Reason::Empty,
    })
}

/// Texts as strings to send.
fn strings<'a>(texts: &[&'a str]) -> Vec<IString<'a>> {
    texts.iter().map(|text| IString::from(*text)).collect()
}
