//! Single octets and the end of the line.

use super::{Context, Input};
use crate::error::{Expected, PResult, fail};
use crate::quirks::Quirk;

/// The next octet, which stays.
#[inline(always)]
pub(crate) fn peek(i: &Input<'_>) -> Option<u8> {
    i.first().copied()
}

/// Whether the next octet is `b`; it stays.
#[inline(always)]
pub(crate) fn at(i: &Input<'_>, b: u8) -> bool {
    peek(i) == Some(b)
}

/// Takes `b` if it is there.
#[inline(always)]
pub(crate) fn opt(i: &mut Input<'_>, b: u8) -> bool {
    match i.split_first() {
        Some((&c, rest)) if c == b => {
            *i = rest;
            true
        }
        _ => false,
    }
}

/// Takes `b`, which must be there.
#[inline(always)]
pub(crate) fn byte(i: &mut Input<'_>, b: u8, expected: Expected) -> PResult<()> {
    if opt(i, b) { Ok(()) } else { fail(i, expected) }
}

/// One blank.
#[inline(always)]
pub(crate) fn sp(i: &mut Input<'_>) -> PResult<()> {
    byte(i, b' ', Expected::Space)
}

/// One blank, if it is there.
#[inline(always)]
pub(crate) fn opt_sp(i: &mut Input<'_>) -> bool {
    opt(i, b' ')
}

/// `(`
#[inline(always)]
pub(crate) fn open(i: &mut Input<'_>) -> PResult<()> {
    byte(i, b'(', Expected::OpenParen)
}

/// `)`
#[inline(always)]
pub(crate) fn close(i: &mut Input<'_>) -> PResult<()> {
    byte(i, b')', Expected::CloseParen)
}

/// The end of the line, which is the end of the message.
#[inline(always)]
pub(crate) fn end(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    match **i {
        [b'\r', b'\n'] => {
            *i = &[];
            Ok(())
        }
        _ => end_slow(i, cx),
    }
}

#[cold]
#[inline(never)]
fn end_slow(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    let blanks = i.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let (before, line_end) = i.split_at_checked(blanks).unwrap_or((i, &[]));
    match line_end {
        b"\r\n" => {}
        // quirk: BareLineFeed
        b"\n" => cx.forgive_or(line_end, Quirk::BareLineFeed, Expected::Crlf)?,
        [b'\r', b'\n', ..] => return fail(line_end.get(2..).unwrap_or_default(), Expected::End),
        _ => return fail(i, Expected::Crlf),
    }
    if !before.is_empty() {
        // quirk: TrailingBlanks
        cx.forgive_or(i, Quirk::TrailingBlanks, Expected::Crlf)?;
    }
    *i = &[];
    Ok(())
}
