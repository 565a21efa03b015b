//! Which mailboxes are searched or watched.

use super::Mailbox;
use super::mailbox::mailbox;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, fold, list, sp, word};

/// Some mailboxes, for ESEARCH to search and for NOTIFY to watch.
///
/// `C: tag1 ESEARCH IN (mailboxes "folder1" subtree "folder2") UNSEEN` has two filters.
///
/// [RFC 5465 section 6](https://www.rfc-editor.org/rfc/rfc5465#section-6),
/// [RFC 7377 section 2.2](https://www.rfc-editor.org/rfc/rfc7377#section-2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum MailboxFilter<'a> {
    /// `INBOXES`: those that messages are delivered to.
    Inboxes,
    /// `MAILBOXES`: these; at least one.
    Mailboxes(&'a [Mailbox<'a>]),
    /// `PERSONAL`: all in the personal namespaces of the user.
    Personal,
    /// `SELECTED`: the one that is selected.
    Selected,
    /// `SELECTED-DELAYED`: the one that is selected, expunges being told later; for NOTIFY only.
    SelectedDelayed,
    /// `SUBSCRIBED`: those that the user subscribed to.
    Subscribed,
    /// `SUBTREE`: these and all below; at least one.
    Subtree(&'a [Mailbox<'a>]),
    /// `SUBTREE-ONE`: these and those right below; at least one. For ESEARCH only.
    SubtreeOne(&'a [Mailbox<'a>]),
}

#[derive(Clone, Copy)]
enum Name {
    Alone(MailboxFilter<'static>),
    Mailboxes,
    Subtree,
    SubtreeOne,
}

fn by_name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"INBOXES" => Name::Alone(MailboxFilter::Inboxes),
        b"MAILBOXES" => Name::Mailboxes,
        b"PERSONAL" => Name::Alone(MailboxFilter::Personal),
        b"SELECTED" => Name::Alone(MailboxFilter::Selected),
        b"SELECTED-DELAYED" => Name::Alone(MailboxFilter::SelectedDelayed),
        b"SUBSCRIBED" => Name::Alone(MailboxFilter::Subscribed),
        b"SUBTREE" => Name::Subtree,
        b"SUBTREE-ONE" => Name::SubtreeOne,
        _ => return None,
    })
}

/// One filter.
///
/// ```abnf
/// filter-mailboxes          = filter-mailboxes-selected / filter-mailboxes-other
/// filter-mailboxes-selected = "selected" / "selected-delayed"
/// filter-mailboxes-other    = "inboxes" / "personal" / "subscribed" /
///                             ("subtree" SP one-or-more-mailbox) /
///                             ("mailboxes" SP one-or-more-mailbox)
/// filter-mailboxes-other    =/ ("subtree-one" SP one-or-more-mailbox)   ; RFC 7377
/// ```
pub(crate) fn filter_mailboxes<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<MailboxFilter<'a>> {
    let start = *i;
    match fold(word(i)?, by_name) {
        Some(Name::Alone(filter)) => Ok(filter),
        Some(Name::Mailboxes) => one_or_more_mailbox(i, cx).map(MailboxFilter::Mailboxes),
        Some(Name::Subtree) => one_or_more_mailbox(i, cx).map(MailboxFilter::Subtree),
        Some(Name::SubtreeOne) => one_or_more_mailbox(i, cx).map(MailboxFilter::SubtreeOne),
        None => fail(start, Expected::Keyword),
    }
}

/// The mailboxes of a filter, with the blank in front.
///
/// ```abnf
/// one-or-more-mailbox = mailbox / many-mailboxes
/// many-mailboxes      = "(" mailbox *(SP mailbox) ")"
/// ```
fn one_or_more_mailbox<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Mailbox<'a>]> {
    sp(i)?;
    if at(i, b'(') {
        let start = *i;
        return match list(i, cx, |i| mailbox(i, cx))? {
            [] => fail(start, Expected::Mailbox),
            mailboxes => Ok(mailboxes),
        };
    }
    let mailbox = mailbox(i, cx)?;
    cx.alloc_array(i, [mailbox])
}
