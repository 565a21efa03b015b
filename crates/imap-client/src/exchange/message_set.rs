//! Sets of messages in arguments.

use imap_proto::{MessageNumber, SeqNum, SequenceSet, SequenceSetBuf};

use super::{Found, Numbers};
use crate::client::empty_set;
use crate::error::Error;

/// The messages that a command is about.
///
/// One number, a set, what a search found, or [`SequenceSet::SAVED`], which is what a search with
/// `SAVE` found. A command about no messages at all is refused before it is sent.
///
/// ```
/// use imap_client::MessageSet;
/// use imap_proto::{Uid, UidSet, UidSetBuf};
///
/// let seven: MessageSet<'_, Uid> = Uid::try_from(7)?.into();
/// assert_eq!(seven.as_set().unwrap().to_string(), "7");
/// let saved: MessageSet<'_, Uid> = UidSet::SAVED.into();
/// assert_eq!(saved.as_set().unwrap().to_string(), "$");
/// let nothing: MessageSet<'_, Uid> = UidSetBuf::new().into();
/// assert!(nothing.as_set().is_none());
/// # Ok::<(), imap_proto::NumberError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MessageSet<'a, N: MessageNumber = SeqNum>(Inner<'a, N>);

#[derive(Clone, Debug)]
enum Inner<'a, N: MessageNumber> {
    Owned(SequenceSetBuf<N>),
    Wire(SequenceSet<'a, N>),
}

impl<N: MessageNumber> MessageSet<'_, N> {
    /// The set as a command takes it, or nothing if there are no messages.
    pub fn as_set(&self) -> Option<SequenceSet<'_, N>> {
        match &self.0 {
            Inner::Owned(set) => set.as_set(),
            Inner::Wire(set) => Some(*set),
        }
    }

    /// The messages of a command, for another one.
    pub(crate) fn to_owned(set: SequenceSet<'_, N>) -> MessageSet<'static, N> {
        MessageSet(if set.is_saved() {
            Inner::Wire(SequenceSet::SAVED)
        } else {
            Inner::Owned(set.into())
        })
    }

    /// The set for a command, which cannot be about nothing.
    pub(crate) fn required(&self) -> Result<SequenceSet<'_, N>, Error> {
        self.as_set().ok_or_else(empty_set)
    }
}

impl<N: MessageNumber> From<N> for MessageSet<'_, N> {
    fn from(number: N) -> Self {
        Self(Inner::Owned(SequenceSetBuf::from(number)))
    }
}

impl<N: MessageNumber> From<SequenceSetBuf<N>> for MessageSet<'_, N> {
    fn from(set: SequenceSetBuf<N>) -> Self {
        Self(Inner::Owned(set))
    }
}

impl<'a, N: MessageNumber> From<&'a SequenceSetBuf<N>> for MessageSet<'a, N> {
    fn from(set: &'a SequenceSetBuf<N>) -> Self {
        match set.as_set() {
            Some(set) => Self(Inner::Wire(set)),
            None => Self(Inner::Owned(SequenceSetBuf::new())),
        }
    }
}

impl<'a, N: MessageNumber> From<SequenceSet<'a, N>> for MessageSet<'a, N> {
    fn from(set: SequenceSet<'a, N>) -> Self {
        Self(Inner::Wire(set))
    }
}

impl<N: MessageNumber> From<&Numbers<N>> for MessageSet<'_, N> {
    fn from(numbers: &Numbers<N>) -> Self {
        Self(Inner::Owned(numbers.into()))
    }
}

impl<N: MessageNumber> From<&Found<N>> for MessageSet<'_, N> {
    fn from(found: &Found<N>) -> Self {
        (&found.all).into()
    }
}
