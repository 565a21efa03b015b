//! FETCH.

use imap_proto::command::{Fetch as FetchCommand, FetchModifier};
use imap_proto::response::{Fetch, Vanished};
use imap_proto::{
    Arena, Code, FetchItem, FetchItemName, FetchItems, Flag, MessageNumber, PartialRange, Response,
    SequenceSet, Uid, UidSetBuf,
};

use super::Session;
use super::item::item;
use super::reply::{Answer, Reply};
use super::state::{Numbering, Selected, Work};
use crate::search::part;
use crate::store::{FlagAction, Message, Store};

/// What the modifiers of a FETCH say.
#[derive(Clone, Copy, Default)]
struct Modifiers {
    changed_since: Option<u64>,
    partial: Option<PartialRange>,
    vanished: bool,
}

impl Session {
    /// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
    ///
    /// There is no answer yet where the output has grown so much that it is to be sent first.
    pub(super) fn fetch<N: Numbering>(
        &mut self,
        store: &mut Store,
        command: &FetchCommand<'_, N>,
    ) -> Option<Answer<'static>> {
        self.fetch_some(store, command).transpose()
    }

    fn fetch_some<N: Numbering>(
        &mut self,
        store: &mut Store,
        command: &FetchCommand<'_, N>,
    ) -> Result<Option<Reply<'static>>, Reply<'static>> {
        let modifiers = self.fetch_modifiers::<N>(command.modifiers)?;
        let mut names = item_names(command.items);
        let by_uid = N::COMMAND_PREFIX == Uid::COMMAND_PREFIX;
        if by_uid && !names.contains(&FetchItemName::Uid) {
            names.insert(0, FetchItemName::Uid);
        }
        if modifiers.changed_since.is_some() && !names.contains(&FetchItemName::ModSeq) {
            names.push(FetchItemName::ModSeq);
        }
        if names.contains(&FetchItemName::ModSeq) {
            self.enable_condstore(store);
        }
        let Some(selected) = self.selected.take() else {
            return Err(Reply::bad("select a mailbox first"));
        };
        let answer = self.fetch_from(store, &selected, command.set, &names, modifiers);
        self.selected = Some(selected);
        answer
    }

    fn fetch_modifiers<N: Numbering>(
        &self,
        modifiers: &[FetchModifier<'_>],
    ) -> Result<Modifiers, Reply<'static>> {
        let mut read = Modifiers::default();
        for modifier in modifiers {
            match modifier {
                FetchModifier::ChangedSince(mod_seq) => read.changed_since = Some(*mod_seq),
                FetchModifier::Partial(range) => read.partial = Some(*range),
                FetchModifier::Vanished => read.vanished = true,
                _ => return Err(Reply::bad("this modifier of FETCH is not known here")),
            }
        }
        // RFC 7162 section 3.2.6
        let by_uid = !N::COMMAND_PREFIX.is_empty();
        let allowed = by_uid && self.enabled.qresync && read.changed_since.is_some();
        if read.vanished && !allowed {
            return Err(Reply::bad(
                "VANISHED needs UID FETCH, CHANGEDSINCE and QRESYNC",
            ));
        }
        Ok(read)
    }

    fn fetch_from<N: Numbering>(
        &mut self,
        store: &mut Store,
        selected: &Selected,
        set: SequenceSet<'_, N>,
        names: &[FetchItemName<'_>],
        modifiers: Modifiers,
    ) -> Result<Option<Reply<'static>>, Reply<'static>> {
        let resumed = self.work.take();
        let mut uids = selected.uids_of(set)?;
        if let (Some(mailbox), Some(since)) = (store.mailbox(selected.id), modifiers.changed_since)
        {
            if modifiers.vanished && resumed.is_none() {
                let gone = mailbox.gone_since(since);
                self.send_vanished(&gone.intersection(&uids_of_set(set)), true);
            }
            uids.retain(|uid| mailbox.find(*uid).is_some_and(|m| m.mod_seq > since));
        }
        if let Some(range) = modifiers.partial {
            uids = part(&uids, range).to_vec();
        }
        let (mut uids, limit) = self.limited(uids);
        let mut missing = resumed.as_ref().is_some_and(|work| work.missing);
        if let Some(work) = resumed {
            uids.retain(|uid| *uid > work.after);
        }
        let sees = !selected.read_only && names.iter().any(sets_seen);
        let mut arena = Arena::new();
        for uid in uids {
            let newly_seen = sees && self.see(store, selected, uid);
            let mailbox = store.mailbox(selected.id);
            let Some(message) = mailbox.and_then(|mailbox| mailbox.find(uid)) else {
                missing = true;
                continue;
            };
            self.send_items(selected, message, names, newly_seen, &arena)?;
            arena.reset_within(MAX_ARENA);
            if self.out.len() >= MAX_OUTPUT {
                self.work = Some(Work::new(uid, missing));
                return Ok(None);
            }
        }
        let gone = Reply::ok("some of the messages are gone").with_code(Code::ExpungeIssued);
        let end = limit.or_else(|| missing.then_some(gone));
        Ok(Some(end.unwrap_or(Reply::ok("FETCH completed"))))
    }

    /// Gives a message the flag `\Seen`, and tells whether it had it not.
    fn see(&self, store: &mut Store, selected: &Selected, uid: Uid) -> bool {
        let unseen = store
            .mailbox(selected.id)
            .and_then(|mailbox| mailbox.find(uid))
            .is_some_and(|message| !message.flags.contains(&Flag::Seen));
        let rights = self.rights(store, &selected.owner, selected.id);
        if !unseen || !rights.contains(imap_proto::Rights::SEEN) {
            return false;
        }
        if let Some(mailbox) = store.mailbox_mut(selected.id) {
            let seen = mailbox.own_flags(&[Flag::Seen]);
            mailbox.change_flags(&[uid], FlagAction::Add, &seen, self.id);
        }
        true
    }

    fn send_items(
        &mut self,
        selected: &Selected,
        message: &Message,
        names: &[FetchItemName<'_>],
        with_flags: bool,
        arena: &Arena,
    ) -> Result<(), Reply<'static>> {
        let flags = self.flags(selected, message);
        let mut items = Vec::with_capacity(names.len() + 2);
        for name in names {
            items.push(item(message, &flags, name, arena)?);
        }
        if with_flags {
            if !names.contains(&FetchItemName::Flags) {
                items.push(FetchItem::Flags(&flags));
            }
            if self.enabled.condstore && !names.contains(&FetchItemName::ModSeq) {
                items.push(FetchItem::ModSeq(message.mod_seq));
            }
        }
        self.send_fetch(selected, message.uid, &items);
        Ok(())
    }

    /// Tells items of a message, by its number or, with UIDONLY, by its UID.
    pub(super) fn send_fetch(&mut self, selected: &Selected, uid: Uid, items: &[FetchItem<'_>]) {
        if self.enabled.uid_only {
            let is_uid = |item: &FetchItem<'_>| matches!(item, FetchItem::Uid(_));
            let items: Vec<_> = items.iter().filter(|i| !is_uid(i)).copied().collect();
            if !items.is_empty() {
                let items = &items;
                self.out
                    .send(&Response::UidFetch(Fetch { number: uid, items }));
            }
        } else if let Some(number) = selected.seq(uid)
            && !items.is_empty()
        {
            self.out.send(&Response::Fetch(Fetch { number, items }));
        }
    }

    /// Tells which messages are gone, if there are such.
    pub(super) fn send_vanished(&mut self, uids: &UidSetBuf, earlier: bool) {
        if let Some(uids) = uids.as_set() {
            self.out
                .send(&Response::Vanished(Vanished { earlier, uids }));
        }
    }

    /// As many of the messages as the server takes at once, from the last one down, and what is said if
    /// those are not all.
    ///
    /// [RFC 9738](https://www.rfc-editor.org/rfc/rfc9738)
    pub(super) fn limited(&self, mut uids: Vec<Uid>) -> (Vec<Uid>, Option<Reply<'static>>) {
        let Some(limit) = self.shared.settings.message_limit else {
            return (uids, None);
        };
        let Some(more) = uids
            .len()
            .checked_sub(limit.get() as usize)
            .filter(|n| *n > 0)
        else {
            return (uids, None);
        };
        uids.drain(..more);
        let code = imap_proto::response::MessageLimit {
            limit,
            uid: uids.first().copied(),
        };
        let reply = Reply::ok("there are more messages").with_code(Code::MessageLimit(code));
        (uids, Some(reply))
    }
}

/// The UIDs that a set of UIDs names, whether there are such messages or not.
fn uids_of_set<N: Numbering>(set: SequenceSet<'_, N>) -> UidSetBuf {
    // cannot fail: sets of UIDs are written as sets of UIDs are read
    set.to_string().parse().unwrap_or_default()
}

/// The items that are asked for, each once.
fn item_names(items: FetchItems<'_>) -> Vec<FetchItemName<'_>> {
    const FAST: [FetchItemName<'static>; 3] = [
        FetchItemName::Flags,
        FetchItemName::InternalDate,
        FetchItemName::Rfc822Size,
    ];
    let more: &[FetchItemName<'_>] = match items {
        FetchItems::Fast => &[],
        FetchItems::All => &[FetchItemName::Envelope],
        FetchItems::Full => &[FetchItemName::Envelope, FetchItemName::Body],
        FetchItems::List(names) => {
            let mut once = Vec::new();
            for name in names {
                if !once.contains(name) {
                    once.push(*name);
                }
            }
            return once;
        }
    };
    FAST.iter().chain(more).copied().collect()
}

/// Whether to fetch an item makes a message seen.
fn sets_seen(name: &FetchItemName<'_>) -> bool {
    match name {
        FetchItemName::Binary { peek, .. } | FetchItemName::BodySection { peek, .. } => !peek,
        FetchItemName::Rfc822 | FetchItemName::Rfc822Text => true,
        _ => false,
    }
}

/// How much is collected before it is sent, in octets.
const MAX_OUTPUT: usize = 256 << 10;

/// The memory that is kept from one message to the next, in octets.
const MAX_ARENA: usize = 1 << 20;
