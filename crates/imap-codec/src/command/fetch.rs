//! FETCH, PARTIAL, COPY and UID EXPUNGE.

use imap_proto::MessageNumber;
use imap_proto::command::{Copy, Fetch, FetchModifier, Partial, UidExpunge};

use super::mailbox::{other_parameter, parameters};
use crate::encode::{Encode, Encoder};

impl<N: MessageNumber> Encode for Fetch<'_, N> {
    /// `fetch`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"FETCH ");
        self.set.encode(out);
        out.raw(b" ");
        self.items.encode(out);
        parameters(self.modifiers, Encode::encode, out);
    }
}

impl Encode for FetchModifier<'_> {
    /// `fetch-modifier`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::ChangedSince(mod_seq) => {
                out.raw(b"CHANGEDSINCE ");
                out.number(*mod_seq);
            }
            Self::Partial(range) => {
                out.raw(b"PARTIAL ");
                range.encode(out);
            }
            Self::Vanished => out.raw(b"VANISHED"),
            Self::Other(item) => other_parameter(item, out),
            _ => out.refuse_unknown(),
        }
    }
}

impl Encode for Partial<'_> {
    /// `partial`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"PARTIAL ");
        self.seq.encode(out);
        out.raw(b" ");
        self.item.encode(out);
        out.raw(b" ");
        out.number(self.first.into());
        out.raw(b" ");
        out.number(self.count.into());
    }
}

impl<N: MessageNumber> Encode for Copy<'_, N> {
    /// `copy`, with `UID` in front for UIDs.
    fn encode(&self, out: &mut Encoder) {
        out.raw(N::COMMAND_PREFIX.as_bytes());
        out.raw(b"COPY ");
        self.set.encode(out);
        out.raw(b" ");
        out.argument("mailbox");
        self.mailbox.encode(out);
    }
}

impl Encode for UidExpunge<'_> {
    /// `uid-expunge`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"UID EXPUNGE ");
        self.set.encode(out);
    }
}
