//! The response code MESSAGELIMIT.

use core::num::NonZeroU32;

use crate::error::PResult;
use crate::lexeme::{Context, Input, non_zero, opt_sp};
use crate::value::Uid;

/// How many messages a command may have, and how far it got: `MESSAGELIMIT 1000 23221`.
///
/// [RFC 9738](https://www.rfc-editor.org/rfc/rfc9738)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MessageLimit {
    /// How many messages one command may have.
    pub limit: NonZeroU32,
    /// The lowest UID that was processed, if any was: servers begin with the highest.
    pub uid: Option<Uid>,
}

/// `nz-number [SP uniqueid]`, RFC 9738
pub(super) fn message_limit(i: &mut Input<'_>, cx: &Context<'_>) -> PResult<MessageLimit> {
    let limit = non_zero(i, cx)?;
    let uid = if opt_sp(i) {
        Some(non_zero(i, cx)?)
    } else {
        None
    };
    Ok(MessageLimit { limit, uid })
}
