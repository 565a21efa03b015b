//! What a server can do.

use imap_proto::{Atom, Capability};

/// The capabilities that a server named, in its order.
///
/// ```
/// use imap_client::Capabilities;
/// use imap_proto::Capability;
///
/// let capabilities: Capabilities =
///     [Capability::Imap4Rev1, Capability::Idle].into_iter().collect();
/// assert!(capabilities.has(Capability::Idle));
/// assert!(!capabilities.has(Capability::Move));
/// assert_eq!(capabilities.to_string(), "IMAP4rev1 IDLE");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Capabilities(Vec<Box<str>>);

impl Capabilities {
    /// Whether the server named this capability.
    pub fn has(&self, capability: Capability<'_>) -> bool {
        self.iter().any(|named| named == capability)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Capability<'_>> {
        self.0
            .iter()
            .filter_map(|name| Atom::new(name).ok())
            .map(Capability::from)
    }
}

impl<'a> Extend<Capability<'a>> for Capabilities {
    fn extend<I: IntoIterator<Item = Capability<'a>>>(&mut self, capabilities: I) {
        let text = |capability: Capability<'_>| capability.to_string().into();
        self.0.extend(capabilities.into_iter().map(text));
    }
}

impl<'a> FromIterator<Capability<'a>> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability<'a>>>(capabilities: I) -> Self {
        let mut collected = Self::default();
        collected.extend(capabilities);
        collected
    }
}

impl std::fmt::Display for Capabilities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}
