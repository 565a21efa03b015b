//! LIST, LSUB and STATUS.

use core::fmt;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{self, Context, Input, list_mailbox, sp};
use crate::value::mailbox::mailbox;
use crate::value::status_item::status_att;
use crate::value::{IString, Mailbox, StatusItemName};

/// `LIST` or `LSUB`: list mailboxes.
///
/// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct List<'a> {
    /// The name that the pattern is relative to; mostly empty.
    pub reference: Mailbox<'a>,
    /// Which mailboxes.
    pub pattern: ListPattern<'a>,
}

/// A mailbox name with wildcards: `*` stands for anything, `%` for anything within one level.
///
/// Wildcards cannot be escaped: a mailbox whose name has a `*` is found by its pattern, among others.
///
/// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9)
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct ListPattern<'a>(pub IString<'a>);

impl<'a> From<&'a str> for ListPattern<'a> {
    fn from(pattern: &'a str) -> Self {
        Self(pattern.into())
    }
}

impl fmt::Debug for ListPattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListPattern({:?})", self.0)
    }
}

/// `STATUS`: ask for the state of a mailbox without selecting it.
///
/// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Status<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// What to tell; at least one item.
    pub items: &'a [StatusItemName<'a>],
}

/// `list = "LIST" SP mailbox SP list-mailbox`, and `LSUB`
pub(super) fn list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<List<'a>> {
    cx.set_rule("LIST command");
    let reference = mailbox(i, cx)?;
    sp(i)?;
    Ok(List {
        reference,
        pattern: ListPattern(list_mailbox(i, cx)?),
    })
}

/// `status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"`
pub(super) fn status<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Status<'a>> {
    cx.set_rule("STATUS command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let start = *i;
    match lexeme::list(i, cx, status_att)? {
        [] => fail(start, Expected::Keyword),
        items => Ok(Status { mailbox, items }),
    }
}
