//! Envelopes that are not by the book: the second reading, for those that the first one refused.

use super::envelope::addresses_of;
use super::{Address, Envelope};
use crate::error::{Expected, PResult};
use crate::lexeme::{
    Context, Input, at, blanks, close, nil, nstring_before, open, opt, opt_blanks,
};
use crate::quirks::Quirk;

/// Whether anything is forgiven that only the second reading can.
#[cold]
pub(super) fn is_lenient(cx: &Context<'_>) -> bool {
    [
        Quirk::EmptyList,
        Quirk::ListBlanks,
        Quirk::ShortEnvelope,
        Quirk::SingleAddress,
        Quirk::UnescapedQuote,
    ]
    .iter()
    .any(|quirk| cx.allows(*quirk))
}

/// An envelope that may have fewer fields, more blanks, and unescaped quotes in its strings.
#[cold]
#[inline(never)]
pub(super) fn lenient_envelope<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a Envelope<'a>> {
    let mut envelope = Envelope::default();
    open(i)?;
    opt_blanks(i, cx)?;
    for field in 0..10 {
        if field > 0 && !at(i, b')') {
            blanks(i, cx)?;
        }
        if at(i, b')') {
            // quirk: ShortEnvelope
            cx.forgive_or(i, Quirk::ShortEnvelope, Expected::Space)?;
            break;
        }
        match field {
            0 => envelope.date = nstring_before(i, cx, string_follows)?,
            1 => envelope.subject = nstring_before(i, cx, list_follows)?,
            2 => envelope.from = lenient_addresses(i, cx)?,
            3 => envelope.sender = lenient_addresses(i, cx)?,
            4 => envelope.reply_to = lenient_addresses(i, cx)?,
            5 => envelope.to = lenient_addresses(i, cx)?,
            6 => envelope.cc = lenient_addresses(i, cx)?,
            7 => envelope.bcc = lenient_addresses(i, cx)?,
            8 => envelope.in_reply_to = nstring_before(i, cx, string_follows)?,
            _ => envelope.message_id = nstring_before(i, cx, end_follows)?,
        }
    }
    close(i)?;
    cx.alloc(i, envelope)
}

/// `"(" 1*address ")" / nil`
fn lenient_addresses<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Address<'a>]> {
    let start = *i;
    if let Some(rest) = i.strip_prefix(b"\"\"") {
        // quirk: EmptyList
        cx.forgive_or(start, Quirk::EmptyList, Expected::Nil)?;
        *i = rest;
        return Ok(&[]);
    }
    if !at(i, b'(') {
        return nil(i).map(|()| &[][..]);
    }
    let noted = cx.noted();
    match addresses_of(i, cx, lenient_address) {
        Err(error) if !error.is_final() && cx.allows(Quirk::SingleAddress) => {
            *i = start;
            cx.unnote(noted);
            let address = lenient_address(i, cx).map_err(|_| error)?;
            // quirk: SingleAddress
            cx.forgive_or(start, Quirk::SingleAddress, Expected::OpenParen)?;
            cx.count(i, 1)?;
            cx.alloc(i, address).map(core::slice::from_ref)
        }
        addresses => addresses,
    }
}

/// `address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"`
fn lenient_address<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Address<'a>> {
    open(i)?;
    let name = nstring_before(i, cx, string_follows)?;
    blanks(i, cx)?;
    let route = nstring_before(i, cx, string_follows)?;
    blanks(i, cx)?;
    let mailbox = nstring_before(i, cx, string_follows)?;
    blanks(i, cx)?;
    let host = nstring_before(i, cx, end_follows)?;
    close(i)?;
    Ok(Address {
        name,
        route,
        mailbox,
        host,
    })
}

/// Whether a blank and a string come next, or the end.
pub(super) fn string_follows(i: Input<'_>) -> bool {
    follows(i, |i| matches!(i, [b'"' | b'{', ..])) || end_follows(i)
}

/// Whether a blank and a list of addresses come next, or one address, or the end.
fn list_follows(i: Input<'_>) -> bool {
    let begins_list =
        |i: Input<'_>| matches!(i, [b'(', b'(' | b')' | b' ' | b'N' | b'"' | b'{', ..]);
    follows(i, begins_list) || end_follows(i)
}

/// Whether a blank comes next, and behind it what `is_next` tells, or NIL.
fn follows(mut i: Input<'_>, is_next: fn(Input<'_>) -> bool) -> bool {
    if !opt(&mut i, b' ') {
        return false;
    }
    while opt(&mut i, b' ') {}
    is_next(i) || (nil(&mut i).is_ok() && matches!(i, [b' ' | b')', ..]))
}

/// Whether an address or an envelope ends here. A text in parentheses mostly goes on in lower case.
fn end_follows(i: Input<'_>) -> bool {
    matches!(
        i,
        [b')', b'(' | b')' | b'\r' | b'\n', ..] | [b')', b' ', b'(' | b'"' | b'A'..=b'Z', ..]
    )
}
