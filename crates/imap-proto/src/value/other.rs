//! What is unknown or broken is kept as it came.

use core::fmt;

use super::IString;
use crate::error::ParseError;

/// An item with a name that is not known, and its value as it came.
///
/// `S: * 1 FETCH (X-NEW (1 {2}CRLF ab) UID 5)` has one with the name `X-NEW` and the value
/// `(1 {2}CRLF ab)`, literals included.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct OtherItem<'a> {
    /// The name, with its section if it has one: `X-NEW`, `BINARY.SIZE[1]`.
    pub name: &'a [u8],
    /// The octets of the value; empty where there is none.
    pub value: &'a [u8],
}

/// An item with a known name whose value cannot be read, and its value as it came.
///
/// `S: * 1 FETCH (RFC822.SIZE -1 UID 5)` has one for `RFC822.SIZE`, whose error points at the `-`; the
/// UID is not affected.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Malformed<'a> {
    /// The name of the item.
    pub name: &'a [u8],
    /// The octets of the value; empty where there is none.
    pub value: &'a [u8],
    /// What is wrong. Its offset counts from the start of `value`.
    pub error: ParseError,
}

impl fmt::Debug for OtherItem<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut item = f.debug_struct("OtherItem");
        item.field("name", &IString(self.name))
            .field("value", &IString(self.value))
            .finish()
    }
}

impl fmt::Debug for Malformed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut item = f.debug_struct("Malformed");
        item.field("name", &IString(self.name))
            .field("value", &IString(self.value));
        item.field("error", &self.error).finish()
    }
}
