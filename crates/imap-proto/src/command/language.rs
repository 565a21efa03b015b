//! LANGUAGE and COMPARATOR.

use crate::error::PResult;
use crate::lexeme::{Context, Input, astring, sp_separated};
use crate::value::IString;

/// `LANGUAGE`: choose the language of the texts for people, or ask which ones there are.
///
/// `C: a1 LANGUAGE FR-CA EN-CA` asks for one of two.
///
/// [RFC 5255 section 3.2](https://www.rfc-editor.org/rfc/rfc5255#section-3.2)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Language<'a> {
    /// The languages in the order of preference, as ranges of RFC 4647; none to ask which there are.
    pub ranges: &'a [IString<'a>],
}

/// `COMPARATOR`: choose how texts are compared and sorted, or ask how they are.
///
/// [RFC 5255 section 4.7](https://www.rfc-editor.org/rfc/rfc5255#section-4.7)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Comparator<'a> {
    /// The comparators of RFC 4790 in the order of preference; none to ask which is active.
    pub order: &'a [IString<'a>],
}

/// `language-cmd = "LANGUAGE" *(SP lang-range-quoted)`, `lang-range-quoted = astring`
pub(super) fn language_cmd<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Language<'a>> {
    cx.set_rule("LANGUAGE command");
    sp_separated(i, cx, |i| astring(i, cx)).map(|ranges| Language { ranges })
}

/// `comparator-cmd = "COMPARATOR" *(SP comp-order-quoted)`, `comp-order-quoted = astring`
pub(super) fn comparator_cmd<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Comparator<'a>> {
    cx.set_rule("COMPARATOR command");
    sp_separated(i, cx, |i| astring(i, cx)).map(|order| Comparator { order })
}
