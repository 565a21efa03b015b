//! ANNOTATION responses, and the response code ANNOTATEMORE.

use super::metadata::changed_entries;
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, fold, sp, word};
use crate::value::annotatemore::attribute_values;
use crate::value::mailbox::mailbox;
use crate::value::{AnnotateMoreAttribute, IString, Mailbox};

/// Annotations of a mailbox, or of the server.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct AnnotateMore<'a> {
    /// Which mailbox; the empty name stands for the server.
    pub mailbox: Mailbox<'a>,
    /// The annotations.
    pub data: AnnotateMoreData<'a>,
}

/// What an ANNOTATION response tells.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AnnotateMoreData<'a> {
    /// The names of entries that have changed: `* ANNOTATION INBOX "/comment"`.
    Changed(&'a [IString<'a>]),
    /// What was asked for: `* ANNOTATION INBOX "/comment" ("value.priv" "My comment")`.
    Values {
        /// The name of the entry.
        entry: IString<'a>,
        /// Its attributes.
        attributes: &'a [AnnotateMoreAttribute<'a>],
    },
}

/// What a response code says about annotations.
///
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AnnotateMoreCode {
    /// `TOOBIG`: the value is too long.
    TooBig,
    /// `TOOMANY`: there are too many annotations already.
    TooMany,
}

impl AnnotateMoreCode {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooBig => "TOOBIG",
            Self::TooMany => "TOOMANY",
        }
    }
}

/// What follows the word ANNOTATION.
///
/// ```abnf
/// "ANNOTATION" SP mailbox SP entry SP "(" attrib SP value *(SP attrib SP value) ")"
/// "ANNOTATION" SP mailbox SP entry *(SP entry)
/// ```
pub(super) fn annotation_data<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<AnnotateMore<'a>> {
    cx.set_rule("ANNOTATION response");
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let start = *i;
    sp(i)?;
    let entry = astring(i, cx)?;
    let data = if i.starts_with(b" (") {
        sp(i)?;
        let attributes = attribute_values(i, cx)?;
        AnnotateMoreData::Values { entry, attributes }
    } else {
        *i = start;
        AnnotateMoreData::Changed(changed_entries(i, cx)?)
    };
    Ok(AnnotateMore { mailbox, data })
}

/// `"ANNOTATEMORE" SP ("TOOBIG" / "TOOMANY")`, the first word and the blank being taken.
pub(super) fn annotatemore_code(i: &mut Input<'_>) -> PResult<AnnotateMoreCode> {
    let start = *i;
    match fold(word(i)?, code_name) {
        Some(code) => Ok(code),
        None => fail(start, Expected::Keyword),
    }
}

fn code_name(name: &[u8]) -> Option<AnnotateMoreCode> {
    Some(match name {
        b"TOOBIG" => AnnotateMoreCode::TooBig,
        b"TOOMANY" => AnnotateMoreCode::TooMany,
        _ => return None,
    })
}
