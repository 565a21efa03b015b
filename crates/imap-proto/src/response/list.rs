//! LIST, LSUB and XLIST responses.

use crate::error::{Expected, Fail, PResult};
use crate::lexeme::{
    Context, Input, astring, at, blanks, close, end, istring, list, non_empty_list, open, peek,
    skip_broken_item, skip_value, sp,
};
use crate::quirks::Quirk;
use crate::value::attribute::mbx_list_flag;
use crate::value::mailbox::{delimiter, mailbox, mailbox_before};
use crate::value::{IString, Mailbox, MailboxAttribute, Malformed, OtherItem};

/// One mailbox of the answer to LIST, LSUB or XLIST.
///
/// `S: * LIST (\HasNoChildren) "/" "INBOX/Work"` has one attribute, the delimiter `/` and the name
/// `INBOX/Work`.
///
/// [RFC 9051 section 7.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct List<'a> {
    /// What the mailbox is like.
    pub attributes: &'a [MailboxAttribute<'a>],
    /// What separates the levels of the hierarchy in the name; nothing where there are no levels.
    pub delimiter: Option<u8>,
    /// The name.
    pub mailbox: Mailbox<'a>,
    /// Extended data, such as `("CHILDINFO" ("SUBSCRIBED"))`.
    pub extended: &'a [ListExtendedItem<'a>],
}

/// A piece of extended data in a LIST response.
///
/// `S: * LIST () "/" new ("OLDNAME" ("old") X-FOO 5)` has [`ListExtendedItem::OldName`] and one that is
/// not known.
///
/// [RFC 5258 section 3.5](https://www.rfc-editor.org/rfc/rfc5258#section-3.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ListExtendedItem<'a> {
    /// `CHILDINFO`: which selection options, such as `SUBSCRIBED`, mailboxes below match.
    ChildInfo(&'a [IString<'a>]),
    /// `OLDNAME`: the name that the mailbox had, or was asked for by.
    ///
    /// [RFC 9051 section 6.3.9.7](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9.7)
    OldName(Mailbox<'a>),
    /// A piece that is not known, its name without quotes.
    Other(&'a OtherItem<'a>),
    /// A known piece whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// What follows the word XLIST, with the end of the line.
#[cold]
#[inline(never)]
pub(super) fn xlist<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<List<'a>> {
    mailbox_list(i, cx)
}

/// What follows the word LIST, LSUB or XLIST, with the end of the line.
///
/// ```abnf
/// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
///                [SP mbox-list-extended]
/// ```
#[inline(always)]
pub(super) fn mailbox_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<List<'a>> {
    cx.set_rule("LIST response");
    sp(i)?;
    let attributes = list(i, cx, |i| mbx_list_flag(i, cx))?;
    sp(i)?;
    let delimiter = delimiter(i, cx)?;
    blanks(i, cx)?;
    let mailbox = mailbox_before(i, cx, |rest| {
        matches!(rest, [b'\r' | b'\n', ..] | [b' ', b'(', ..])
    })?;
    let mut extended = &[][..];
    if i.starts_with(b" (") {
        sp(i)?;
        extended = list(i, cx, |i| extended_item(i, cx))?;
    }
    end(i, cx)?;
    Ok(List {
        attributes,
        delimiter,
        mailbox,
        extended,
    })
}

/// One piece of extended data.
///
/// ```abnf
/// mbox-list-extended-item     = mbox-list-extended-item-tag SP tagged-ext-val
/// mbox-list-extended-item-tag = astring
/// ```
#[cold]
fn extended_item<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<ListExtendedItem<'a>> {
    let start = *i;
    let noted = cx.noted();
    match astring(i, cx).and_then(|name| extended_value(i, cx, name.0)) {
        Ok(item) if matches!(peek(i), Some(b' ' | b')')) => Ok(item),
        result => {
            cx.unnote(noted);
            malformed_item(i, cx, start, result.err())
        }
    }
}

/// The blank behind a name, and the value.
///
/// ```abnf
/// childinfo-extended-item = "CHILDINFO" SP "(" list-select-base-opt-quoted
///                           *(SP list-select-base-opt-quoted) ")"
/// oldname-extended-item   = "OLDNAME" SP "(" mailbox ")"   ; RFC 9051
/// ```
fn extended_value<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<ListExtendedItem<'a>> {
    sp(i)?;
    if name.eq_ignore_ascii_case(CHILDINFO) {
        return non_empty_list(i, cx, |i| istring(i, cx)).map(ListExtendedItem::ChildInfo);
    }
    if name.eq_ignore_ascii_case(OLDNAME) {
        open(i)?;
        let old = mailbox(i, cx)?;
        close(i)?;
        return Ok(ListExtendedItem::OldName(old));
    }
    let value = skip_value(i, cx)?;
    cx.alloc(i, OtherItem { name, value })
        .map(ListExtendedItem::Other)
}

/// A piece from `start` on that could not be read: it is passed over as a whole.
#[cold]
fn malformed_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Option<Fail>,
) -> PResult<ListExtendedItem<'a>> {
    let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(start, Quirk::MalformedItem) {
        return Err(error);
    }
    *i = start;
    let name = match astring(i, cx) {
        Ok(name) => name.0,
        Err(_) => {
            *i = start;
            &[]
        }
    };
    let value_start = i.strip_prefix(b" ").unwrap_or(i);
    let value = skip_broken_item(i, cx, begins_known_item)?;
    if i.len() == start.len() {
        return Err(error);
    }
    let error = error.locate(value_start, "LIST response");
    cx.alloc(i, Malformed { name, value, error })
        .map(ListExtendedItem::Malformed)
}

/// Whether the name of a known piece begins here, with something behind it.
fn begins_known_item(i: Input<'_>) -> bool {
    [CHILDINFO, OLDNAME].iter().any(|name| {
        let quote = if at(&i, b'"') { &b"\""[..] } else { b"" };
        let rest = i.get(quote.len()..).unwrap_or_default();
        let Some((word, rest)) = rest.split_at_checked(name.len()) else {
            return false;
        };
        let behind = rest.strip_prefix(quote).unwrap_or_default();
        word.eq_ignore_ascii_case(name) && at(&behind, b' ')
    })
}

const CHILDINFO: &[u8] = b"CHILDINFO";
const OLDNAME: &[u8] = b"OLDNAME";
