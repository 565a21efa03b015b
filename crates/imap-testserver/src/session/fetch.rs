//! FETCH.

use imap_proto::command::{Fetch as FetchCommand, FetchModifier};
use imap_proto::response::Fetch;
use imap_proto::{Arena, Code, FetchItem, FetchItemName, FetchItems, Flag, Response, Uid};

use super::Session;
use super::item::item;
use super::reply::{Answer, Reply};
use super::state::{Numbering, Selected};
use crate::search::part;
use crate::store::{FlagAction, Message, Store};

impl Session {
    /// [RFC 9051 section 6.4.5](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.5)
    pub(super) fn fetch<N: Numbering>(
        &mut self,
        store: &mut Store,
        command: &FetchCommand<'_, N>,
    ) -> Answer<'static> {
        let Some(selected) = self.selected.take() else {
            return Err(Reply::bad("select a mailbox first"));
        };
        let answer = self.fetch_from(store, &selected, command);
        self.selected = Some(selected);
        answer
    }

    fn fetch_from<N: Numbering>(
        &mut self,
        store: &mut Store,
        selected: &Selected,
        command: &FetchCommand<'_, N>,
    ) -> Answer<'static> {
        let uids = modified(selected.uids_of(command.set)?, command.modifiers)?;
        let mut names = item_names(command.items);
        if N::COMMAND_PREFIX == "UID " && !names.contains(&FetchItemName::Uid) {
            names.insert(0, FetchItemName::Uid);
        }
        let sees = !selected.read_only && names.iter().any(sets_seen);
        let mut missing = false;
        let mut arena = Arena::new();
        for uid in uids {
            let newly_seen = sees && self.see(store, selected, uid);
            let mailbox = store.mailbox(selected.id);
            let Some(message) = mailbox.and_then(|mailbox| mailbox.find(uid)) else {
                missing = true;
                continue;
            };
            self.send_items(selected, message, &names, newly_seen, &arena)?;
            arena.reset_within(MAX_ARENA);
        }
        Ok(match missing {
            true => Reply::ok("some of the messages are gone").with_code(Code::ExpungeIssued),
            false => Reply::ok("FETCH completed"),
        })
    }

    /// Gives a message the flag `\Seen`, and tells whether it had it not.
    fn see(&self, store: &mut Store, selected: &Selected, uid: Uid) -> bool {
        let unseen = store
            .mailbox(selected.id)
            .and_then(|mailbox| mailbox.find(uid))
            .is_some_and(|message| !message.flags.contains(&Flag::Seen));
        if unseen && let Some(mailbox) = store.mailbox_mut(selected.id) {
            let seen = mailbox.own_flags(&[Flag::Seen]);
            mailbox.change_flags(&[uid], FlagAction::Add, &seen, self.id);
        }
        unseen
    }

    fn send_items(
        &mut self,
        selected: &Selected,
        message: &Message,
        names: &[FetchItemName<'_>],
        with_flags: bool,
        arena: &Arena,
    ) -> Result<(), Reply<'static>> {
        let Some(number) = selected.seq(message.uid) else {
            return Ok(());
        };
        let flags = self.flags(selected, message);
        let mut items = Vec::with_capacity(names.len() + 1);
        for name in names {
            items.push(item(message, &flags, name, arena)?);
        }
        if with_flags && !names.contains(&FetchItemName::Flags) {
            items.push(FetchItem::Flags(&flags));
        }
        let items = &items;
        self.out.send(&Response::Fetch(Fetch { number, items }));
        Ok(())
    }
}

/// The messages that modifiers leave of those that were named.
fn modified(
    mut uids: Vec<Uid>,
    modifiers: &[FetchModifier<'_>],
) -> Result<Vec<Uid>, Reply<'static>> {
    for modifier in modifiers {
        match modifier {
            FetchModifier::Partial(range) => uids = part(&uids, *range).to_vec(),
            _ => return Err(Reply::bad("this modifier of FETCH is not known here")),
        }
    }
    Ok(uids)
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

/// The memory that is kept from one message to the next, in octets.
const MAX_ARENA: usize = 1 << 20;
