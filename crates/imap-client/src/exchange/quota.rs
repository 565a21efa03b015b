//! GETQUOTA, GETQUOTAROOT and SETQUOTA.

use bytes::Bytes;
use imap_codec::{EncodeError, EncodeOptions, Encoded, Reason, encode_command};
use imap_proto::command::{GetQuota, GetQuotaRoot, SetQuota};
use imap_proto::response::{self, StatusResponse};
use imap_proto::{Atom, IString, QuotaResource, Response, Tag};

use super::mailbox::AskedMailbox;
use super::{Absorbed, Answer, Data, Exchange, Rules, ValueAnswer};
use crate::error::Error;
use crate::state::State;

exchange!(
    GetQuota<'_> => ValueAnswer<QuotaRoot>,
    Rules::authenticated("GETQUOTA").answered_by(Data::QUOTA),
    |command| ValueAnswer::new("GETQUOTA", usage_of(command.root, |root| root))
);

impl Exchange for SetQuota<'_> {
    type Answer = ValueAnswer<Option<QuotaRoot>>;

    fn rules(&self) -> Rules {
        Rules::authenticated("SETQUOTA").answered_by(Data::QUOTA)
    }

    fn check(&self, _: &State) -> Result<(), Error> {
        // RFC 9208 7: limits are numbers of 63 bits.
        if self.limits.iter().all(|limit| limit.limit >> 63 == 0) {
            return Ok(());
        }
        Err(Error::Argument(EncodeError {
            argument: "quota limit",
            offset: 0,
            reason: Reason::Syntax,
        }))
    }

    fn encode_tagged(&self, tag: Tag<'_>, options: EncodeOptions) -> Result<Encoded, EncodeError> {
        encode_command(tag, self, options)
    }

    fn answer(&self) -> ValueAnswer<Option<QuotaRoot>> {
        ValueAnswer::new("SETQUOTA", usage_of(self.root, Some)).or(None)
    }
}

exchange!(
    GetQuotaRoot<'_> => QuotaRootAnswer,
    Rules::authenticated("GETQUOTAROOT").answered_by(Data::QUOTA),
    |command| QuotaRootAnswer {
        mailbox: AskedMailbox::new(command.mailbox),
        names: None,
        told: Vec::new(),
    }
);

/// Takes what is told of one quota root.
fn usage_of<T: 'static>(
    root: IString<'_>,
    wrap: fn(QuotaRoot) -> T,
) -> impl Fn(&Response<'_>) -> Option<T> + Send + 'static {
    let root: Box<[u8]> = root.as_bytes().into();
    move |response| match response {
        Response::Quota(quota) if quota.root.as_bytes() == &*root => {
            Some(wrap(QuotaRoot::new(quota)))
        }
        _ => None,
    }
}

/// Collects the answer to `GETQUOTAROOT`: the roots of the mailbox, and what is told of each.
#[derive(Debug)]
pub struct QuotaRootAnswer {
    mailbox: AskedMailbox,
    names: Option<Vec<String>>,
    told: Vec<QuotaRoot>,
}

impl Answer for QuotaRootAnswer {
    type Output = Vec<QuotaRoot>;

    fn absorb(&mut self, response: &Response<'_>, _: &Bytes, _: &State) -> Absorbed {
        match response {
            Response::QuotaRoot(roots) if self.mailbox.is(roots.mailbox) => {
                self.names = Some(roots.roots.iter().map(ToString::to_string).collect());
            }
            Response::Quota(quota) => {
                let root = QuotaRoot::new(quota);
                if self
                    .names
                    .as_ref()
                    .is_some_and(|names| !names.contains(&root.name))
                {
                    return Absorbed::Not;
                }
                self.told.push(root);
            }
            _ => return Absorbed::Not,
        }
        Absorbed::Taken
    }

    fn finish(self, _: &StatusResponse<'_>, _: &mut State) -> Result<Vec<QuotaRoot>, Error> {
        let Self { names, told, .. } = self;
        let Some(names) = names else {
            return Err(Error::NoData("GETQUOTAROOT"));
        };
        let root = |name| {
            let known = told.iter().find(|root| root.name == name);
            known.cloned().unwrap_or(QuotaRoot {
                name,
                resources: Vec::new(),
            })
        };
        Ok(names.into_iter().map(root).collect())
    }
}

/// A quota root, whose mailboxes together may use only so much, and how much they do.
///
/// `S: * QUOTA "" (STORAGE 10 512)` tells of the root with the empty name that one resource is limited.
///
/// [RFC 9208 section 4.2.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.2.1)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct QuotaRoot {
    /// The name, as GETQUOTA and SETQUOTA take it.
    pub name: String,
    /// The resources that are limited; those that are not named are not.
    pub resources: Vec<QuotaUsage>,
}

impl QuotaRoot {
    fn new(quota: &response::Quota<'_>) -> Self {
        Self {
            name: quota.root.to_string(),
            resources: quota.resources.iter().map(QuotaUsage::new).collect(),
        }
    }

    /// How much of a resource is used and allowed; nothing if it is not limited.
    pub fn usage(&self, resource: QuotaResource<'_>) -> Option<&QuotaUsage> {
        self.resources
            .iter()
            .find(|usage| usage.resource() == resource)
    }
}

/// How much of a resource is used and allowed.
///
/// `S: * QUOTA "" (STORAGE 10 512)` gives usage 10 and limit 512, both in units of 1024 octets.
///
/// [RFC 9208 section 4.2.1](https://www.rfc-editor.org/rfc/rfc9208#section-4.2.1)
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct QuotaUsage {
    resource: Box<str>,
    /// How much is used, in the unit of the resource.
    pub usage: u64,
    /// How much may be used, in the same unit; [`u64::MAX`] where a server says that there is no limit.
    pub limit: u64,
}

impl QuotaUsage {
    fn new(usage: &response::QuotaUsage<'_>) -> Self {
        Self {
            resource: usage.resource.as_str().into(),
            usage: usage.usage,
            limit: usage.limit,
        }
    }

    /// The resource.
    pub fn resource(&self) -> QuotaResource<'_> {
        // cannot fail: it was an atom when it was read
        Atom::new(&self.resource).expect("atom").into()
    }
}
