//! FETCH responses.

use imap_proto::response::Fetch;
use imap_proto::{Arena, FetchItem, Malformed, OtherItem, Response};

use crate::encode::{Encode, Encoder, Reason};

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

/// Whether a response with items that were kept as they came is read as it was meant.
///
/// Where such an item ends depends on what follows it: `X Y 5` is one item, or two.
#[cold]
fn reads_alike(line: &[u8], meant: &Fetch<'_>) -> bool {
    let arena = Arena::new();
    let Ok(Response::Fetch(read)) = Response::parse(line, &arena) else {
        return false;
    };
    let alike = |(a, b): (&FetchItem<'_>, &FetchItem<'_>)| match (kept(a), kept(b)) {
        (None, None) => a == b,
        (a, b) => a == b,
    };
    read.items.len() == meant.items.len() && read.items.iter().zip(meant.items).all(alike)
}

/// The name and the value of an item that was kept as it came.
fn kept<'a>(item: &FetchItem<'a>) -> Option<(&'a [u8], &'a [u8])> {
    match item {
        FetchItem::Other(OtherItem { name, value })
        | FetchItem::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}
