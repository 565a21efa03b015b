//! The client: every command, once for all drivers.

mod acl;
mod append;
mod copy;
mod extension;
mod fetch;
mod list;
mod mailbox;
mod metadata;
mod quota;
mod search;
mod select;
mod server;
mod session;

use std::borrow::Cow;

use imap_codec::{AppendHead, EncodeError, Reason};
use imap_proto::command::OtherCommand;
use imap_proto::{Atom, IString};

pub use append::AppendOptions;
pub use fetch::StoreOptions;
pub use list::ListOptions;

use crate::driver::Driver;
use crate::error::Error;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{Answer, AppendAnswer, Exchange, MailboxName, Raw, RawAnswer};
use crate::session::{Event, Session, Ticket};
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

impl<D: Driver> Client<D> {
    /// Runs a command.
    pub fn run<C: Exchange + ?Sized>(&mut self, command: &C) -> D::Run<'_, C::Answer> {
        let ticket = self.session.submit(command);
        self.driver.run(&mut self.session, ticket)
    }

    /// Sends a command along with those that are in flight already, and does not wait for its answer,
    /// which [`Client::answer`] gives.
    ///
    /// ```
    /// # use std::io::{Read, Result, Write};
    /// # struct Server(&'static [u8]);
    /// # impl Read for Server {
    /// #     fn read(&mut self, buffer: &mut [u8]) -> Result<usize> { self.0.read(buffer) }
    /// # }
    /// # impl Write for Server {
    /// #     fn write(&mut self, octets: &[u8]) -> Result<usize> { Ok(octets.len()) }
    /// #     fn flush(&mut self) -> Result<()> { Ok(()) }
    /// # }
    /// # let stream = Server(b"* PREAUTH [CAPABILITY IMAP4rev1] ready\r\n\
    /// #     A1 OK done\r\nA2 NO no such mailbox\r\n");
    /// use imap_client::blocking::{Client, Config};
    /// use imap_proto::command::{Subscribe, Unsubscribe};
    ///
    /// let mut client = Client::with_stream(stream, &Config::default())?;
    /// let first = client.submit(&Subscribe { mailbox: "New".into() })?;
    /// let second = client.submit(&Unsubscribe { mailbox: "Old".into() })?;
    /// assert!(client.answer(first).is_ok());
    /// assert!(client.answer(second).is_err());
    /// # Ok::<(), imap_client::Error>(())
    /// ```
    ///
    /// A command whose answer could be taken for that of another one in flight waits until that is
    /// answered. Octets go out when an answer is waited for.
    ///
    /// # Errors
    ///
    /// As with [`Session::submit`].
    ///
    /// [RFC 9051 section 5.5](https://www.rfc-editor.org/rfc/rfc9051#section-5.5)
    pub fn submit<C: Exchange + ?Sized>(
        &mut self,
        command: &C,
    ) -> Result<Ticket<C::Answer>, Error> {
        self.session.submit(command)
    }

    /// Waits for the answer to a command that was submitted.
    pub fn answer<A: Answer>(&mut self, ticket: Ticket<A>) -> D::Run<'_, A> {
        self.driver.run(&mut self.session, Ok(ticket))
    }

    /// Runs a command, or gives the error of one that could not be made.
    fn run_or_refuse<C: Exchange>(&mut self, command: Result<C, Error>) -> D::Run<'_, C::Answer> {
        match command {
            Ok(command) => self.run(&command),
            Err(error) => self.refuse(error),
        }
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

    /// Queues an APPEND whose octets the driver sends by and by.
    pub(crate) fn submit_append(
        &mut self,
        mailbox: MailboxName<'_>,
        length: u64,
        options: AppendOptions<'_>,
    ) -> Result<Ticket<AppendAnswer>, Error> {
        let name = self.wire(mailbox);
        self.session.submit(&AppendHead {
            mailbox: wire_mailbox(&name),
            flags: options.flags,
            date: options.date,
            length,
        })
    }

    pub(crate) fn wire<'m>(&self, mailbox: impl Into<MailboxName<'m>>) -> Cow<'m, [u8]> {
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
