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
        let (name, number): (&[u8], u32) = match self {
            Self::Messages(n) => (b"MESSAGES ", *n),
            Self::Recent(n) => (b"RECENT ", *n),
            Self::UidNext(uid) => (b"UIDNEXT ", uid.get()),
            Self::UidValidity(validity) => (b"UIDVALIDITY ", validity.get()),
            Self::Unseen(n) => (b"UNSEEN ", *n),
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                return out.verbatim_item(Verbatim::StatusItem, name, value);
            }
            _ => return out.refuse_unknown(),
        };
        out.raw(name);
        out.number(number.into());
    }
}
