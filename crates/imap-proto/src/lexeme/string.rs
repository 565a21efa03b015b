//! Quoted strings, literals and what may stand for them.

use super::byte::odd_line_end;
use super::class::is_list_char;
use super::swar::{HIGH, before_first, below, equal, first_mark, load};
use super::{Context, Input, Role, astring_atom, at, byte, digits64, opt, run, taken};
use crate::error::{Expected, Fail, PResult, fail};
use crate::quirks::Quirk;
use crate::value::IString;

/// The inside of a quoted string, unchanged.
pub(crate) struct Quoted<'a> {
    contents: &'a [u8],
    escaped: bool,
    eight_bit: bool,
}

/// The inside of a quoted string up to its closing quote.
///
/// `quoted = DQUOTE *QUOTED-CHAR DQUOTE`, the opening quote being taken.
#[inline(always)]
pub(crate) fn quoted_contents<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<Quoted<'a>> {
    let start = *i;
    let (mut escaped, mut eight_bit) = (false, false);
    loop {
        let (n, high) = scan_quoted(i);
        eight_bit |= high;
        let stop = i.get(n..).unwrap_or_default();
        match stop {
            [b'"', rest @ ..] => {
                *i = rest;
                let length = start.len() - stop.len();
                return Ok(Quoted {
                    contents: start.get(..length).unwrap_or_default(),
                    escaped,
                    eight_bit,
                });
            }
            [b'\\', b'"' | b'\\', rest @ ..] => {
                escaped = true;
                *i = rest;
            }
            [b'\t' | 1..=8 | 0x0b | 0x0c, rest @ ..] => *i = rest,
            _ => *i = odd_octet(stop, cx)?,
        }
    }
}

/// What follows an octet that should not be in a quoted string.
#[cold]
fn odd_octet<'a>(i: Input<'a>, cx: &Context<'_>) -> PResult<Input<'a>> {
    match i {
        [b'\\', rest @ ..] if !matches!(rest, [] | [0 | b'\r' | b'\n', ..]) => {
            // quirk: BareBackslash
            if !cx.forgive(i, Quirk::BareBackslash) {
                return fail(rest, Expected::EscapedChar);
            }
            Ok(rest)
        }
        [b'\\', rest @ ..] => fail(rest, Expected::EscapedChar),
        [0, rest @ ..] => {
            // quirk: NulOctet
            cx.forgive_or(i, Quirk::NulOctet, Expected::Quote)?;
            Ok(rest)
        }
        _ => fail(i, Expected::Quote),
    }
}

/// How many octets stand before a quote, a backslash or a control character, and whether some of
/// them are over 127.
#[inline(always)]
fn scan_quoted(s: &[u8]) -> (usize, bool) {
    let mut rest = s;
    let mut seen = 0;
    while let Some(x) = load(rest) {
        let marks = equal(x, b'"') | equal(x, b'\\') | below(x, 14);
        if marks != 0 {
            let n = s.len() - rest.len() + first_mark(marks);
            return (n, (seen | x & before_first(marks)) & HIGH != 0);
        }
        seen |= x;
        rest = rest.get(8..).unwrap_or_default();
    }
    let tail = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | 0..=13))
        .unwrap_or(rest.len());
    let high = !rest.get(..tail).unwrap_or_default().is_ascii();
    (s.len() - rest.len() + tail, high || seen & HIGH != 0)
}

/// A literal whose opening `{` is taken: `number64 ["+"] "}" CRLF *CHAR8`.
#[inline]
pub(crate) fn literal<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let data = literal8(i, cx)?;
    // quirk: NulOctet
    if !cx.allows(Quirk::NulOctet)
        && let Some(n) = data.iter().position(|b| *b == 0)
    {
        let left = data.len() - n + i.len();
        return Err(Fail::with_left(left, Expected::NonNul));
    }
    Ok(data)
}

/// A literal with any octets, whose opening `~{` is taken: `number64 ["+"] "}" CRLF *OCTET`.
#[inline]
pub(crate) fn literal8<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<&'a [u8]> {
    let start = *i;
    let Ok(length) = digits64(i) else {
        return fail(start, Expected::LiteralLength);
    };
    if at(i, b'+') {
        if cx.role() == Role::Server {
            // quirk: NonSyncLiteral
            cx.forgive_or(i, Quirk::NonSyncLiteral, Expected::LiteralLength)?;
        }
        opt(i, b'+');
    }
    byte(i, b'}', Expected::LiteralLength)?;
    match **i {
        [b'\r', b'\n', ref rest @ ..] => *i = rest,
        _ => odd_line_end(i, cx)?,
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

/// `string = quoted / literal`, or nothing if neither begins here.
#[inline(always)]
fn string<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> Option<PResult<IString<'a>>> {
    match **i {
        [b'"', ref rest @ ..] => {
            *i = rest;
            Some(quoted(i, cx))
        }
        [b'{', ref rest @ ..] => {
            *i = rest;
            Some(literal(i, cx).map(IString))
        }
        [b'~', b'{', ..] => Some(literal8_as_string(i, cx)),
        _ => None,
    }
}

#[cold]
fn literal8_as_string<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<IString<'a>> {
    // quirk: Literal8
    cx.forgive_or(i, Quirk::Literal8, Expected::String)?;
    *i = i.get(2..).unwrap_or_default();
    literal8(i, cx).map(IString)
}

/// A quoted string whose opening quote is taken, unescaped.
#[inline(always)]
fn quoted<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    let start = *i;
    let Quoted {
        contents,
        escaped,
        eight_bit,
    } = quoted_contents(i, cx)?;
    if eight_bit && let Some(n) = first_odd_octet(contents, cx) {
        // quirk: EightBitQuoted
        let odd = start.get(n..).unwrap_or_default();
        cx.forgive_or(odd, Quirk::EightBitQuoted, Expected::Quote)?;
    }
    if escaped {
        unescape(start, contents, cx)
    } else {
        Ok(IString(contents))
    }
}

/// How many octets stand in front of the first one over 127 that is not legal in a text now.
#[inline(always)]
pub(crate) fn first_odd_octet(text: &[u8], cx: &Context<'_>) -> Option<usize> {
    if text.is_ascii() {
        None
    } else {
        first_odd_octet_slow(text, cx)
    }
}

#[cold]
fn first_odd_octet_slow(text: &[u8], cx: &Context<'_>) -> Option<usize> {
    if cx.utf8() {
        core::str::from_utf8(text).err().map(|e| e.valid_up_to())
    } else {
        text.iter().position(|b| !b.is_ascii())
    }
}

#[cold]
#[inline(never)]
fn unescape<'a>(i: &[u8], contents: &[u8], cx: &Context<'a>) -> PResult<IString<'a>> {
    let mut value = cx.growing();
    if value.try_reserve_exact(contents.len()).is_err() {
        return fail(i, Expected::LessMemory);
    }
    let mut rest = contents;
    loop {
        rest = match rest {
            [] => break,
            [b'\\', octet @ (b'"' | b'\\'), tail @ ..] | [octet, tail @ ..] => {
                value.push(*octet);
                tail
            }
        };
    }
    Ok(IString(value.into_bump_slice()))
}

/// `NIL`, in any case.
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
#[inline(always)]
pub(crate) fn nstring<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    // Each place where it may stand has its own habits, which are learnt best there.
    if let Some(rest) = i.strip_prefix(b"NIL") {
        *i = rest;
        return Ok(None);
    }
    string_or_nil(i, cx)
}

#[inline(never)]
fn string_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    match string(i, cx) {
        Some(string) => string.map(Some),
        None => match nil(i) {
            Ok(()) => Ok(None),
            Err(_) => fail(i, Expected::NString),
        },
    }
}

/// `nstring`, with unescaped quotes in it where that is forgiven: a quoted string then ends at the
/// first quote with something behind it that can follow.
#[cold]
#[inline(never)]
pub(crate) fn nstring_before<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    can_follow: fn(Input<'_>) -> bool,
) -> PResult<Option<IString<'a>>> {
    let start = *i;
    let value = nstring(i, cx)?;
    let Some(inside) = start.strip_prefix(b"\"") else {
        return Ok(value);
    };
    // The octets may be searched up to the end of the message without a result.
    if can_follow(i) || !cx.allows(Quirk::UnescapedQuote) || !cx.may_resume() {
        return Ok(value);
    }
    let noted = cx.noted();
    let more = *i;
    let mut rest = more;
    while !can_follow(rest) {
        if quoted_contents(&mut rest, cx).is_err() {
            cx.unnote(noted);
            return Ok(value);
        }
    }
    *i = rest;
    let (contents, more) = (contents_before(inside, rest), contents_before(more, rest));
    // quirk: UnescapedQuote
    let quote = start.get(contents.len() - more.len()..).unwrap_or_default();
    cx.forgive_or(quote, Quirk::UnescapedQuote, Expected::Quote)?;
    if let Some(n) = first_odd_octet(more, cx) {
        // quirk: EightBitQuoted
        let odd = inside.get(contents.len() - more.len() + n..);
        cx.forgive_or(
            odd.unwrap_or_default(),
            Quirk::EightBitQuoted,
            Expected::Quote,
        )?;
    }
    if contents.contains(&b'\\') {
        unescape(start, contents, cx).map(Some)
    } else {
        Ok(Some(IString(contents)))
    }
}

/// The part of `start` in front of the quote that stands in front of `rest`.
fn contents_before<'a>(start: &'a [u8], rest: &[u8]) -> &'a [u8] {
    let with_quote = taken(start, rest);
    with_quote.strip_suffix(b"\"").unwrap_or(with_quote)
}

/// `nstring / literal8`
pub(crate) fn nstring8<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    match i.strip_prefix(b"~{") {
        Some(rest) => {
            *i = rest;
            literal8(i, cx).map(|data| Some(IString(data)))
        }
        None => nstring(i, cx),
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

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::super::testing::{lenient, show, strict};
    use super::*;
    use crate::options::Options;

    fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        nstring(i, cx).map(|value| format!("{value:?}"))
    }

    #[test]
    fn ok_quoted_strings_of_any_length() {
        for length in 0..40 {
            let inside = "abcdefgh ".repeat(5);
            let inside = &inside[..length];
            let shown = strict(format!("\"{inside}\" x").as_bytes(), value);
            assert_eq!(shown, format!("Some(\"{inside}\")| x"));
        }
    }

    #[test]
    fn ok_escapes_at_any_place() {
        for length in 0..20 {
            let before = &"abcdefghijklmnopqrst"[..length];
            let shown = strict(format!("\"{before}\\\\\\\"z\"").as_bytes(), value);
            assert_eq!(shown, format!("Some(\"{before}\\\\\\\"z\")|"));
        }
    }

    #[test]
    fn ok_control_characters_are_characters() {
        assert_eq!(
            strict(b"\"a\tb\x01\x7f\"", value),
            "Some(\"a\\tb\\x01\\x7f\")|"
        );
    }

    #[test]
    fn ok_literals_hold_anything() {
        assert_eq!(strict(b"{4}\r\na\"\r\n)", value), "Some(\"a\\\"\\r\\n\")|)");
        assert_eq!(strict(b"{0}\r\n", value), "Some(\"\")|");
        assert_eq!(strict(b"{2}\r\n\xff\xfe", value), "Some(\"\\xff\\xfe\")|");
    }

    #[test]
    fn ok_nil_in_any_case() {
        for nil in [&b"NIL"[..], b"nil", b"Nil"] {
            assert_eq!(strict(nil, value), "None|");
        }
    }

    #[test]
    fn err_strings_that_do_not_end() {
        for (input, error) in [
            (&b""[..], "expected string or NIL at byte 0 of response"),
            (b"x", "expected string or NIL at byte 0 of response"),
            (b"\"", "expected closing quote at byte 1 of response"),
            (
                b"\"abcdefghij\r\n\"",
                "expected closing quote at byte 11 of response",
            ),
            (
                b"\"abcdefghij",
                "expected closing quote at byte 11 of response",
            ),
            (
                b"\"a\\",
                "expected `\"` or `\\` after a backslash at byte 3 of response",
            ),
            (
                b"{3}\r\nab",
                "expected data of the announced length at byte 5 of response",
            ),
            (b"{3}ab", "expected end of line at byte 3 of response"),
            (
                b"{x}\r\n",
                "expected length of a literal at byte 1 of response",
            ),
            (
                b"{3\r\n",
                "expected length of a literal at byte 2 of response",
            ),
            (
                b"{3-}\r\nabc",
                "expected length of a literal at byte 2 of response",
            ),
            (
                b"{18446744073709551616}\r\n",
                "expected length of a literal at byte 1 of response",
            ),
        ] {
            assert_eq!(lenient(input, value), error, "{}", input.escape_ascii());
        }
    }

    #[test]
    fn quirk_bare_backslash() {
        assert_eq!(
            lenient(b"\"a\\b\"", value),
            "Some(\"a\\\\b\")| ~BareBackslash@2"
        );
        assert_eq!(
            strict(b"\"a\\b\"", value),
            "expected `\"` or `\\` after a backslash at byte 3 of response"
        );
        let mixed = b"\"a\\b\\\"c\"";
        assert_eq!(
            lenient(mixed, value),
            "Some(\"a\\\\b\\\"c\")| ~BareBackslash@2"
        );
    }

    #[test]
    fn quirk_eight_bit_quoted() {
        let input = b"\"a\xc3\xbc\xff\"";
        assert_eq!(
            lenient(input, value),
            "Some(\"a\\xc3\\xbc\\xff\")| ~EightBitQuoted@2"
        );
        assert_eq!(
            strict(input, value),
            "expected closing quote at byte 2 of response"
        );
        // With UTF-8 agreed on, only what is not UTF-8 is wrong.
        let utf8 = |input| {
            show(
                Options::strict().with_utf8(true),
                Role::Server,
                input,
                value,
            )
        };
        assert_eq!(utf8(input), "expected closing quote at byte 4 of response");
        assert_eq!(utf8(b"\"\xc3\xbc\""), "Some(\"\\xc3\\xbc\")|");
    }

    #[test]
    fn quirk_nul_octet() {
        assert_eq!(
            lenient(b"\"a\0b\"", value),
            "Some(\"a\\x00b\")| ~NulOctet@2"
        );
        assert_eq!(
            strict(b"\"a\0b\"", value),
            "expected closing quote at byte 2 of response"
        );
        // In a literal it is not looked for, so that it is not noted either.
        assert_eq!(lenient(b"{3}\r\na\0b", value), "Some(\"a\\x00b\")|");
        assert_eq!(
            strict(b"{3}\r\na\0b", value),
            "expected octet that is not NUL at byte 6 of response"
        );
    }

    #[test]
    fn quirk_literal8() {
        let input = b"~{3}\r\na\0b";
        assert_eq!(lenient(input, value), "Some(\"a\\x00b\")| ~Literal8@0");
        assert_eq!(
            strict(input, value),
            "expected string at byte 0 of response"
        );
    }

    #[test]
    fn quirk_non_sync_literal() {
        let input = b"{1+}\r\na";
        assert_eq!(lenient(input, value), "Some(\"a\")| ~NonSyncLiteral@2");
        assert_eq!(
            strict(input, value),
            "expected length of a literal at byte 2 of response"
        );
        let client = show(Options::strict(), Role::Client, input, value);
        assert_eq!(client, "Some(\"a\")|");
    }

    #[test]
    fn quirk_bare_line_feed() {
        assert_eq!(lenient(b"{1}\na", value), "Some(\"a\")| ~BareLineFeed@3");
        assert_eq!(
            strict(b"{1}\na", value),
            "expected end of line at byte 3 of response"
        );
    }

    #[test]
    fn ok_astrings_are_atoms_too() {
        fn astring_value<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
            astring(i, cx).map(|value| format!("{value:?}"))
        }
        assert_eq!(strict(b"a]b+[{", astring_value), "\"a]b+[\"|{");
        assert_eq!(strict(b"NIL ", astring_value), "\"NIL\"| ");
        assert_eq!(
            strict(b"%", astring_value),
            "expected string or atom at byte 0 of response"
        );
        fn pattern<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
            list_mailbox(i, cx).map(|value| format!("{value:?}"))
        }
        assert_eq!(strict(b"a*%] x", pattern), "\"a*%]\"| x");
        assert_eq!(
            strict(b"(", pattern),
            "expected mailbox name at byte 0 of response"
        );
    }
}
