//! STORE.

use imap_util::Flag;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, collect, fold, opt_sp, run, sp};
use crate::value::flag::{FlagPlace, flag, flag_list};
use crate::value::sequence_set::sequence_set;
use crate::value::{MessageNumber, SeqNum, SequenceSet};

/// `STORE`, and with [`Uid`](crate::Uid)s `UID STORE`: change flags of messages.
///
/// `C: a1 STORE 2:4 +FLAGS.SILENT (\Deleted)` adds a flag and asks for no answer.
///
/// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Store<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// What happens to the flags.
    pub action: StoreAction,
    /// `.SILENT`: the server need not tell the flags as they are afterwards.
    pub silent: bool,
    /// The flags.
    pub flags: &'a [Flag<'a>],
}

/// What STORE does with its flags.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum StoreAction {
    /// `+FLAGS`: they are added.
    Add,
    /// `-FLAGS`: they are removed.
    Remove,
    /// `FLAGS`: they replace those that are there.
    Replace,
}

/// What follows the word STORE.
///
/// ```abnf
/// store           = "STORE" SP sequence-set SP store-att-flags
/// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
/// ```
pub(super) fn store<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Store<'a, N>> {
    cx.set_rule("STORE command");
    let set = sequence_set(i, cx)?;
    sp(i)?;
    let action = match i.first() {
        Some(b'+') => StoreAction::Add,
        Some(b'-') => StoreAction::Remove,
        _ => StoreAction::Replace,
    };
    if action != StoreAction::Replace {
        *i = i.get(1..).unwrap_or_default();
    }
    let start = *i;
    let name = run(i, |b| b.is_ascii_alphabetic() || b == b'.');
    let Some(silent) = fold(name, is_silent) else {
        return fail(start, Expected::Keyword);
    };
    sp(i)?;
    let flags = if at(i, b'(') {
        flag_list(i, cx, FlagPlace::Any)?
    } else {
        bare_flags(i, cx)?
    };
    Ok(Store {
        set,
        action,
        silent,
        flags,
    })
}

fn is_silent(name: &[u8]) -> Option<bool> {
    match name {
        b"FLAGS" => Some(false),
        b"FLAGS.SILENT" => Some(true),
        _ => None,
    }
}

/// `flag *(SP flag)`
fn bare_flags<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Flag<'a>]> {
    collect(i, cx, |i, first| {
        if first || opt_sp(i) {
            flag(i, cx, FlagPlace::Any).map(Some)
        } else {
            Ok(None)
        }
    })
}
