//! What is gone, by UID.

use imap_util::Atom;

use super::{OtherResponse, Response};
use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, peek, run, sp, taken};
use crate::quirks::Quirk;
use crate::value::UidSet;
use crate::value::sequence_set::uid_set;

/// Messages that are gone, in place of EXPUNGE once `QRESYNC` is enabled: `* VANISHED 405,407:410`.
///
/// [RFC 7162 section 3.2.10](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.10)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Vanished<'a> {
    /// `VANISHED (EARLIER)`: the messages were gone before the mailbox was selected, so that the number
    /// of messages and the sequence numbers stay as they are.
    pub earlier: bool,
    /// The UIDs.
    pub uids: UidSet<'a>,
}

/// What follows the word VANISHED.
///
/// ```abnf
/// expunged-resp = "VANISHED" [SP "(EARLIER)"] SP known-uids   ; RFC 7162
/// ```
pub(super) fn expunged_resp<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Response<'a>> {
    cx.set_rule("VANISHED response");
    let start = *i;
    let earlier = match i.split_at_checked(EARLIER.len()) {
        Some((word, rest)) if word.eq_ignore_ascii_case(EARLIER) => {
            *i = rest;
            true
        }
        _ => false,
    };
    let mut rest = *i;
    run(&mut rest, |b| b == b' ');
    if matches!(peek(&rest), Some(b'\r' | b'\n')) {
        return nothing_vanished(i, cx, start);
    }
    sp(i)?;
    let uids = uid_set(i, cx)?;
    Ok(Response::Vanished(Vanished { earlier, uids }))
}

/// A response without UIDs, which says nothing: it is kept as one that is not known.
#[cold]
fn nothing_vanished<'a>(i: Input<'a>, cx: &Context<'a>, start: Input<'a>) -> PResult<Response<'a>> {
    // quirk: EmptyVanished
    cx.forgive_or(i, Quirk::EmptyVanished, Expected::SequenceSet)?;
    let value = taken(start, i);
    Ok(Response::Other(OtherResponse {
        number: None,
        name: Atom::from_static("VANISHED"),
        value: value.strip_prefix(b" ").unwrap_or(value),
    }))
}

const EARLIER: &[u8] = b" (EARLIER)";
