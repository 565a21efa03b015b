//! Previews: the beginning of a message's text; and snippets, which they were called at first.
//!
//! [RFC 8970](https://www.rfc-editor.org/rfc/rfc8970)

use imap_util::Atom;

use super::IString;
use crate::error::{Expected, PResult};
use crate::lexeme::{
    Context, Input, at, atom, close, exact_word, fold, non_empty_list, nstring, open, sp,
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
    /// `FUZZY`: by the algorithm that drafts of the RFC had.
    Fuzzy,
    /// `LAZY`: only if it takes no time; else the answer is `NIL`.
    Lazy,
    /// `LAZY=FUZZY`: both, as drafts of the RFC had it.
    LazyFuzzy,
    /// Any other.
    Other(Atom<'a>),
}

/// `"(" preview-mod *(SP preview-mod) ")"`
pub(super) fn preview_modifiers<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [PreviewModifier<'a>]> {
    non_empty_list(i, cx, |i| {
        let name = atom(i)?;
        Ok(fold(name.as_bytes(), modifier).unwrap_or(PreviewModifier::Other(name)))
    })
}

fn modifier(name: &[u8]) -> Option<PreviewModifier<'static>> {
    Some(match name {
        b"FUZZY" => PreviewModifier::Fuzzy,
        b"LAZY" => PreviewModifier::Lazy,
        b"LAZY=FUZZY" => PreviewModifier::LazyFuzzy,
        _ => return None,
    })
}

/// `nstring`, or [`snippet`] as drafts had it.
pub(super) fn preview<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    if !at(i, b'(') {
        return nstring(i, cx);
    }
    // quirk: FuzzyPreview
    cx.forgive_or(i, Quirk::FuzzyPreview, Expected::NString)?;
    snippet(i, cx)
}

/// `"(" "FUZZY" SP nstring ")"`
pub(super) fn snippet<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Option<IString<'a>>> {
    open(i)?;
    exact_word(i, "FUZZY")?;
    sp(i)?;
    let text = nstring(i, cx)?;
    close(i)?;
    Ok(text)
}
