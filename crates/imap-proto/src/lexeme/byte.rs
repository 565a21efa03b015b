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

/// One blank, or more where that is forgiven.
#[inline(always)]
pub(crate) fn blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    sp(i)?;
    if at(i, b' ') {
        extra_blanks(i, cx)?;
    }
    Ok(())
}

/// Passes blanks that are too many.
#[cold]
#[inline(never)]
pub(crate) fn extra_blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    // quirk: ListBlanks
    cx.forgive_or(i, Quirk::ListBlanks, Expected::Value)?;
    while opt(i, b' ') {}
    Ok(())
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
    let line_end = i.get(blanks..).unwrap_or_default();
    match line_end {
        b"\r\n" | b"\n" => {}
        [b'\r', b'\n', rest @ ..] => return fail(rest, Expected::End),
        _ => return fail(i, Expected::Crlf),
    }
    if blanks > 0 {
        // quirk: TrailingBlanks
        cx.forgive_or(i, Quirk::TrailingBlanks, Expected::Crlf)?;
    }
    if line_end == b"\n" {
        // quirk: BareLineFeed
        cx.forgive_or(line_end, Quirk::BareLineFeed, Expected::Crlf)?;
    }
    *i = &[];
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::super::testing::{lenient, strict};
    use super::*;

    fn line_end<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        end(i, cx).map(|()| String::new())
    }

    #[test]
    fn ok_the_end_of_the_line_is_that_of_the_message() {
        assert_eq!(strict(b"\r\n", line_end), "|");
    }

    #[test]
    fn err_no_end() {
        for (input, error) in [
            (&b""[..], "expected end of line at byte 0 of response"),
            (b"\r", "expected end of line at byte 0 of response"),
            (b"x\r\n", "expected end of line at byte 0 of response"),
            (b" x\r\n", "expected end of line at byte 0 of response"),
            (b"\r\n\r\n", "expected end of message at byte 2 of response"),
            (b"\n\n", "expected end of line at byte 0 of response"),
        ] {
            assert_eq!(lenient(input, line_end), error, "{}", input.escape_ascii());
        }
    }

    #[test]
    fn quirk_trailing_blanks() {
        assert_eq!(lenient(b" \t\r\n", line_end), "| ~TrailingBlanks@0");
        assert_eq!(
            strict(b" \r\n", line_end),
            "expected end of line at byte 0 of response"
        );
    }

    #[test]
    fn quirk_bare_line_feed() {
        assert_eq!(
            lenient(b" \n", line_end),
            "| ~TrailingBlanks@0 ~BareLineFeed@1"
        );
        assert_eq!(
            strict(b"\n", line_end),
            "expected end of line at byte 0 of response"
        );
    }
}
