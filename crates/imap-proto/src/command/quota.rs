//! GETQUOTA, GETQUOTAROOT and SETQUOTA.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, list, number64, sp};
use crate::value::mailbox::mailbox;
use crate::value::quota::resource_name;
use crate::value::{IString, Mailbox, QuotaResource};

/// `GETQUOTA`: ask for the usage and the limits of a quota root.
///
/// [RFC 9208 section 4.1.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GetQuota<'a> {
    /// Which quota root.
    pub root: IString<'a>,
}

/// `GETQUOTAROOT`: ask which quota roots count for a mailbox, and for their usage and limits.
///
/// [RFC 9208 section 4.1.2](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct GetQuotaRoot<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
}

/// `SETQUOTA`: change the limits of a quota root.
///
/// `C: a1 SETQUOTA "" (STORAGE 512)` limits the storage to 512 times 1024 octets.
///
/// [RFC 9208 section 4.1.3](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct SetQuota<'a> {
    /// Which quota root.
    pub root: IString<'a>,
    /// The limits; what is not named is not limited any more.
    pub limits: &'a [QuotaLimit<'a>],
}

/// How much of a resource may be used.
///
/// [RFC 9208 section 4.1.3](https://www.rfc-editor.org/rfc/rfc9208#section-4.1.3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct QuotaLimit<'a> {
    /// The resource.
    pub resource: QuotaResource<'a>,
    /// The limit, in the unit of the resource; below 2^63.
    pub limit: u64,
}

/// `getquota = "GETQUOTA" SP quota-root-name`, `quota-root-name = astring`
pub(super) fn getquota<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GetQuota<'a>> {
    cx.set_rule("GETQUOTA command");
    astring(i, cx).map(|root| GetQuota { root })
}

/// `getquotaroot = "GETQUOTAROOT" SP mailbox`
pub(super) fn getquotaroot<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<GetQuotaRoot<'a>> {
    cx.set_rule("GETQUOTAROOT command");
    mailbox(i, cx).map(|mailbox| GetQuotaRoot { mailbox })
}

/// What follows the word SETQUOTA.
///
/// ```abnf
/// setquota          = "SETQUOTA" SP quota-root-name SP setquota-list
/// setquota-list     = "(" [setquota-resource *(SP setquota-resource)] ")"
/// setquota-resource = resource-name SP resource-limit
/// ```
pub(super) fn setquota<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SetQuota<'a>> {
    cx.set_rule("SETQUOTA command");
    let root = astring(i, cx)?;
    sp(i)?;
    let limits = list(i, cx, |i| {
        let resource = resource_name(i)?;
        sp(i)?;
        let limit = number64(i, cx)?;
        Ok(QuotaLimit { resource, limit })
    })?;
    Ok(SetQuota { root, limits })
}
