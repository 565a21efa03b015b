//! LIST, LSUB and XLIST responses.

use imap_proto::response::{List, ListExtendedItem};
use imap_proto::{Arena, IString, Malformed, OtherItem, Response, Verbatim};

use crate::encode::{Encode, Encoder, Reason};
use crate::value::mailbox::delimiter;
use crate::verbatim::{self, Kept};

impl Encode for List<'_> {
    /// `"*" SP "LIST" SP mailbox-list`; LSUB is [`Response::Lsub`], XLIST [`Response::Xlist`].
    fn encode(&self, out: &mut Encoder) {
        mailbox_list(b"* LIST ", self, out);
    }
}

impl Encode for ListExtendedItem<'_> {
    /// `mbox-list-extended-item`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::ChildInfo(options) => {
                out.raw(b"\"CHILDINFO\" ");
                if options.is_empty() {
                    out.argument("list of options");
                    out.refuse_empty();
                }
                out.list(options);
            }
            Self::OldName(mailbox) => {
                out.raw(b"\"OLDNAME\" (");
                out.argument("old mailbox name");
                mailbox.encode(out);
                out.raw(b")");
            }
            Self::Other(OtherItem { name, value }) => {
                out.argument("extended data");
                out.astring(IString(name));
                out.verbatim_sp(Verbatim::Value, value);
            }
            Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("extended data");
                let mut start = out.position();
                if !name.is_empty() {
                    out.astring(IString(name));
                    out.raw(if value.is_empty() { b"" } else { b" " });
                    start = out.position();
                }
                out.raw(value);
                out.check_verbatim(Verbatim::Values, start);
            }
            _ => out.refuse_unknown(),
        }
    }
}

/// The beginning of a line, and the `mailbox-list` that it is about.
pub(super) fn mailbox_list(name: &[u8], list: &List<'_>, out: &mut Encoder) {
    let start = out.position();
    out.raw(name);
    out.list(list.attributes);
    out.raw(b" ");
    delimiter(list.delimiter, out);
    out.raw(b" ");
    out.argument("mailbox");
    list.mailbox.encode(out);
    if !list.extended.is_empty() {
        out.raw(b" ");
        out.list(list.extended);
    }
    out.raw(b"\r\n");
    if list.extended.iter().any(|item| kept(item).is_some())
        && !reads_alike(out.written_from(start), list)
    {
        out.argument("extended data");
        out.refuse(0, Reason::Syntax);
    }
}

/// Whether a response with data that are kept as they came is read as it was meant.
#[cold]
fn reads_alike(line: &[u8], meant: &List<'_>) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(Response::List(read) | Response::Lsub(read) | Response::Xlist(read)) => {
            verbatim::reads_alike(read.extended, meant.extended, kept)
        }
        _ => false,
    }
}

/// The name and the value of a piece that is kept as it came.
fn kept<'a>(item: &ListExtendedItem<'a>) -> Option<Kept<'a>> {
    match item {
        ListExtendedItem::Other(OtherItem { name, value })
        | ListExtendedItem::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}
