//! STORE.

use imap_util::Flag;

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, at, collect, number64, opt_sp, other_parameter, parameters, skip_rest, sp,
    tagged_ext_label, word,
};
use crate::value::annotation::set_annotations;
use crate::value::flag::{FlagPlace, flag, flag_list};
use crate::value::label::labels_or_nil;
use crate::value::sequence_set::sequence_set;
use crate::value::{Annotation, IString, MessageNumber, OtherItem, SeqNum, SequenceSet};

/// `STORE`, and with [`Uid`](crate::Uid)s `UID STORE`: change flags of messages.
///
/// `C: a1 STORE 2:4 +FLAGS.SILENT (\Deleted)` adds a flag and asks for no answer.
///
/// [RFC 9051 section 6.4.6](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Store<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// On which condition; mostly none.
    pub modifiers: &'a [StoreModifier<'a>],
    /// What happens to the flags.
    pub action: StoreAction,
    /// `.SILENT`: the server need not tell the flags as they are afterwards.
    pub silent: bool,
    /// The flags, or what is changed in place of them.
    pub data: StoreData<'a>,
}

/// A modifier of STORE.
///
/// `C: d105 STORE 7,5,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\Deleted)` has
/// [`StoreModifier::UnchangedSince`].
///
/// [RFC 4466 section 2.5](https://www.rfc-editor.org/rfc/rfc4466#section-2.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StoreModifier<'a> {
    /// `UNCHANGEDSINCE`: only messages without a higher modification sequence; 0 for those that do
    /// not have the flags yet,
    /// [RFC 7162 section 3.1.3](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.3).
    UnchangedSince(u64),
    /// A modifier that is not known.
    Other(&'a OtherItem<'a>),
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

/// What STORE changes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StoreData<'a> {
    /// `ANNOTATION`: annotations, of which those without a value are removed; with
    /// [`StoreAction::Replace`] and not silent only,
    /// [RFC 5257](https://www.rfc-editor.org/rfc/rfc5257).
    Annotation(&'a [Annotation<'a>]),
    /// `FLAGS`.
    Flags(&'a [Flag<'a>]),
    /// `X-GM-LABELS`: labels of Gmail, those of the system with their backslash.
    XGmLabels(&'a [IString<'a>]),
    /// Any other: the name without sign and `.SILENT`, and the rest as it came.
    Other(&'a OtherItem<'a>),
}

/// What follows the word STORE.
///
/// ```abnf
/// store           = "STORE" SP sequence-set [store-modifiers] SP store-att-flags   ; RFC 4466
/// store-modifiers = SP "(" store-modifier *(SP store-modifier) ")"
/// store-att-flags =/ "ANNOTATION" SP annotations   ; RFC 5257
/// store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
/// ```
pub(super) fn store<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Store<'a, N>> {
    cx.set_rule("STORE command");
    let set = sequence_set(i, cx)?;
    let modifiers = parameters(i, cx, |i| store_modifier(i, cx))?;
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
    let name = word(i)?;
    if matches!(name, [b'+' | b'-', ..]) {
        return fail(start, Expected::Keyword);
    }
    let (name, silent) = split_silent(name);
    sp(i)?;
    let plain = action == StoreAction::Replace && !silent;
    let data = if plain && name.eq_ignore_ascii_case(b"ANNOTATION") {
        StoreData::Annotation(set_annotations(i, cx)?)
    } else {
        store_data(i, cx, name)?
    };
    Ok(Store {
        set,
        modifiers,
        action,
        silent,
        data,
    })
}

/// One modifier.
///
/// ```abnf
/// store-modifier = store-modifier-name [SP store-modif-params]   ; RFC 4466
/// store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer      ; RFC 7162
/// ```
fn store_modifier<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<StoreModifier<'a>> {
    let name = tagged_ext_label(i)?;
    if name.eq_ignore_ascii_case(b"UNCHANGEDSINCE") {
        sp(i)?;
        return number64(i, cx).map(StoreModifier::UnchangedSince);
    }
    let other = other_parameter(i, cx, name)?;
    cx.alloc(i, other).map(StoreModifier::Other)
}

/// A name without `.SILENT`, and whether that was there.
fn split_silent(name: &[u8]) -> (&[u8], bool) {
    let at = name.len().saturating_sub(SILENT.len());
    match name.split_at_checked(at) {
        Some((name, end)) if end.eq_ignore_ascii_case(SILENT) => (name, true),
        _ => (name, false),
    }
}

/// What stands behind the name and its blank.
fn store_data<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: &'a [u8]) -> PResult<StoreData<'a>> {
    if name.eq_ignore_ascii_case(b"FLAGS") {
        let flags = if at(i, b'(') {
            flag_list(i, cx, FlagPlace::Any)?
        } else {
            bare_flags(i, cx)?
        };
        return Ok(StoreData::Flags(flags));
    }
    if name.eq_ignore_ascii_case(b"X-GM-LABELS") {
        return labels_or_nil(i, cx).map(StoreData::XGmLabels);
    }
    let value = skip_rest(i, cx)?;
    if name.is_empty() || value.is_empty() {
        return fail(i, Expected::Value);
    }
    cx.alloc(i, OtherItem { name, value }).map(StoreData::Other)
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

const SILENT: &[u8] = b".SILENT";
