//! How far a long command is.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, close, istring, nil, number, open, sp};
use crate::value::Tag;

/// How far a command is: `INPROGRESS ("A001" 454 1000)`.
///
/// [RFC 9585 section 4](https://www.rfc-editor.org/rfc/rfc9585#section-4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct InProgress<'a> {
    /// The tag of the command.
    pub tag: Tag<'a>,
    /// How much is done, in units that the server chooses; not more than the goal.
    pub done: Option<u32>,
    /// How much is to be done, which can change.
    pub goal: Option<u32>,
}

/// The value of the code.
///
/// ```abnf
/// "(" quoted SP (number / nil) SP (number / nil) ")"   ; RFC 9585
/// ```
pub(super) fn in_progress<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<InProgress<'a>> {
    open(i)?;
    let start = *i;
    let tag = istring(i, cx)?.to_str().ok().and_then(|t| Tag::new(t).ok());
    let Some(tag) = tag else {
        return fail(start, Expected::Tag);
    };
    sp(i)?;
    let done = number_or_nil(i)?;
    sp(i)?;
    let goal = number_or_nil(i)?;
    close(i)?;
    Ok(InProgress { tag, done, goal })
}

/// `number / nil`
fn number_or_nil(i: &mut Input<'_>) -> PResult<Option<u32>> {
    if at(i, b'N') || at(i, b'n') {
        nil(i).map(|()| None)
    } else {
        number(i).map(Some)
    }
}
