//! One mailbox.

use std::collections::BTreeMap;
use std::sync::Arc;

use imap_proto::{Flag, Keyword, MailboxAttribute, Rights, Uid, UidSetBuf, UidValidity};

use super::changes::{Change, Changes, uids_of};
use super::flags::OwnedFlag;
use super::{Annotations, FlagAction, Flags, Message, NewMessage, SessionId};

/// A mailbox with its messages.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(crate) uid_validity: UidValidity,
    /// Whether it has no name any more, and is there only for sessions that have it selected.
    pub(crate) deleted: bool,
    /// What the mailbox is for, RFC 6154.
    pub(crate) uses: Vec<MailboxAttribute<'static>>,
    /// Who has which rights, RFC 4314; the owner, who is not in it, has all.
    pub(crate) acl: BTreeMap<String, Rights>,
    /// RFC 5464.
    pub(crate) annotations: Annotations,
    /// In the order of their UIDs.
    messages: Vec<Message>,
    /// How many octets they have together.
    octets: u64,
    uid_next: u32,
    /// The first message that no session has had as recent.
    recent_from: u32,
    highest_mod_seq: u64,
    flag_changes: Changes,
    expunges: Changes,
    keywords: Vec<Arc<str>>,
}

impl Mailbox {
    pub(super) fn new(uid_validity: UidValidity) -> Self {
        Self {
            uid_validity,
            deleted: false,
            uses: Vec::new(),
            acl: BTreeMap::new(),
            annotations: Annotations::default(),
            octets: 0,
            messages: Vec::new(),
            uid_next: 1,
            recent_from: 1,
            highest_mod_seq: 1,
            flag_changes: Changes::default(),
            expunges: Changes::default(),
            keywords: Vec::new(),
        }
    }

    /// Puts a message in, and tells its UID.
    pub(crate) fn append(&mut self, new: NewMessage) -> Uid {
        // cannot fail: a mailbox of 2^32 messages does not fit into memory
        let uid = Uid::try_from(self.uid_next).unwrap_or(Uid::MAX);
        self.uid_next = self.uid_next.saturating_add(1);
        self.highest_mod_seq += 1;
        let mut flags = Flags::default();
        let own = |flag: &OwnedFlag| OwnedFlag::new(&flag.as_flag()?, &mut self.keywords);
        let own: Vec<OwnedFlag> = new.flags.iter().filter_map(own).collect();
        flags.change(FlagAction::Add, &own);
        self.octets += new.mail.size();
        self.messages.push(Message {
            uid,
            mod_seq: self.highest_mod_seq,
            flags,
            internal_date: new.internal_date,
            save_date: new.save_date,
            mail: new.mail,
        });
        uid
    }

    /// The flags as this mailbox keeps them.
    pub(crate) fn own_flags(&mut self, flags: &[Flag<'_>]) -> Vec<OwnedFlag> {
        let own = |flag: &Flag<'_>| OwnedFlag::new(flag, &mut self.keywords);
        flags.iter().filter_map(own).collect()
    }

    /// Changes the flags of these messages, and tells which of them changed.
    pub(crate) fn change_flags(
        &mut self,
        uids: &[Uid],
        action: FlagAction,
        flags: &[OwnedFlag],
        by: SessionId,
    ) -> Vec<Uid> {
        let mod_seq = self.highest_mod_seq + 1;
        let mut changed = Vec::new();
        for &uid in uids {
            let Some(message) = self.find_mut(uid) else {
                continue;
            };
            if message.flags.change(action, flags) {
                message.mod_seq = mod_seq;
                changed.push(uid);
            }
        }
        if let Some(change) = self.change(&changed, by) {
            self.flag_changes.push(change);
        }
        changed
    }

    /// Removes the messages for which `is_gone` holds, and tells which they were.
    pub(crate) fn expunge_where(
        &mut self,
        by: SessionId,
        mut is_gone: impl FnMut(&Message) -> bool,
    ) -> Vec<Uid> {
        let mut gone = Vec::new();
        let octets = &mut self.octets;
        self.messages.retain(|message| {
            let stays = !is_gone(message);
            if !stays {
                *octets -= message.mail.size();
                gone.push(message.uid);
            }
            stays
        });
        self.log_expunged(&gone, by);
        gone
    }

    /// Removes all messages and gives them.
    pub(super) fn take_all(&mut self, by: SessionId) -> Vec<Message> {
        let messages = std::mem::take(&mut self.messages);
        self.octets = 0;
        let uids: Vec<Uid> = messages.iter().map(|message| message.uid).collect();
        self.log_expunged(&uids, by);
        messages
    }

    /// The first of the messages that are recent for whoever asks now; no one else gets them.
    pub(super) fn take_recent(&mut self) -> u32 {
        std::mem::replace(&mut self.recent_from, self.uid_next)
    }

    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// The messages with this UID and later ones.
    pub(crate) fn messages_from(&self, uid: u32) -> &[Message] {
        let start = self.messages.partition_point(|m| m.uid.get() < uid);
        self.messages.get(start..).unwrap_or_default()
    }

    pub(crate) fn find(&self, uid: Uid) -> Option<&Message> {
        let place = self.messages.binary_search_by_key(&uid, |m| m.uid).ok()?;
        self.messages.get(place)
    }

    /// What the next message will get.
    pub(crate) const fn uid_next(&self) -> u32 {
        self.uid_next
    }

    pub(crate) const fn recent_from(&self) -> u32 {
        self.recent_from
    }

    pub(crate) const fn highest_mod_seq(&self) -> u64 {
        self.highest_mod_seq
    }

    /// The messages whose flags have changed behind this modification sequence, but for those that a
    /// session changed itself; too many if that is long ago.
    pub(crate) fn flags_changed_since(&self, mod_seq: u64, itself: SessionId) -> UidSetBuf {
        if let Some(changes) = self.flag_changes.since(mod_seq) {
            return uids_of(changes.filter(|change| change.by != itself));
        }
        let messages = self.messages.iter();
        let changed = messages.filter(|message| message.mod_seq > mod_seq);
        changed.map(|message| message.uid).collect()
    }

    /// The messages that have gone behind this modification sequence; if that is long ago, all that ever
    /// have gone.
    ///
    /// [RFC 7162 section 3.2.6](https://www.rfc-editor.org/rfc/rfc7162#section-3.2.6)
    pub(crate) fn gone_since(&self, mod_seq: u64) -> UidSetBuf {
        if let Some(expunges) = self.expunges.since(mod_seq) {
            return uids_of(expunges);
        }
        let Ok(last) = Uid::try_from(self.uid_next - 1) else {
            return UidSetBuf::new();
        };
        let present: UidSetBuf = self.messages.iter().map(|message| message.uid).collect();
        UidSetBuf::range(Uid::MIN, last).difference(&present)
    }

    /// What somebody may do here who is not the owner.
    ///
    /// [RFC 4314 section 2](https://www.rfc-editor.org/rfc/rfc4314#section-2)
    pub(crate) fn rights_of(&self, user: &str) -> Rights {
        let of = |name: &str| self.acl.get(name).copied().unwrap_or_default();
        let granted = of(user).with(of("anyone"));
        granted
            .without(of(&format!("-{user}")))
            .without(of("-anyone"))
    }

    /// All flags that messages can have or have had here.
    pub(crate) fn known_flags(&self) -> impl Iterator<Item = Flag<'_>> {
        let keywords = self.keywords.iter().filter_map(|name| as_keyword(name));
        SYSTEM_FLAGS.into_iter().chain(keywords)
    }

    /// How many octets the messages have.
    pub(crate) const fn size(&self) -> u64 {
        self.octets
    }

    fn find_mut(&mut self, uid: Uid) -> Option<&mut Message> {
        let place = self.messages.binary_search_by_key(&uid, |m| m.uid).ok()?;
        self.messages.get_mut(place)
    }

    fn log_expunged(&mut self, uids: &[Uid], by: SessionId) {
        if let Some(change) = self.change(uids, by) {
            self.expunges.push(change);
        }
    }

    /// A change of these messages, which has the next modification sequence; nothing if there are none.
    fn change(&mut self, uids: &[Uid], by: SessionId) -> Option<Change> {
        if uids.is_empty() {
            return None;
        }
        self.highest_mod_seq += 1;
        Some(Change {
            mod_seq: self.highest_mod_seq,
            uids: uids.iter().copied().collect(),
            by,
        })
    }
}

fn as_keyword(name: &str) -> Option<Flag<'_>> {
    Keyword::new(name).ok().map(Flag::Keyword)
}

const SYSTEM_FLAGS: [Flag<'static>; 5] = [
    Flag::Answered,
    Flag::Flagged,
    Flag::Deleted,
    Flag::Seen,
    Flag::Draft,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared;

    const ME: SessionId = SessionId::new(1);
    const OTHER: SessionId = SessionId::new(2);

    fn uid(number: u32) -> Uid {
        Uid::try_from(number).unwrap()
    }

    fn mailbox(messages: u32) -> Mailbox {
        let mut mailbox = Mailbox::new(UidValidity::MIN);
        let new = NewMessage::incoming("x".into(), shared::now());
        for _ in 0..messages {
            mailbox.append(new.clone());
        }
        mailbox
    }

    #[test]
    fn ok_old_expunges_are_forgotten() {
        let mut mailbox = mailbox(30_000);
        let begin = mailbox.highest_mod_seq();
        mailbox.expunge_where(ME, |message| message.uid.get() % 2 == 1);
        // As much as is needed by who was there last is always known.
        assert_eq!(mailbox.gone_since(begin).len(), Some(15_000));
        let later = mailbox.highest_mod_seq();
        mailbox.expunge_where(ME, |message| message.uid == uid(2));
        assert_eq!(mailbox.gone_since(later).to_string(), "2");
        assert_eq!(mailbox.gone_since(mailbox.highest_mod_seq()).len(), Some(0));
        let gone = mailbox.gone_since(later - 1);
        assert_eq!(gone.len(), Some(15_001));
        assert!(gone.contains(uid(2)) && gone.contains(uid(29_999)));
    }

    #[test]
    fn ok_old_changes_of_flags_are_forgotten() {
        let mut mailbox = mailbox(30_000);
        let begin = mailbox.highest_mod_seq();
        let flags = mailbox.own_flags(&[Flag::Seen]);
        let odd: Vec<Uid> = (1..30_000).step_by(2).map(uid).collect();
        mailbox.change_flags(&odd, FlagAction::Add, &flags, ME);
        assert_eq!(
            mailbox.flags_changed_since(begin, OTHER).len(),
            Some(15_000)
        );
        assert!(mailbox.flags_changed_since(begin, ME).is_empty());
        let later = mailbox.highest_mod_seq();
        mailbox.change_flags(&[uid(2)], FlagAction::Add, &flags, OTHER);
        assert_eq!(mailbox.flags_changed_since(later, ME).to_string(), "2");
        let changed = mailbox.flags_changed_since(begin, ME);
        assert_eq!(changed.len(), Some(15_001));
    }
}
