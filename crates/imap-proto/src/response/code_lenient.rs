//! Response codes that are not known or not by the book.

use super::code::Code;
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, atom, first_odd_octet, istring, opt, opt_sp, peek, run, separated, skip_value,
    taken,
};
use crate::quirks::Quirk;
use crate::value::{IString, Malformed, OtherItem};

/// The character sets of BADCHARSET without parentheses.
#[cold]
#[inline(never)]
pub(super) fn bare_charsets<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    // quirk: BareCharsets
    cx.forgive_or(i, Quirk::BareCharsets, Expected::OpenParen)?;
    separated(i, cx, b' ', |i| match peek(i) {
        Some(b'"') => istring(i, cx),
        _ => atom(i).map(|name| IString(name.as_bytes())),
    })
}

/// `atom [SP 1*<any TEXT-CHAR except "]">]`
#[cold]
pub(super) fn other_code<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
) -> PResult<Code<'a>> {
    let name = taken(start, i);
    let mut value = &[][..];
    if opt_sp(i) {
        let start = *i;
        value = code_value(i, cx);
        if value.is_empty() {
            return fail(start, Expected::Text);
        }
        check_text(start, cx, value)?;
    }
    cx.alloc(i, OtherItem { name, value }).map(Code::Other)
}

/// Sees to it that a value, which begins at `i`, has only the characters of a text.
pub(super) fn check_text(i: Input<'_>, cx: &Context<'_>, value: &[u8]) -> PResult<()> {
    if let Some(n) = first_odd_octet(value, cx) {
        // quirk: EightBitText
        let odd = i.get(n..).unwrap_or_default();
        cx.forgive_or(odd, Quirk::EightBitText, Expected::Text)?;
    }
    if let Some(n) = value.iter().position(|b| *b == 0) {
        // quirk: NulOctet
        cx.forgive_or(
            i.get(n..).unwrap_or_default(),
            Quirk::NulOctet,
            Expected::Text,
        )?;
    }
    Ok(())
}

/// The octets up to the bracket that closes the code.
///
/// Strings and lists, which extensions have here, may hold brackets; where they are not balanced, or are
/// so with a deviation only, the first bracket counts.
fn code_value<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> &'a [u8] {
    let start = *i;
    let noted = cx.noted();
    let plain = |b| !matches!(b, b']' | b'"' | b'(' | b'{' | b'\r' | b'\n');
    let balanced = loop {
        run(i, plain);
        match peek(i) {
            Some(b']') => break cx.noted() == noted,
            None | Some(b'\r' | b'\n') => break false,
            Some(_) if skip_value(i, cx).is_err() => break false,
            Some(_) => {}
        }
    };
    if !balanced {
        cx.unnote(noted);
        *i = start;
        run(i, |b| !matches!(b, b']' | b'\r' | b'\n'));
    }
    start.get(..start.len() - i.len()).unwrap_or_default()
}

/// A code that cannot be read, or is not closed: it is kept as it came, and the text is what follows.
#[cold]
#[inline(never)]
pub(super) fn unreadable_code<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
) -> PResult<Code<'a>> {
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(start, Quirk::MalformedItem) {
        return Err(error);
    }
    *i = start;
    let name = run(i, imap_util::is_atom_char);
    opt_sp(i);
    let value_start = *i;
    let value = code_value(i, cx);
    if !opt(i, b']') {
        // quirk: UnclosedCode
        cx.forgive_or(i, Quirk::UnclosedCode, Expected::CloseBracket)?;
    }
    let error = error.locate(value_start, "response code");
    cx.alloc(i, Malformed { name, value, error })
        .map(Code::Malformed)
}
