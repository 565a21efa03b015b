//! Labels of Gmail, which are its mailboxes.

use super::IString;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, at, list, nil, opt, peek, run};

/// The labels of a message, or `NIL` where there are none.
///
/// `"(" [label *(SP label)] ")" / nil`; `NIL` among the labels is left out.
pub(crate) fn labels_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [IString<'a>]> {
    if !at(i, b'(') {
        return nil(i).map(|()| &[][..]);
    }
    let labels = list(i, cx, |i| label_or_nil(i, cx))?;
    let mut present = cx.growing();
    if present.try_reserve_exact(labels.len()).is_err() {
        return fail(i, Expected::LessMemory);
    }
    present.extend(labels.iter().flatten().copied());
    Ok(present.into_bump_slice())
}

/// `label / nil`
fn label_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    let mut rest = *i;
    if nil(&mut rest).is_ok() && matches!(peek(&rest), Some(b' ' | b')')) {
        *i = rest;
        return Ok(None);
    }
    label(i, cx).map(Some)
}

/// One label: `astring`, or `"\" atom`, which keeps its backslash.
pub(crate) fn label<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<IString<'a>> {
    let start = *i;
    if !opt(i, b'\\') {
        return astring(i, cx);
    }
    match run(i, imap_util::is_atom_char).len() {
        0 => fail(i, Expected::Atom),
        length => Ok(IString(start.get(..=length).unwrap_or_default())),
    }
}
