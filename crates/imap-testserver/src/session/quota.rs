//! GETQUOTA, GETQUOTAROOT and SETQUOTA: each user has one quota root, which has his name.
//!
//! [RFC 9208](https://www.rfc-editor.org/rfc/rfc9208)

use imap_proto::command::{GetQuota, GetQuotaRoot, SetQuota};
use imap_proto::response::{Quota, QuotaRoot, QuotaUsage};
use imap_proto::{Code, IString, QuotaResource, Response, Rights};

use super::Session;
use super::access::not_allowed;
use super::reply::{Answer, Call, Reply};
use crate::store::{Limits, Store};

impl Session {
    pub(super) fn get_quota(&mut self, store: &Store, command: &GetQuota<'_>) -> Answer<'static> {
        let root = self.own_root(command.root)?;
        self.send_quota(store, &root);
        Ok(Reply::ok("GETQUOTA completed"))
    }

    pub(super) fn get_quota_root<'a>(
        &mut self,
        store: &Store,
        call: Call<'a>,
        command: &GetQuotaRoot<'a>,
    ) -> Answer<'a> {
        let (place, _) = self.lookup(store, command.mailbox, Rights::READ)?;
        let is_limited = store.account(&place.owner).is_some_and(|a| a.limits.any());
        let root = [IString::from(place.owner.as_str())];
        self.out.send(&Response::QuotaRoot(QuotaRoot {
            mailbox: self.name_on_wire(call, &self.name_of(&place)),
            roots: if is_limited { &root } else { &[] },
        }));
        if is_limited {
            self.send_quota(store, &place.owner);
        }
        Ok(Reply::ok("GETQUOTAROOT completed"))
    }

    /// Limits that are not named are lifted.
    pub(super) fn set_quota(
        &mut self,
        store: &mut Store,
        command: &SetQuota<'_>,
    ) -> Answer<'static> {
        let root = self.own_root(command.root)?;
        let mut limits = Limits::default();
        for limit in command.limits {
            match limit.resource {
                QuotaResource::Message => limits.messages = Some(limit.limit),
                QuotaResource::Storage => limits.storage = Some(limit.limit),
                _ => return Err(Reply::no("this resource is not limited here")),
            }
        }
        let account = store.account_mut(&root).ok_or(no_root())?;
        account.limits = limits;
        self.send_quota(store, &root);
        Ok(Reply::ok("SETQUOTA completed"))
    }

    /// The quota root of the user, which is the only one that he may see.
    fn own_root(&self, root: IString<'_>) -> Result<String, Reply<'static>> {
        let user = self.user()?;
        match root == *user {
            true => Ok(user.to_owned()),
            false => Err(not_allowed()),
        }
    }

    fn send_quota(&mut self, store: &Store, user: &str) {
        let Some(account) = store.account(user) else {
            return;
        };
        let usage = store.usage(user);
        let of = |resource, usage, limit: Option<u64>| {
            limit.map(|limit| QuotaUsage {
                resource,
                usage,
                limit,
            })
        };
        let Limits { storage, messages } = account.limits;
        let resources: Vec<_> = [
            of(QuotaResource::Storage, usage.octets.div_ceil(1024), storage),
            of(QuotaResource::Message, usage.messages, messages),
        ]
        .into_iter()
        .flatten()
        .collect();
        self.out.send(&Response::Quota(Quota {
            root: user.into(),
            resources: &resources,
        }));
    }
}

/// Whether a user has room for more; `octets` is the size of all that comes.
pub(super) fn check_room(
    store: &Store,
    user: &str,
    messages: usize,
    octets: u64,
) -> Result<(), Reply<'static>> {
    let limits = store.account(user).map(|a| a.limits).unwrap_or_default();
    if !limits.any() {
        return Ok(());
    }
    let usage = store.usage(user);
    let storage = (usage.octets + octets).div_ceil(1024);
    let is_over = |limit: Option<u64>, wanted| limit.is_some_and(|limit| wanted > limit);
    if is_over(limits.storage, storage)
        || is_over(limits.messages, usage.messages + messages as u64)
    {
        return Err(Reply::no("there is no room for it").with_code(Code::OverQuota));
    }
    Ok(())
}

const fn no_root() -> Reply<'static> {
    Reply::no("there is no such quota root").with_code(Code::NonExistent)
}
