//! Status data items: what a STATUS command asks for, and what it gets.

use imap_util::Atom;

use super::{Malformed, OtherItem, Uid, UidValidity};
use crate::error::{Expected, Fail, PResult};
use crate::lexeme::{
    Context, Input, at, atom, fold, non_zero, number, peek, skip_broken_item, skip_value, sp, word,
};
use crate::quirks::Quirk;

/// An item that a STATUS command asks for.
///
/// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StatusItemName<'a> {
    /// `MESSAGES`: how many messages there are.
    Messages,
    /// `RECENT`: how many messages have `\Recent`.
    Recent,
    /// `UIDNEXT`: what the next message will get.
    UidNext,
    /// `UIDVALIDITY`.
    UidValidity,
    /// `UNSEEN`: how many messages do not have `\Seen`.
    Unseen,
    /// Any other.
    Other(Atom<'a>),
}

impl<'a> StatusItemName<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::Messages => "MESSAGES",
            Self::Recent => "RECENT",
            Self::UidNext => "UIDNEXT",
            Self::UidValidity => "UIDVALIDITY",
            Self::Unseen => "UNSEEN",
            Self::Other(name) => name.as_str(),
        }
    }
}

/// An item of a STATUS response.
///
/// `S: * STATUS INBOX (MESSAGES 231 UIDNEXT 44292)` has two.
///
/// [RFC 9051 section 7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StatusItem<'a> {
    /// `MESSAGES`: how many messages there are.
    Messages(u32),
    /// `RECENT`: how many messages have `\Recent`.
    Recent(u32),
    /// `UIDNEXT`: what the next message will get.
    UidNext(Uid),
    /// `UIDVALIDITY`.
    UidValidity(UidValidity),
    /// `UNSEEN`: how many messages do not have `\Seen`.
    Unseen(u32),
    /// An item that is not known.
    Other(&'a OtherItem<'a>),
    /// A known item whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

#[inline(always)]
fn name(name: &[u8]) -> Option<StatusItemName<'static>> {
    Some(match name {
        b"MESSAGES" => StatusItemName::Messages,
        b"RECENT" => StatusItemName::Recent,
        b"UIDNEXT" => StatusItemName::UidNext,
        b"UIDVALIDITY" => StatusItemName::UidValidity,
        b"UNSEEN" => StatusItemName::Unseen,
        _ => return None,
    })
}

/// One item that is asked for.
///
/// ```abnf
/// status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN" / "RECENT"
/// ```
pub(crate) fn status_att<'a>(i: &mut Input<'a>) -> PResult<StatusItemName<'a>> {
    let word = atom(i)?;
    Ok(fold(word.as_bytes(), name).unwrap_or(StatusItemName::Other(word)))
}

/// One item of a response.
///
/// ```abnf
/// status-att-val = ("MESSAGES" SP number) / ("UIDNEXT" SP nz-number) /
///                  ("UIDVALIDITY" SP nz-number) / ("UNSEEN" SP number) / ("RECENT" SP number)
/// ```
#[inline(always)]
pub(crate) fn status_att_val<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<StatusItem<'a>> {
    let start = *i;
    match word(i).and_then(|name| value(i, cx, name)) {
        // Behind a value that was read to its end stands a blank or the end of the list.
        Ok(item) if matches!(peek(i), Some(b' ' | b')')) => Ok(item),
        result => malformed_item(i, cx, start, result.err()),
    }
}

/// The blank behind a name, and the value.
#[inline(always)]
fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, word: &'a [u8]) -> PResult<StatusItem<'a>> {
    sp(i)?;
    match fold(word, name) {
        Some(StatusItemName::Messages) => number(i).map(StatusItem::Messages),
        Some(StatusItemName::Recent) => number(i).map(StatusItem::Recent),
        Some(StatusItemName::UidNext) => non_zero(i, cx).map(StatusItem::UidNext),
        Some(StatusItemName::UidValidity) => non_zero(i, cx).map(StatusItem::UidValidity),
        Some(StatusItemName::Unseen) => number(i).map(StatusItem::Unseen),
        _ => {
            let value = skip_value(i, cx)?;
            cx.alloc(i, OtherItem { name: word, value })
                .map(StatusItem::Other)
        }
    }
}

/// An item from `start` on that could not be read: it is passed over as a whole.
#[cold]
#[inline(never)]
fn malformed_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Option<Fail>,
) -> PResult<StatusItem<'a>> {
    let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(start, Quirk::MalformedItem) {
        return Err(error);
    }
    *i = start;
    let word = word(i).unwrap_or_default();
    let value_start = i.strip_prefix(b" ").unwrap_or(i);
    let value = skip_broken_item(i, cx, begins_known_item)?;
    if i.len() == start.len() {
        return Err(error);
    }
    let error = error.locate(value_start, "STATUS item");
    let name = word;
    cx.alloc(i, Malformed { name, value, error })
        .map(StatusItem::Malformed)
}

/// Whether the name of a known item begins here, with something behind it.
fn begins_known_item(mut i: Input<'_>) -> bool {
    let word = word(&mut i).unwrap_or_default();
    fold(word, name).is_some() && at(&i, b' ')
}
