//! Passing over values without reading them: balanced, and without recursion.

use super::swar::{ONES, below, equal, first_mark, load};
use super::{Context, Input, at, literal, literal8, opt, peek, quoted_contents, run};
use crate::error::{Expected, Fail, PResult, fail};
use crate::quirks::Quirk;

/// One value, whatever it is: a list with all that is in it, a string, or a run of other octets.
pub(crate) fn skip_value<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let start = *i;
    match **i {
        [b'(', ref rest @ ..] => {
            *i = rest;
            skip_to_close(i, cx)?;
        }
        [b'"', ref rest @ ..] => {
            *i = rest;
            quoted_contents(i, cx)?;
        }
        [b'{', ref rest @ ..] => {
            *i = rest;
            literal(i, cx)?;
        }
        [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            literal8(i, cx)?;
        }
        _ => skip_plain(i, cx)?,
    }
    Ok(taken(start, i))
}

/// One octet at least of those that do not begin another value.
fn skip_plain(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    let plain = |b| !matches!(b, 0 | b' ' | b'(' | b')' | b'"' | b'{' | b'\r' | b'\n');
    let start = *i;
    loop {
        run(i, plain);
        if !at(i, 0) {
            break;
        }
        // quirk: NulOctet
        cx.forgive_or(i, Quirk::NulOctet, Expected::Value)?;
        opt(i, 0);
    }
    if i.len() == start.len() {
        fail(i, Expected::Value)
    } else {
        Ok(())
    }
}

/// All values up to the end of the line, which stays, as do blanks in front of it.
pub(crate) fn skip_rest<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let start = *i;
    loop {
        let before_blanks = *i;
        while opt(i, b' ') {}
        if matches!(peek(i), None | Some(b'\r' | b'\n')) {
            *i = before_blanks;
            return Ok(taken(start, i));
        }
        skip_value(i, cx)?;
    }
}

/// The value of an item of a list that is not read, and the blank in front of it.
///
/// A value can be missing, as in `BODY[2] )`, or have several words. Names of items begin with a
/// letter, so that what does not is taken to belong to the value; `known` tells whether the name of a
/// known item begins somewhere.
pub(crate) fn skip_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
    known: impl Fn(Input<'_>) -> bool,
) -> PResult<&'a [u8]> {
    let start = match i.strip_prefix(b" ") {
        Some([b' ' | b')', ..]) => return Ok(&[]),
        Some(rest) if known(rest) => return Ok(&[]),
        Some(rest) => rest,
        None => i,
    };
    *i = start;
    loop {
        while !matches!(peek(i), None | Some(b' ' | b')' | b'\r' | b'\n')) {
            skip_value(i, cx)?;
        }
        match **i {
            [b' ', next, ..] if !next.is_ascii_alphabetic() && !matches!(next, b' ' | b')') => {
                opt(i, b' ');
            }
            _ => return Ok(taken(start, i)),
        }
    }
}

/// The same for an item that may not be balanced: if so, its value reaches to the first parenthesis
/// that a known item follows, or to the last one of the message.
pub(crate) fn skip_broken_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
    known: impl Fn(Input<'_>) -> bool,
) -> PResult<&'a [u8]> {
    let before = *i;
    let noted = cx.noted();
    let error = match skip_item(i, cx, &known) {
        Ok(value) if matches!(peek(i), None | Some(b' ' | b')')) => return Ok(value),
        Err(error) if error.is_final() => return Err(error),
        Ok(_) => Fail::new(i, Expected::CloseParen),
        Err(error) => error,
    };
    cx.unnote(noted);
    let parens = before.iter().enumerate().filter(|(_, b)| **b == b')');
    let Some((last, _)) = parens.clone().next_back() else {
        return Err(error);
    };
    let behind = |n: usize| before.get(n + 1..)?.strip_prefix(b" ");
    let next = parens
        .map(|(n, _)| n)
        .find(|n| behind(*n).is_some_and(&known));
    let end = next.map_or(last, |n| n + 1);
    let (value, rest) = before.split_at_checked(end).unwrap_or_default();
    *i = rest;
    Ok(value.strip_prefix(b" ").unwrap_or(value))
}

/// The part of `start` in front of `rest`.
pub(crate) fn taken<'a>(start: &'a [u8], rest: &[u8]) -> &'a [u8] {
    start.get(..start.len() - rest.len()).unwrap_or_default()
}

/// From behind a `(` to behind its `)`.
fn skip_to_close(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    let mut depth = 0usize;
    loop {
        let n = scan_structure(i);
        *i = i.get(n..).unwrap_or_default();
        let Some((b, rest)) = i.split_first() else {
            return fail(i, Expected::CloseParen);
        };
        let stop = *i;
        *i = rest;
        match b {
            b'(' => depth += 1,
            b')' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Ok(()),
            },
            b'"' => {
                quoted_contents(i, cx)?;
            }
            b'{' => {
                literal8(i, cx)?;
            }
            // quirk: NulOctet
            0 => cx.forgive_or(stop, Quirk::NulOctet, Expected::CloseParen)?,
            b'\r' | b'\n' => return fail(stop, Expected::CloseParen),
            _ => {}
        }
    }
}

/// How many octets stand before a parenthesis, a quote, a brace or a control character.
#[inline(always)]
fn scan_structure(s: &[u8]) -> usize {
    let mut rest = s;
    while let Some(x) = load(rest) {
        // `(` and `)` differ in the lowest bit only.
        let parens = equal(x & !ONES, b'(');
        let marks = parens | equal(x, b'"') | equal(x, b'{') | below(x, 14);
        if marks != 0 {
            return s.len() - rest.len() + first_mark(marks);
        }
        rest = rest.get(8..).unwrap_or_default();
    }
    let structure = |b: &u8| matches!(b, b'(' | b')' | b'"' | b'{' | 0..=13);
    s.len() - rest.len() + rest.iter().position(structure).unwrap_or(rest.len())
}
