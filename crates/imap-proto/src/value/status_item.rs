//! Status data items: what a STATUS command asks for, and what it gets.

use imap_util::Atom;

use super::object_id::object_id_in_parens;
use super::other::malformed_item;
use super::{Malformed, ObjectId, OtherItem, Uid, UidValidity};
use crate::error::{Expected, Fail, PResult};
use crate::lexeme::{
    Context, Input, at, atom, blanks, fold, is_unclosed, nil, non_zero, number, number64, peek,
    skip_value, word,
};

/// An item that a STATUS command asks for.
///
/// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum StatusItemName<'a> {
    /// `APPENDLIMIT`: how large a message may be, [RFC 7889](https://www.rfc-editor.org/rfc/rfc7889).
    AppendLimit,
    /// `DELETED`: how many messages have `\Deleted`.
    Deleted,
    /// `DELETED-STORAGE`: how much expunging would free,
    /// [RFC 9208](https://www.rfc-editor.org/rfc/rfc9208).
    DeletedStorage,
    /// `HIGHESTMODSEQ`: the highest modification sequence,
    /// [RFC 7162](https://www.rfc-editor.org/rfc/rfc7162).
    HighestModSeq,
    /// `MAILBOXID`: the identifier that stays when the name changes,
    /// [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
    MailboxId,
    /// `MESSAGES`: how many messages there are.
    Messages,
    /// `RECENT`: how many messages have `\Recent`.
    Recent,
    /// `SIZE`: how large all messages are together.
    Size,
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
            Self::AppendLimit => "APPENDLIMIT",
            Self::Deleted => "DELETED",
            Self::DeletedStorage => "DELETED-STORAGE",
            Self::HighestModSeq => "HIGHESTMODSEQ",
            Self::MailboxId => "MAILBOXID",
            Self::Messages => "MESSAGES",
            Self::Recent => "RECENT",
            Self::Size => "SIZE",
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
    /// `APPENDLIMIT`: how large a message may be, in octets; nothing where there is no limit.
    AppendLimit(Option<u32>),
    /// `DELETED`: how many messages have `\Deleted`.
    Deleted(u32),
    /// `DELETED-STORAGE`: how much expunging would free, in octets.
    DeletedStorage(u64),
    /// `HIGHESTMODSEQ`: the highest modification sequence; 0 where the mailbox keeps none.
    HighestModSeq(u64),
    /// `MAILBOXID`: the identifier that stays when the name changes.
    MailboxId(&'a ObjectId<'a>),
    /// `MESSAGES`: how many messages there are.
    Messages(u32),
    /// `RECENT`: how many messages have `\Recent`.
    Recent(u32),
    /// `SIZE`: how large all messages are together, in octets; it may be more than the sum.
    Size(u64),
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
        b"HIGHESTMODSEQ" => StatusItemName::HighestModSeq,
        b"SIZE" => StatusItemName::Size,
        b"APPENDLIMIT" => StatusItemName::AppendLimit,
        b"DELETED" => StatusItemName::Deleted,
        b"DELETED-STORAGE" => StatusItemName::DeletedStorage,
        b"MAILBOXID" => StatusItemName::MailboxId,
        _ => return None,
    })
}

/// One item that is asked for.
///
/// ```abnf
/// status-att =  "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / "UNSEEN" / "DELETED" / "SIZE" / "RECENT"
/// status-att =/ "HIGHESTMODSEQ"     ; RFC 7162
/// status-att =/ "APPENDLIMIT"       ; RFC 7889
/// status-att =/ "MAILBOXID"         ; RFC 8474
/// status-att =/ "DELETED-STORAGE"   ; RFC 9208
/// ```
pub(crate) fn status_att<'a>(i: &mut Input<'a>) -> PResult<StatusItemName<'a>> {
    let word = atom(i)?;
    Ok(fold(word.as_bytes(), name).unwrap_or(StatusItemName::Other(word)))
}

/// One item of a response.
///
/// ```abnf
/// status-att-val =  ("MESSAGES" SP number) / ("UIDNEXT" SP nz-number) /
///                   ("UIDVALIDITY" SP nz-number) / ("UNSEEN" SP number) / ("DELETED" SP number) /
///                   ("SIZE" SP number64) / ("RECENT" SP number)
/// status-att-val =/ "HIGHESTMODSEQ" SP mod-sequence-valzer   ; RFC 7162
/// status-att-val =/ "APPENDLIMIT" SP (number / nil)          ; RFC 7889
/// status-att-val =/ "MAILBOXID" SP "(" objectid ")"          ; RFC 8474
/// status-att-val =/ "DELETED-STORAGE" SP number64            ; RFC 9208
/// ```
#[inline(always)]
pub(crate) fn status_att_val<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<StatusItem<'a>> {
    let start = *i;
    match word(i).and_then(|name| value(i, cx, name)) {
        // Behind a value that was read to its end stands a blank or the end of the list.
        Ok(item)
            if matches!(peek(i), Some(b' ' | b')'))
                || is_unclosed(i, cx, start, begins_known_item) =>
        {
            Ok(item)
        }
        result => {
            let error = result.err();
            let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
            malformed_item(i, cx, start, error, "STATUS item", begins_known_item)
                .map(StatusItem::Malformed)
        }
    }
}

/// The blank behind a name, and the value.
#[inline(always)]
fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, word: &'a [u8]) -> PResult<StatusItem<'a>> {
    blanks(i, cx)?;
    match fold(word, name) {
        Some(StatusItemName::Messages) => number(i).map(StatusItem::Messages),
        Some(StatusItemName::Recent) => number(i).map(StatusItem::Recent),
        Some(StatusItemName::UidNext) => non_zero(i, cx).map(StatusItem::UidNext),
        Some(StatusItemName::UidValidity) => non_zero(i, cx).map(StatusItem::UidValidity),
        Some(StatusItemName::Unseen) => number(i).map(StatusItem::Unseen),
        Some(StatusItemName::HighestModSeq) => number64(i, cx).map(StatusItem::HighestModSeq),
        Some(StatusItemName::Size) => number64(i, cx).map(StatusItem::Size),
        Some(StatusItemName::AppendLimit) => append_limit(i).map(StatusItem::AppendLimit),
        Some(StatusItemName::Deleted) => number(i).map(StatusItem::Deleted),
        Some(StatusItemName::DeletedStorage) => number64(i, cx).map(StatusItem::DeletedStorage),
        Some(StatusItemName::MailboxId) => {
            let id = object_id_in_parens(i)?;
            cx.alloc(i, id).map(StatusItem::MailboxId)
        }
        Some(StatusItemName::Other(_)) | None => {
            let value = skip_value(i, cx)?;
            cx.alloc(i, OtherItem { name: word, value })
                .map(StatusItem::Other)
        }
    }
}

/// `number / nil`
fn append_limit(i: &mut Input<'_>) -> PResult<Option<u32>> {
    if nil(i).is_ok() {
        Ok(None)
    } else {
        number(i).map(Some)
    }
}

/// Whether the name of a known item begins here, with something behind it.
fn begins_known_item(mut i: Input<'_>) -> bool {
    let word = word(&mut i).unwrap_or_default();
    fold(word, name).is_some() && at(&i, b' ')
}
