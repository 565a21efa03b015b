//! Commands about a mailbox as a whole.

use crate::error::PResult;
use crate::lexeme::{Context, Input, list, other_parameter, parameters, sp, tagged_ext_label};
use crate::value::attribute::mbx_list_flag;
use crate::value::mailbox::mailbox;
use crate::value::{Mailbox, MailboxAttribute, OtherItem};

/// `CREATE`: make a mailbox.
///
/// [RFC 9051 section 6.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Create<'a> {
    /// Its name.
    pub mailbox: Mailbox<'a>,
    /// What else it is to be; mostly nothing.
    pub parameters: &'a [CreateParameter<'a>],
}

/// A parameter of CREATE.
///
/// `C: t1 CREATE MySpecial (USE (\Drafts \Sent))` has [`CreateParameter::Use`] with two attributes.
///
/// [RFC 4466 section 2.2](https://www.rfc-editor.org/rfc/rfc4466#section-2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CreateParameter<'a> {
    /// `USE`: what the mailbox is for, [RFC 6154 section 3](https://www.rfc-editor.org/rfc/rfc6154#section-3).
    Use(&'a [MailboxAttribute<'a>]),
    /// A parameter that is not known.
    Other(&'a OtherItem<'a>),
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
    /// Parameters; none are known so far.
    ///
    /// [RFC 4466 section 2.3](https://www.rfc-editor.org/rfc/rfc4466#section-2.3)
    pub parameters: &'a [OtherItem<'a>],
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

/// What follows the word CREATE.
///
/// ```abnf
/// create        = "CREATE" SP mailbox [create-params]
/// create-params = SP "(" create-param *(SP create-param) ")"   ; RFC 4466
/// ```
pub(super) fn create<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Create<'a>> {
    cx.set_rule("CREATE command");
    let mailbox = mailbox(i, cx)?;
    Ok(Create {
        mailbox,
        parameters: parameters(i, cx, |i| create_param(i, cx))?,
    })
}

/// One parameter of CREATE.
///
/// ```abnf
/// create-param = create-param-name [SP create-param-value]
/// create-param =/ "USE" SP "(" [use-attr *(SP use-attr)] ")"   ; RFC 6154
/// ```
fn create_param<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<CreateParameter<'a>> {
    let name = tagged_ext_label(i)?;
    if name.eq_ignore_ascii_case(b"USE") {
        sp(i)?;
        return list(i, cx, |i| mbx_list_flag(i, cx)).map(CreateParameter::Use);
    }
    let other = other_parameter(i, cx, name)?;
    cx.alloc(i, other).map(CreateParameter::Other)
}

/// `delete = "DELETE" SP mailbox`
pub(super) fn delete<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Delete<'a>> {
    cx.set_rule("DELETE command");
    mailbox(i, cx).map(|mailbox| Delete { mailbox })
}

/// What follows the word RENAME.
///
/// ```abnf
/// rename        = "RENAME" SP mailbox SP mailbox [rename-params]
/// rename-params = SP "(" rename-param *(SP rename-param) ")"   ; RFC 4466
/// ```
pub(super) fn rename<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Rename<'a>> {
    cx.set_rule("RENAME command");
    let from = mailbox(i, cx)?;
    sp(i)?;
    let to = mailbox(i, cx)?;
    let parameters = parameters(i, cx, |i| {
        let name = tagged_ext_label(i)?;
        other_parameter(i, cx, name)
    })?;
    Ok(Rename {
        from,
        to,
        parameters,
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
