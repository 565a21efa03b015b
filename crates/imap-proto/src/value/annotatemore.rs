//! Annotations of mailboxes and the server before RFC 5464.

use super::IString;
use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, non_empty_list, nstring, sp};

/// An attribute of an annotation: `"value.priv" "My comment"`.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotateMoreAttribute<'a> {
    /// The name, such as `value.priv`, `value.shared` or `size.shared`.
    pub name: IString<'a>,
    /// The value; `NIL` where there is none, or where it is to be removed.
    pub value: Option<IString<'a>>,
}

/// `"(" attrib SP value *(SP attrib SP value) ")"`
pub(crate) fn attribute_values<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [AnnotateMoreAttribute<'a>]> {
    non_empty_list(i, cx, |i| {
        let name = astring(i, cx)?;
        sp(i)?;
        let value = nstring(i, cx)?;
        Ok(AnnotateMoreAttribute { name, value })
    })
}
