//! LANGUAGE and COMPARATOR.

use imap_proto::IString;
use imap_proto::command::{Comparator, Language};

use crate::encode::{Encode, Encoder};

impl Encode for Language<'_> {
    /// `language-cmd`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"LANGUAGE");
        out.argument("language");
        each_sp(self.ranges, out);
    }
}

impl Encode for Comparator<'_> {
    /// `comparator-cmd`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"COMPARATOR");
        out.argument("comparator");
        each_sp(self.order, out);
    }
}

/// `*(SP astring)`
fn each_sp(values: &[IString<'_>], out: &mut Encoder) {
    for value in values {
        out.raw(b" ");
        out.astring(*value);
    }
}
