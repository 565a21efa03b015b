//! FETCH responses.

use imap_proto::response::Fetch;
use imap_proto::{Arena, FetchItem, Malformed, OtherItem, Response};

use crate::encode::{Encode, Encoder, Reason};
use crate::verbatim::{self, Kept};

impl Encode for Fetch<'_> {
    /// `"*" SP nz-number SP "FETCH" SP msg-att`
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(b"* ");
        self.seq.encode(out);
        out.raw(b" FETCH ");
        out.list(self.items);
        out.raw(b"\r\n");
        if self.items.iter().any(|item| kept(item).is_some())
            && !reads_alike(out.written_from(start), self)
        {
            out.argument("list of items");
            out.refuse(0, Reason::Syntax);
        }
    }
}

/// Whether a response with items that are kept as they came is read as it was meant.
#[cold]
fn reads_alike(line: &[u8], meant: &Fetch<'_>) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(Response::Fetch(read)) => verbatim::reads_alike(read.items, meant.items, kept),
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
