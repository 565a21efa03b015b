//! Commands that list mailboxes.

use imap_proto::IString;
use imap_proto::command::{
    BasicList, List, ListPattern, ListPatterns, ListReturnOption, ListSelectOption,
};

use super::Client;
use crate::driver::Driver;
use crate::exchange::mailbox::wire_mailbox;
use crate::exchange::{Ask, ListAnswer, MailboxName};

/// Which kinds of mailboxes [`Client::list_extended`] finds, and what it tells of them.
///
/// [RFC 5258 section 3](https://www.rfc-editor.org/rfc/rfc5258#section-3)
#[derive(Clone, Copy, Debug, Default)]
pub struct ListOptions<'a> {
    /// The selection options; all mailboxes if there are none.
    pub select: &'a [ListSelectOption<'a>],
    /// The return options.
    pub returns: &'a [ListReturnOption<'a>],
}

impl ListOptions<'_> {
    /// What to try next if a server answers BAD to these options, as some do that claim to know them:
    /// first without return options, then without selection options, which is LIST as of RFC 3501; nothing
    /// after that.
    ///
    /// Without selection options, all mailboxes are found: it is then for the program to select.
    ///
    /// ```
    /// use imap_client::blocking::Client;
    /// use imap_client::{Error, ListEntry, ListOptions};
    /// use imap_proto::response::Status;
    ///
    /// fn list(client: &mut Client, mut options: ListOptions) -> Result<Vec<ListEntry>, Error> {
    ///     loop {
    ///         let error = match client.list_extended("", &["*"], options) {
    ///             Err(Error::Refused(no)) if no.status() == Status::Bad => Error::Refused(no),
    ///             result => return result,
    ///         };
    ///         options = options.step_down().ok_or(error)?;
    ///     }
    /// }
    /// ```
    pub fn step_down(self) -> Option<Self> {
        let mut next = self;
        if !self.returns.is_empty() {
            next.returns = &[];
        } else if !self.select.is_empty() {
            next.select = &[];
        } else {
            return None;
        }
        Some(next)
    }
}

impl<D: Driver> Client<D> {
    /// Lists mailboxes whose names match a pattern, relative to a reference.
    ///
    /// `*` stands for anything, `%` for anything within one level of the hierarchy.
    ///
    /// Before `UTF8=ACCEPT`, a name is in modified UTF-7, which ends in front of a wildcard: the pattern
    /// `仕*` is sent as `&TtU-*`. Servers that compare what is on the wire, as Cyrus 3.6 does, do not find
    /// `仕事` by it, which is `&TtVOiw-`. To find all that begins with such a letter, list what is above it,
    /// and look at [`ListEntry::name`](crate::ListEntry::name).
    ///
    /// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)
    pub fn list<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&List::new(wire_mailbox(&reference), list_pattern(&pattern)))
    }

    /// Lists mailboxes whose names match one of several patterns, with options.
    ///
    /// What return options ask for is part of the entries: STATUS, rights and annotations, too.
    ///
    /// `C: a1 LIST (SUBSCRIBED) "" % RETURN (STATUS (UNSEEN))` has one option of each kind. Servers before
    /// RFC 5258 answer BAD to it: see [`ListOptions::step_down`].
    ///
    /// [RFC 5258 section 3](https://www.rfc-editor.org/rfc/rfc5258#section-3)
    pub fn list_extended<'m, P>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        patterns: &[P],
        options: ListOptions<'_>,
    ) -> D::Run<'_, ListAnswer>
    where
        P: Copy + Into<MailboxName<'m>>,
    {
        let reference = self.wire(reference);
        let names: Vec<_> = patterns.iter().map(|pattern| self.wire(*pattern)).collect();
        let several: Vec<_> = names.iter().map(|name| list_pattern(name)).collect();
        let ListOptions { select, returns } = options;
        self.run(&List {
            select_options: (!select.is_empty()).then_some(select),
            reference: wire_mailbox(&reference),
            patterns: match several[..] {
                [pattern] => ListPatterns::One(pattern),
                _ => ListPatterns::Several(&several),
            },
            return_options: (!returns.is_empty()).then_some(returns),
        })
    }

    /// Lists mailboxes that the user subscribed to, as [`Client::list`] does with all.
    ///
    /// [RFC 3501 section 6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9)
    pub fn lsub<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        self.basic_list(reference.into(), pattern.into(), Ask::lsub)
    }

    /// Lists mailboxes as [`Client::list`] does, and those on other servers.
    ///
    /// [RFC 2193 section 5.1](https://www.rfc-editor.org/rfc/rfc2193#section-5.1)
    pub fn rlist<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        self.basic_list(reference.into(), pattern.into(), Ask::rlist)
    }

    /// Lists mailboxes that the user subscribed to, and those on other servers.
    ///
    /// [RFC 2193 section 5.2](https://www.rfc-editor.org/rfc/rfc2193#section-5.2)
    pub fn rlsub<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        self.basic_list(reference.into(), pattern.into(), Ask::rlsub)
    }

    /// Lists mailboxes, and what they are for, as servers did before RFC 6154.
    ///
    /// `S: * XLIST (\HasNoChildren \AllMail) "/" "[Gmail]/All Mail"` is one;
    /// [`SpecialUse`](crate::SpecialUse) knows its attributes.
    pub fn xlist<'m>(
        &mut self,
        reference: impl Into<MailboxName<'m>>,
        pattern: impl Into<MailboxName<'m>>,
    ) -> D::Run<'_, ListAnswer> {
        self.basic_list(reference.into(), pattern.into(), Ask::xlist)
    }

    fn basic_list(
        &mut self,
        reference: MailboxName<'_>,
        pattern: MailboxName<'_>,
        command: for<'a> fn(BasicList<'a>) -> Ask<'a, ListAnswer>,
    ) -> D::Run<'_, ListAnswer> {
        let (reference, pattern) = (self.wire(reference), self.wire(pattern));
        self.run(&command(BasicList {
            reference: wire_mailbox(&reference),
            pattern: list_pattern(&pattern),
        }))
    }
}

fn list_pattern(pattern: &[u8]) -> ListPattern<'_> {
    ListPattern(IString(pattern))
}
