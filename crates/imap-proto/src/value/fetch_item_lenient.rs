//! Items of FETCH responses that are not known or not by the book, and what stands behind their list.

use super::fetch_item::{FetchItem, Name, is_item_end, item_word, name, value};
use super::other::{behind_name, pass_over};
use super::{Malformed, OtherItem};
use crate::error::{Expected, Fail, PResult};
use crate::lexeme::{
    Context, Input, at, fold, opt, opt_sp, peek, run_with_nul, skip_broken_item, skip_item,
    skip_to_known, skip_to_last_paren, skip_value, taken,
};
use crate::quirks::Quirk;

/// Passes a section in brackets and a range behind a name; both belong to it.
pub(super) fn skip_section(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if opt(i, b'[') {
        loop {
            run_with_nul(i, cx, |b| {
                !matches!(b, b']' | b'"' | b'(' | b'{' | b'\r' | b'\n')
            })?;
            if opt(i, b']') {
                break;
            }
            skip_value(i, cx)?;
        }
    }
    if at(i, b'<') {
        run_with_nul(i, cx, |b| !matches!(b, b' ' | b')' | b'>' | b'\r' | b'\n'))?;
        opt(i, b'>');
    }
    Ok(())
}

/// Any item, kept as it came; `known` tells whether the name of a known item begins somewhere.
#[cold]
#[inline(never)]
pub(crate) fn other_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    known: fn(Input<'_>) -> bool,
) -> PResult<&'a OtherItem<'a>> {
    skip_section(i, cx)?;
    let name = taken(start, i);
    let value = skip_item(i, cx, known)?;
    cx.alloc(i, OtherItem { name, value })
}

/// An item from `start` on that could not be read: its value may stand behind too many blanks.
#[cold]
#[inline(never)]
pub(super) fn malformed_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Option<Fail>,
) -> PResult<FetchItem<'a>> {
    let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
    if let Some(item) = value_behind_blanks(i, cx, start) {
        return Ok(item);
    }
    broken_item(i, cx, start, error, "FETCH item", begins_known_item).map(FetchItem::Malformed)
}

/// An item from `start` on that could not be read: it is passed over as a whole.
///
/// `known` tells whether the name of a known item begins somewhere.
#[cold]
#[inline(never)]
pub(crate) fn broken_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
    rule: &'static str,
    known: fn(Input<'_>) -> bool,
) -> PResult<&'a Malformed<'a>> {
    pass_over(i, cx, start, error, rule, |i| {
        // There may be no name at all.
        let _ = item_word(i);
        let after_word = *i;
        let may_resume = match skip_section(i, cx) {
            Ok(()) => true,
            Err(error) if error.is_final() => return Err(error),
            Err(_) => {
                *i = after_word;
                cx.may_resume()
            }
        };
        let name = taken(start, i);
        let value_start = behind_name(i);
        let value = if may_resume {
            skip_broken_item(i, cx, known)?
        } else {
            skip_to_last_paren(i, error)?
        };
        Ok((name, value_start, value))
    })
}

/// What stands behind the end of the list of items and in front of the next known one, if it is more
/// than blanks and parentheses.
#[cold]
pub(crate) fn item_outside<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Option<FetchItem<'a>>> {
    let start = *i;
    let value = skip_to_known(i, cx, begins_known_item)?.trim_ascii();
    if value.iter().all(|b| b" \t()".contains(b)) {
        return Ok(None);
    }
    // quirk: MalformedItem
    cx.forgive_or(start, Quirk::MalformedItem, Expected::Crlf)?;
    cx.count(i, 1)?;
    let malformed = Malformed {
        name: &[],
        value,
        error: Fail::new(value, Expected::CloseParen).locate(value, "FETCH item"),
    };
    let item = cx.alloc(i, malformed)?;
    Ok(Some(FetchItem::Malformed(item)))
}

/// The item from `start` on, if it is one of the usual ones and only has too many blanks in front of
/// its value.
fn value_behind_blanks<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
) -> Option<FetchItem<'a>> {
    let mut rest = start;
    let name = fold(item_word(&mut rest).ok()?, name)?;
    let noted = cx.noted();
    let more = rest.strip_prefix(b" ").filter(|more| at(more, b' '))?;
    // quirk: ListBlanks
    if matches!(name, Name::Rare(_)) || !cx.forgive(more, Quirk::ListBlanks) {
        return None;
    }
    while rest.starts_with(b"  ") {
        opt_sp(&mut rest);
    }
    match value(&mut rest, cx, name) {
        Ok(item) if is_item_end(&rest) => {
            *i = rest;
            Some(item)
        }
        _ => {
            cx.unnote(noted);
            None
        }
    }
}

/// Whether the name of a known item begins here, with something behind it.
pub(super) fn begins_known_item(mut i: Input<'_>) -> bool {
    let word = item_word(&mut i).unwrap_or_default();
    fold(word, name).is_some() && matches!(peek(&i), Some(b' ' | b'['))
}
