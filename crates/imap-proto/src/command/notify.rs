//! NOTIFY.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, close, collect, exact_word, non_empty_list, open, opt_sp, sp,
};
use crate::value::event::event;
use crate::value::mailbox_filter::filter_mailboxes;
use crate::value::{Event, MailboxFilter};

/// `NOTIFY`: say which events the server is to tell of.
///
/// [RFC 5465 section 3](https://www.rfc-editor.org/rfc/rfc5465#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Notify<'a> {
    /// `NONE`: none.
    None,
    /// `SET`: these, and none else.
    Set(NotifySet<'a>),
}

/// What NOTIFY asks for.
///
/// `C: a1 NOTIFY SET STATUS (selected (MessageNew MessageExpunge)) (personal (MailboxName))` has two
/// groups.
///
/// [RFC 5465 section 3.1](https://www.rfc-editor.org/rfc/rfc5465#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct NotifySet<'a> {
    /// Whether a STATUS response is wanted for each mailbox at once.
    pub status: bool,
    /// The groups; at least one. The first that has a mailbox counts for it.
    pub groups: &'a [EventGroup<'a>],
}

/// The events of some mailboxes.
///
/// [RFC 5465 section 3.1](https://www.rfc-editor.org/rfc/rfc5465#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct EventGroup<'a> {
    /// Which mailboxes.
    pub filter: MailboxFilter<'a>,
    /// Which events; an empty list is `NONE`.
    pub events: &'a [Event<'a>],
}

/// What follows the word NOTIFY.
///
/// ```abnf
/// notify       = "NOTIFY" SP (notify-set / notify-none)
/// notify-set   = "SET" [SP "STATUS"] SP event-groups
/// notify-none  = "NONE"
/// event-groups = event-group *(SP event-group)
/// ```
pub(super) fn notify<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Notify<'a>> {
    cx.set_rule("NOTIFY command");
    if exact_word(i, "NONE").is_ok() {
        return Ok(Notify::None);
    }
    exact_word(i, "SET")?;
    sp(i)?;
    let status = !at(i, b'(');
    if status {
        exact_word(i, "STATUS")?;
        sp(i)?;
    }
    let groups = collect(i, cx, |i, first| {
        if first || opt_sp(i) {
            event_group(i, cx).map(Some)
        } else {
            Ok(None)
        }
    })?;
    Ok(Notify::Set(NotifySet { status, groups }))
}

/// One group.
///
/// ```abnf
/// event-group = "(" filter-mailboxes SP events ")"
/// events      = ("(" event *(SP event) ")") / "NONE"
/// ```
fn event_group<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<EventGroup<'a>> {
    open(i)?;
    let filter = filter_mailboxes(i, cx, |_, behind| behind.starts_with(b" "))?;
    sp(i)?;
    let mut events = &[][..];
    if at(i, b'(') {
        events = non_empty_list(i, cx, |i| event(i, cx))?;
    } else if exact_word(i, "NONE").is_err() {
        return fail(i, Expected::OpenParen);
    }
    close(i)?;
    Ok(EventGroup { filter, events })
}
