//! What happened in a mailbox, for sessions that have it selected and for those that come back.

use imap_proto::Uid;

use super::SessionId;

/// One change of one message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Change {
    /// The modification sequence of the mailbox after it; changes made at once have the same.
    pub(crate) mod_seq: u64,
    pub(crate) uid: Uid,
    pub(crate) kind: ChangeKind,
    /// Who made it, and so need not be told.
    pub(crate) by: SessionId,
}

/// What changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ChangeKind {
    /// The flags are others now.
    Flags,
    /// The message is gone.
    Gone,
}
