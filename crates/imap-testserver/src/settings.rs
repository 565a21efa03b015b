//! How a server is set.

use std::num::NonZeroU32;

use imap_proto::{Capability, Limits, Options, QuotaResource, Rights, ThreadAlgorithm};

use crate::auth::{Bindings, Policy};
use crate::net::Certificate;

/// What a server does and allows.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The largest message that APPEND takes, in octets.
    pub(crate) append_limit: u32,
    /// How clients may log in.
    pub(crate) login: Policy,
    /// How many messages a command is about at most, RFC 9738.
    pub(crate) message_limit: Option<NonZeroU32>,
    /// After how many messages a command tells how far it is, RFC 9585.
    pub(crate) progress_step: Option<NonZeroU32>,
    /// Where the same mail is in JMAP, RFC 9698.
    pub(crate) jmap_url: Option<String>,
    /// Which certificate is shown.
    pub(crate) certificate: Certificate,
    /// Names of capabilities that the server is to lack.
    pub(crate) hidden: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            append_limit: 64 << 20,
            login: Policy::default(),
            certificate: Certificate::default(),
            message_limit: None,
            progress_step: None,
            jmap_url: None,
            hidden: Vec::new(),
        }
    }
}

/// What is told before a client has logged in, and after.
const ALWAYS: [Capability<'static>; 6] = [
    Capability::Imap4Rev1,
    Capability::Imap4Rev2,
    Capability::LiteralPlus,
    Capability::Enable,
    Capability::Id,
    Capability::SaslIr,
];

/// What is told once a client has logged in.
const AFTER: &[Capability<'static>] = &[
    Capability::Acl,
    Capability::Binary,
    Capability::Catenate,
    Capability::Children,
    Capability::CompressDeflate,
    Capability::CondStore,
    Capability::CreateSpecialUse,
    Capability::ESearch,
    Capability::ESort,
    Capability::I18nLevel(1),
    Capability::Idle,
    Capability::ListExtended,
    Capability::ListMetadata,
    Capability::ListMyRights,
    Capability::ListStatus,
    Capability::Metadata,
    Capability::Move,
    Capability::MultiAppend,
    Capability::MultiSearch,
    Capability::Namespace,
    Capability::ObjectId,
    Capability::Partial,
    Capability::Preview,
    Capability::QResync,
    Capability::Quota,
    Capability::QuotaRes(QuotaResource::Message),
    Capability::QuotaRes(QuotaResource::Storage),
    Capability::QuotaSet,
    Capability::Replace,
    Capability::Rights(NEW_RIGHTS),
    Capability::SaveDate,
    Capability::SearchFuzzy,
    Capability::SearchRes,
    Capability::Sort,
    Capability::SortDisplay,
    Capability::SpecialUse,
    Capability::StatusSize,
    Capability::Thread(ThreadAlgorithm::OrderedSubject),
    Capability::Thread(ThreadAlgorithm::References),
    Capability::Thread(ThreadAlgorithm::Refs),
    Capability::UidOnly,
    Capability::UidPlus,
    Capability::Unauthenticate,
    Capability::Unselect,
    Capability::Utf8Accept,
    Capability::Within,
];

/// The rights that RFC 2086 had not.
const NEW_RIGHTS: Rights = Rights::CREATE
    .with(Rights::DELETE_MAILBOX)
    .with(Rights::DELETE_MESSAGES)
    .with(Rights::EXPUNGE);

impl Settings {
    /// What a client is told that the server can do.
    pub(crate) fn capabilities(
        &self,
        logged_in: bool,
        bindings: Option<&Bindings>,
    ) -> Vec<Capability<'static>> {
        let mut all = ALWAYS.to_vec();
        if logged_in {
            all.extend(AFTER);
            all.push(Capability::AppendLimit(Some(self.append_limit)));
            let limit = self.message_limit.map(NonZeroU32::get);
            all.extend(limit.map(Capability::MessageLimit));
            all.extend(self.progress_step.map(|_| Capability::InProgress));
            all.extend(self.jmap_url.as_ref().map(|_| Capability::JmapAccess));
        } else {
            let mechanisms = self.login.offered(bindings).into_iter();
            all.extend(mechanisms.map(Capability::Auth));
            let disabled = !self.login.allows_plaintext(bindings);
            all.extend(disabled.then_some(Capability::LoginDisabled));
            all.extend(bindings.is_none().then_some(Capability::StartTls));
        }
        all.retain(|capability| !self.hides(&capability.to_string()));
        all
    }

    /// Whether the server is to lack a capability, by its name or by what it has in front of `=`.
    pub(crate) fn hides(&self, name: &str) -> bool {
        let family = name.split_once('=').map_or(name, |(family, _)| family);
        let mut hidden = self.hidden.iter();
        hidden.any(|h| h.eq_ignore_ascii_case(name) || h.eq_ignore_ascii_case(family))
    }

    /// How much a client may send, which is little before it has logged in.
    pub(crate) fn limits(&self, logged_in: bool) -> Limits {
        let max_literal = if logged_in {
            self.append_limit as usize
        } else {
            MAX_LITERAL_BEFORE_LOGIN
        };
        Limits {
            max_literal,
            max_message: max_literal
                .saturating_mul(2)
                .max(Limits::SERVER.max_message),
            ..Limits::SERVER
        }
    }

    /// How commands are read.
    pub(crate) fn options(&self, logged_in: bool, utf8: bool) -> Options {
        Options::strict()
            .with_limits(self.limits(logged_in))
            .with_utf8(utf8)
    }
}

/// In octets; names and passwords are shorter.
const MAX_LITERAL_BEFORE_LOGIN: usize = 8 << 10;
