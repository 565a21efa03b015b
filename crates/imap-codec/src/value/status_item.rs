//! Status data items: what a STATUS command asks for, and what it gets.

use imap_proto::{Malformed, OtherItem, StatusItem, StatusItemName, Verbatim};

use crate::encode::{Encode, Encoder};

impl Encode for StatusItemName<'_> {
    /// `status-att`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
    }
}

impl Encode for StatusItem<'_> {
    /// `status-att-val`
    fn encode(&self, out: &mut Encoder) {
        let (name, number): (&[u8], u64) = match self {
            Self::AppendLimit(None) => return out.raw(b"APPENDLIMIT NIL"),
            Self::AppendLimit(Some(n)) => (b"APPENDLIMIT ", (*n).into()),
            Self::Deleted(n) => (b"DELETED ", (*n).into()),
            Self::DeletedStorage(n) => (b"DELETED-STORAGE ", *n),
            Self::HighestModSeq(n) => (b"HIGHESTMODSEQ ", *n),
            Self::MailboxId(id) => {
                out.raw(b"MAILBOXID (");
                id.encode(out);
                return out.raw(b")");
            }
            Self::Messages(n) => (b"MESSAGES ", (*n).into()),
            Self::Recent(n) => (b"RECENT ", (*n).into()),
            Self::Size(n) => (b"SIZE ", *n),
            Self::UidNext(uid) => (b"UIDNEXT ", uid.get().into()),
            Self::UidValidity(validity) => (b"UIDVALIDITY ", validity.get().into()),
            Self::Unseen(n) => (b"UNSEEN ", (*n).into()),
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                return out.verbatim_item(Verbatim::StatusItem, name, value);
            }
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
        out.number(number);
    }
}
