//! Lists of flags.

use imap_util::{Flag, Keyword};

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, list};
use crate::quirks::Quirk;

/// Where a flag stands, which says what it can be.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum FlagPlace {
    /// `flag`
    Any,
    /// `flag-fetch`
    Fetch,
    /// `flag-perm`
    Permanent,
}

/// One flag.
///
/// ```abnf
/// flag       = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
/// flag-fetch = flag / "\Recent"
/// flag-perm  = flag / "\*"
/// ```
#[inline(always)]
pub(crate) fn flag<'a>(i: &mut Input<'a>, cx: &Context<'_>, place: FlagPlace) -> PResult<Flag<'a>> {
    let Some((flag, rest)) = Flag::split_prefix(i) else {
        return fail(i, Expected::Flag);
    };
    match flag {
        Flag::Keyword(name) | Flag::Other(name) => check_name(i, cx, name)?,
        Flag::Any if place != FlagPlace::Permanent => {
            // quirk: AnyFlag
            cx.forgive_or(i, Quirk::AnyFlag, Expected::Flag)?;
        }
        Flag::Recent if place != FlagPlace::Fetch => {
            // quirk: RecentFlag
            cx.forgive_or(i, Quirk::RecentFlag, Expected::Flag)?;
        }
        _ => {}
    }
    *i = rest;
    Ok(flag)
}

/// Sees to it that the name of a flag, which begins at `i` or behind a backslash there, is an atom.
#[inline(always)]
pub(crate) fn check_name(i: Input<'_>, cx: &Context<'_>, name: Keyword<'_>) -> PResult<()> {
    if name.is_atom() {
        Ok(())
    } else {
        // quirk: FlagCharacters
        cx.forgive_or(i, Quirk::FlagCharacters, Expected::Flag)
    }
}

/// `flag-list = "(" [flag *(SP flag)] ")"`
#[inline(always)]
pub(crate) fn flag_list<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    place: FlagPlace,
) -> PResult<&'a [Flag<'a>]> {
    list(i, cx, |i| flag(i, cx, place))
}
