//! ENABLE.

use crate::error::{Expected, PResult, fail};
use crate::lexeme::{Context, Input, collect, opt_sp};
use crate::value::Capability;
use crate::value::capability::capability;

/// `ENABLE`: switch extensions on that change what the server sends.
///
/// `C: a1 ENABLE CONDSTORE UTF8=ACCEPT` names two.
///
/// [RFC 5161 section 3.1](https://www.rfc-editor.org/rfc/rfc5161#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Enable<'a> {
    /// Which ones; at least one.
    pub capabilities: &'a [Capability<'a>],
}

/// `enable = "ENABLE" 1*(SP capability)`
pub(super) fn enable<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Enable<'a>> {
    cx.set_rule("ENABLE command");
    let capabilities = collect(i, cx, |i, first| {
        if first || opt_sp(i) {
            capability(i, cx).map(Some)
        } else {
            Ok(None)
        }
    })?;
    if capabilities.is_empty() {
        return fail(i, Expected::Atom);
    }
    Ok(Enable { capabilities })
}
