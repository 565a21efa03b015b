//! Mailbox attributes.

use imap_util::{FlagError, Keyword};

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, opt, peek};
use crate::quirks::Quirk;
use crate::value::flag::check_name;

/// What a LIST response says about a mailbox, or CREATE wants it to be for.
///
/// `S: * LIST (\HasNoChildren \Sent) "/" Gone` has [`HasNoChildren`](Self::HasNoChildren) and
/// [`Sent`](Self::Sent). Case does not matter.
///
/// [RFC 9051 section 7.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MailboxAttribute<'a> {
    /// `\All`: presents all messages of the account.
    All,
    /// `\AllMail`: XLIST's name for [`All`](Self::All).
    AllMail,
    /// `\Archive`: messages are archived here.
    Archive,
    /// `\Drafts`: drafts live here.
    Drafts,
    /// `\Flagged`: presents all flagged messages.
    Flagged,
    /// `\HasChildren`: there are mailboxes below.
    HasChildren,
    /// `\HasNoChildren`: there are no mailboxes below that the user can reach.
    HasNoChildren,
    /// `\Important`: presents messages deemed important.
    Important,
    /// `\Inbox`: XLIST's mark of INBOX, whose name it may translate.
    Inbox,
    /// `\Junk`: spam goes here.
    Junk,
    /// `\Marked`: there may be new messages.
    Marked,
    /// `\NoInferiors`: there can be no mailboxes below.
    NoInferiors,
    /// `\NonExistent`: the name is only a level of the hierarchy.
    NonExistent,
    /// `\Noselect`: cannot be selected.
    NoSelect,
    /// `\Remote`: lives on another server.
    Remote,
    /// `\Sent`: sent messages go here.
    Sent,
    /// `\Spam`: XLIST's name for [`Junk`](Self::Junk).
    Spam,
    /// `\Starred`: XLIST's name for [`Flagged`](Self::Flagged).
    Starred,
    /// `\Subscribed`: the user subscribed to it.
    Subscribed,
    /// `\Trash`: deleted messages go here.
    Trash,
    /// `\Unmarked`: there are no new messages.
    Unmarked,
    /// Any other, without the backslash.
    Other(Keyword<'a>),
}

impl<'a> MailboxAttribute<'a> {
    /// The attribute of this name, which has no backslash.
    ///
    /// # Errors
    ///
    /// If the text is no name of a flag.
    pub fn new(name: &'a str) -> Result<Self, FlagError> {
        Keyword::new(name).map(other)
    }

    /// The name without the backslash.
    pub fn as_str(&self) -> &'a str {
        if let Self::Other(name) = self {
            return name.as_str();
        }
        NAMES
            .iter()
            .find(|(_, known)| known == self)
            .map_or("", |(name, _)| name)
    }
}

const NAMES: [(&str, MailboxAttribute<'static>); 21] = [
    ("HasNoChildren", MailboxAttribute::HasNoChildren),
    ("HasChildren", MailboxAttribute::HasChildren),
    ("Noselect", MailboxAttribute::NoSelect),
    ("Sent", MailboxAttribute::Sent),
    ("Drafts", MailboxAttribute::Drafts),
    ("Trash", MailboxAttribute::Trash),
    ("Junk", MailboxAttribute::Junk),
    ("Archive", MailboxAttribute::Archive),
    ("Marked", MailboxAttribute::Marked),
    ("Unmarked", MailboxAttribute::Unmarked),
    ("Noinferiors", MailboxAttribute::NoInferiors),
    ("NonExistent", MailboxAttribute::NonExistent),
    ("Subscribed", MailboxAttribute::Subscribed),
    ("Remote", MailboxAttribute::Remote),
    ("All", MailboxAttribute::All),
    ("Flagged", MailboxAttribute::Flagged),
    ("Important", MailboxAttribute::Important),
    ("Inbox", MailboxAttribute::Inbox),
    ("AllMail", MailboxAttribute::AllMail),
    ("Spam", MailboxAttribute::Spam),
    ("Starred", MailboxAttribute::Starred),
];

/// One attribute.
///
/// ```abnf
/// mbx-list-oflag =  "\Noinferiors" / child-mbox-flag / "\Subscribed" / "\Remote" / flag-extension
/// mbx-list-oflag =/ use-attr   ; RFC 6154
/// ```
#[inline(always)]
pub(crate) fn mbx_list_flag<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
) -> PResult<MailboxAttribute<'a>> {
    let start = *i;
    let backslash = opt(i, b'\\');
    if backslash && let Some((attribute, rest)) = usual_name(i) {
        *i = rest;
        return Ok(attribute);
    }
    let Some((name, rest)) = Keyword::split_prefix(i) else {
        return fail(i, Expected::Flag);
    };
    if !backslash {
        // quirk: AttributeWithoutBackslash
        cx.forgive_or(start, Quirk::AttributeWithoutBackslash, Expected::Flag)?;
    }
    check_name(start, cx, name)?;
    *i = rest;
    Ok(other(name))
}

/// The attributes that most mailboxes have, with what follows.
#[inline(always)]
fn usual_name<'a>(i: &Input<'a>) -> Option<(MailboxAttribute<'a>, Input<'a>)> {
    let (attribute, rest) = match i.strip_prefix(b"Has") {
        Some(rest @ [b'N', ..]) => (
            MailboxAttribute::HasNoChildren,
            rest.strip_prefix(b"NoChildren")?,
        ),
        Some(rest) => (
            MailboxAttribute::HasChildren,
            rest.strip_prefix(b"Children")?,
        ),
        None => return None,
    };
    matches!(peek(&rest), Some(b' ' | b')')).then_some((attribute, rest))
}

fn other(name: Keyword<'_>) -> MailboxAttribute<'_> {
    let known = NAMES
        .iter()
        .find(|(known, _)| name.as_str().eq_ignore_ascii_case(known));
    known.map_or(MailboxAttribute::Other(name), |(_, attribute)| *attribute)
}
