//! Lists: into the arena with as little moving as possible.

use super::{
    Context, Input, Role, at, extra_blanks, is_line_end, nil, open, opt, opt_blanks, peek,
};
use crate::error::{Expected, PResult, fail};
use crate::quirks::Quirk;

/// Elements kept on the stack before a list moves to the arena in growing pieces.
const ON_STACK: usize = 8;

/// Collects what `next` gives until it gives nothing. `next` is told whether it is the first call.
///
/// One element goes straight into the arena, up to eight are gathered on the stack.
#[inline(always)]
pub(crate) fn collect<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    mut next: impl FnMut(&mut Input<'a>, bool) -> PResult<Option<T>>,
) -> PResult<&'a [T]> {
    let Some(first) = next(i, true)? else {
        return Ok(&[]);
    };
    let (mut second, mut third) = (first, first);
    if !put(i, &mut second, &mut next)? {
        return array(i, cx, [first]);
    }
    if !put(i, &mut third, &mut next)? {
        return array(i, cx, [first, second]);
    }
    let mut buffer = [first; ON_STACK];
    let mut count = 3;
    let [_, slot2, slot3, ..] = &mut buffer;
    *slot2 = second;
    *slot3 = third;
    while put(i, &mut third, &mut next)? {
        match buffer.get_mut(count) {
            Some(slot) => *slot = third,
            None => return spill(i, cx, &buffer, third, &mut next),
        }
        count += 1;
    }
    slice(i, cx, buffer.get(..count).unwrap_or_default())
}

// These are no part of `collect`, since lists can be inside each other: without optimization each would
// keep its places in the frame of the list around it.

/// Has `next` put an element into `slot`; tells whether there was one.
#[cfg_attr(not(debug_assertions), inline(always))]
fn put<'a, T>(
    i: &mut Input<'a>,
    slot: &mut T,
    next: &mut impl FnMut(&mut Input<'a>, bool) -> PResult<Option<T>>,
) -> PResult<bool> {
    Ok(match next(i, false)? {
        Some(element) => {
            *slot = element;
            true
        }
        None => false,
    })
}

/// Counts elements, and moves them to the arena.
#[cfg_attr(not(debug_assertions), inline(always))]
fn array<'a, T: Copy, const N: usize>(
    i: &[u8],
    cx: &Context<'a>,
    elements: [T; N],
) -> PResult<&'a [T]> {
    cx.count(i, N)?;
    cx.alloc_array(i, elements)
}

/// Counts elements, and copies them to the arena.
#[cfg_attr(not(debug_assertions), inline(always))]
fn slice<'a, T: Copy>(i: &[u8], cx: &Context<'a>, elements: &[T]) -> PResult<&'a [T]> {
    cx.count(i, elements.len())?;
    cx.alloc_slice(i, elements)
}

#[cold]
#[inline(never)]
fn spill<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    buffer: &[T],
    element: T,
    next: &mut dyn FnMut(&mut Input<'a>, bool) -> PResult<Option<T>>,
) -> PResult<&'a [T]> {
    let mut list = cx.growing();
    if list.try_reserve(buffer.len() * 4).is_err() {
        return fail(i, Expected::LessMemory);
    }
    list.extend_from_slice_copy(buffer);
    list.push(element);
    cx.count(i, list.len())?;
    while let Some(element) = next(i, false)? {
        cx.count(i, 1)?;
        grow(i, &mut list, element)?;
    }
    Ok(list.into_bump_slice())
}

/// Adds to a list that grows in the arena.
#[inline(always)]
pub(crate) fn grow<'a, T: Copy>(
    i: &[u8],
    list: &mut bumpalo::collections::Vec<'a, T>,
    element: T,
) -> PResult<()> {
    if list.len() == list.capacity() && list.try_reserve(list.len().max(ON_STACK)).is_err() {
        return fail(i, Expected::LessMemory);
    }
    list.push(element);
    Ok(())
}

/// `"(" [element *(SP element)] ")"`
#[inline(always)]
pub(crate) fn list<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    mut element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    if !opt(i, b'(') && odd_start(i, cx)? {
        return Ok(&[]);
    }
    collect(i, cx, |i, first| {
        *i = match **i {
            [b')', ref rest @ ..] => {
                *i = rest;
                return Ok(None);
            }
            [b' ', ref rest @ ..] if !first => rest,
            _ if first => *i,
            _ => return unclosed(i, cx).map(|()| None),
        };
        if matches!(peek(i), Some(b' ' | b')')) && skip_list_blanks(i, cx)? {
            return Ok(None);
        }
        element(i).map(Some)
    })
}

/// Passes blanks in front of a list and its parenthesis; tells whether there is NIL instead.
#[cold]
#[inline(never)]
fn odd_start(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<bool> {
    if cx.role() == Role::Server {
        opt_blanks(i, cx)?;
        let start = *i;
        if nil(i).is_ok() {
            // quirk: NilList
            cx.forgive_or(start, Quirk::NilList, Expected::OpenParen)?;
            return Ok(true);
        }
    }
    open(i).map(|()| false)
}

/// The end of a list that is not closed before the line ends.
#[cold]
#[inline(never)]
fn unclosed(i: Input<'_>, cx: &Context<'_>) -> PResult<()> {
    if cx.role() == Role::Client || !is_line_end(&i) {
        return fail(i, Expected::CloseParen);
    }
    // quirk: MissingCloseParen
    cx.forgive_or(i, Quirk::MissingCloseParen, Expected::CloseParen)
}

/// Passes blanks that are too many, and the end of the list; tells whether that was met.
#[cold]
#[inline(never)]
fn skip_list_blanks(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<bool> {
    extra_blanks(i, cx)?;
    Ok(opt(i, b')'))
}

/// A list that is not empty, or `NIL`.
#[inline(always)]
pub(crate) fn list_or_nil<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    if !at(i, b'(') {
        return nil(i).map(|()| &[][..]);
    }
    non_empty_list(i, cx, element)
}

/// `"(" element *(SP element) ")"`
#[inline(always)]
pub(crate) fn non_empty_list<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    let start = *i;
    let elements = list(i, cx, element)?;
    if elements.is_empty() {
        // quirk: EmptyList
        cx.forgive_or(start, Quirk::EmptyList, Expected::Value)?;
    }
    Ok(elements)
}

/// `element *(separator element)`
#[inline(always)]
pub(crate) fn separated<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    separator: u8,
    mut element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    collect(i, cx, |i, first| {
        if !first && !opt(i, separator) {
            return Ok(None);
        }
        element(i).map(Some)
    })
}

/// `element / "(" element *(SP element) ")"`
pub(crate) fn one_or_list<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    mut element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    if at(i, b'(') {
        return non_empty_list(i, cx, element);
    }
    let one = element(i)?;
    array(i, cx, [one])
}

/// `*(SP element)`; blanks in front of the end of the line are for what reads that.
pub(crate) fn sp_separated<'a, T: Copy + 'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    mut element: impl FnMut(&mut Input<'a>) -> PResult<T>,
) -> PResult<&'a [T]> {
    collect(i, cx, |i, _| {
        let mut rest = *i;
        while opt(&mut rest, b' ') {}
        if matches!(peek(&rest), Some(b'\r' | b'\n')) || !opt(i, b' ') {
            return Ok(None);
        }
        element(i).map(Some)
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString as _};

    use super::super::number;
    use super::super::testing::{lenient, strict};
    use super::*;

    fn numbers<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        list(i, cx, number).map(|numbers| format!("{numbers:?}"))
    }

    fn some_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<String> {
        list_or_nil(i, cx, number).map(|numbers| format!("{numbers:?}"))
    }

    #[test]
    fn ok_lists_of_any_length() {
        for length in (0..40).chain([64, 65, 1000]) {
            let all: alloc::vec::Vec<u32> = (0..length).collect();
            let text: alloc::vec::Vec<String> = all.iter().map(u32::to_string).collect();
            let shown = strict(format!("({})x", text.join(" ")).as_bytes(), numbers);
            assert_eq!(shown, format!("{all:?}|x"));
        }
    }

    #[test]
    fn err_lists_that_do_not_end() {
        for (input, error) in [
            ("", "expected `(` at byte 0 of response"),
            ("1)", "expected `(` at byte 0 of response"),
            ("(1", "expected `)` at byte 2 of response"),
            ("(1,2)", "expected `)` at byte 2 of response"),
            ("(1 x)", "expected number at byte 3 of response"),
            ("(", "expected number at byte 1 of response"),
        ] {
            assert_eq!(lenient(input.as_bytes(), numbers), error, "{input}");
        }
    }

    #[test]
    fn quirk_list_blanks() {
        for (input, shown, error) in [
            (
                "( 1)",
                "[1]| ~ListBlanks@1",
                "expected value at byte 1 of response",
            ),
            (
                "(1  2)",
                "[1, 2]| ~ListBlanks@3",
                "expected value at byte 3 of response",
            ),
            (
                "(1 )",
                "[1]| ~ListBlanks@3",
                "expected value at byte 3 of response",
            ),
            (
                "(  )",
                "[]| ~ListBlanks@1",
                "expected value at byte 1 of response",
            ),
        ] {
            assert_eq!(lenient(input.as_bytes(), numbers), shown);
            assert_eq!(strict(input.as_bytes(), numbers), error);
        }
    }

    #[test]
    fn quirk_empty_list() {
        assert_eq!(strict(b"nil", some_or_nil), "[]|");
        assert_eq!(strict(b"(5)", some_or_nil), "[5]|");
        assert_eq!(lenient(b"()", some_or_nil), "[]| ~EmptyList@0");
        assert_eq!(
            strict(b"()", some_or_nil),
            "expected value at byte 0 of response"
        );
    }
}
