//! The messages of a mailbox as they were seen last.

use std::collections::HashMap;

use imap_client::blocking::Client;
use imap_client::{Query, Selected};
use imap_proto::command::FetchModifier;
use imap_proto::{Capability, FetchItemName, Uid, UidSetBuf, UidValidity};

use crate::error::Failure;
use crate::message;

/// The messages of a mailbox: the UID of each by its number, and flags.
#[derive(Debug)]
pub(crate) struct Known {
    validity: Option<UidValidity>,
    pub(crate) uids: Vec<Uid>,
    /// Those of all messages, or of those that changed if the server can tell which did.
    flags: HashMap<Uid, Vec<String>>,
    /// The highest modification sequence when the mailbox was opened, if the server has such.
    mod_seq: Option<u64>,
}

/// What happened since a mailbox was seen last.
#[derive(Debug, Default)]
pub(crate) struct Meanwhile {
    pub(crate) gone: Vec<Uid>,
    /// Messages with other flags, in the order of their UIDs.
    pub(crate) flags: Vec<(Uid, Vec<String>)>,
}

impl Known {
    /// Looks at a mailbox that was selected just now.
    pub(crate) fn look(client: &mut Client, selected: &Selected) -> Result<Self, Failure> {
        let has_mod_seqs = client.state().has(Capability::CondStore);
        let mut known = Self {
            validity: selected.uid_validity,
            uids: Vec::new(),
            flags: HashMap::new(),
            mod_seq: selected.highest_mod_seq.filter(|_| has_mod_seqs),
        };
        if selected.exists == 0 {
            return Ok(known);
        }
        if known.mod_seq.is_some() {
            known.uids = client.uid_search(&Query::all())?.all.iter().collect();
        } else {
            client.uid_fetch_each(everything(), &[FetchItemName::Flags], |fetch| {
                if let (Some(uid), Some(flags)) = (fetch.uid(), fetch.flags()) {
                    known.flags.insert(uid, message::flags(flags));
                }
            })?;
            known.uids = known.flags.keys().copied().collect();
        }
        known.uids.sort_unstable();
        Ok(known)
    }

    /// Whether the UIDs mean the same.
    pub(crate) fn is_of(&self, selected: &Selected) -> bool {
        self.validity == selected.uid_validity
    }

    /// Takes note of the flags of a message.
    pub(crate) fn set_flags(&mut self, uid: Uid, flags: &[String]) {
        self.flags.insert(uid, flags.to_vec());
    }

    /// Finds what happened since `before`, and forgets messages that were not there by then.
    pub(crate) fn compare(
        &mut self,
        mut before: Self,
        client: &mut Client,
    ) -> Result<Meanwhile, Failure> {
        let is_here = |uid: &Uid| self.uids.binary_search(uid).is_ok();
        let (left, gone): (Vec<Uid>, Vec<Uid>) = before.uids.iter().partition(|uid| is_here(uid));
        let mut changed = match (before.mod_seq, self.mod_seq) {
            (Some(since), Some(_)) if !left.is_empty() => changed(client, since)?,
            (Some(_), _) => HashMap::new(),
            (None, _) => std::mem::take(&mut self.flags),
        };
        let mut flags = Vec::new();
        for uid in &left {
            let was = before.flags.remove(uid);
            let is = changed.remove(uid);
            if let Some(is) = &is
                && was.as_ref().is_none_or(|was| !is_same(was, is))
            {
                flags.push((*uid, is.clone()));
            }
            if let Some(flags) = is.or(was) {
                self.flags.insert(*uid, flags);
            }
        }
        self.uids = left;
        Ok(Meanwhile { gone, flags })
    }
}

/// The flags of the messages that changed since then.
fn changed(client: &mut Client, since: u64) -> Result<HashMap<Uid, Vec<String>>, Failure> {
    let since = FetchModifier::ChangedSince(since);
    let fetched = client.uid_fetch_with(everything(), &[FetchItemName::Flags], &[since])?;
    let flags = fetched
        .by_uid()
        .filter_map(|fetch| Some((fetch.number, message::flags(fetch.flags()?))));
    Ok(flags.collect())
}

/// Whether flags are the same in whatever order.
fn is_same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().all(|flag| b.contains(flag))
}

fn everything() -> UidSetBuf {
    UidSetBuf::starting_at(Uid::MIN)
}
