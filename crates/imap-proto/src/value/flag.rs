//! Lists of flags.

use imap_util::Flag;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, list};
use crate::quirks::Quirk;

/// One flag.
///
/// ```abnf
/// flag       = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
/// flag-perm  = flag / "\*"
/// ```
#[inline(always)]
pub(crate) fn flag<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<Flag<'a>> {
    let Some((flag, rest)) = Flag::split_prefix(i) else {
        return fail(i, Expected::Flag);
    };
    if let Flag::Keyword(name) | Flag::Other(name) = flag
        && !name.is_atom()
    {
        // quirk: FlagCharacters
        cx.forgive_or(i, Quirk::FlagCharacters, Expected::Flag)?;
    }
    *i = rest;
    Ok(flag)
}

/// `flag-list = "(" [flag *(SP flag)] ")"`
#[inline(always)]
pub(crate) fn flag_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Flag<'a>]> {
    list(i, cx, |i| flag(i, cx))
}
