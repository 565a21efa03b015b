//! Annotations of mailboxes and the server.

use imap_proto::{IString, MetadataEntry};

use crate::encode::{Encode, Encoder};

impl Encode for MetadataEntry<'_> {
    /// `entry SP value`
    fn encode(&self, out: &mut Encoder) {
        out.argument("entry name");
        out.astring(self.name);
        out.raw(b" ");
        out.argument("annotation value");
        value(self.value, out);
    }
}

/// `value = nstring / literal8`: a value may have several lines, and any octets.
fn value(value: Option<IString<'_>>, out: &mut Encoder) {
    match value {
        Some(IString(octets)) if octets.contains(&0) => out.literal8(octets),
        Some(IString(octets)) if octets.iter().any(|b| matches!(b, b'\r' | b'\n')) => {
            out.literal(octets);
        }
        value => out.or_nil(value),
    }
}
