//! Commands with a name that is not known.

use core::fmt;

use imap_util::Atom;

use crate::error::PResult;
use crate::lexeme::{Context, Input, skip_rest, sp};
use crate::value::IString;

/// A command that is not known: `a1 XNEWS "a" (b)`.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct OtherCommand<'a> {
    /// The name; `UID` for the UID form of a command that is not known.
    pub name: Atom<'a>,
    /// What stands behind the name and its blank, literals included, without the line end.
    pub arguments: &'a [u8],
}

impl fmt::Debug for OtherCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut other = f.debug_struct("OtherCommand");
        other
            .field("name", &self.name)
            .field("arguments", &IString(self.arguments))
            .finish()
    }
}

/// A command whose name was taken and is `name`.
pub(super) fn other<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: Atom<'a>,
) -> PResult<OtherCommand<'a>> {
    match **i {
        // A blank with nothing behind it is for what reads the end of the line.
        [b'\r' | b'\n', ..] | [b' ', b'\r' | b'\n', ..] => {}
        _ => sp(i)?,
    }
    arguments(i, cx, name)
}

/// The arguments of a command, without the blank in front.
pub(super) fn arguments<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: Atom<'a>,
) -> PResult<OtherCommand<'a>> {
    cx.set_rule("command");
    Ok(OtherCommand {
        name,
        arguments: skip_rest(i, cx)?,
    })
}
