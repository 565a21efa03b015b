//! Envelopes.

use super::IString;
use super::envelope_lenient::{is_lenient, lenient_envelope};
use crate::error::{Expected, PResult};
use crate::lexeme::{
    Context, Input, at, close, collect, is_balanced, nil, nstring, open, opt, peek, sp,
};
use crate::quirks::Quirk;

/// One address of an envelope, or the start or end of a group.
///
/// `("Ann" NIL "ann" "example.org")` is `Ann <ann@example.org>`. A group starts with an address without
/// host whose mailbox is the group's name, and ends with one that has neither.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Address<'a> {
    /// The display name, often with encoded words of RFC 2047.
    pub name: Option<IString<'a>>,
    /// The source route, which is obsolete.
    pub route: Option<IString<'a>>,
    /// The part in front of the `@`; the name of the group where one starts.
    pub mailbox: Option<IString<'a>>,
    /// The part behind the `@`.
    pub host: Option<IString<'a>>,
}

impl<'a> Address<'a> {
    /// The name of the group that starts here.
    pub fn group_start(&self) -> Option<IString<'a>> {
        if self.host.is_none() {
            self.mailbox
        } else {
            None
        }
    }

    /// Whether a group ends here.
    pub fn is_group_end(&self) -> bool {
        self.host.is_none() && self.mailbox.is_none()
    }
}

/// The header fields of a message that matter most, taken apart by the server.
///
/// Strings are those of the header, with encoded words undecoded.
///
/// [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct Envelope<'a> {
    /// `Date`.
    pub date: Option<IString<'a>>,
    /// `Subject`.
    pub subject: Option<IString<'a>>,
    /// `From`.
    pub from: &'a [Address<'a>],
    /// `Sender`; the server repeats `From` where there is none.
    pub sender: &'a [Address<'a>],
    /// `Reply-To`; the server repeats `From` where there is none.
    pub reply_to: &'a [Address<'a>],
    /// `To`.
    pub to: &'a [Address<'a>],
    /// `Cc`.
    pub cc: &'a [Address<'a>],
    /// `Bcc`.
    pub bcc: &'a [Address<'a>],
    /// `In-Reply-To`.
    pub in_reply_to: Option<IString<'a>>,
    /// `Message-ID`.
    pub message_id: Option<IString<'a>>,
}

/// An envelope.
///
/// ```abnf
/// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP
///            env-cc SP env-bcc SP env-in-reply-to SP env-message-id ")"
/// ```
pub(crate) fn envelope<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a Envelope<'a>> {
    envelope_before(i, cx, |_, _| true)
}

/// An envelope that is an item of its own; the items behind it are whole.
#[inline]
pub(super) fn envelope_item<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a Envelope<'a>> {
    envelope_before(i, cx, |i, cx| !cx.may_resume() || is_balanced(i, cx))
}

/// An envelope; `can_end` tells of one that is not by the book whether it can end there.
#[inline(always)]
fn envelope_before<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    can_end: fn(Input<'_>, &Context<'_>) -> bool,
) -> PResult<&'a Envelope<'a>> {
    let start = *i;
    let noted = cx.noted();
    match whole_envelope(i, cx) {
        Err(error) if !error.is_final() && is_lenient(cx) => {
            *i = start;
            cx.unnote(noted);
            let envelope = lenient_envelope(i, cx)?;
            if can_end(i, cx) {
                return Ok(envelope);
            }
            // A string without its quote has taken in what is behind the envelope.
            cx.unnote(noted);
            Err(error)
        }
        result => result,
    }
}

#[inline(always)]
fn whole_envelope<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a Envelope<'a>> {
    open(i)?;
    let date = nstring(i, cx)?;
    sp(i)?;
    let subject = nstring(i, cx)?;
    sp(i)?;
    let (start, noted) = (*i, cx.noted());
    let from = addresses_sp(i, cx)?;
    let mut read = start.get(..start.len() - i.len()).unwrap_or_default();
    if cx.noted() != noted {
        // What was forgiven once has to be forgiven again.
        read = &[];
    }
    let sender = repeated_or_addresses_sp(i, cx, read, from)?;
    let reply_to = repeated_or_addresses_sp(i, cx, read, from)?;
    let to = addresses_sp(i, cx)?;
    let cc = addresses_sp(i, cx)?;
    let bcc = addresses_sp(i, cx)?;
    let in_reply_to = nstring(i, cx)?;
    sp(i)?;
    let message_id = nstring(i, cx)?;
    close(i)?;
    let envelope = Envelope {
        date,
        subject,
        from,
        sender,
        reply_to,
        to,
        cc,
        bcc,
        in_reply_to,
        message_id,
    };
    cx.alloc(i, envelope)
}

/// Addresses and the blank behind: those that were read before where the same octets come again, as
/// where a server repeats From for a message without Sender and Reply-To; `read` is empty if they can't
/// be taken again.
#[inline(always)]
fn repeated_or_addresses_sp<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    read: &[u8],
    addresses: &'a [Address<'a>],
) -> PResult<&'a [Address<'a>]> {
    match i.strip_prefix(read) {
        Some(rest) if !read.is_empty() => {
            *i = rest;
            Ok(addresses)
        }
        _ => addresses_sp(i, cx),
    }
}

/// `"(" 1*address ")" / nil`, and the blank behind.
#[inline(always)]
fn addresses_sp<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Address<'a>]> {
    let addresses = addresses_or_nil(i, cx)?;
    sp(i)?;
    Ok(addresses)
}

/// `"(" 1*address ")" / nil`
#[inline(always)]
fn addresses_or_nil<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Address<'a>]> {
    if at(i, b'(') {
        addresses(i, cx)
    } else {
        nil(i).map(|()| &[][..])
    }
}

#[inline(never)]
fn addresses<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Address<'a>]> {
    addresses_of(i, cx, address)
}

/// `"(" 1*address ")"`
#[inline(always)]
pub(super) fn addresses_of<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    address: impl Fn(&mut Input<'a>, &Context<'a>) -> PResult<Address<'a>>,
) -> PResult<&'a [Address<'a>]> {
    let start = *i;
    open(i)?;
    let addresses = collect(i, cx, |i, _| {
        if matches!(peek(i), Some(b' ' | b'N' | b'n')) {
            skip_between(i, cx)?;
        }
        if opt(i, b')') {
            Ok(None)
        } else {
            address(i, cx).map(Some)
        }
    })?;
    if addresses.is_empty() {
        // quirk: EmptyList
        cx.forgive_or(start, Quirk::EmptyList, Expected::Nil)?;
    }
    Ok(addresses)
}

/// Passes what should not be between addresses: blanks and NIL.
#[cold]
fn skip_between(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<()> {
    loop {
        let start = *i;
        match peek(i) {
            Some(b' ') => {
                // quirk: AddressBlanks
                cx.forgive_or(i, Quirk::AddressBlanks, Expected::OpenParen)?;
                while opt(i, b' ') {}
            }
            Some(b'N' | b'n') => {
                nil(i)?;
                // quirk: NilAddress
                cx.forgive_or(start, Quirk::NilAddress, Expected::OpenParen)?;
            }
            _ => return Ok(()),
        }
    }
}

/// `address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"`
#[inline]
fn address<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Address<'a>> {
    open(i)?;
    let name = nstring(i, cx)?;
    sp(i)?;
    let route = nstring(i, cx)?;
    sp(i)?;
    let mailbox = nstring(i, cx)?;
    sp(i)?;
    let host = nstring(i, cx)?;
    close(i)?;
    Ok(Address {
        name,
        route,
        mailbox,
        host,
    })
}
