//! LIST, LSUB and STATUS.

use std::collections::{BTreeMap, BTreeSet};

use imap_proto::command::{
    BasicList, List as ListCommand, ListPattern, ListPatterns, ListReturnOption, ListSelectOption,
    Status as StatusCommand,
};
use imap_proto::response::{List, ListExtendedItem, MailboxStatus};
use imap_proto::{
    Flag, IString, MailboxAttribute, Response, Rights, StatusItem, StatusItemName, Uid,
};

use super::Session;
use super::list_pattern::matches;
use super::reply::{Answer, Call, Reply};
use crate::store::{self, MailboxId, SEPARATOR, Store};

/// What a LIST command selects.
#[derive(Default)]
struct Selection {
    recursive: bool,
    special_use: bool,
    subscribed: bool,
}

/// One LIST command, and what it is about.
struct Listing<'a> {
    selection: Selection,
    returns: &'a [ListReturnOption<'a>],
    /// Whether it has anything that RFC 3501 has not.
    extended: bool,
    names: Names,
}

impl Listing<'_> {
    /// Whether a name is one of those that are selected.
    fn is_wanted(&self, store: &Store, name: &str, id: Option<MailboxId>) -> bool {
        let mailbox = id.and_then(|id| store.mailbox(id));
        let has_use = mailbox.is_some_and(|mailbox| !mailbox.uses.is_empty());
        let is_subscribed = self.names.subscribed.contains(name);
        let is_there = id.is_some() || self.names.has_children(name);
        let Selection {
            special_use,
            subscribed,
            ..
        } = self.selection;
        let is_selected = if subscribed { is_subscribed } else { is_there };
        is_selected && (has_use || !special_use)
    }

    /// Whether a name is to be listed for the sake of those below it.
    fn is_wanted_below(&self, store: &Store, name: &str) -> bool {
        let mut below = self.names.below(name);
        self.selection.recursive && below.any(|(below, id)| self.is_wanted(store, below, *id))
    }

    fn tells_subscribed(&self) -> bool {
        self.selection.subscribed || self.returns.contains(&ListReturnOption::Subscribed)
    }
}

/// All names that can be listed.
struct Names {
    /// Mailboxes, and the names above them, which stand for no mailbox.
    all: BTreeMap<String, Option<MailboxId>>,
    subscribed: BTreeSet<String>,
}

impl Names {
    /// Whether there are names below this one, and not only those of subscriptions.
    fn has_children(&self, name: &str) -> bool {
        self.below(name).any(|(_, id)| id.is_some())
    }

    fn below(&self, name: &str) -> impl Iterator<Item = (&String, &Option<MailboxId>)> {
        let first = format!("{name}{SEPARATOR}");
        self.all
            .range(first.clone()..)
            .take_while(move |(below, _)| below.starts_with(&first))
    }
}

impl Session {
    /// [RFC 9051 section 6.3.9](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.9),
    /// [RFC 5258](https://www.rfc-editor.org/rfc/rfc5258)
    pub(super) fn list<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        list: &ListCommand<'a>,
    ) -> Answer<'a> {
        let patterns = match &list.patterns {
            ListPatterns::One(pattern) => std::slice::from_ref(pattern),
            ListPatterns::Several(patterns) => patterns,
        };
        let extended = list.select_options.is_some()
            || list.return_options.is_some()
            || matches!(list.patterns, ListPatterns::Several(_));
        // RFC 3501 section 6.3.8: an empty pattern asks for the delimiter.
        if let ([pattern], false) = (patterns, extended)
            && pattern.0.as_bytes().is_empty()
        {
            self.send_list(call, "", &[MailboxAttribute::NoSelect], &[]);
            return Ok(Reply::ok("LIST completed"));
        }
        let returns = list.return_options.unwrap_or_default();
        if returns.iter().any(is_unknown) {
            return Err(Reply::bad("this return option is not known here"));
        }
        let listing = Listing {
            selection: selection(list.select_options.unwrap_or_default())?,
            returns,
            extended,
            names: self.names(store)?,
        };
        let patterns = self.patterns(list.reference, patterns)?;
        for (name, id) in &listing.names.all {
            if patterns.iter().any(|pattern| matches(pattern, name)) {
                self.list_one(store, call, &listing, name, *id)?;
            }
        }
        Ok(Reply::ok("LIST completed"))
    }

    /// [RFC 3501 section 6.3.9](https://www.rfc-editor.org/rfc/rfc3501#section-6.3.9)
    pub(super) fn lsub<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        list: &BasicList<'a>,
    ) -> Answer<'a> {
        let account = store.account(self.user()?).ok_or(Reply::no_mailbox())?;
        let patterns = self.patterns(list.reference, &[list.pattern])?;
        let mut names = BTreeMap::new();
        for name in &account.subscriptions {
            add_with_parents(&mut names, name, Some(()));
        }
        for (name, subscribed) in names {
            if !patterns.iter().any(|pattern| matches(pattern, &name)) {
                continue;
            }
            // RFC 3501 section 6.3.9: with `%`, a name above is told of, with \Noselect.
            let attributes: &[_] = match subscribed {
                Some(()) => &[],
                None if patterns.iter().any(|p| p.contains('%')) => &[MailboxAttribute::NoSelect],
                None => continue,
            };
            let response = self.list_response(call, &name, attributes, &[]);
            self.out.send(&Response::Lsub(response));
        }
        Ok(Reply::ok("LSUB completed"))
    }

    /// [RFC 9051 section 6.3.11](https://www.rfc-editor.org/rfc/rfc9051#section-6.3.11)
    pub(super) fn status<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        status: &StatusCommand<'a>,
    ) -> Answer<'a> {
        let (place, id) = self.lookup(store, status.mailbox, Rights::READ)?;
        self.send_status_of(store, call, &self.name_of(&place), id, status.items)?;
        Ok(Reply::ok("STATUS completed"))
    }

    /// Sends a LIST response.
    pub(super) fn send_list(
        &mut self,
        call: Call<'_>,
        name: &str,
        attributes: &[MailboxAttribute<'_>],
        extended: &[ListExtendedItem<'_>],
    ) {
        let list = self.list_response(call, name, attributes, extended);
        self.out.send(&Response::List(list));
    }

    fn list_response<'r>(
        &self,
        call: Call<'r>,
        name: &str,
        attributes: &'r [MailboxAttribute<'r>],
        extended: &'r [ListExtendedItem<'r>],
    ) -> List<'r> {
        List {
            attributes,
            delimiter: u8::try_from(SEPARATOR).ok(),
            mailbox: self.name_on_wire(call, name),
            extended,
        }
    }

    /// The patterns as text, with the reference in front.
    fn patterns(
        &self,
        reference: imap_proto::Mailbox<'_>,
        patterns: &[ListPattern<'_>],
    ) -> Result<Vec<String>, Reply<'static>> {
        let reference = self.text_of(reference)?;
        let full = |pattern: &ListPattern<'_>| {
            let pattern = self.text_of(pattern.0.into())?;
            Ok(format!("{reference}{pattern}"))
        };
        patterns.iter().map(full).collect()
    }

    fn names(&self, store: &Store) -> Result<Names, Reply<'static>> {
        let account = store.account(self.user()?).ok_or(Reply::no_mailbox())?;
        let mut all = BTreeMap::new();
        for name in &account.subscriptions {
            all.insert(name.clone(), None);
        }
        for (name, id) in self.visible(store) {
            add_with_parents(&mut all, &name, Some(id));
        }
        Ok(Names {
            all,
            subscribed: account.subscriptions.clone(),
        })
    }

    /// Tells of a name that fits the patterns, if it is one of those that are wanted.
    fn list_one(
        &mut self,
        store: &Store,
        call: Call<'_>,
        listing: &Listing<'_>,
        name: &str,
        id: Option<MailboxId>,
    ) -> Result<(), Reply<'static>> {
        let with_below = listing.is_wanted_below(store, name);
        if !listing.is_wanted(store, name, id) && !with_below {
            return Ok(());
        }
        let Names { subscribed, .. } = &listing.names;
        let mut attributes = vec![match listing.names.has_children(name) {
            true => MailboxAttribute::HasChildren,
            false => MailboxAttribute::HasNoChildren,
        }];
        match id {
            Some(_) => {}
            None if listing.extended || self.enabled.rev2 => {
                attributes.push(MailboxAttribute::NonExistent);
            }
            None => attributes.push(MailboxAttribute::NoSelect),
        }
        if listing.tells_subscribed() && subscribed.contains(name) {
            attributes.push(MailboxAttribute::Subscribed);
        }
        let mailbox = id.and_then(|id| store.mailbox(id));
        attributes.extend(mailbox.iter().flat_map(|mailbox| &mailbox.uses));
        let info = [IString::from("SUBSCRIBED")];
        let info = [ListExtendedItem::ChildInfo(&info)];
        let extended = if with_below { &info[..] } else { &[] };
        self.send_list(call, name, &attributes, extended);
        match id {
            Some(id) => self.list_more(store, call, listing.returns, name, id),
            None => Ok(()),
        }
    }

    /// What else is told of a mailbox that is listed.
    fn list_more(
        &mut self,
        store: &Store,
        call: Call<'_>,
        returns: &[ListReturnOption<'_>],
        name: &str,
        id: MailboxId,
    ) -> Result<(), Reply<'static>> {
        for option in returns {
            match option {
                ListReturnOption::Status(items) => {
                    self.send_status_of(store, call, name, id, items)?;
                }
                ListReturnOption::Metadata(entries) => {
                    let mailbox = self.name_on_wire(call, name);
                    self.list_metadata(store, mailbox, id, entries)?;
                }
                ListReturnOption::MyRights => {
                    let place = self.place(self.name_on_wire(call, name))?;
                    let rights = self.rights(store, &place.owner, id);
                    self.send_my_rights(call, name, rights);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn send_status_of(
        &mut self,
        store: &Store,
        call: Call<'_>,
        name: &str,
        id: MailboxId,
        names: &[StatusItemName<'_>],
    ) -> Result<(), Reply<'static>> {
        if names.contains(&StatusItemName::HighestModSeq) {
            self.enable_condstore(store);
        }
        let mailbox = store.mailbox(id).ok_or(Reply::no_mailbox())?;
        let object_id = call.mailbox_id(id);
        let mut items = Vec::new();
        for name in names {
            items.push(match name {
                StatusItemName::AppendLimit => {
                    StatusItem::AppendLimit(Some(self.shared.settings.append_limit))
                }
                StatusItemName::MailboxId => StatusItem::MailboxId(&object_id),
                _ => status_item(mailbox, *name)?,
            });
        }
        self.out.send(&Response::MailboxStatus(MailboxStatus {
            mailbox: self.name_on_wire(call, name),
            items: &items,
        }));
        Ok(())
    }
}

fn selection(options: &[ListSelectOption<'_>]) -> Result<Selection, Reply<'static>> {
    let mut selection = Selection::default();
    for option in options {
        match option {
            ListSelectOption::RecursiveMatch => selection.recursive = true,
            // There are no mailboxes elsewhere.
            ListSelectOption::Remote => {}
            ListSelectOption::SpecialUse => selection.special_use = true,
            ListSelectOption::Subscribed => selection.subscribed = true,
            _ => return Err(Reply::bad("this selection option is not known here")),
        }
    }
    Ok(selection)
}

const fn is_unknown(option: &ListReturnOption<'_>) -> bool {
    matches!(option, ListReturnOption::Other(_))
}

/// Adds a name, and those above it with nothing.
fn add_with_parents<T>(names: &mut BTreeMap<String, Option<T>>, name: &str, value: Option<T>) {
    for (end, _) in name.match_indices(SEPARATOR) {
        let above = name.get(..end).unwrap_or_default();
        names.entry(above.to_owned()).or_insert(None);
    }
    names.insert(name.to_owned(), value);
}

fn status_item<'a>(
    mailbox: &store::Mailbox,
    name: StatusItemName<'a>,
) -> Result<StatusItem<'a>, Reply<'static>> {
    let count = |wanted: &dyn Fn(&store::Message) -> bool| {
        let count = mailbox.messages().iter().filter(|m| wanted(m)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let is_deleted = |message: &store::Message| message.flags.contains(&Flag::Deleted);
    Ok(match name {
        StatusItemName::Deleted => StatusItem::Deleted(count(&is_deleted)),
        StatusItemName::DeletedStorage => {
            let deleted = mailbox.messages().iter().filter(|m| is_deleted(m));
            StatusItem::DeletedStorage(deleted.map(|m| m.mail.size()).sum())
        }
        StatusItemName::HighestModSeq => StatusItem::HighestModSeq(mailbox.highest_mod_seq()),
        StatusItemName::Messages => StatusItem::Messages(count(&|_| true)),
        StatusItemName::Recent => {
            let recent = mailbox.messages_from(mailbox.recent_from()).len();
            StatusItem::Recent(u32::try_from(recent).unwrap_or(u32::MAX))
        }
        StatusItemName::Size => StatusItem::Size(mailbox.size()),
        StatusItemName::UidNext => {
            StatusItem::UidNext(Uid::try_from(mailbox.uid_next()).unwrap_or(Uid::MAX))
        }
        StatusItemName::UidValidity => StatusItem::UidValidity(mailbox.uid_validity),
        StatusItemName::Unseen => StatusItem::Unseen(count(&|m| !m.flags.contains(&Flag::Seen))),
        _ => return Err(Reply::bad("this item is not known here")),
    })
}
