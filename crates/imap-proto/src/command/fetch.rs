//! FETCH, PARTIAL, COPY and UID EXPUNGE.

use crate::error::PResult;
use crate::lexeme::{
    Context, Input, fold, mod_sequence_value, non_zero, number, other_parameter, parameters, sp,
    tagged_ext_label,
};
use crate::value::fetch_item_name::{fetch_att, fetch_items};
use crate::value::mailbox::mailbox;
use crate::value::partial_range::partial_range;
use crate::value::sequence_set::sequence_set;
use crate::value::{
    FetchItemName, FetchItems, Mailbox, MessageNumber, OtherItem, PartialRange, SeqNum,
    SequenceSet, UidSet,
};

/// `FETCH`, and with [`Uid`](crate::Uid)s `UID FETCH`: get data of messages.
///
/// `C: a1 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345)` has one modifier.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fetch<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// What of them.
    pub items: FetchItems<'a>,
    /// Which of the messages are left out, and the like; mostly nothing.
    pub modifiers: &'a [FetchModifier<'a>],
}

/// A modifier of FETCH.
///
/// [RFC 4466 section 2.4](https://www.rfc-editor.org/rfc/rfc4466#section-2.4)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FetchModifier<'a> {
    /// `CHANGEDSINCE`: only messages with a higher modification sequence, which is not 0,
    /// [RFC 7162 section 3.1.4.1](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.4.1).
    ChangedSince(u64),
    /// `PARTIAL`: only some of the messages,
    /// [RFC 9394 section 3.3](https://www.rfc-editor.org/rfc/rfc9394#section-3.3).
    Partial(PartialRange),
    /// `VANISHED`: tell of messages that are gone, too; with UIDs and `CHANGEDSINCE` only,
    /// [RFC 7162 section 3.2.6](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.6).
    Vanished,
    /// A modifier that is not known.
    Other(&'a OtherItem<'a>),
}

/// `PARTIAL`: get a part of one item; obsolete.
///
/// `C: A005 PARTIAL 4 RFC822 1 1024` asks for the first 1024 octets of message 4. The answer is that of
/// a FETCH for the item, and does not tell which part it is.
///
/// [RFC 1730 section 6.4.6](https://www.rfc-editor.org/rfc/rfc1730#section-6.4.6)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
pub struct Partial<'a> {
    /// Which message.
    pub seq: SeqNum,
    /// Which item: one that has contents.
    pub item: FetchItemName<'a>,
    /// The 1-based octet to begin with.
    pub first: u32,
    /// How many octets.
    pub count: u32,
}

/// `COPY`, and with [`Uid`](crate::Uid)s `UID COPY`: copy messages to the end of a mailbox.
///
/// [RFC 9051 section 6.4.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.7)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
pub struct Copy<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// Where to.
    pub mailbox: Mailbox<'a>,
}

/// `UID EXPUNGE`: remove those of these messages that have `\Deleted`.
///
/// [RFC 4315 section 2.1](https://www.rfc-editor.org/rfc/rfc4315#section-2.1)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
pub struct UidExpunge<'a> {
    /// Which messages.
    pub set: UidSet<'a>,
}

/// What follows the word FETCH.
///
/// ```abnf
/// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att /
///         "(" fetch-att *(SP fetch-att) ")") [fetch-modifiers]   ; RFC 4466
/// fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
/// ```
pub(super) fn fetch<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Fetch<'a, N>> {
    cx.set_rule("FETCH command");
    let set = sequence_set(i, cx)?;
    sp(i)?;
    Ok(Fetch {
        set,
        items: fetch_items(i, cx)?,
        modifiers: parameters(i, cx, |i| fetch_modifier(i, cx))?,
    })
}

#[derive(Clone, core::marker::Copy)]
enum Modifier {
    ChangedSince,
    Partial,
    Vanished,
}

fn modifier(name: &[u8]) -> Option<Modifier> {
    Some(match name {
        b"CHANGEDSINCE" => Modifier::ChangedSince,
        b"PARTIAL" => Modifier::Partial,
        b"VANISHED" => Modifier::Vanished,
        _ => return None,
    })
}

/// One modifier.
///
/// ```abnf
/// fetch-modifier      = fetch-modifier-name [SP fetch-modif-params]   ; RFC 4466
/// fetch-modifier      =/ chgsince-fetch-mod / rexpunges-fetch-mod     ; RFC 7162
/// chgsince-fetch-mod  = "CHANGEDSINCE" SP mod-sequence-value
/// rexpunges-fetch-mod = "VANISHED"
/// fetch-modifier      =/ "PARTIAL" SP partial-range                   ; RFC 9394
/// ```
fn fetch_modifier<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<FetchModifier<'a>> {
    let name = tagged_ext_label(i)?;
    match fold(name, modifier) {
        Some(Modifier::ChangedSince) => {
            sp(i)?;
            mod_sequence_value(i, cx).map(FetchModifier::ChangedSince)
        }
        Some(Modifier::Partial) => {
            sp(i)?;
            partial_range(i, cx).map(FetchModifier::Partial)
        }
        Some(Modifier::Vanished) => Ok(FetchModifier::Vanished),
        None => {
            let other = other_parameter(i, cx, name)?;
            cx.alloc(i, other).map(FetchModifier::Other)
        }
    }
}

/// Whether a list begins here that has a known modifier first.
pub(crate) fn begins_modifiers(i: Input<'_>) -> bool {
    let Some(mut i) = i.strip_prefix(b" (") else {
        return false;
    };
    tagged_ext_label(&mut i).is_ok_and(|name| fold(name, modifier).is_some())
}

/// What follows the word PARTIAL.
///
/// ```abnf
/// partial = "PARTIAL" SPACE nz_number SPACE ("BODY" [".PEEK"] "[" section "]" /
///           "RFC822" (([".TEXT"] [".PEEK"]) / ".HEADER") SPACE number SPACE number   ; RFC 1730
/// ```
pub(super) fn partial<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Partial<'a>> {
    cx.set_rule("PARTIAL command");
    let seq = non_zero(i, cx)?;
    sp(i)?;
    let item = fetch_att(i, cx)?;
    sp(i)?;
    let first = number(i)?;
    sp(i)?;
    Ok(Partial {
        seq,
        item,
        first,
        count: number(i)?,
    })
}

/// `copy = "COPY" SP sequence-set SP mailbox`
pub(super) fn copy<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Copy<'a, N>> {
    cx.set_rule("COPY command");
    let set = sequence_set(i, cx)?;
    sp(i)?;
    Ok(Copy {
        set,
        mailbox: mailbox(i, cx)?,
    })
}

/// `uid-expunge = "UID" SP "EXPUNGE" SP sequence-set`
pub(super) fn uid_expunge<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<UidExpunge<'a>> {
    cx.set_rule("UID EXPUNGE command");
    sequence_set(i, cx).map(|set| UidExpunge { set })
}
