//! Annotations of mailboxes and the server.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, literal8, non_empty_list, nstring, sp};

/// An annotation: the name of its entry, and its value.
///
/// `/private/comment "My own comment"` is one.
///
/// [RFC 5464 section 3](https://www.rfc-editor.org/rfc/rfc5464#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MetadataEntry<'a> {
    /// The name, with slashes between its parts, in any case: `/private/...` or `/shared/...`.
    pub name: IString<'a>,
    /// The value, any octets; `NIL` where there is none, or where it is to be removed.
    pub value: Option<IString<'a>>,
}

/// Entries with their values.
///
/// ```abnf
/// entry-values = "(" entry-value *(SP entry-value) ")"
/// entry-value  = entry SP value
/// entry        = astring
/// ```
pub(crate) fn entry_values<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [MetadataEntry<'a>]> {
    non_empty_list(i, cx, |i| {
        let name = astring(i, cx)?;
        sp(i)?;
        let value = value(i, cx)?;
        Ok(MetadataEntry { name, value })
    })
}

/// `value = nstring / literal8`
pub(crate) fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    match **i {
        [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            literal8(i, cx).map(|octets| Some(IString(octets)))
        }
        _ => nstring(i, cx),
    }
}
