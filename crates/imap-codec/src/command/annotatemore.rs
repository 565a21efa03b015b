//! GETANNOTATION and SETANNOTATION.

use imap_proto::command::{GetAnnotation, SetAnnotation};

use super::mailbox::about;
use crate::encode::{Encode, Encoder};
use crate::value::annotation::one_or_list;

impl Encode for GetAnnotation<'_> {
    /// `"GETANNOTATION" SP mailbox SP entries SP attribs`
    fn encode(&self, out: &mut Encoder) {
        about(b"GETANNOTATION ", self.mailbox, out);
        out.raw(b" ");
        out.argument("entry name");
        one_or_list(self.entries, out);
        out.raw(b" ");
        out.argument("attribute name");
        one_or_list(self.attributes, out);
    }
}

impl Encode for SetAnnotation<'_> {
    /// `"SETANNOTATION" SP mailbox SP entry SP "(" attrib SP value *(SP attrib SP value) ")"`
    fn encode(&self, out: &mut Encoder) {
        about(b"SETANNOTATION ", self.mailbox, out);
        out.raw(b" ");
        out.argument("entry name");
        self.entry.encode(out);
        out.raw(b" ");
        if self.attributes.is_empty() {
            out.argument("list of attributes");
            out.refuse_empty();
        }
        out.list(self.attributes);
    }
}
