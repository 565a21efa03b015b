//! FETCH responses.

use imap_proto::response::{Fetch, UnnumberedFetch};
use imap_proto::{Arena, FetchItem, Malformed, OtherItem, Response, Uid};

use crate::encode::{Encode, Encoder, Reason};
use crate::verbatim::{self, Kept};

impl Encode for Fetch<'_> {
    /// `"*" SP nz-number SP "FETCH" SP msg-att`
    fn encode(&self, out: &mut Encoder) {
        message_data(self.number.get().into(), b" FETCH ", self.items, out);
    }
}

impl Encode for Fetch<'_, Uid> {
    /// `"*" SP uniqueid SP "UIDFETCH" SP msg-att`
    fn encode(&self, out: &mut Encoder) {
        message_data(self.number.get().into(), b" UIDFETCH ", self.items, out);
    }
}

impl Encode for UnnumberedFetch<'_> {
    /// `"*" SP number64 SP "FETCH" SP msg-att`
    fn encode(&self, out: &mut Encoder) {
        if (1..=u64::from(u32::MAX)).contains(&self.number) {
            out.argument("number");
            out.refuse(0, Reason::Syntax);
        }
        message_data(self.number, b" FETCH ", self.items, out);
    }
}

/// A line with the number of a message, a name with its blanks, and items.
fn message_data(number: u64, name: &[u8], items: &[FetchItem<'_>], out: &mut Encoder) {
    let start = out.position();
    out.raw(b"* ");
    out.number(number);
    out.raw(name);
    out.list(items);
    out.raw(b"\r\n");
    if items.iter().any(|item| kept(item).is_some()) && !reads_alike(out.written_from(start), items)
    {
        out.argument("list of items");
        out.refuse(0, Reason::Syntax);
    }
}

/// Whether a response with items that are kept as they came is read as it was meant.
#[cold]
fn reads_alike(line: &[u8], meant: &[FetchItem<'_>]) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(
            Response::Fetch(Fetch { items, .. })
            | Response::UidFetch(Fetch { items, .. })
            | Response::UnnumberedFetch(UnnumberedFetch { items, .. }),
        ) => verbatim::reads_alike(items, meant, kept),
        _ => false,
    }
}

/// The name and the value of an item that is kept as it came.
fn kept<'a>(item: &FetchItem<'a>) -> Option<Kept<'a>> {
    match item {
        FetchItem::Other(OtherItem { name, value })
        | FetchItem::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}
