//! LIST and LSUB responses.

use imap_proto::response::List;
use imap_proto::{IString, OtherItem, Verbatim};

use crate::encode::{Encode, Encoder, Reason};

impl Encode for List<'_> {
    /// `"*" SP "LIST" SP mailbox-list`; LSUB is [`Response::Lsub`](imap_proto::Response::Lsub).
    fn encode(&self, out: &mut Encoder) {
        mailbox_list(b"* LIST ", self, out);
    }
}

/// The beginning of a line, and the `mailbox-list` that it is about.
pub(super) fn mailbox_list(name: &[u8], list: &List<'_>, out: &mut Encoder) {
    out.raw(name);
    out.list(list.attributes);
    out.raw(b" ");
    delimiter(list.delimiter, out);
    out.raw(b" ");
    out.argument("mailbox");
    list.mailbox.encode(out);
    if !list.extended.is_empty() {
        extended(list.extended, out);
    }
    out.raw(b"\r\n");
}

/// `SP mbox-list-extended`
fn extended(items: &[OtherItem<'_>], out: &mut Encoder) {
    out.argument("extended data");
    let mut before = &b" ("[..];
    for item in items {
        out.raw(before);
        out.astring(IString(item.name));
        out.verbatim_sp(Verbatim::Value, item.value);
        before = b" ";
    }
    out.raw(b")");
}

/// `DQUOTE QUOTED-CHAR DQUOTE / nil`
fn delimiter(delimiter: Option<u8>, out: &mut Encoder) {
    match delimiter {
        None => out.raw(b"NIL"),
        Some(c @ (b'"' | b'\\')) => out.raw(&[b'"', b'\\', c, b'"']),
        Some(c @ b' '..=b'~') => out.raw(&[b'"', c, b'"']),
        Some(_) => {
            out.argument("delimiter");
            out.refuse(0, Reason::Syntax);
        }
    }
}
