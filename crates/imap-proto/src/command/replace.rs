//! MOVE and REPLACE.

use super::AppendMessage;
use super::append::append_message;
use crate::error::PResult;
use crate::lexeme::{Context, Input, sp};
use crate::value::mailbox::mailbox;
use crate::value::sequence_set::{seq_number, sequence_set};
use crate::value::{Bound, Mailbox, MessageNumber, SeqNum, SequenceSet};

/// `MOVE`, and with [`Uid`](crate::Uid)s `UID MOVE`: move messages to the end of a mailbox.
///
/// [RFC 6851 section 3](https://www.rfc-editor.org/rfc/rfc6851#section-3)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Move<'a, N: MessageNumber = SeqNum> {
    /// Which messages.
    pub set: SequenceSet<'a, N>,
    /// Where to.
    pub mailbox: Mailbox<'a>,
}

/// `REPLACE`, and with [`Uid`](crate::Uid)s `UID REPLACE`: put a message into a mailbox in place of one.
///
/// [RFC 8508 section 3.2](https://www.rfc-editor.org/rfc/rfc8508#section-3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Replace<'a, N: MessageNumber = SeqNum> {
    /// The message that goes.
    pub number: Bound<N>,
    /// Where the new one is put; mostly the selected mailbox.
    pub mailbox: Mailbox<'a>,
    /// The message that comes.
    pub message: &'a AppendMessage<'a>,
}

/// `move = "MOVE" SP sequence-set SP mailbox`
pub(super) fn r#move<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Move<'a, N>> {
    cx.set_rule("MOVE command");
    let set = sequence_set(i, cx)?;
    sp(i)?;
    Ok(Move {
        set,
        mailbox: mailbox(i, cx)?,
    })
}

/// `replace = "REPLACE" SP seq-number SP mailbox append-message`; RFC 8508
pub(super) fn replace<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<Replace<'a, N>> {
    cx.set_rule("REPLACE command");
    let number = seq_number(i, cx)?;
    sp(i)?;
    let mailbox = mailbox(i, cx)?;
    let message = append_message(i, cx)?;
    Ok(Replace {
        number,
        mailbox,
        message: cx.alloc(i, message)?,
    })
}
