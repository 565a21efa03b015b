//! What mailboxes are for.

use imap_proto::MailboxAttribute;

use super::ListEntry;

/// What a mailbox is for.
///
/// Servers tell it by attributes: by those of RFC 6154 in the answer to LIST, to a `LIST` with the return
/// option `SPECIAL-USE` where one without leaves them out, or by older names in the answer to XLIST.
///
/// ```
/// use imap_client::blocking::{Client, Config};
/// use imap_client::{ListOptions, SpecialUse};
/// use imap_proto::command::ListReturnOption;
/// # use std::io::{Read, Result, Write};
/// # struct Server(&'static [u8]);
/// # impl Read for Server {
/// #     fn read(&mut self, buffer: &mut [u8]) -> Result<usize> { self.0.read(buffer) }
/// # }
/// # impl Write for Server {
/// #     fn write(&mut self, octets: &[u8]) -> Result<usize> { Ok(octets.len()) }
/// #     fn flush(&mut self) -> Result<()> { Ok(()) }
/// # }
/// # let stream = Server(b"* PREAUTH [CAPABILITY IMAP4rev1 SPECIAL-USE] welcome\r\n\
/// #     * LIST (\\Drafts) \"/\" Entw&APw-rfe\r\n* LIST () \"/\" Trash\r\nA1 OK done\r\n");
/// # let mut client = Client::with_stream(stream, &Config::default())?;
///
/// let options = ListOptions {
///     returns: &[ListReturnOption::SpecialUse],
///     ..ListOptions::default()
/// };
/// let mailboxes = client.list_extended("", &["*"], options)?;
/// assert_eq!(SpecialUse::Drafts.find(&mailboxes).unwrap().name(), "Entwürfe");
/// assert_eq!(SpecialUse::Trash.find_or_guess(&mailboxes).unwrap().name(), "Trash");
/// assert!(SpecialUse::Sent.find_or_guess(&mailboxes).is_none());
/// # Ok::<(), imap_client::Error>(())
/// ```
///
/// [RFC 6154 section 2](https://www.rfc-editor.org/rfc/rfc6154#section-2),
/// [RFC 8457 section 3](https://www.rfc-editor.org/rfc/rfc8457#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SpecialUse {
    /// All messages of the account.
    All,
    /// Messages are archived here.
    Archive,
    /// Drafts live here.
    Drafts,
    /// All flagged messages.
    Flagged,
    /// Messages deemed important.
    Important,
    /// Spam goes here.
    Junk,
    /// Sent messages go here.
    Sent,
    /// Deleted messages go here.
    Trash,
}

impl SpecialUse {
    /// The use that an attribute tells, by RFC 6154 or XLIST; nothing if it tells something else.
    pub fn of_attribute(attribute: MailboxAttribute<'_>) -> Option<Self> {
        Some(match attribute {
            MailboxAttribute::All | MailboxAttribute::AllMail => Self::All,
            MailboxAttribute::Archive => Self::Archive,
            MailboxAttribute::Drafts => Self::Drafts,
            MailboxAttribute::Flagged | MailboxAttribute::Starred => Self::Flagged,
            MailboxAttribute::Important => Self::Important,
            MailboxAttribute::Junk | MailboxAttribute::Spam => Self::Junk,
            MailboxAttribute::Sent => Self::Sent,
            MailboxAttribute::Trash => Self::Trash,
            _ => return None,
        })
    }

    /// The attribute of RFC 6154, as `CREATE` takes it.
    pub const fn attribute(self) -> MailboxAttribute<'static> {
        match self {
            Self::All => MailboxAttribute::All,
            Self::Archive => MailboxAttribute::Archive,
            Self::Drafts => MailboxAttribute::Drafts,
            Self::Flagged => MailboxAttribute::Flagged,
            Self::Important => MailboxAttribute::Important,
            Self::Junk => MailboxAttribute::Junk,
            Self::Sent => MailboxAttribute::Sent,
            Self::Trash => MailboxAttribute::Trash,
        }
    }

    /// The first mailbox that the server says to be for this.
    pub fn find(self, mailboxes: &[ListEntry]) -> Option<&ListEntry> {
        let tells = |attribute| Self::of_attribute(attribute) == Some(self);
        let mut mailboxes = mailboxes.iter();
        mailboxes.find(|entry| entry.is_selectable() && entry.attributes().any(tells))
    }

    /// The same; if the server does not say it of any, the mailbox that has a usual English name: `Sent`,
    /// `Sent Items`, `Sent Messages` or `Sent Mail`, `Trash` or `Deleted Items`, and so on.
    ///
    /// Only the last level of the name counts, in any case, and only where the server does not say that
    /// the mailbox is for something else. The names are tried in their order, and of mailboxes with the
    /// same one, that with the fewest levels is taken.
    pub fn find_or_guess(self, mailboxes: &[ListEntry]) -> Option<&ListEntry> {
        let free = |entry: &&ListEntry| {
            entry.is_selectable() && !entry.attributes().any(|a| Self::of_attribute(a).is_some())
        };
        let guess = || {
            self.usual_names().iter().find_map(|name| {
                let named = |entry: &&ListEntry| last_level(entry).eq_ignore_ascii_case(name);
                let candidates = mailboxes.iter().filter(free).filter(named);
                candidates.min_by_key(|entry| levels(entry))
            })
        };
        self.find(mailboxes).or_else(guess)
    }

    fn usual_names(self) -> &'static [&'static str] {
        match self {
            Self::All => &["All Mail"],
            Self::Archive => &["Archive", "Archives"],
            Self::Drafts => &["Drafts", "Draft"],
            Self::Flagged => &["Flagged", "Starred"],
            Self::Important => &["Important"],
            Self::Junk => &["Junk", "Spam", "Junk Email", "Junk E-mail", "Bulk Mail"],
            Self::Sent => &["Sent", "Sent Items", "Sent Messages", "Sent Mail"],
            Self::Trash => &["Trash", "Deleted Items", "Deleted Messages", "Bin"],
        }
    }
}

fn last_level(entry: &ListEntry) -> &str {
    let name = entry.name();
    match entry.delimiter() {
        Some(delimiter) => name.rsplit(delimiter).next().unwrap_or(name),
        None => name,
    }
}

fn levels(entry: &ListEntry) -> usize {
    let delimiter = entry.delimiter();
    entry
        .name()
        .chars()
        .filter(|c| Some(*c) == delimiter)
        .count()
}
