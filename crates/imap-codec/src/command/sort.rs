//! SORT.

use imap_proto::command::{Sort, SortCriterion, SortKey};

use super::search::{search_criteria, search_return_opts};
use crate::encode::{Encode, Encoder};

impl Encode for Sort<'_> {
    /// `sort`; UID SORT is [`Command::UidSort`](imap_proto::Command::UidSort).
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"SORT ");
        search_return_opts(self.return_options, out);
        if self.criteria.is_empty() {
            out.argument("list of sort criteria");
            out.refuse_empty();
        }
        out.list(self.criteria);
        out.raw(b" ");
        search_criteria(self.charset, self.keys, out);
    }
}

impl Encode for SortCriterion<'_> {
    /// `sort-criterion`
    fn encode(&self, out: &mut Encoder) {
        if self.reverse {
            out.raw(b"REVERSE ");
        }
        self.key.encode(out);
    }
}

impl Encode for SortKey<'_> {
    /// `sort-key`
    fn encode(&self, out: &mut Encoder) {
        out.raw(self.as_str().as_bytes());
        if let Self::Annotation { entry, attribute } = self {
            out.raw(b" ");
            out.argument("entry name");
            entry.encode(out);
            out.raw(b" ");
            out.argument("attribute name");
            attribute.encode(out);
        }
    }
}
