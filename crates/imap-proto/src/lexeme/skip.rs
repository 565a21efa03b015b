//! Passing over values without reading them: balanced, and without recursion.

use super::swar::{ONES, below, equal, first_mark, load};
use super::{Context, Input, literal, opt, peek, quoted_contents, run};
use crate::error::{Expected, PResult, fail};

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
            quoted_contents(i)?;
        }
        [b'{', ref rest @ ..] | [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            literal(i, cx)?;
        }
        _ => {
            let plain = |b| !matches!(b, b' ' | b'(' | b')' | b'"' | b'{' | b'\r' | b'\n');
            if run(i, plain).is_empty() {
                return fail(i, Expected::Value);
            }
        }
    }
    Ok(taken(start, i))
}

/// All values up to the end of the line, which stays.
pub(crate) fn skip_rest<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let start = *i;
    while !matches!(peek(i), None | Some(b'\r' | b'\n')) {
        if !opt(i, b' ') {
            skip_value(i, cx)?;
        }
    }
    Ok(taken(start, i))
}

/// The part of `start` in front of `rest`.
fn taken<'a>(start: &'a [u8], rest: &[u8]) -> &'a [u8] {
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
                quoted_contents(i)?;
            }
            b'{' => {
                literal(i, cx)?;
            }
            0 | b'\r' | b'\n' => return fail(stop, Expected::CloseParen),
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
