//! Single octets and the end of the line.

use super::{Context, Input, Role};
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
    opt_blanks(i, cx)
}

/// Passes blanks where there should be none.
#[inline(always)]
pub(crate) fn opt_blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
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
    let extra = |b: &u8| matches!(b, b' ' | b'\t') || (*b == b')' && cx.role() == Role::Server);
    let count = i.iter().take_while(|b| extra(b)).count();
    let (extra, line_end) = i.split_at_checked(count).unwrap_or_default();
    if !is_line_end(&line_end) {
        return match line_end {
            [b'\r', b'\n', rest @ ..] => fail(rest, Expected::End),
            _ => fail(i, Expected::Crlf),
        };
    }
    if extra.contains(&b')') {
        // quirk: ExtraCloseParen
        cx.forgive_or(i, Quirk::ExtraCloseParen, Expected::Crlf)?;
    } else if !extra.is_empty() {
        // quirk: TrailingBlanks
        cx.forgive_or(i, Quirk::TrailingBlanks, Expected::Crlf)?;
    }
    *i = line_end;
    if line_end != b"\r\n" {
        odd_line_end(i, cx)?;
    }
    *i = &[];
    Ok(())
}

/// Whether the end of a line, in any form that is forgiven, is all that is left.
pub(crate) fn is_line_end(i: &Input<'_>) -> bool {
    matches!(**i, [b'\r', b'\n'] | [b'\n'] | [b'\r', b'\r', b'\n'])
}

/// The end of a line, or of the announcement of a literal, that is not CR LF.
#[cold]
#[inline(never)]
pub(super) fn odd_line_end(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    let (quirk, rest) = match **i {
        // quirk: BareLineFeed
        [b'\n', ref rest @ ..] => (Quirk::BareLineFeed, rest),
        // quirk: ExtraCarriageReturn
        [b'\r', b'\r', b'\n', ref rest @ ..] => (Quirk::ExtraCarriageReturn, rest),
        _ => return fail(i, Expected::Crlf),
    };
    cx.forgive_or(i, quirk, Expected::Crlf)?;
    *i = rest;
    Ok(())
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::super::testing::{lenient, show, strict};
    use super::*;
    use crate::options::Options;

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
            (b"\r\r\r\n", "expected end of line at byte 0 of response"),
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
    fn quirk_extra_close_paren() {
        assert_eq!(lenient(b" ))\r\n", line_end), "| ~ExtraCloseParen@0");
        assert_eq!(
            strict(b")\r\n", line_end),
            "expected end of line at byte 0 of response"
        );
        let command = show(Options::lenient(), Role::Client, b")\r\n", line_end);
        assert_eq!(command, "expected end of line at byte 0 of command");
    }

    #[test]
    fn quirk_extra_carriage_return() {
        assert_eq!(lenient(b"\r\r\n", line_end), "| ~ExtraCarriageReturn@0");
        assert_eq!(
            strict(b"\r\r\n", line_end),
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
