//! Lists of flags.

use imap_util::{Flag, Keyword};

use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{Context, Input, Role, grow, istring, list, peek};
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
    let start = *i;
    match list(i, cx, |i| flag(i, cx, place)) {
        Err(error) => odd_flag_list(i, cx, start, place, error),
        flags => flags,
    }
}

/// The list from `start` on, read anew with flags that are quoted or empty.
#[cold]
#[inline(never)]
fn odd_flag_list<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    place: FlagPlace,
    error: Fail,
) -> PResult<&'a [Flag<'a>]> {
    let lenient = cx.allows(Quirk::EmptyFlag) || cx.allows(Quirk::QuotedFlag);
    if error.is_final() || !lenient || cx.role() == Role::Client {
        return Err(error);
    }
    *i = start;
    cx.unnote_behind(start);
    let elements = list(i, cx, |i| odd_flag(i, cx, place)).map_err(|_| error)?;
    let mut flags = cx.growing();
    for flag in elements.iter().flatten() {
        grow(i, &mut flags, *flag)?;
    }
    Ok(flags.into_bump_slice())
}

/// A flag, which may be quoted, or nothing where it is empty.
fn odd_flag<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    place: FlagPlace,
) -> PResult<Option<Flag<'a>>> {
    let start = *i;
    let rest = match **i {
        [b'"', b'"', ref rest @ ..] => rest,
        [b'\\', ref rest @ ..] if matches!(peek(&rest), Some(b' ' | b')')) => rest,
        [b'"' | b'{', ..] => {
            let name = istring(i, cx)?;
            let Some((flag, [])) = Flag::split_prefix(name.0) else {
                return fail(start, Expected::Flag);
            };
            // quirk: QuotedFlag
            cx.forgive_or(start, Quirk::QuotedFlag, Expected::Flag)?;
            return Ok(Some(flag));
        }
        _ => return flag(i, cx, place).map(Some),
    };
    // quirk: EmptyFlag
    cx.forgive_or(start, Quirk::EmptyFlag, Expected::Flag)?;
    *i = rest;
    Ok(None)
}
