//! What a session knows: who the client is, which mailbox is selected, and which messages it was told of.

use bytes::Bytes;
use imap_proto::{Bound, MessageNumber, SeqNum, SequenceSet, SequenceSetBuf, Uid, UidSetBuf};

use super::reply::Reply;
use crate::auth::Exchange;
use crate::store::{Mailbox, MailboxId};

/// What the next octets of the client are.
pub(super) enum Mode {
    Command,
    /// A response in the AUTHENTICATE exchange of the command with this tag.
    Sasl {
        tag: String,
        exchange: Box<dyn Exchange>,
    },
    /// The end of the IDLE with this tag.
    Idle {
        tag: String,
    },
}

/// A command that goes on once what it has said is sent.
pub(super) struct Work {
    /// The command.
    pub(super) frame: Bytes,
    /// The last message that it told of.
    pub(super) after: Uid,
    /// Whether some of the messages were gone.
    pub(super) missing: bool,
}

impl Work {
    /// Work on a command that is still to be put in.
    pub(super) const fn new(after: Uid, missing: bool) -> Self {
        Self {
            frame: Bytes::new(),
            after,
            missing,
        }
    }
}

/// Extensions that change what is sent once they are enabled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Enabled {
    /// MODSEQ in FETCH responses, RFC 7162.
    pub(super) condstore: bool,
    /// VANISHED in place of EXPUNGE, RFC 7162.
    pub(super) qresync: bool,
    /// IMAP4rev2, RFC 9051.
    pub(super) rev2: bool,
    /// No sequence numbers, RFC 9586.
    pub(super) uid_only: bool,
    /// UTF-8 in names and texts, RFC 6855.
    pub(super) utf8: bool,
}

/// The selected mailbox as the client sees it.
pub(super) struct Selected {
    pub(super) id: MailboxId,
    pub(super) owner: String,
    pub(super) read_only: bool,
    /// The messages that the client knows, by sequence number: the first is number 1.
    pub(super) uids: Vec<Uid>,
    /// Messages with this UID and later ones are new to the client.
    pub(super) uid_next: u32,
    /// The modification sequence up to which the client was told of flags.
    pub(super) told: u64,
    /// The same for messages that are gone.
    pub(super) expunged: u64,
    /// The messages that are recent for this session.
    pub(super) recent: UidSetBuf,
    /// What the last search with SAVE found, RFC 5182.
    pub(super) saved: UidSetBuf,
}

impl Selected {
    /// A mailbox as it is now, to be read only, and without messages that are recent.
    pub(super) fn new(id: MailboxId, owner: String, mailbox: &Mailbox) -> Self {
        Self {
            id,
            owner,
            read_only: true,
            uids: mailbox.messages().iter().map(|m| m.uid).collect(),
            uid_next: mailbox.uid_next(),
            told: mailbox.highest_mod_seq(),
            expunged: mailbox.highest_mod_seq(),
            recent: UidSetBuf::new(),
            saved: UidSetBuf::new(),
        }
    }

    /// How many messages the client knows.
    pub(super) fn exists(&self) -> u32 {
        u32::try_from(self.uids.len()).unwrap_or(u32::MAX)
    }

    /// The sequence number of a message.
    pub(super) fn seq(&self, uid: Uid) -> Option<SeqNum> {
        let place = self.uids.binary_search(&uid).ok()?;
        seq_of(place)
    }

    /// The places in [`uids`](Self::uids) of the messages that a set names, in order and each once.
    ///
    /// UIDs that nobody has are nothing; sequence numbers that are too large are wrong.
    pub(super) fn places<N: Numbering>(
        &self,
        set: SequenceSet<'_, N>,
    ) -> Result<Vec<usize>, Reply<'static>> {
        if set.is_saved() {
            return Ok(self.saved_places());
        }
        let mut places = Vec::new();
        for range in SequenceSetBuf::from(set).ranges() {
            let first = self.resolve(range.start);
            let last = self.resolve(range.end);
            let (Some(first), Some(last)) = (first, last) else {
                return N::if_missing().map_or(Ok(Vec::new()), Err);
            };
            let (first, last) = (first.min(last), first.max(last));
            let start = N::position(self, first);
            let end = N::position(self, last.saturating_add(1));
            if let (Some(wrong), true) = (N::if_missing(), last as usize > self.uids.len()) {
                return Err(wrong);
            }
            places.extend(start..end.max(start));
        }
        if places.windows(2).any(|pair| pair.first() >= pair.last()) {
            places.sort_unstable();
            places.dedup();
        }
        Ok(places)
    }

    /// The messages that a set names.
    pub(super) fn uids_of<N: Numbering>(
        &self,
        set: SequenceSet<'_, N>,
    ) -> Result<Vec<Uid>, Reply<'static>> {
        let places = self.places(set)?;
        Ok(places
            .iter()
            .filter_map(|p| self.uids.get(*p).copied())
            .collect())
    }

    fn saved_places(&self) -> Vec<usize> {
        let place = |(place, uid): (usize, &Uid)| self.saved.contains(*uid).then_some(place);
        self.uids.iter().enumerate().filter_map(place).collect()
    }

    /// A number; `*` is the last message, if there is one.
    fn resolve<N: Numbering>(&self, bound: Bound<N>) -> Option<u32> {
        match bound {
            Bound::Number(n) => Some(n.into()),
            Bound::Largest => N::largest(self),
        }
    }
}

/// How the numbers of a set find messages.
pub(super) trait Numbering: MessageNumber {
    /// How many messages come before this number.
    fn position(selected: &Selected, number: u32) -> usize;

    /// The number of the last message.
    fn largest(selected: &Selected) -> Option<u32>;

    /// What is said to a number that no message has.
    fn if_missing() -> Option<Reply<'static>>;
}

impl Numbering for Uid {
    fn position(selected: &Selected, number: u32) -> usize {
        selected.uids.partition_point(|uid| uid.get() < number)
    }

    fn largest(selected: &Selected) -> Option<u32> {
        selected.uids.last().map(|uid| uid.get())
    }

    fn if_missing() -> Option<Reply<'static>> {
        None
    }
}

impl Numbering for SeqNum {
    fn position(selected: &Selected, number: u32) -> usize {
        selected.uids.len().min(number.saturating_sub(1) as usize)
    }

    fn largest(selected: &Selected) -> Option<u32> {
        u32::try_from(selected.uids.len()).ok().filter(|n| *n > 0)
    }

    /// RFC 9051 section 9, `seq-number`: it is an error to name a message that is not there.
    fn if_missing() -> Option<Reply<'static>> {
        Some(Reply::bad("there is no message with this number"))
    }
}

/// The sequence number of the message at a place.
pub(super) fn seq_of(place: usize) -> Option<SeqNum> {
    SeqNum::try_from(u32::try_from(place).ok()? + 1).ok()
}
