//! Annotations of mailboxes and the server before RFC 5464.

use imap_proto::AnnotateMoreAttribute;

use crate::encode::{Encode, Encoder};

impl Encode for AnnotateMoreAttribute<'_> {
    /// `attrib SP value`
    fn encode(&self, out: &mut Encoder) {
        out.argument("attribute name");
        self.name.encode(out);
        out.raw(b" ");
        out.argument("annotation value");
        out.or_nil(self.value);
    }
}
