//! NAMESPACE responses.

use imap_proto::response::{Namespace, NamespaceExtension, Namespaces};

use crate::encode::{Encode, Encoder};
use crate::value::mailbox::delimiter;

impl Encode for Namespaces<'_> {
    /// `"*" SP namespace-response`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"* NAMESPACE");
        for namespaces in [self.personal, self.other_users, self.shared] {
            out.raw(b" ");
            namespace(namespaces, out);
        }
        out.raw(b"\r\n");
    }
}

impl Encode for Namespace<'_> {
    /// `namespace-descr`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        out.argument("prefix");
        self.prefix.as_string().encode(out);
        out.raw(b" ");
        delimiter(self.delimiter, out);
        for extension in self.extensions {
            extension.encode(out);
        }
        out.raw(b")");
    }
}

impl Encode for NamespaceExtension<'_> {
    /// `namespace-response-extension`, with the blank in front.
    fn encode(&self, out: &mut Encoder) {
        out.raw(b" ");
        out.argument("extension");
        self.name.encode(out);
        out.raw(b" ");
        if self.values.is_empty() {
            out.argument("list of values");
            out.refuse_empty();
        }
        out.list(self.values);
    }
}

/// `namespace`
fn namespace(namespaces: &[Namespace<'_>], out: &mut Encoder) {
    if namespaces.is_empty() {
        return out.raw(b"NIL");
    }
    out.raw(b"(");
    out.joined(namespaces, b"");
    out.raw(b")");
}
