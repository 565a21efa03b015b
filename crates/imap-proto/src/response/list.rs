//! LIST and LSUB responses.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, list, nil, sp};
use crate::quirks::Quirk;
use crate::value::attribute::mbx_list_flag;
use crate::value::mailbox::mailbox;
use crate::value::{Mailbox, MailboxAttribute};

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
}

/// What follows the word LIST or LSUB.
///
/// ```abnf
/// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
/// ```
#[inline(always)]
pub(super) fn mailbox_list<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<List<'a>> {
    cx.set_rule("LIST response");
    sp(i)?;
    let attributes = list(i, cx, |i| mbx_list_flag(i, cx))?;
    sp(i)?;
    let delimiter = delimiter(i, cx)?;
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    Ok(List {
        attributes,
        delimiter,
        mailbox,
    })
}

/// `DQUOTE QUOTED-CHAR DQUOTE / nil`
#[inline(always)]
fn delimiter(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<Option<u8>> {
    let (delimiter, rest) = match **i {
        [b'"', b'\\', c @ (b'\\' | b'"'), b'"', ref rest @ ..] => (Some(c), rest),
        [
            b'"',
            c @ (0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e),
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
