//! Passing over values without reading them: balanced, and without recursion.

use super::swar::{ONES, below, equal, first_mark, load};
use super::{Context, Input, at, is_line_end, literal, literal8, opt, peek, quoted_contents, run};
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
    let start = *i;
    run_with_nul(i, cx, |b| {
        !matches!(b, b' ' | b'(' | b')' | b'"' | b'{' | b'\r' | b'\n')
    })?;
    if i.len() == start.len() {
        fail(i, Expected::Value)
    } else {
        Ok(())
    }
}

/// Octets of a class, and NUL among them where that is forgiven.
pub(crate) fn run_with_nul(
    i: &mut Input<'_>,
    cx: &Context<'_>,
    class: impl Fn(u8) -> bool,
) -> PResult<()> {
    loop {
        run(i, |b| b != 0 && class(b));
        if !at(i, 0) {
            return Ok(());
        }
        // quirk: NulOctet
        cx.forgive_or(i, Quirk::NulOctet, Expected::Value)?;
        opt(i, 0);
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
    let goes_on = |rest: &[u8]| {
        let next = rest.first();
        next.is_some_and(|b| !b.is_ascii_alphabetic() && !matches!(b, b' ' | b')'))
    };
    loop {
        while !matches!(peek(i), None | Some(b' ' | b')' | b'\r' | b'\n')) {
            skip_value(i, cx)?;
        }
        match **i {
            [b' ', ref rest @ ..] if goes_on(rest) && !known(rest) => *i = rest,
            _ => return Ok(taken(start, i)),
        }
    }
}

/// The same for an item that may not be balanced.
///
/// If it is not, or what follows cannot be read, its value reaches to the next known item from which on
/// all is balanced up to the end of the message; without such a one to where it seems to end, to the
/// first parenthesis that a known item follows, or to the last one of the message.
pub(crate) fn skip_broken_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
    known: impl Fn(Input<'_>) -> bool,
) -> PResult<&'a [u8]> {
    let before = *i;
    let noted = cx.noted();
    let skipped = match skip_item(i, cx, &known) {
        Err(error) if error.is_final() => return Err(error),
        Ok(_) if !matches!(peek(i), None | Some(b' ' | b')')) && !is_line_end(i) => {
            Err(Fail::new(i, Expected::CloseParen))
        }
        skipped => skipped,
    };
    // At the end of the line it may have taken in the items behind it.
    if skipped.is_ok() && !is_line_end(i) && (!cx.may_resume() || is_sound(i, cx)) {
        return skipped;
    }
    let end = resume(before, cx, &known).or_else(|| match skipped {
        Ok(_) => Some(*i),
        Err(_) => resume_behind_paren(before, cx, &known),
    });
    if skipped.is_err() {
        cx.unnote(noted);
    }
    *i = end.unwrap_or(before);
    match (end, skipped) {
        (None, Err(error)) => skip_to_last_paren(i, error),
        _ => {
            let value = taken(before, i);
            Ok(value.strip_prefix(b" ").unwrap_or(value))
        }
    }
}

/// Whether the list of items just lacks its end behind the item from `start` on: it is the last one,
/// and none of its neighbours has got into it.
#[cold]
#[inline(never)]
pub(crate) fn is_unclosed(
    i: &Input<'_>,
    cx: &Context<'_>,
    start: Input<'_>,
    known: fn(Input<'_>) -> bool,
) -> bool {
    if !is_line_end(i) || !cx.allows(Quirk::MissingCloseParen) {
        return false;
    }
    let mut blanks = start.iter().enumerate().filter(|(_, b)| **b == b' ');
    !blanks.any(|(n, _)| start.get(n + 1..).is_some_and(known))
}

/// The blank in front of the first known item from which on all is balanced.
///
/// What stands in a literal is not looked at: it can be anything that somebody has sent.
fn resume<'a>(
    mut i: Input<'a>,
    cx: &Context<'_>,
    known: impl Fn(Input<'_>) -> bool,
) -> Option<Input<'a>> {
    while let Some((b, rest)) = i.split_first() {
        match b {
            b' ' if known(rest) => {
                if !cx.may_resume() {
                    return None;
                }
                if is_balanced(rest, cx) {
                    return Some(i);
                }
            }
            b'\r' | b'\n' => return None,
            _ => {}
        }
        i = match b {
            b'{' => behind_literal(rest, cx).unwrap_or(rest),
            _ => rest,
        };
    }
    None
}

/// The octets in front of the blank in front of the next known item, or of the end of the line.
#[cold]
pub(crate) fn skip_to_known<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
    known: fn(Input<'_>) -> bool,
) -> PResult<&'a [u8]> {
    let start = *i;
    while !is_line_end(i) {
        *i = match **i {
            [b' ', ref rest @ ..] if known(rest) => break,
            [b'{', ref rest @ ..] => behind_literal(rest, cx).unwrap_or(rest),
            [b'\r' | b'\n', ..] | [] => return fail(i, Expected::Crlf),
            [_, ref rest @ ..] => rest,
        };
    }
    Ok(taken(start, i))
}

/// What follows the first parenthesis that a known item follows.
fn resume_behind_paren<'a>(
    before: Input<'a>,
    cx: &Context<'_>,
    known: impl Fn(Input<'_>) -> bool,
) -> Option<Input<'a>> {
    if !cx.may_resume() {
        return None;
    }
    let parens = before.iter().enumerate().filter(|(_, b)| **b == b')');
    let mut rests = parens.filter_map(|(n, _)| before.get(n + 1..));
    rests.find(|rest| rest.strip_prefix(b" ").is_some_and(&known))
}

/// What follows a literal whose opening `{` is taken.
fn behind_literal<'a>(mut i: Input<'a>, cx: &Context<'_>) -> Option<Input<'a>> {
    let noted = cx.noted();
    let read = literal8(&mut i, cx);
    cx.unnote(noted);
    read.is_ok().then_some(i)
}

/// Whether what is left is made of whole strings and lists, and of parentheses that close more.
fn is_sound(mut i: Input<'_>, cx: &Context<'_>) -> bool {
    let noted = cx.noted();
    let mut sound = true;
    while sound && !i.trim_ascii().is_empty() {
        sound = skip_to_close(&mut i, cx).is_ok();
    }
    cx.unnote(noted);
    sound
}

/// Whether what is left is balanced: one parenthesis closes the list and ends the message.
pub(crate) fn is_balanced(mut i: Input<'_>, cx: &Context<'_>) -> bool {
    let noted = cx.noted();
    let closed = skip_to_close(&mut i, cx).is_ok();
    cx.unnote(noted);
    closed && i.trim_ascii().is_empty()
}

/// All octets up to the last parenthesis of the message, without the blank in front; `error` is what
/// there is if it has none.
#[cold]
pub(crate) fn skip_to_last_paren<'a>(i: &mut Input<'a>, error: Fail) -> PResult<&'a [u8]> {
    let Some(last) = i.iter().rposition(|b| *b == b')') else {
        return Err(error);
    };
    let (value, rest) = i.split_at_checked(last).unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString as _};

    use super::super::testing::{lenient, strict};
    use super::*;

    fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        skip_value(i, cx).map(|octets| octets.escape_ascii().to_string())
    }

    fn rest<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        skip_rest(i, cx).map(|octets| octets.escape_ascii().to_string())
    }

    fn known(i: Input<'_>) -> bool {
        i.starts_with(b"UID ")
    }

    fn item<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        skip_broken_item(i, cx, known).map(|octets| octets.escape_ascii().to_string())
    }

    #[test]
    fn ok_one_value_of_any_kind() {
        for (input, shown) in [
            (&b"a b"[..], "a| b"),
            (b"a(b)", "a|(b)"),
            (
                b"(a (b \")\" {1}\r\n) ~{1}\r\n\") c) d",
                r#"(a (b \")\" {1}\r\n) ~{1}\r\n\") c)| d"#,
            ),
            (b"\"a\\\"b\" c", r#"\"a\\\"b\"| c"#),
            (b"{2}\r\n)( x", r"{2}\r\n)(| x"),
            (b"~{1}\r\n\0 x", r"~{1}\r\n\x00| x"),
            (b"()", "()|"),
        ] {
            assert_eq!(strict(input, value), shown);
        }
    }

    #[test]
    fn err_values_that_do_not_end() {
        for (input, error) in [
            (&b""[..], "expected value at byte 0 of response"),
            (b")", "expected value at byte 0 of response"),
            (b"(a", "expected `)` at byte 2 of response"),
            (b"(abcdefghijk\r\n)", "expected `)` at byte 12 of response"),
            (b"(a \"b)", "expected closing quote at byte 6 of response"),
            (
                b"(a {5}\r\nb)",
                "expected data of the announced length at byte 8 of response",
            ),
        ] {
            assert_eq!(lenient(input, value), error, "{}", input.escape_ascii());
        }
    }

    #[test]
    fn ok_the_rest_leaves_blanks_in_front_of_the_end() {
        assert_eq!(
            strict(b"a (b  c) \"d\"\r\n", rest),
            r#"a (b  c) \"d\"|\r\n"#
        );
        assert_eq!(strict(b"a  \r\n", rest), r"a|  \r\n");
        assert_eq!(strict(b"", rest), "|");
        assert_eq!(
            strict(b"a)\r\n", rest),
            "expected value at byte 1 of response"
        );
    }

    #[test]
    fn quirk_nul_octet() {
        assert_eq!(lenient(b"a\0b", value), r"a\x00b| ~NulOctet@1");
        assert_eq!(lenient(b"(a\0b)", value), r"(a\x00b)| ~NulOctet@2");
        assert_eq!(
            strict(b"a\0b", value),
            "expected value at byte 1 of response"
        );
        assert_eq!(
            strict(b"(a\0b)", value),
            "expected `)` at byte 2 of response"
        );
    }

    #[test]
    fn ok_items_end_where_another_begins() {
        for (input, shown) in [
            (&b" 5 UID 7)"[..], "5| UID 7)"),
            (b" UID 7)", "| UID 7)"),
            (b" )", "| )"),
            (b"  UID 7)", "|  UID 7)"),
            (b")", "|)"),
            (b"(a) UID 7)", "(a)| UID 7)"),
            (
                b" a\"b\"(c) -1 \"d\" e UID 7)",
                r#"a\"b\"(c) -1 \"d\"| e UID 7)"#,
            ),
        ] {
            assert_eq!(lenient(input, item), shown);
        }
    }

    #[test]
    fn ok_items_that_are_not_balanced_end_where_the_rest_is() {
        for (input, shown) in [
            (&b" (a \"b) UID 7)\r\n"[..], r#"(a \"b)| UID 7)\r\n"#),
            (b" (a \"b) X 7)\r\n", r#"(a \"b) X 7|)\r\n"#),
            (b" ((a) UID 7)\r\n", r"((a)| UID 7)\r\n"),
            (b" \"b)\r\n", r#"\"b|)\r\n"#),
            (b" (a UID 7)\r\n", r"(a| UID 7)\r\n"),
            (b" \"a UID 7 X \"b\")\r\n", r#"\"a| UID 7 X \"b\")\r\n"#),
            (
                b" (a {7}\r\n UID 7) UID 8)\r\n",
                r"(a {7}\r\n UID 7)| UID 8)\r\n",
            ),
        ] {
            assert_eq!(lenient(input, item), shown);
        }
        assert_eq!(
            lenient(b" \"b\r\n", item),
            "expected closing quote at byte 3 of response"
        );
    }
}
