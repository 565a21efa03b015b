//! Which mailboxes are searched or watched.

use super::mailbox::mailbox;
use super::{Mailbox, OtherItem};
use crate::error::PResult;
use crate::lexeme::{Context, Input, fold, one_or_list, opt_sp, skip_value, sp, word};

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
    /// Any other, with its argument as it came.
    Other(&'a OtherItem<'a>),
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

/// One filter; `is_argument` tells of a value behind one that is not known whether it belongs to it,
/// by the value and what follows it.
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
    is_argument: fn(&[u8], &[u8]) -> bool,
) -> PResult<MailboxFilter<'a>> {
    let word = word(i)?;
    match fold(word, by_name) {
        Some(Name::Alone(filter)) => Ok(filter),
        Some(Name::Mailboxes) => one_or_more_mailbox(i, cx).map(MailboxFilter::Mailboxes),
        Some(Name::Subtree) => one_or_more_mailbox(i, cx).map(MailboxFilter::Subtree),
        Some(Name::SubtreeOne) => one_or_more_mailbox(i, cx).map(MailboxFilter::SubtreeOne),
        None => other_filter(i, cx, word, is_argument),
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
    one_or_list(i, cx, |i| mailbox(i, cx))
}

/// A filter that is not known and has this name.
#[cold]
fn other_filter<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
    is_argument: fn(&[u8], &[u8]) -> bool,
) -> PResult<MailboxFilter<'a>> {
    let mut behind = *i;
    let mut value = &[][..];
    if opt_sp(&mut behind) {
        let noted = cx.noted();
        let next = skip_value(&mut behind, cx)?;
        if is_argument(next, behind) {
            value = next;
            *i = behind;
        } else {
            cx.unnote(noted);
        }
    }
    cx.alloc(i, OtherItem { name, value })
        .map(MailboxFilter::Other)
}
