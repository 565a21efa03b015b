//! QUOTA and QUOTAROOT responses.

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, astring, at, blanks, list, number64, opt, sp, sp_separated};
use crate::quirks::Quirk;
use crate::value::mailbox::mailbox;
use crate::value::quota::resource_name;
use crate::value::{IString, Mailbox, QuotaResource};

/// The usage and the limits of a quota root.
///
/// [RFC 9208 section 4.2.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.2.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Quota<'a> {
    /// Which quota root.
    pub root: IString<'a>,
    /// The resources that are limited.
    pub resources: &'a [QuotaUsage<'a>],
}

/// How much of a resource is used and allowed.
///
/// `S: * QUOTA "" (STORAGE 10 512)` gives usage 10 and limit 512, both in units of 1024 octets.
///
/// [RFC 9208 section 4.2.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.2.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct QuotaUsage<'a> {
    /// The resource.
    pub resource: QuotaResource<'a>,
    /// How much is used, in the unit of the resource.
    pub usage: u64,
    /// How much may be used, in the same unit.
    pub limit: u64,
}

/// Which quota roots count for a mailbox: `* QUOTAROOT INBOX ""`.
///
/// [RFC 9208 section 4.2.2](https://www.rfc-editor.org/rfc/rfc9208#section-4.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct QuotaRoot<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The quota roots.
    pub roots: &'a [IString<'a>],
}

/// What follows the word QUOTA.
///
/// ```abnf
/// quota-response = "QUOTA" SP quota-root-name SP quota-list
/// quota-list     = "(" quota-resource *(SP quota-resource) ")"
/// quota-list     = "(" [quota-resource *(SP quota-resource)] ")"   ; RFC 2087
/// quota-resource = resource-name SP resource-usage SP resource-limit
/// ```
pub(super) fn quota_response<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Quota<'a>> {
    cx.set_rule("QUOTA response");
    blanks(i, cx)?;
    let root = astring(i, cx)?;
    sp(i)?;
    let resources = list(i, cx, |i| {
        let resource = resource_name(i)?;
        blanks(i, cx)?;
        let usage = amount(i, cx, 0)?;
        blanks(i, cx)?;
        let limit = amount(i, cx, u64::MAX)?;
        Ok(QuotaUsage {
            resource,
            usage,
            limit,
        })
    })?;
    Ok(Quota { root, resources })
}

/// `number64`; a negative number reads as `negative`.
fn amount(i: &mut Input<'_>, cx: &Context<'_>, negative: u64) -> PResult<u64> {
    if !at(i, b'-') {
        return number64(i, cx);
    }
    // quirk: NegativeQuota
    cx.forgive_or(i, Quirk::NegativeQuota, Expected::Number)?;
    opt(i, b'-');
    number64(i, cx).map(|_| negative)
}

/// What follows the word QUOTAROOT.
///
/// ```abnf
/// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
/// ```
pub(super) fn quotaroot_response<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<QuotaRoot<'a>> {
    cx.set_rule("QUOTAROOT response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let roots = sp_separated(i, cx, |i| astring(i, cx))?;
    Ok(QuotaRoot { mailbox, roots })
}
