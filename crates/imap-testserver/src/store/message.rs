//! One message.

use std::sync::Arc;

use bytes::Bytes;
use imap_proto::{InternalDate, Uid};

use super::Flags;
use super::flags::OwnedFlag;
use crate::mime::{Mail, with_encoded_parts};

/// A message in a mailbox.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) uid: Uid,
    /// The modification sequence of the last change of its flags, or of its arrival.
    pub(crate) mod_seq: u64,
    pub(crate) flags: Flags,
    pub(crate) internal_date: InternalDate,
    /// When it came into this mailbox.
    pub(crate) save_date: InternalDate,
    /// The message itself, which copies of it share.
    pub(crate) mail: Arc<Mail>,
}

/// A message that is to be put into a mailbox.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    /// The message itself, which copies of it share.
    pub(crate) mail: Arc<Mail>,
    pub(crate) flags: Vec<OwnedFlag>,
    pub(crate) internal_date: InternalDate,
    pub(crate) save_date: InternalDate,
}

impl NewMessage {
    /// A message with these octets that comes in now; parts with NUL are encoded.
    pub(crate) fn incoming(octets: Bytes, now: InternalDate) -> Self {
        Self {
            mail: Arc::new(Mail::new(with_encoded_parts(octets))),
            flags: Vec::new(),
            internal_date: now,
            save_date: now,
        }
    }
}

impl Message {
    /// The same for another mailbox.
    pub(crate) fn into_new(self) -> NewMessage {
        NewMessage {
            mail: self.mail,
            flags: self.flags.into_owned(),
            internal_date: self.internal_date,
            save_date: self.save_date,
        }
    }
}
