//! LANGUAGE and COMPARATOR responses.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, non_empty_list, sp};
use crate::value::IString;

/// How texts are compared and sorted.
///
/// `S: * COMPARATOR i;unicode-casemap (i;ascii-casemap)` tells the active comparator and one that
/// could be chosen.
///
/// [RFC 5255 section 4.8](https://www.rfc-editor.org/rfc/rfc5255#section-4.8)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Comparator<'a> {
    /// The active comparator.
    pub active: IString<'a>,
    /// Those that match what was asked for, if the server tells.
    pub matching: &'a [IString<'a>],
}

/// What follows the word LANGUAGE: the language in use, or all that there are.
///
/// ```abnf
/// language-data = "LANGUAGE" SP "(" lang-tag-quoted *(SP lang-tag-quoted) ")"
/// ```
pub(super) fn language_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    cx.set_rule("LANGUAGE response");
    sp(i)?;
    non_empty_list(i, cx, |i| astring(i, cx))
}

/// What follows the word COMPARATOR.
///
/// ```abnf
/// comparator-data = "COMPARATOR" SP comp-sel-quoted [SP "(" comp-id-quoted *(SP comp-id-quoted) ")"]
/// ```
pub(super) fn comparator_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Comparator<'a>> {
    cx.set_rule("COMPARATOR response");
    sp(i)?;
    let active = astring(i, cx)?;
    let mut matching = &[][..];
    if i.starts_with(b" (") {
        sp(i)?;
        matching = non_empty_list(i, cx, |i| astring(i, cx))?;
    }
    Ok(Comparator { active, matching })
}
