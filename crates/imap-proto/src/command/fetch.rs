//! FETCH, COPY and UID EXPUNGE.

use crate::error::PResult;
use crate::lexeme::{Context, Input, sp};
use crate::value::fetch_item_name::fetch_items;
use crate::value::mailbox::mailbox;
use crate::value::sequence_set::sequence_set;
use crate::value::{FetchItems, Mailbox, MessageNumber, SeqNum, SequenceSet, UidSet};

/// `FETCH`, and with [`Uid`](crate::Uid)s `UID FETCH`: get data of messages.
///
/// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
#[derive(Clone, core::marker::Copy, Debug, Eq, Hash, PartialEq)]
pub struct Fetch<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// What of them.
    pub items: FetchItems<'a>,
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
///         "(" fetch-att *(SP fetch-att) ")")
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
