//! What the tests of single rules share.

use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;

use super::{Context, Input, Role};
use crate::arena::Arena;
use crate::error::PResult;
use crate::options::Options;

/// What a rule makes of an input, as text: the value and the octets that are left, or the error; then
/// the quirks that were used.
///
/// `5|abc ~LeadingZero@0` is the value 5, with `abc` left.
pub(crate) fn show(
    options: Options,
    role: Role,
    input: &[u8],
    rule: impl for<'a> FnOnce(&mut Input<'a>, &Context<'a>) -> PResult<String>,
) -> String {
    let arena = Arena::new();
    let cx = Context::new(input, &arena, &options, role);
    let mut i = input;
    let mut shown = match rule(&mut i, &cx) {
        Ok(value) => format!("{value}|{}", i.escape_ascii()),
        Err(error) => format!("{}", error.locate(input, cx.rule())),
    };
    for used in arena.used_quirks().as_slice() {
        let _ = write!(shown, " ~{:?}@{}", used.quirk, used.offset);
    }
    shown
}

/// What lenient options make of a piece of a response.
pub(crate) fn lenient(
    input: &[u8],
    rule: impl for<'a> FnOnce(&mut Input<'a>, &Context<'a>) -> PResult<String>,
) -> String {
    show(Options::lenient(), Role::Server, input, rule)
}

/// What strict options make of a piece of a response.
pub(crate) fn strict(
    input: &[u8],
    rule: impl for<'a> FnOnce(&mut Input<'a>, &Context<'a>) -> PResult<String>,
) -> String {
    show(Options::strict(), Role::Server, input, rule)
}
