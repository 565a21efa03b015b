//! APPEND.

use imap_util::{Flag, InternalDate};

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, at, literal, literal8, sp};
use crate::value::fetch_item::date_time;
use crate::value::flag::{FlagPlace, flag_list};
use crate::value::mailbox::mailbox;
use crate::value::{IString, Mailbox};

/// `APPEND`: put a message at the end of a mailbox.
///
/// [RFC 9051 section 6.3.12](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.12)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Append<'a> {
    /// Which mailbox.
    pub mailbox: Mailbox<'a>,
    /// The flags that the message gets.
    pub flags: &'a [Flag<'a>],
    /// The internal date that the message gets; the present time if nothing is said.
    pub date: Option<InternalDate>,
    /// The message: the octets of RFC 5322, with CR LF line ends.
    pub message: IString<'a>,
}

/// What follows the word APPEND.
///
/// ```abnf
/// append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal
/// append =/ "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal8   ; RFC 3516
/// ```
pub(super) fn append<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Append<'a>> {
    cx.set_rule("APPEND command");
    let mailbox = mailbox(i, cx)?;
    sp(i)?;
    let mut flags = &[][..];
    if at(i, b'(') {
        flags = flag_list(i, cx, FlagPlace::Any)?;
        sp(i)?;
    }
    let mut date = None;
    if at(i, b'"') {
        date = Some(date_time(i, cx)?);
        sp(i)?;
    }
    let message = IString(message(i, cx)?);
    Ok(Append {
        mailbox,
        flags,
        date,
        message,
    })
}

/// `literal / literal8`
fn message<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [u8]> {
    match **i {
        [b'{', ref rest @ ..] => {
            *i = rest;
            literal(i, cx)
        }
        [b'~', b'{', ref rest @ ..] => {
            *i = rest;
            literal8(i, cx)
        }
        _ => fail(i, Expected::LiteralLength),
    }
}
