//! ESEARCH: searches of several mailboxes.
//!
//! [RFC 7377](https://www.rfc-editor.org/rfc/rfc7377)

use std::collections::BTreeSet;

use imap_proto::command::{Esearch as EsearchCommand, SearchReturnOption};
use imap_proto::response::{Esearch, SearchCorrelator};
use imap_proto::{Mailbox, MailboxFilter, Response, Rights};

use super::Session;
use super::reply::{Answer, Call, Reply};
use super::search::{Hits, Wanted};
use super::state::Selected;
use crate::search::return_data;
use crate::store::{INBOX, MailboxId, Store, is_below};

impl Session {
    /// [RFC 7377 section 2](https://www.rfc-editor.org/rfc/rfc7377#section-2)
    pub(super) fn esearch<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &EsearchCommand<'a>,
    ) -> Answer<'a> {
        let wanted = Wanted {
            options: command.return_options,
            charset: command.charset,
            keys: command.keys,
        };
        if !command.scope_options.is_empty() {
            return Err(Reply::bad("this scope option is not known here"));
        }
        let sources = match command.sources {
            [] => &[MailboxFilter::Selected],
            sources => sources,
        };
        self.check_sources(sources, &wanted)?;
        self.check_charset(wanted.charset)?;
        self.check_search(call, &wanted)?;
        let (mut looked_at, mut uses_mod_seq) = (0, false);
        for name in self.names_of(store, sources)? {
            let Some(id) = self.readable(store, &name) else {
                continue;
            };
            let hits = self.hits_of(store, call, id, &wanted)?;
            looked_at += hits.looked_at;
            uses_mod_seq |= hits.uses_mod_seq;
            self.save(wanted.options, || hits.found());
            self.send_hits(store, call, &name, id, &wanted, &hits);
        }
        self.tell_progress(call, looked_at);
        if uses_mod_seq {
            self.enable_condstore(store);
        }
        Ok(Reply::ok("ESEARCH completed"))
    }

    /// RFC 7377 2.2: what is selected has to be there, and only that can be saved.
    fn check_sources(
        &self,
        sources: &[MailboxFilter<'_>],
        wanted: &Wanted<'_>,
    ) -> Result<(), Reply<'static>> {
        let is_selected = |source: &MailboxFilter<'_>| matches!(source, MailboxFilter::Selected);
        if self.selected.is_none() && sources.iter().any(is_selected) {
            return Err(Reply::bad("select a mailbox first"));
        }
        let options = wanted.options.unwrap_or_default();
        if options.contains(&SearchReturnOption::Save) && !sources.iter().all(is_selected) {
            return Err(Reply::bad(
                "only what is found in the selected mailbox can be saved",
            ));
        }
        Ok(())
    }

    /// The mailboxes that are meant, each once, by the names that the user has for them; there need not be
    /// such mailboxes.
    ///
    /// [RFC 5465 section 6](https://www.rfc-editor.org/rfc/rfc5465#section-6)
    fn names_of(
        &self,
        store: &Store,
        sources: &[MailboxFilter<'_>],
    ) -> Result<BTreeSet<String>, Reply<'static>> {
        let user = self.user()?;
        let visible = self.visible(store);
        let account = store.account(user);
        let mut names = BTreeSet::new();
        for source in sources {
            match source {
                MailboxFilter::Inboxes => names.extend([INBOX.to_owned()]),
                MailboxFilter::Mailboxes(mailboxes) => names.extend(self.texts_of(mailboxes)?),
                MailboxFilter::Personal => {
                    names.extend(account.iter().flat_map(|a| a.folders.keys().cloned()));
                }
                MailboxFilter::Selected => {
                    let mut all = visible.iter();
                    let selected = all.find(|(_, id)| self.has_selected(**id));
                    names.extend(selected.map(|(name, _)| name.clone()));
                }
                MailboxFilter::Subscribed => {
                    let names_of_account = account.iter().flat_map(|a| a.subscriptions.iter());
                    let known = names_of_account.filter(|name| visible.contains_key(*name));
                    names.extend(known.cloned());
                }
                MailboxFilter::Subtree(mailboxes) | MailboxFilter::SubtreeOne(mailboxes) => {
                    let is_deep = matches!(source, MailboxFilter::Subtree(_));
                    for top in self.texts_of(mailboxes)? {
                        let below = visible.keys().filter(|name| is_in(name, &top, is_deep));
                        names.extend(below.cloned());
                    }
                }
                _ => return Err(Reply::bad("this kind of mailboxes is not known here")),
            }
        }
        Ok(names)
    }

    fn texts_of(&self, mailboxes: &[Mailbox<'_>]) -> Result<Vec<String>, Reply<'static>> {
        let places = mailboxes.iter().map(|mailbox| self.place(*mailbox));
        places.map(|place| Ok(self.name_of(&place?))).collect()
    }

    /// The mailbox with this name; nothing if the user may not read it.
    fn readable(&self, store: &Store, name: &str) -> Option<MailboxId> {
        let place = self.place_of_text(name).ok()?;
        let id = store.find(&place.owner, &place.name)?;
        let rights = self.rights(store, &place.owner, id);
        rights.contains(Rights::READ).then_some(id)
    }

    fn has_selected(&self, id: MailboxId) -> bool {
        let mut selected = self.selected.iter();
        selected.any(|selected| selected.id == id)
    }

    /// What is found in a mailbox: if it is selected, among the messages that the client knows.
    fn hits_of<'a, 'm>(
        &self,
        store: &'m Store,
        call: Call<'a>,
        id: MailboxId,
        wanted: &Wanted<'a>,
    ) -> Result<Hits<'m>, Reply<'a>> {
        match &self.selected {
            Some(selected) if selected.id == id => self.hits_in(store, call, selected, wanted),
            _ => {
                let mailbox = store.mailbox(id).ok_or(Reply::no_mailbox())?;
                let view = Selected::new(id, String::new(), mailbox);
                self.hits_in(store, call, &view, wanted)
            }
        }
    }

    /// RFC 7377 2.1: nothing is told of a mailbox where nothing is found.
    fn send_hits<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        name: &str,
        id: MailboxId,
        wanted: &Wanted<'a>,
        hits: &Hits<'_>,
    ) {
        let found = hits.found();
        let Some(mailbox) = store.mailbox(id).filter(|_| !found.is_empty()) else {
            return;
        };
        let options = wanted.options.unwrap_or_default();
        let uses_mod_seq = hits.uses_mod_seq;
        let data = return_data(options, &found, uses_mod_seq, |found| found.uid, call.arena);
        if let Some(data) = data {
            let correlators = &[
                SearchCorrelator::Tag(call.tag),
                SearchCorrelator::Mailbox(self.name_on_wire(call, name)),
                SearchCorrelator::UidValidity(mailbox.uid_validity),
            ];
            self.out
                .send(&Response::UidEsearch(Esearch { correlators, data }));
        }
    }
}

/// Whether a mailbox is this one, or below it: at any level, or at the next one.
fn is_in(name: &str, top: &str, is_deep: bool) -> bool {
    let level = |name: &str| name.matches('/').count();
    name == top || (is_below(name, top) && (is_deep || level(name) == level(top) + 1))
}
