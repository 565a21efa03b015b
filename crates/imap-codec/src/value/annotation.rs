//! Annotations of messages, and attributes that those of mailboxes had, too, before RFC 5464.

use imap_proto::{Annotation, AnnotationAttribute, AnnotationKey, AnnotationNames, IString};

use crate::encode::{Encode, Encoder};

impl Encode for Annotation<'_> {
    /// `entry [SP "(" attrib SP value *(SP attrib SP value) ")"]`
    fn encode(&self, out: &mut Encoder) {
        out.argument("entry name");
        out.astring(self.entry);
        if !self.attributes.is_empty() {
            out.raw(b" ");
            out.list(self.attributes);
        }
    }
}

impl Encode for AnnotationAttribute<'_> {
    /// `attrib SP value`
    fn encode(&self, out: &mut Encoder) {
        out.argument("attribute name");
        self.name.encode(out);
        out.raw(b" ");
        out.argument("annotation value");
        out.or_nil(self.value);
    }
}

impl Encode for AnnotationNames<'_> {
    /// `"(" entries SP attribs ")"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        out.argument("entry name");
        one_or_list(self.entries, out);
        out.raw(b" ");
        out.argument("attribute name");
        one_or_list(self.attributes, out);
        out.raw(b")");
    }
}

impl Encode for AnnotationKey<'_> {
    /// `entry SP attrib SP value`
    fn encode(&self, out: &mut Encoder) {
        out.argument("entry name");
        self.entry.encode(out);
        out.raw(b" ");
        out.argument("attribute name");
        self.attribute.encode(out);
        out.raw(b" ");
        out.argument("search text");
        out.or_nil(self.value);
    }
}

/// What a server tells of annotations, in parentheses; entries may have no attributes.
pub(super) fn annotations(annotations: &[Annotation<'_>], out: &mut Encoder) {
    if annotations.is_empty() {
        out.argument("list of annotations");
        out.refuse_empty();
    }
    out.list(annotations);
}

/// What a client sets, in parentheses: entries with attributes.
pub(crate) fn set_annotations(set: &[Annotation<'_>], out: &mut Encoder) {
    if set.iter().any(|a| a.attributes.is_empty()) {
        out.argument("list of attributes");
        out.refuse_empty();
    }
    annotations(set, out);
}

/// `string / "(" string *(SP string) ")"`
pub(crate) fn one_or_list(strings: &[IString<'_>], out: &mut Encoder) {
    match strings {
        [] => out.refuse_empty(),
        [string] => string.encode(out),
        strings => out.list(strings),
    }
}
