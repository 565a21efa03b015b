//! ACL, LISTRIGHTS and MYRIGHTS responses.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, sp, sp_separated};
use crate::value::mailbox::mailbox;
use crate::value::rights::rights;
use crate::value::{IString, Mailbox, Rights};

/// Who has which rights on a mailbox.
///
/// `S: * ACL INBOX Fred rwipslda -Fred wetd` has two entries.
///
/// [RFC 4314 section 3.6](https://www.rfc-editor.org/rfc/rfc4314#section-3.6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Acl<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The list.
    pub entries: &'a [AclEntry<'a>],
}

/// The rights of somebody.
///
/// [RFC 4314 section 3.6](https://www.rfc-editor.org/rfc/rfc4314#section-3.6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AclEntry<'a> {
    /// Who; with `-` in front the rights are those that are taken away.
    pub identifier: IString<'a>,
    /// The rights.
    pub rights: Rights,
}

/// Which rights somebody can be given on a mailbox.
///
/// `S: * LISTRIGHTS ~/Mail/saved smith la r swicdkxte` says that `l` and `a` are always granted, `r`
/// can be, and the others can be together.
///
/// [RFC 4314 section 3.7](https://www.rfc-editor.org/rfc/rfc4314#section-3.7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ListRights<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// Who.
    pub identifier: IString<'a>,
    /// The rights that are always granted.
    pub required: Rights,
    /// The rights that can be granted; those of one element only together.
    pub optional: &'a [Rights],
}

/// Which rights the user has on a mailbox: `* MYRIGHTS INBOX rwiptsldaex`.
///
/// [RFC 4314 section 3.8](https://www.rfc-editor.org/rfc/rfc4314#section-3.8)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MyRights<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The rights.
    pub rights: Rights,
}

/// What follows the word ACL.
///
/// ```abnf
/// acl-data = "ACL" SP mailbox *(SP identifier SP rights)
/// ```
pub(super) fn acl_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Acl<'a>> {
    cx.set_rule("ACL response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let entries = sp_separated(i, cx, |i| {
        let identifier = astring(i, cx)?;
        sp(i)?;
        let rights = rights(i, cx)?;
        Ok(AclEntry { identifier, rights })
    })?;
    Ok(Acl { mailbox, entries })
}

/// What follows the word LISTRIGHTS.
///
/// ```abnf
/// listrights-data = "LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)
/// ```
pub(super) fn listrights_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListRights<'a>> {
    cx.set_rule("LISTRIGHTS response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let identifier = astring(i, cx)?;
    sp(i)?;
    let required = rights(i, cx)?;
    let optional = sp_separated(i, cx, |i| rights(i, cx))?;
    Ok(ListRights {
        mailbox,
        identifier,
        required,
        optional,
    })
}

/// What follows the word MYRIGHTS.
///
/// ```abnf
/// myrights-data = "MYRIGHTS" SP mailbox SP rights
/// ```
pub(super) fn myrights_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<MyRights<'a>> {
    cx.set_rule("MYRIGHTS response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let rights = rights(i, cx)?;
    Ok(MyRights { mailbox, rights })
}
