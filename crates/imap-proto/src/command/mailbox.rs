//! Commands about a mailbox as a whole.

use crate::error::PResult;
use crate::lexeme::{Context, Input, sp};
use crate::value::Mailbox;
use crate::value::mailbox::mailbox;

/// `SELECT`: select a mailbox for reading and writing.
///
/// [RFC 9051 section 6.3.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Select<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
}

/// `EXAMINE`: select a mailbox for reading only.
///
/// [RFC 9051 section 6.3.3](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Examine<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
}

/// `CREATE`: make a mailbox.
///
/// [RFC 9051 section 6.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Create<'a> {
    /// Its name.
    pub mailbox: Mailbox<'a>,
}

/// `DELETE`: remove a mailbox with all of its messages.
///
/// [RFC 9051 section 6.3.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Delete<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
}

/// `RENAME`: give a mailbox another name. INBOX stays, and only its messages move.
///
/// [RFC 9051 section 6.3.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Rename<'a> {
    /// The name it has.
    pub from: Mailbox<'a>,
    /// The name it gets.
    pub to: Mailbox<'a>,
}

/// `SUBSCRIBE`: add a mailbox to the list of the user.
///
/// [RFC 9051 section 6.3.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Subscribe<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
}

/// `UNSUBSCRIBE`: remove a mailbox from the list of the user.
///
/// [RFC 9051 section 6.3.8](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.8)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Unsubscribe<'a> {
    /// Which one.
    pub mailbox: Mailbox<'a>,
}

/// `select = "SELECT" SP mailbox`
pub(super) fn select<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Select<'a>> {
    cx.set_rule("SELECT command");
    mailbox(i, cx).map(|mailbox| Select { mailbox })
}

/// `examine = "EXAMINE" SP mailbox`
pub(super) fn examine<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Examine<'a>> {
    cx.set_rule("EXAMINE command");
    mailbox(i, cx).map(|mailbox| Examine { mailbox })
}

/// `create = "CREATE" SP mailbox`
pub(super) fn create<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Create<'a>> {
    cx.set_rule("CREATE command");
    mailbox(i, cx).map(|mailbox| Create { mailbox })
}

/// `delete = "DELETE" SP mailbox`
pub(super) fn delete<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Delete<'a>> {
    cx.set_rule("DELETE command");
    mailbox(i, cx).map(|mailbox| Delete { mailbox })
}

/// `rename = "RENAME" SP mailbox SP mailbox`
pub(super) fn rename<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Rename<'a>> {
    cx.set_rule("RENAME command");
    let from = mailbox(i, cx)?;
    sp(i)?;
    Ok(Rename {
        from,
        to: mailbox(i, cx)?,
    })
}

/// `subscribe = "SUBSCRIBE" SP mailbox`
pub(super) fn subscribe<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Subscribe<'a>> {
    cx.set_rule("SUBSCRIBE command");
    mailbox(i, cx).map(|mailbox| Subscribe { mailbox })
}

/// `unsubscribe = "UNSUBSCRIBE" SP mailbox`
pub(super) fn unsubscribe<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Unsubscribe<'a>> {
    cx.set_rule("UNSUBSCRIBE command");
    mailbox(i, cx).map(|mailbox| Unsubscribe { mailbox })
}
