//! The response codes ANNOTATE and ANNOTATIONS.

use core::num::NonZeroU32;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, exact_word, fold, non_zero, opt_sp, peek, word};

/// What the annotations of the messages in a mailbox are like.
///
/// `S: * OK [ANNOTATIONS 20480 NOPRIVATE] x` allows 20480 octets for each, all of them shared.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum AnnotationsCode {
    /// `NONE`: there are none.
    None,
    /// `READ-ONLY`: they cannot be changed.
    ReadOnly {
        /// `NOPRIVATE`: there are none of the user's own.
        no_private: bool,
    },
    /// They can be changed.
    ReadWrite {
        /// The most octets that a value has.
        max_octets: NonZeroU32,
        /// `NOPRIVATE`: there are none of the user's own.
        no_private: bool,
    },
}

/// What a response code says about annotations.
///
/// `S: a1 NO [ANNOTATE TOOBIG] x` is about those of messages, `[ANNOTATEMORE TOOBIG]` about those of
/// mailboxes.
///
/// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257),
/// [draft-daboo-imap-annotatemore-05](https://datatracker.ietf.org/doc/html/draft-daboo-imap-annotatemore-05)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum AnnotateCode {
    /// `TOOBIG`: the value is too long.
    TooBig,
    /// `TOOMANY`: there are too many annotations already.
    TooMany,
}

impl AnnotateCode {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooBig => "TOOBIG",
            Self::TooMany => "TOOMANY",
        }
    }
}

/// `"TOOBIG" / "TOOMANY"`
pub(super) fn annotate_code(i: &mut Input<'_>) -> PResult<AnnotateCode> {
    let start = *i;
    match fold(word(i)?, code_name) {
        Some(code) => Ok(code),
        None => fail(start, Expected::Keyword),
    }
}

fn code_name(name: &[u8]) -> Option<AnnotateCode> {
    Some(match name {
        b"TOOBIG" => AnnotateCode::TooBig,
        b"TOOMANY" => AnnotateCode::TooMany,
        _ => return None,
    })
}

/// `"NONE" / (nz-number / "READ-ONLY") [SP "NOPRIVATE"]`
pub(super) fn annotations_code(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<AnnotationsCode> {
    if exact_word(i, "NONE").is_ok() {
        return Ok(AnnotationsCode::None);
    }
    if matches!(peek(i), Some(b'0'..=b'9')) {
        let max_octets = non_zero(i, cx)?;
        let no_private = no_private(i)?;
        return Ok(AnnotationsCode::ReadWrite {
            max_octets,
            no_private,
        });
    }
    exact_word(i, "READ-ONLY")?;
    let no_private = no_private(i)?;
    Ok(AnnotationsCode::ReadOnly { no_private })
}

/// `[SP "NOPRIVATE"]`
fn no_private(i: &mut Input<'_>) -> PResult<bool> {
    let more = opt_sp(i);
    if more {
        exact_word(i, "NOPRIVATE")?;
    }
    Ok(more)
}
