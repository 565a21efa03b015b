//! Previews: the beginning of a message's text.
//!
//! [RFC 8970](https://www.rfc-editor.org/rfc/rfc8970)

use imap_util::Atom;

use super::IString;
use crate::error::{Expected, PResult};
use crate::lexeme::{
    Context, Input, at, atom, close, exact_word, non_empty_list, nstring, open, sp,
};
use crate::quirks::Quirk;

/// How a preview is to be made.
///
/// `C: a1 FETCH 1 (PREVIEW (LAZY))` has [`PreviewModifier::Lazy`].
///
/// [RFC 8970 section 4](https://www.rfc-editor.org/rfc/rfc8970#section-4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum PreviewModifier<'a> {
    /// `LAZY`: only if it takes no time; else the answer is `NIL`.
    Lazy,
    /// Any other, such as the name of an algorithm that drafts of the RFC had: `FUZZY`.
    Other(Atom<'a>),
}

/// `"(" preview-mod *(SP preview-mod) ")"`
pub(super) fn preview_modifiers<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [PreviewModifier<'a>]> {
    non_empty_list(i, cx, |i| {
        let name = atom(i)?;
        Ok(if name.as_bytes().eq_ignore_ascii_case(b"LAZY") {
            PreviewModifier::Lazy
        } else {
            PreviewModifier::Other(name)
        })
    })
}

/// `nstring`, or `"(" "FUZZY" SP nstring ")"` as drafts had it.
pub(super) fn preview<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    if !at(i, b'(') {
        return nstring(i, cx);
    }
    // quirk: FuzzyPreview
    cx.forgive_or(i, Quirk::FuzzyPreview, Expected::NString)?;
    open(i)?;
    exact_word(i, "FUZZY")?;
    sp(i)?;
    let text = nstring(i, cx)?;
    close(i)?;
    Ok(text)
}
