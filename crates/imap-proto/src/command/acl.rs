//! SETACL, DELETEACL, GETACL, LISTRIGHTS and MYRIGHTS.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, sp};
use crate::value::mailbox::mailbox;
use crate::value::rights::mod_rights;
use crate::value::{IString, Mailbox, Rights};

/// `SETACL`: change the rights of somebody on a mailbox.
///
/// `C: a1 SETACL INBOX/Drafts Byron +w` adds the right `w`.
///
/// [RFC 4314 section 3.1](https://www.rfc-editor.org/rfc/rfc4314#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SetAcl<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// Whose rights: a user, `anyone`, or with `-` in front those whom rights are taken from.
    pub identifier: IString<'a>,
    /// What happens to the rights.
    pub action: AclAction,
    /// The rights.
    pub rights: Rights,
}

/// What SETACL does with its rights.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AclAction {
    /// `+`: they are added.
    Add,
    /// `-`: they are removed.
    Remove,
    /// They replace those that are there.
    Replace,
}

/// `DELETEACL`: remove the entry of somebody from the list of a mailbox.
///
/// [RFC 4314 section 3.2](https://www.rfc-editor.org/rfc/rfc4314#section-3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct DeleteAcl<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// Whose entry.
    pub identifier: IString<'a>,
}

/// `GETACL`: ask who has which rights on a mailbox.
///
/// [RFC 4314 section 3.3](https://www.rfc-editor.org/rfc/rfc4314#section-3.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GetAcl<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
}

/// `LISTRIGHTS`: ask which rights somebody can be given.
///
/// [RFC 4314 section 3.4](https://www.rfc-editor.org/rfc/rfc4314#section-3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ListRights<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// Whose rights.
    pub identifier: IString<'a>,
}

/// `MYRIGHTS`: ask which rights the user has.
///
/// [RFC 4314 section 3.5](https://www.rfc-editor.org/rfc/rfc4314#section-3.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MyRights<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
}

/// What follows the word SETACL.
///
/// ```abnf
/// setacl     = "SETACL" SP mailbox SP identifier SP mod-rights
/// mod-rights = astring   ; +rights to add, -rights to remove, rights to replace
/// ```
pub(super) fn setacl<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SetAcl<'a>> {
    cx.set_rule("SETACL command");
    let (mailbox, identifier) = mailbox_and_identifier(i, cx)?;
    sp(i)?;
    let (sign, rights) = mod_rights(i, cx)?;
    let action = match sign {
        Some(b'+') => AclAction::Add,
        Some(_) => AclAction::Remove,
        None => AclAction::Replace,
    };
    Ok(SetAcl {
        mailbox,
        identifier,
        action,
        rights,
    })
}

/// `deleteacl = "DELETEACL" SP mailbox SP identifier`
pub(super) fn deleteacl<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<DeleteAcl<'a>> {
    cx.set_rule("DELETEACL command");
    let (mailbox, identifier) = mailbox_and_identifier(i, cx)?;
    Ok(DeleteAcl {
        mailbox,
        identifier,
    })
}

/// `getacl = "GETACL" SP mailbox`
pub(super) fn getacl<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GetAcl<'a>> {
    cx.set_rule("GETACL command");
    mailbox(i, cx).map(|mailbox| GetAcl { mailbox })
}

/// `listrights = "LISTRIGHTS" SP mailbox SP identifier`
pub(super) fn listrights<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListRights<'a>> {
    cx.set_rule("LISTRIGHTS command");
    let (mailbox, identifier) = mailbox_and_identifier(i, cx)?;
    Ok(ListRights {
        mailbox,
        identifier,
    })
}

/// `myrights = "MYRIGHTS" SP mailbox`
pub(super) fn myrights<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<MyRights<'a>> {
    cx.set_rule("MYRIGHTS command");
    mailbox(i, cx).map(|mailbox| MyRights { mailbox })
}

/// `mailbox SP identifier`, `identifier = astring`
fn mailbox_and_identifier<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<(Mailbox<'a>, IString<'a>)> {
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    Ok((mailbox, astring(i, cx)?))
}
