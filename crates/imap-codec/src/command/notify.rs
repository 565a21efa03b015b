//! NOTIFY.

use imap_proto::command::{EventGroup, Notify, NotifySet};

use crate::encode::{Encode, Encoder};

impl Encode for Notify<'_> {
    /// `notify`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::None => out.raw(b"NOTIFY NONE"),
            Self::Set(set) => set.encode(out),
        }
    }
}

impl Encode for NotifySet<'_> {
    /// `"NOTIFY" SP notify-set`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"NOTIFY SET ");
        if self.status {
            out.raw(b"STATUS ");
        }
        if self.groups.is_empty() {
            out.argument("list of event groups");
            out.refuse_empty();
        }
        out.joined(self.groups, b" ");
    }
}

impl Encode for EventGroup<'_> {
    /// `event-group`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        self.filter.encode(out);
        out.raw(b" ");
        if self.events.is_empty() {
            out.raw(b"NONE");
        } else {
            out.list(self.events);
        }
        out.raw(b")");
    }
}
