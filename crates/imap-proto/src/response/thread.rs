//! THREAD responses.

use core::num::NonZeroU32;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, close, collect, grow, non_zero, open, opt_sp, peek, sp};
use crate::quirks::Quirk;

/// Messages that answer each other.
///
/// `S: * THREAD (2)(3 6 (4 23)(44 7 96))` has two threads. In the second, 6 answers 3, and is answered
/// by 4 and by 44. The numbers are UIDs in the answer to UID THREAD and sequence numbers otherwise: the
/// response does not say which.
///
/// Trees of this type that were parsed are not deeper than
/// [`Limits::max_thread_depth`](crate::Limits::max_thread_depth), so that it is safe to walk them by
/// recursion.
///
/// ```
/// use imap_proto::{Arena, Response, Uid};
///
/// let arena = Arena::new();
/// let response = Response::parse(b"* THREAD (3 6 (4 23)(44 7 96))\r\n", &arena)?;
/// let Response::Thread([thread]) = response else { unreachable!() };
/// assert_eq!(thread.messages.len(), 2);
/// assert_eq!(Uid::from(thread.replies[1].messages[0]).get(), 44);
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 5256 section 4](https://www.rfc-editor.org/rfc/rfc5256#section-4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Thread<'a> {
    /// The first messages, each of which answers the one before; none if what the replies answer is
    /// not there.
    pub messages: &'a [NonZeroU32],
    /// What answers the last of them, where that is more than one message: none, or at least two.
    pub replies: &'a [Self],
}

/// A thread whose end is not yet met.
#[derive(Clone, Copy)]
struct Open<'a> {
    messages: &'a [NonZeroU32],
    /// How many threads were finished when it began.
    finished: usize,
}

/// What follows the word THREAD.
///
/// ```abnf
/// thread-data   = "THREAD" [SP 1*thread-list]
/// thread-list   = "(" (thread-members / thread-nested) ")"
/// thread-nested = 2*thread-list
/// ```
///
/// There is no recursion: threads that are finished wait for the end of the one around them.
pub(super) fn thread<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Thread<'a>]> {
    cx.set_rule("THREAD response");
    let mut finished = cx.growing();
    let mut opened = cx.growing();
    if i.starts_with(b" (") {
        sp(i)?;
    }
    loop {
        match peek(i) {
            Some(b'(') => {
                if opened.len() == usize::from(cx.max_thread_depth()) {
                    return fail(i, Expected::LessNesting);
                }
                open(i)?;
                let messages = thread_members(i, cx)?;
                let level = Open {
                    messages,
                    finished: finished.len(),
                };
                grow(i, &mut opened, level)?;
            }
            Some(b')') => {
                let start = *i;
                let Some(level) = opened.pop() else {
                    return fail(i, Expected::Crlf);
                };
                close(i)?;
                let thread = finish(start, cx, level, &finished)?;
                finished.truncate(level.finished);
                grow(i, &mut finished, thread)?;
            }
            Some(b' ') if matches!(**i, [_, b'(', ..]) => {
                // quirk: ListBlanks
                cx.forgive_or(i, Quirk::ListBlanks, Expected::OpenParen)?;
                opt_sp(i);
            }
            _ if opened.is_empty() => return Ok(finished.into_bump_slice()),
            _ => return fail(i, Expected::CloseParen),
        }
    }
}

/// The numbers of a thread, with the blank in front of what is nested.
///
/// ```abnf
/// thread-members = nz-number *(SP nz-number) [SP thread-nested]
/// ```
fn thread_members<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [NonZeroU32]> {
    let messages = collect(i, cx, |i, first| match **i {
        [b'0'..=b'9', ..] if first => non_zero(i, cx).map(Some),
        [b' ', b'0'..=b'9', ..] if !first => {
            sp(i)?;
            non_zero(i, cx).map(Some)
        }
        _ => Ok(None),
    })?;
    match **i {
        [b')', ..] if messages.is_empty() => fail(i, Expected::Number),
        [b' ', b'(', ..] if !messages.is_empty() => sp(i).map(|()| messages),
        _ if at(i, b'(') == messages.is_empty() => Ok(messages),
        _ => fail(i, Expected::CloseParen),
    }
}

/// The thread that ends at `i`; what was finished since it began answers it.
fn finish<'a>(
    i: &[u8],
    cx: &Context<'a>,
    level: Open<'a>,
    finished: &[Thread<'a>],
) -> PResult<Thread<'a>> {
    let replies = finished.get(level.finished..).unwrap_or_default();
    if replies.len() == 1 {
        // quirk: SingleReply
        cx.forgive_or(i, Quirk::SingleReply, Expected::OpenParen)?;
    }
    cx.count(i, replies.len())?;
    Ok(Thread {
        messages: level.messages,
        replies: cx.alloc_slice(i, replies)?,
    })
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::thread;
    use crate::lexeme::testing::lenient;
    use crate::{Arena, Expected, Limits, Options, Response};

    /// A response with so many threads inside each other.
    fn nested(depth: usize) -> String {
        format!(
            "* THREAD {}(1){}\r\n",
            "((1)".repeat(depth - 1),
            ")".repeat(depth - 1)
        )
    }

    #[test]
    fn ok_threads_to_the_end_of_the_last() {
        let show = |input: &[u8]| {
            lenient(input, |i, cx| {
                let flat = |t: &super::Thread<'_>| format!("{:?}{}", t.messages, t.replies.len());
                let threads = thread(i, cx)?;
                Ok(threads.iter().map(flat).collect())
            })
        };
        let cases = [
            ("\r\n", "|\\r\\n"),
            (" \r\n", "| \\r\\n"),
            (" (1)(2 3)\r\n", "[1]0[2, 3]0|\\r\\n"),
            (" (1 (2)(3))x", "[1]2|x"),
            (" (1 (2)(3)", "expected `)` at byte 10 of THREAD response"),
            (" (1 (2)", "expected `)` at byte 7 of THREAD response"),
            (" (1", "expected `)` at byte 3 of THREAD response"),
            (" (", "expected `)` at byte 2 of THREAD response"),
        ];
        for (input, shown) in cases {
            assert_eq!(show(input.as_bytes()), shown, "{input}");
        }
    }

    #[test]
    fn ok_threads_as_deep_as_the_limit() {
        let (deepest, arena) = (nested(255), Arena::new());
        let response = Response::parse(deepest.as_bytes(), &arena).unwrap();
        assert_eq!(
            format!("{response:?}").matches("messages: [1]").count(),
            255
        );
        assert_eq!(
            response,
            Response::parse(deepest.as_bytes(), &arena).unwrap()
        );
    }

    #[test]
    fn err_threads_deeper_than_the_limit() {
        for (limit, depth) in [(255, 256), (255, 20_000), (1, 2), (3, 4)] {
            let limits = Limits {
                max_thread_depth: limit,
                ..Limits::DEFAULT
            };
            let options = Options::lenient().with_limits(limits);
            let (deep, arena) = (nested(depth), Arena::new());
            let error = Response::parse_with(deep.as_bytes(), &arena, &options).unwrap_err();
            assert_eq!(error.expected, Expected::LessNesting);
            // Each level has four octets, `((1)`, of which the inner thread is one level deeper.
            assert_eq!(error.offset, 6 + 4 * usize::from(limit));
        }
    }
}
