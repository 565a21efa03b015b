//! What is unknown or broken is kept as it came.

use core::fmt;

use super::IString;
use crate::error::{Fail, PResult, ParseError};
use crate::lexeme::{Context, Input, skip_broken_item, word};
use crate::quirks::Quirk;

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

/// An item from `start` on that could not be read: it is passed over as a whole.
///
/// `known` tells whether the name of a known item begins somewhere.
#[cold]
#[inline(never)]
pub(crate) fn malformed_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
    rule: &'static str,
    known: fn(Input<'_>) -> bool,
) -> PResult<&'a Malformed<'a>> {
    pass_over(i, cx, start, error, rule, |i| {
        let name = word(i).unwrap_or_default();
        let value_start = behind_name(i);
        let mut value = &[][..];
        if !matches!(**i, [b'\r' | b'\n', ..] | [b' ', b'\r' | b'\n', ..]) {
            value = skip_broken_item(i, cx, known)?;
        }
        Ok((name, value_start, value))
    })
}

/// What could not be read from `start` on: `parts` passes over it, and gives its name, where its value
/// begins, and the value.
#[cold]
pub(super) fn pass_over<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    error: Fail,
    rule: &'static str,
    parts: impl FnOnce(&mut Input<'a>) -> PResult<(&'a [u8], Input<'a>, &'a [u8])>,
) -> PResult<&'a Malformed<'a>> {
    // quirk: MalformedItem
    if error.is_final() || !cx.forgive(start, Quirk::MalformedItem) {
        return Err(error);
    }
    *i = start;
    let (name, value_start, value) = parts(i)?;
    if i.len() == start.len() {
        return Err(error);
    }
    let error = error.locate(value_start, rule);
    cx.alloc(i, Malformed { name, value, error })
}

/// Where the value behind a name begins.
pub(super) fn behind_name<'a>(i: Input<'a>) -> Input<'a> {
    i.strip_prefix(b" ").unwrap_or(i)
}
