//! The response codes APPENDUID and COPYUID.

use crate::error::PResult;
use crate::lexeme::{Context, Input, non_zero, sp};
use crate::value::sequence_set::uid_set;
use crate::value::{UidSet, UidValidity};

/// Where appended messages are: `APPENDUID 38505 3955`.
///
/// A code without UIDs, as in `[APPENDUID 14 ]`, is [`Code::Malformed`](super::Code::Malformed).
///
/// [RFC 4315 section 3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AppendUid<'a> {
    /// The mailbox's.
    pub uid_validity: UidValidity,
    /// One for each message.
    pub uids: UidSet<'a>,
}

/// Where copied messages are: `COPYUID 38505 304,319:320 3956:3958`.
///
/// A code without UIDs, as in `[COPYUID 14  ]`, is [`Code::Malformed`](super::Code::Malformed).
///
/// [RFC 4315 section 3](https://www.rfc-editor.org/rfc/rfc4315#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct CopyUid<'a> {
    /// That of the mailbox copied to.
    pub uid_validity: UidValidity,
    /// The messages that were copied.
    pub source: UidSet<'a>,
    /// Their copies, in the same order.
    pub destination: UidSet<'a>,
}

/// `nz-number SP append-uid`
#[inline]
pub(super) fn resp_code_apnd<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<AppendUid<'a>> {
    let uid_validity = non_zero(i, cx)?;
    sp(i)?;
    let uids = uid_set(i, cx)?;
    Ok(AppendUid { uid_validity, uids })
}

/// `nz-number SP uid-set SP uid-set`
#[inline]
pub(super) fn resp_code_copy<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a CopyUid<'a>> {
    let uid_validity = non_zero(i, cx)?;
    sp(i)?;
    let source = uid_set(i, cx)?;
    sp(i)?;
    let destination = uid_set(i, cx)?;
    cx.alloc(
        i,
        CopyUid {
            uid_validity,
            source,
            destination,
        },
    )
}
