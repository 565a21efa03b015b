//! LIST and LSUB responses.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, astring, end, list, nil, skip_value, sp};
use crate::quirks::Quirk;
use crate::value::attribute::mbx_list_flag;
use crate::value::mailbox::mailbox_before;
use crate::value::{Mailbox, MailboxAttribute, OtherItem};

/// One mailbox of the answer to LIST or LSUB.
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
    ///
    /// [RFC 9051 section 7.3.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.1)
    pub extended: &'a [OtherItem<'a>],
}

/// What follows the word LIST or LSUB, with the end of the line.
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
    sp(i)?;
    let mailbox = mailbox_before(i, cx, |rest| matches!(rest, [b'\r', ..] | [b' ', b'(', ..]))?;
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
fn extended_item<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<OtherItem<'a>> {
    let name = astring(i, cx)?.0;
    sp(i)?;
    let value = skip_value(i, cx)?;
    Ok(OtherItem { name, value })
}

/// `DQUOTE QUOTED-CHAR DQUOTE / nil`
#[inline(always)]
fn delimiter(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u8>> {
    let (delimiter, rest) = match **i {
        [b'"', b'\\', c @ (b'\\' | b'"'), b'"', ref rest @ ..] => (Some(c), rest),
        [
            b'"',
            c @ (1..=9 | 0x0b | 0x0c | 0x0e..=0x21 | 0x23..=0x5b | 0x5d..=0x7f),
            b'"',
            ref rest @ ..,
        ] => (Some(c), rest),
        [b'"', b'"', ref rest @ ..] => {
            // quirk: EmptyDelimiter
            cx.forgive_or(i, Quirk::EmptyDelimiter, Expected::Delimiter)?;
            (None, rest)
        }
        _ => {
            return nil(i)
                .map(|()| None)
                .or_else(|_| fail(i, Expected::Delimiter));
        }
    };
    *i = rest;
    Ok(delimiter)
}
