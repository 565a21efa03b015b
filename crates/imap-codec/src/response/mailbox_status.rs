//! STATUS responses.

use imap_proto::response::MailboxStatus;
use imap_proto::{Arena, Malformed, OtherItem, Response, StatusItem};

use crate::encode::{Encode, Encoder, Reason};
use crate::verbatim::{self, Kept};

impl Encode for MailboxStatus<'_> {
    /// `"*" SP "STATUS" SP mailbox SP "(" [status-att-list] ")"`
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(b"* STATUS ");
        out.argument("mailbox");
        self.mailbox.encode(out);
        out.raw(b" ");
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
fn reads_alike(line: &[u8], meant: &MailboxStatus<'_>) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(Response::MailboxStatus(read)) => verbatim::reads_alike(read.items, meant.items, kept),
        _ => false,
    }
}

/// The name and the value of an item that is kept as it came.
fn kept<'a>(item: &StatusItem<'a>) -> Option<Kept<'a>> {
    match item {
        StatusItem::Other(OtherItem { name, value })
        | StatusItem::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}
