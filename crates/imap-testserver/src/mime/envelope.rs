//! Envelopes.
//!
//! [RFC 9051 section 7.5.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.5.2)

use imap_proto::{Address, Arena, Envelope, IString};

use super::address::addresses;
use super::field::{field, fields, unfold};

/// The envelope of the message with this header.
pub(super) fn envelope<'a>(header: &[u8], arena: &'a Arena) -> Envelope<'a> {
    let text = |name| string(header, name, arena);
    let list = |name| address_list(header, name, arena);
    let from = list("From");
    // RFC 9051 7.5.2: missing and empty ones are as From.
    let or_from = |name| match list(name) {
        [] => from,
        addresses => addresses,
    };
    Envelope {
        date: text("Date"),
        subject: text("Subject"),
        from,
        sender: or_from("Sender"),
        reply_to: or_from("Reply-To"),
        to: list("To"),
        cc: list("Cc"),
        bcc: list("Bcc"),
        in_reply_to: text("In-Reply-To"),
        message_id: text("Message-ID"),
    }
}

/// The value of a field, unfolded and else as it is.
pub(super) fn string<'a>(header: &[u8], name: &str, arena: &'a Arena) -> Option<IString<'a>> {
    let value = unfold(field(header, name)?);
    Some(IString(arena.alloc_bytes(&value)))
}

/// The addresses of all fields with this name.
///
/// RFC 5322 4.5.3: several fields are as one with commas between.
pub(super) fn address_list<'a>(header: &[u8], name: &str, arena: &'a Arena) -> &'a [Address<'a>] {
    let of_name = fields(header).filter(|field| field.is(name));
    arena.alloc_slice(of_name.flat_map(|field| addresses(field.value, arena)))
}
