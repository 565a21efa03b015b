//! The client: every command, once for all drivers.

use imap_codec::{EncodeError, Reason};
use imap_proto::command::{
    Append, AppendMessage, BasicList, Copy, Create, Delete, Examine, Fetch, List, ListPattern,
    Login, OtherCommand, Rename, Search, Select, Status, Store, StoreAction, StoreData, Subscribe,
    UidExpunge, Unsubscribe,
};
use imap_proto::{
    Atom, Command, FetchItemName, FetchItems, Flag, IString, InternalDate, MessageNumber,
    SearchKey, SeqNum, SequenceSetBuf, StatusItemName, Uid, UidSetBuf,
};

use crate::driver::Driver;
use crate::error::Error;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{
    Answer, AppendAnswer, CapabilityAnswer, CopyAnswer, DoneAnswer, Exchange, ExpungeAnswer,
    FetchAnswer, LeaveAnswer, ListAnswer, LoginAnswer, LogoutAnswer, MailboxName, Raw, RawAnswer,
    Rules, SearchAnswer, SelectAnswer, StatusAnswer, UidSearch,
};
use crate::exchange::{expunge, list, simple};
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

    /// Logs in with a name and a password.
    ///
    /// The password goes over the connection as it is, so let that be one with TLS.
    ///
    /// [RFC 9051 section 6.2.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.3)
    pub fn login(&mut self, user_name: &str, password: &str) -> D::Run<'_, LoginAnswer> {
        self.run(&Login {
            user_name: user_name.into(),
            password: password.into(),
        })
    }

    /// Asks again what the server can do. [`State::capabilities`] is kept up to date without it.
    pub fn capability(&mut self) -> D::Run<'_, CapabilityAnswer> {
        self.run(&simple::AskCapability)
    }

    /// Does nothing, and gives the server a chance to tell its news.
    pub fn noop(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&simple::News(Command::Noop, Rules::any_state("NOOP")))
    }

    /// Asks for a checkpoint of the selected mailbox.
    pub fn check(&mut self) -> D::Run<'_, DoneAnswer> {
        self.run(&simple::News(Command::Check, Rules::selected("CHECK")))
    }

    /// Ends the session.
    pub fn logout(&mut self) -> D::Run<'_, LogoutAnswer> {
        self.run(&simple::Logout)
    }

    fn wire<'m>(&self, mailbox: impl Into<MailboxName<'m>>) -> std::borrow::Cow<'m, [u8]> {
        mailbox.into().to_wire(self.session.state().utf8())
    }

    /// Selects a mailbox for reading and writing.
    pub fn select<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Select {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Selects a mailbox for reading only.
    pub fn examine<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, SelectAnswer> {
        let name = self.wire(mailbox);
        self.run(&Examine {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Leaves the selected mailbox, and removes the messages in it that have `\Deleted`.
    pub fn close(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&simple::Leave(Command::Close, "CLOSE"))
    }

    /// Leaves the selected mailbox and removes nothing.
    pub fn unselect(&mut self) -> D::Run<'_, LeaveAnswer> {
        self.run(&simple::Leave(Command::Unselect, "UNSELECT"))
    }

    /// Makes a mailbox.
    pub fn create<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Create {
            mailbox: wire_mailbox(&name),
            parameters: &[],
        })
    }

    /// Removes a mailbox with all of its messages.
    pub fn delete<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Delete {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Gives a mailbox another name.
    pub fn rename<'m>(
        &mut self,
        from: impl Into<MailboxName<'m>>,
        to: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, DoneAnswer> {
        let (from, to) = (self.wire(from), self.wire(to));
        self.run(&Rename {
            from: wire_mailbox(&from),
            to: wire_mailbox(&to),
            parameters: &[],
        })
    }

    /// Adds a mailbox to the list of those that the user subscribed to.
    pub fn subscribe<'m>(&mut self, mailbox: impl Into<MailboxName<'m>>) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Subscribe {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Removes a mailbox from the list of those that the user subscribed to.
    pub fn unsubscribe<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, DoneAnswer> {
        let name = self.wire(mailbox);
        self.run(&Unsubscribe {
            mailbox: wire_mailbox(&name),
        })
    }

    /// Lists mailboxes whose names match a pattern, relative to a reference.
    ///
    /// `*` stands for anything, `%` for anything within one level of the hierarchy.
    pub fn list<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&List::new(wire_mailbox(&reference), list_pattern(&pattern)))
    }

    /// Lists mailboxes that the user subscribed to, as [`Client::list`] does with all.
    pub fn lsub<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&list::Lsub(BasicList {
            reference: wire_mailbox(&reference),
            pattern: list_pattern(&pattern),
        }))
    }

    /// Asks for the state of a mailbox without selecting it.
    pub fn status<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        items: &[StatusItemName<'_>],
    ) -> D::Run<'_, StatusAnswer> {
        let name = self.wire(mailbox);
        self.run(&Status {
            mailbox: wire_mailbox(&name),
            items,
        })
    }

    /// Puts a message at the end of a mailbox.
    ///
    /// `message` has the octets of RFC 5322 with CR LF line ends; nothing is changed in them.
    pub fn append<'m>(
        &mut self,
        mailbox: impl Into<MailboxName<'m>>,
        message: &[u8],
        options: AppendOptions<'_>,
    ) -> D::Run<'_, AppendAnswer> {
        let name = self.wire(mailbox);
        let AppendOptions { flags, date } = options;
        let message = AppendMessage {
            flags,
            date,
            ..AppendMessage::new(message)
        };
        self.run(&Append::one(wire_mailbox(&name), &message))
    }

    /// Finds messages that are like all of `keys` say.
    ///
    /// If a text in them is not ASCII, the search is sent with the charset UTF-8.
    pub fn search(&mut self, keys: &[SearchKey<'_>]) -> D::Run<'_, SearchAnswer<SeqNum>> {
        let charset = self.charset(keys);
        self.run(&Search {
            return_options: None,
            charset,
            keys,
        })
    }

    /// Finds messages as [`Client::search`] does, and tells their UIDs.
    pub fn uid_search(&mut self, keys: &[SearchKey<'_>]) -> D::Run<'_, SearchAnswer<Uid>> {
        let charset = self.charset(keys);
        self.run(&UidSearch(Search {
            return_options: None,
            charset,
            keys,
        }))
    }

    /// The charset to name: none unless it is needed, since some servers refuse the word.
    fn charset(&self, keys: &[SearchKey<'_>]) -> Option<IString<'static>> {
        let needed = !self.session.state().utf8() && !keys.iter().all(SearchKey::is_ascii);
        needed.then_some(IString(b"UTF-8"))
    }

    /// Gets data of messages.
    pub fn fetch(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.fetch_set(&set.into(), items)
    }

    /// Gets data of messages by their UIDs. The server adds the item `UID` to each answer.
    pub fn uid_fetch(
        &mut self,
        set: impl Into<UidSetBuf>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.fetch_set(&set.into(), items)
    }

    fn fetch_set<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        items: &[FetchItemName<'_>],
    ) -> D::Run<'_, FetchAnswer<N>> {
        match set.as_set() {
            Some(set) => self.run(&Fetch {
                set,
                items: FetchItems::List(items),
                modifiers: &[],
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Changes flags of messages, and gets the flags as they are afterwards.
    pub fn store(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<SeqNum>> {
        self.store_set(&set.into(), action, flags)
    }

    /// Changes flags of messages by their UIDs, and gets the flags as they are afterwards.
    pub fn uid_store(
        &mut self,
        set: impl Into<UidSetBuf>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<Uid>> {
        self.store_set(&set.into(), action, flags)
    }

    fn store_set<N: MessageNumber + Send>(
        &mut self,
        set: &SequenceSetBuf<N>,
        action: StoreAction,
        flags: &[Flag<'_>],
    ) -> D::Run<'_, FetchAnswer<N>> {
        match set.as_set() {
            Some(set) => self.run(&Store {
                set,
                modifiers: &[],
                action,
                silent: false,
                data: StoreData::Flags(flags),
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Copies messages to the end of a mailbox.
    pub fn copy<'m>(
        &mut self,
        set: impl Into<SequenceSetBuf>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set(&set.into(), mailbox.into())
    }

    /// Copies messages to the end of a mailbox by their UIDs.
    pub fn uid_copy<'m>(
        &mut self,
        set: impl Into<UidSetBuf>,
        mailbox: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, CopyAnswer> {
        self.copy_set(&set.into(), mailbox.into())
    }

    fn copy_set<N: MessageNumber>(
        &mut self,
        set: &SequenceSetBuf<N>,
        mailbox: MailboxName<'_>,
    ) -> D::Run<'_, CopyAnswer> {
        let name = self.wire(mailbox);
        match set.as_set() {
            Some(set) => self.run(&Copy {
                set,
                mailbox: wire_mailbox(&name),
            }),
            None => self.refuse(empty_set()),
        }
    }

    /// Removes all messages of the selected mailbox that have `\Deleted`.
    pub fn expunge(&mut self) -> D::Run<'_, ExpungeAnswer> {
        self.run(&expunge::Expunge)
    }

    /// Removes those of these messages that have `\Deleted`.
    ///
    /// Needs `UIDPLUS` or `IMAP4rev2`: it is never replaced by a plain EXPUNGE, which removes more.
    pub fn uid_expunge(&mut self, set: impl Into<UidSetBuf>) -> D::Run<'_, ExpungeAnswer> {
        let set = set.into();
        match set.as_set() {
            Some(set) => self.run(&UidExpunge { set }),
            None => self.refuse(empty_set()),
        }
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

fn list_pattern(pattern: &[u8]) -> ListPattern<'_> {
    ListPattern(IString(pattern))
}

/// The error of a set without messages.
pub(crate) fn empty_set() -> Error {
    Error::Argument(EncodeError {
        argument: "set",
        offset: 0,
        reason: Reason::Empty,
    })
}
