//! Quoted strings, literals and what may stand for them.

use super::class::is_list_char;
use super::swar::{below, equal, first_mark, load};
use super::{Context, Input, astring_atom, byte, number64, opt, run};
use crate::error::{Expected, PResult, fail};
use crate::quirks::Quirk;
use crate::value::IString;

/// The inside of a quoted string up to its closing quote, and whether it has escapes.
///
/// `quoted = DQUOTE *QUOTED-CHAR DQUOTE`, the opening quote being taken.
#[inline(always)]
pub(crate) fn quoted_contents<'a>(i: &mut Input<'a>) -> PResult<(&'a [u8], bool)> {
    let start = *i;
    let mut escaped = false;
    loop {
        let n = scan_quoted(i);
        let stop = i.get(n..).unwrap_or_default();
        match stop {
            [b'"', rest @ ..] => {
                let length = start.len() - stop.len();
                *i = rest;
                return Ok((start.get(..length).unwrap_or_default(), escaped));
            }
            [b'\\', b'"' | b'\\', rest @ ..] => {
                escaped = true;
                *i = rest;
            }
            [b'\\', rest @ ..] => return fail(rest, Expected::EscapedChar),
            [b'\t' | 1..=8 | 0x0b | 0x0c, rest @ ..] => *i = rest,
            _ => return fail(stop, Expected::Quote),
        }
    }
}

/// How many octets stand before a quote, a backslash or a control character.
#[inline(always)]
fn scan_quoted(s: &[u8]) -> usize {
    let mut rest = s;
    while let Some(x) = load(rest) {
        let marks = equal(x, b'"') | equal(x, b'\\') | below(x, 14);
        if marks != 0 {
            return s.len() - rest.len() + first_mark(marks);
        }
        rest = rest.get(8..).unwrap_or_default();
    }
    let tail = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | 0..=13))
        .unwrap_or(rest.len());
    s.len() - rest.len() + tail
}

/// A literal whose opening `{` is taken: `number ["+"] "}" CRLF *CHAR8`.
#[inline]
pub(crate) fn literal<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let start = *i;
    let Ok(length) = number64(i) else {
        return fail(start, Expected::LiteralLength);
    };
    opt(i, b'+');
    byte(i, b'}', Expected::LiteralLength)?;
    match **i {
        [b'\r', b'\n', ref rest @ ..] => *i = rest,
        [b'\n', ref rest @ ..] => {
            // quirk: BareLineFeed
            cx.forgive_or(i, Quirk::BareLineFeed, Expected::Crlf)?;
            *i = rest;
        }
        _ => return fail(i, Expected::Crlf),
    }
    match usize::try_from(length)
        .ok()
        .and_then(|n| i.split_at_checked(n))
    {
        Some((data, rest)) => {
            *i = rest;
            Ok(data)
        }
        None => fail(i, Expected::LiteralData),
    }
}

/// `string = quoted / literal`, also literal8, or nothing if neither begins here.
#[inline(always)]
fn string<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> Option<PResult<IString<'a>>> {
    match **i {
        [b'"', ref rest @ ..] => {
            *i = rest;
            Some(quoted(i, cx))
        }
        [b'{', ref rest @ ..] | [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            Some(literal(i, cx).map(IString))
        }
        _ => None,
    }
}

/// A quoted string whose opening quote is taken, unescaped.
#[inline(always)]
fn quoted<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    let start = *i;
    let (contents, escaped) = quoted_contents(i)?;
    if !cx.utf8() && !contents.is_ascii() {
        // quirk: EightBitQuoted
        cx.forgive_or(start, Quirk::EightBitQuoted, Expected::Quote)?;
    }
    if escaped {
        unescape(start, contents, cx)
    } else {
        Ok(IString(contents))
    }
}

#[cold]
#[inline(never)]
fn unescape<'a>(i: &[u8], contents: &[u8], cx: &Context<'a>) -> PResult<IString<'a>> {
    let mut value = cx.growing();
    if value.try_reserve_exact(contents.len()).is_err() {
        return fail(i, Expected::LessMemory);
    }
    let mut octets = contents.iter();
    while let Some(octet) = octets.next() {
        let octet = if *octet == b'\\' {
            octets.next()
        } else {
            Some(octet)
        };
        value.extend(octet.copied());
    }
    Ok(IString(value.into_bump_slice()))
}

/// `NIL`, in any case, as a whole word.
#[inline(always)]
pub(crate) fn nil(i: &mut Input<'_>) -> PResult<()> {
    match **i {
        [b'N' | b'n', b'I' | b'i', b'L' | b'l', ref rest @ ..] => {
            *i = rest;
            Ok(())
        }
        _ => fail(i, Expected::Nil),
    }
}

/// `string = quoted / literal`
#[inline]
pub(crate) fn istring<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    istring_or(i, cx, Expected::String)
}

/// A string, refused with `expected` where none begins.
#[inline(always)]
pub(crate) fn istring_or<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    expected: Expected,
) -> PResult<IString<'a>> {
    string(i, cx).unwrap_or_else(|| fail(i, expected))
}

/// `nstring = string / nil`
#[inline]
pub(crate) fn nstring<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    match string(i, cx) {
        Some(string) => string.map(Some),
        None => match nil(i) {
            Ok(()) => Ok(None),
            Err(_) => fail(i, Expected::NString),
        },
    }
}

/// `astring = 1*ASTRING-CHAR / string`
#[inline]
pub(crate) fn astring<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    match string(i, cx) {
        Some(string) => string,
        None => astring_atom(i).map(IString),
    }
}

/// `list-mailbox = 1*list-char / string`
pub(crate) fn list_mailbox<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    match string(i, cx) {
        Some(string) => string,
        None => match run(i, is_list_char) {
            [] => fail(i, Expected::Mailbox),
            pattern => Ok(IString(pattern)),
        },
    }
}
