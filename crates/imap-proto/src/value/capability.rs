//! Capabilities.

use core::fmt;

use imap_util::Atom;

use super::{Mechanism, QuotaResource, Rights, ThreadAlgorithm};
use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, atom, collect, fold, peek, sp};
use crate::quirks::Quirk;

/// Something that a server says it can do.
///
/// `S: * CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE` names three. Case does not matter; what is not known is
/// kept. `Display` gives the text.
///
/// [RFC 9051 section 7.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Capability<'a> {
    /// `ACL`: access control lists, RFC 4314.
    Acl,
    /// `ANNOTATE-EXPERIMENT-1`: annotations of messages, RFC 5257.
    AnnotateExperiment1,
    /// `ANNOTATEMORE`: annotations of mailboxes, a draft of RFC 5464.
    AnnotateMore,
    /// `APPENDLIMIT` or `APPENDLIMIT=n`: the largest message that can be appended, in octets, RFC 7889.
    ///
    /// Without a number each mailbox has its own limit.
    AppendLimit(Option<u32>),
    /// `AUTH=mechanism`: a SASL mechanism.
    Auth(Mechanism<'a>),
    /// `BINARY`: contents without transfer encoding, RFC 3516.
    Binary,
    /// `CATENATE`: messages appended in pieces, RFC 4469.
    Catenate,
    /// `CHILDREN`: `\HasChildren` in LIST responses, RFC 3348.
    Children,
    /// `COMPRESS=DEFLATE`: RFC 4978.
    CompressDeflate,
    /// `CONDSTORE`: modification sequences, RFC 7162.
    CondStore,
    /// `CONTEXT=SEARCH`: search results that are kept up to date, RFC 5267.
    ContextSearch,
    /// `CONTEXT=SORT`: the same for SORT, RFC 5267.
    ContextSort,
    /// `CONVERT`: contents in another media type, RFC 5259.
    Convert,
    /// `CREATE-SPECIAL-USE`: mailboxes made for a purpose, RFC 6154.
    CreateSpecialUse,
    /// `ENABLE`: RFC 5161.
    Enable,
    /// `ESEARCH`: search results in a compact form, RFC 4731.
    ESearch,
    /// `ESORT`: the same for SORT, RFC 5267.
    ESort,
    /// `FILTERS`: searches by name, RFC 5466.
    Filters,
    /// `I18NLEVEL=n`: how texts are compared, RFC 5255.
    I18nLevel(u32),
    /// `ID`: RFC 2971.
    Id,
    /// `IDLE`: news without polling, RFC 2177.
    Idle,
    /// `IMAP4`: RFC 1730.
    Imap4,
    /// `IMAP4rev1`: RFC 3501.
    Imap4Rev1,
    /// `IMAP4rev2`: RFC 9051.
    Imap4Rev2,
    /// `IMAPSIEVE=url`: scripts on events, with the URL of their server, RFC 6785.
    ImapSieve(Atom<'a>),
    /// `INPROGRESS`: news about long commands, RFC 9585.
    InProgress,
    /// `JMAPACCESS`: the same account in JMAP, RFC 9698.
    JmapAccess,
    /// `LANGUAGE`: texts in other languages, RFC 5255.
    Language,
    /// `LIST-EXTENDED`: RFC 5258.
    ListExtended,
    /// `LIST-METADATA`: annotations with LIST, RFC 9590.
    ListMetadata,
    /// `LIST-MYRIGHTS`: rights with LIST, RFC 8440.
    ListMyRights,
    /// `LIST-STATUS`: RFC 5819.
    ListStatus,
    /// `LITERAL-`: literals of up to 4096 octets without waiting, RFC 7888.
    LiteralMinus,
    /// `LITERAL+`: literals without waiting, RFC 7888.
    LiteralPlus,
    /// `LOGINDISABLED`: LOGIN is refused.
    LoginDisabled,
    /// `LOGIN-REFERRALS`: users are told of their server, RFC 2221.
    LoginReferrals,
    /// `MAILBOX-REFERRALS`: mailboxes on other servers, RFC 2193.
    MailboxReferrals,
    /// `MESSAGELIMIT=n`: how many messages one command can be about, RFC 9738.
    MessageLimit(u32),
    /// `METADATA`: annotations of mailboxes and the server, RFC 5464.
    Metadata,
    /// `METADATA-SERVER`: annotations of the server only, RFC 5464.
    MetadataServer,
    /// `MOVE`: RFC 6851.
    Move,
    /// `MULTIAPPEND`: several messages in one APPEND, RFC 3502.
    MultiAppend,
    /// `MULTISEARCH`: searches in several mailboxes, RFC 7377.
    MultiSearch,
    /// `NAMESPACE`: RFC 2342.
    Namespace,
    /// `NOTIFY`: news about other mailboxes, RFC 5465.
    Notify,
    /// `OBJECTID`: identifiers that stay, RFC 8474.
    ObjectId,
    /// `PARTIAL`: results in pages, RFC 9394.
    Partial,
    /// `PREVIEW`: the beginning of messages, RFC 8970.
    Preview,
    /// `PREVIEW=FUZZY`: a draft of RFC 8970.
    PreviewFuzzy,
    /// `QRESYNC`: quick resynchronization, RFC 7162.
    QResync,
    /// `QUOTA`: RFC 9208.
    Quota,
    /// `QUOTA=RES-resource`: a resource that can be limited, RFC 9208.
    QuotaRes(QuotaResource<'a>),
    /// `QUOTASET`: SETQUOTA, RFC 9208.
    QuotaSet,
    /// `REPLACE`: RFC 8508.
    Replace,
    /// `RIGHTS=letters`: the rights beyond those of RFC 2086, RFC 4314.
    Rights(Rights),
    /// `SASL-IR`: an initial response in AUTHENTICATE, RFC 4959.
    SaslIr,
    /// `SAVEDATE`: when messages came into their mailbox, RFC 8514.
    SaveDate,
    /// `SAVELIMIT=n`: how many messages one COPY or APPEND can save, RFC 9738.
    SaveLimit(u32),
    /// `SEARCH=FUZZY`: RFC 6203.
    SearchFuzzy,
    /// `SEARCHRES`: `$`, RFC 5182.
    SearchRes,
    /// `SNIPPET=FUZZY`: a draft of RFC 8970.
    SnippetFuzzy,
    /// `SORT`: RFC 5256.
    Sort,
    /// `SORT=DISPLAY`: sorting by the names that are shown, RFC 5957.
    SortDisplay,
    /// `SPECIAL-USE`: RFC 6154.
    SpecialUse,
    /// `STARTTLS`.
    StartTls,
    /// `STATUS=SIZE`: RFC 8438.
    StatusSize,
    /// `THREAD=algorithm`: RFC 5256.
    Thread(ThreadAlgorithm<'a>),
    /// `UIDBATCHES`: the UIDs of pages of messages, a draft.
    UidBatches,
    /// `UIDONLY`: no sequence numbers, RFC 9586.
    UidOnly,
    /// `UIDPLUS`: UIDs of copied and appended messages, UID EXPUNGE, RFC 4315.
    UidPlus,
    /// `UNAUTHENTICATE`: RFC 8437.
    Unauthenticate,
    /// `UNSELECT`: RFC 3691.
    Unselect,
    /// `URLAUTH`: URLs that give access, RFC 4467.
    UrlAuth,
    /// `URLAUTH=BINARY`: RFC 5524.
    UrlAuthBinary,
    /// `URL-PARTIAL`: parts of a message in URLs, RFC 5550.
    UrlPartial,
    /// `UTF8=ACCEPT`: RFC 6855.
    Utf8Accept,
    /// `UTF8=ONLY`: RFC 6855.
    Utf8Only,
    /// `WITHIN`: searches by age, RFC 5032.
    Within,
    /// `XAPPLEPUSHSERVICE`: Apple's.
    XApplePushService,
    /// `X-GM-EXT-1`: Google's.
    XGmExt1,
    /// `XLIST`: LIST with the purpose of mailboxes, before RFC 6154.
    XList,
    /// Any other.
    Other(Atom<'a>),
}

const NAMES: [(&str, Capability<'static>); 73] = [
    ("ACL", Capability::Acl),
    ("ANNOTATE-EXPERIMENT-1", Capability::AnnotateExperiment1),
    ("ANNOTATEMORE", Capability::AnnotateMore),
    ("APPENDLIMIT", Capability::AppendLimit(None)),
    ("BINARY", Capability::Binary),
    ("CATENATE", Capability::Catenate),
    ("CHILDREN", Capability::Children),
    ("COMPRESS=DEFLATE", Capability::CompressDeflate),
    ("CONDSTORE", Capability::CondStore),
    ("CONTEXT=SEARCH", Capability::ContextSearch),
    ("CONTEXT=SORT", Capability::ContextSort),
    ("CONVERT", Capability::Convert),
    ("CREATE-SPECIAL-USE", Capability::CreateSpecialUse),
    ("ENABLE", Capability::Enable),
    ("ESEARCH", Capability::ESearch),
    ("ESORT", Capability::ESort),
    ("FILTERS", Capability::Filters),
    ("ID", Capability::Id),
    ("IDLE", Capability::Idle),
    ("IMAP4", Capability::Imap4),
    ("IMAP4rev1", Capability::Imap4Rev1),
    ("IMAP4rev2", Capability::Imap4Rev2),
    ("INPROGRESS", Capability::InProgress),
    ("JMAPACCESS", Capability::JmapAccess),
    ("LANGUAGE", Capability::Language),
    ("LIST-EXTENDED", Capability::ListExtended),
    ("LIST-METADATA", Capability::ListMetadata),
    ("LIST-MYRIGHTS", Capability::ListMyRights),
    ("LIST-STATUS", Capability::ListStatus),
    ("LITERAL+", Capability::LiteralPlus),
    ("LITERAL-", Capability::LiteralMinus),
    ("LOGIN-REFERRALS", Capability::LoginReferrals),
    ("LOGINDISABLED", Capability::LoginDisabled),
    ("MAILBOX-REFERRALS", Capability::MailboxReferrals),
    ("METADATA", Capability::Metadata),
    ("METADATA-SERVER", Capability::MetadataServer),
    ("MOVE", Capability::Move),
    ("MULTIAPPEND", Capability::MultiAppend),
    ("MULTISEARCH", Capability::MultiSearch),
    ("NAMESPACE", Capability::Namespace),
    ("NOTIFY", Capability::Notify),
    ("OBJECTID", Capability::ObjectId),
    ("PARTIAL", Capability::Partial),
    ("PREVIEW", Capability::Preview),
    ("PREVIEW=FUZZY", Capability::PreviewFuzzy),
    ("QRESYNC", Capability::QResync),
    ("QUOTA", Capability::Quota),
    ("QUOTASET", Capability::QuotaSet),
    ("REPLACE", Capability::Replace),
    ("SASL-IR", Capability::SaslIr),
    ("SAVEDATE", Capability::SaveDate),
    ("SEARCH=FUZZY", Capability::SearchFuzzy),
    ("SEARCHRES", Capability::SearchRes),
    ("SNIPPET=FUZZY", Capability::SnippetFuzzy),
    ("SORT", Capability::Sort),
    ("SORT=DISPLAY", Capability::SortDisplay),
    ("SPECIAL-USE", Capability::SpecialUse),
    ("STARTTLS", Capability::StartTls),
    ("STATUS=SIZE", Capability::StatusSize),
    ("UIDBATCHES", Capability::UidBatches),
    ("UIDONLY", Capability::UidOnly),
    ("UIDPLUS", Capability::UidPlus),
    ("UNAUTHENTICATE", Capability::Unauthenticate),
    ("UNSELECT", Capability::Unselect),
    ("URL-PARTIAL", Capability::UrlPartial),
    ("URLAUTH", Capability::UrlAuth),
    ("URLAUTH=BINARY", Capability::UrlAuthBinary),
    ("UTF8=ACCEPT", Capability::Utf8Accept),
    ("UTF8=ONLY", Capability::Utf8Only),
    ("WITHIN", Capability::Within),
    ("X-GM-EXT-1", Capability::XGmExt1),
    ("XAPPLEPUSHSERVICE", Capability::XApplePushService),
    ("XLIST", Capability::XList),
];

impl<'a> Capability<'a> {
    /// The name; where there is a value behind it, up to that: `AUTH=`, `QUOTA=RES-`.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::AppendLimit(Some(_)) => "APPENDLIMIT=",
            Self::Auth(_) => "AUTH=",
            Self::I18nLevel(_) => "I18NLEVEL=",
            Self::ImapSieve(_) => "IMAPSIEVE=",
            Self::MessageLimit(_) => "MESSAGELIMIT=",
            Self::QuotaRes(_) => "QUOTA=RES-",
            Self::Rights(_) => "RIGHTS=",
            Self::SaveLimit(_) => "SAVELIMIT=",
            Self::Thread(_) => "THREAD=",
            Self::Other(name) => name.as_str(),
            known => NAMES
                .iter()
                .find(|(_, c)| c == known)
                .map_or("", |(name, _)| name),
        }
    }
}

impl fmt::Display for Capability<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        match self {
            Self::AppendLimit(Some(n))
            | Self::I18nLevel(n)
            | Self::MessageLimit(n)
            | Self::SaveLimit(n) => fmt::Display::fmt(n, f),
            Self::Auth(mechanism) => f.write_str(mechanism.as_str()),
            Self::ImapSieve(url) => f.write_str(url.as_str()),
            Self::QuotaRes(resource) => f.write_str(resource.as_str()),
            Self::Rights(rights) => fmt::Display::fmt(rights, f),
            Self::Thread(algorithm) => f.write_str(algorithm.as_str()),
            _ => Ok(()),
        }
    }
}

impl<'a> From<Atom<'a>> for Capability<'a> {
    fn from(name: Atom<'a>) -> Self {
        if let Some(mechanism) = strip_auth(name) {
            return Self::Auth(mechanism);
        }
        match fold(name.as_bytes(), by_name) {
            Some(known) => *known,
            None => with_value(name).unwrap_or(Self::Other(name)),
        }
    }
}

/// A reference to a constant: a value that is just made takes longer to move than to find.
fn by_name(name: &[u8]) -> Option<&'static Capability<'static>> {
    Some(match name {
        b"ACL" => &Capability::Acl,
        b"ANNOTATE-EXPERIMENT-1" => &Capability::AnnotateExperiment1,
        b"ANNOTATEMORE" => &Capability::AnnotateMore,
        b"APPENDLIMIT" => &Capability::AppendLimit(None),
        b"BINARY" => &Capability::Binary,
        b"CATENATE" => &Capability::Catenate,
        b"CHILDREN" => &Capability::Children,
        b"COMPRESS=DEFLATE" => &Capability::CompressDeflate,
        b"CONDSTORE" => &Capability::CondStore,
        b"CONTEXT=SEARCH" => &Capability::ContextSearch,
        b"CONTEXT=SORT" => &Capability::ContextSort,
        b"CONVERT" => &Capability::Convert,
        b"CREATE-SPECIAL-USE" => &Capability::CreateSpecialUse,
        b"ENABLE" => &Capability::Enable,
        b"ESEARCH" => &Capability::ESearch,
        b"ESORT" => &Capability::ESort,
        b"FILTERS" => &Capability::Filters,
        b"ID" => &Capability::Id,
        b"IDLE" => &Capability::Idle,
        b"IMAP4" => &Capability::Imap4,
        b"IMAP4rev1" | b"IMAP4REV1" => &Capability::Imap4Rev1,
        b"IMAP4rev2" | b"IMAP4REV2" => &Capability::Imap4Rev2,
        b"INPROGRESS" => &Capability::InProgress,
        b"JMAPACCESS" => &Capability::JmapAccess,
        b"LANGUAGE" => &Capability::Language,
        b"LIST-EXTENDED" => &Capability::ListExtended,
        b"LIST-METADATA" => &Capability::ListMetadata,
        b"LIST-MYRIGHTS" => &Capability::ListMyRights,
        b"LIST-STATUS" => &Capability::ListStatus,
        b"LITERAL+" => &Capability::LiteralPlus,
        b"LITERAL-" => &Capability::LiteralMinus,
        b"LOGIN-REFERRALS" => &Capability::LoginReferrals,
        b"LOGINDISABLED" => &Capability::LoginDisabled,
        b"MAILBOX-REFERRALS" => &Capability::MailboxReferrals,
        b"METADATA" => &Capability::Metadata,
        b"METADATA-SERVER" => &Capability::MetadataServer,
        b"MOVE" => &Capability::Move,
        b"MULTIAPPEND" => &Capability::MultiAppend,
        b"MULTISEARCH" => &Capability::MultiSearch,
        b"NAMESPACE" => &Capability::Namespace,
        b"NOTIFY" => &Capability::Notify,
        b"OBJECTID" => &Capability::ObjectId,
        b"PARTIAL" => &Capability::Partial,
        b"PREVIEW" => &Capability::Preview,
        b"PREVIEW=FUZZY" => &Capability::PreviewFuzzy,
        b"QRESYNC" => &Capability::QResync,
        b"QUOTA" => &Capability::Quota,
        b"QUOTASET" => &Capability::QuotaSet,
        b"REPLACE" => &Capability::Replace,
        b"SASL-IR" => &Capability::SaslIr,
        b"SAVEDATE" => &Capability::SaveDate,
        b"SEARCH=FUZZY" => &Capability::SearchFuzzy,
        b"SEARCHRES" => &Capability::SearchRes,
        b"SNIPPET=FUZZY" => &Capability::SnippetFuzzy,
        b"SORT" => &Capability::Sort,
        b"SORT=DISPLAY" => &Capability::SortDisplay,
        b"SPECIAL-USE" => &Capability::SpecialUse,
        b"STARTTLS" => &Capability::StartTls,
        b"STATUS=SIZE" => &Capability::StatusSize,
        b"UIDBATCHES" => &Capability::UidBatches,
        b"UIDONLY" => &Capability::UidOnly,
        b"UIDPLUS" => &Capability::UidPlus,
        b"UNAUTHENTICATE" => &Capability::Unauthenticate,
        b"UNSELECT" => &Capability::Unselect,
        b"URL-PARTIAL" => &Capability::UrlPartial,
        b"URLAUTH" => &Capability::UrlAuth,
        b"URLAUTH=BINARY" => &Capability::UrlAuthBinary,
        b"UTF8=ACCEPT" => &Capability::Utf8Accept,
        b"UTF8=ONLY" => &Capability::Utf8Only,
        b"WITHIN" => &Capability::Within,
        b"X-GM-EXT-1" => &Capability::XGmExt1,
        b"XAPPLEPUSHSERVICE" => &Capability::XApplePushService,
        b"XLIST" => &Capability::XList,
        _ => return None,
    })
}

/// The mechanism of `AUTH=mechanism`.
#[inline]
fn strip_auth(name: Atom<'_>) -> Option<Mechanism<'_>> {
    match name.as_bytes() {
        [
            b'A' | b'a',
            b'U' | b'u',
            b'T' | b't',
            b'H' | b'h',
            b'=',
            mechanism @ ..,
        ] => Atom::try_from(mechanism).ok().map(Mechanism::from),
        _ => None,
    }
}

/// The other capabilities that have a value.
#[cold]
fn with_value(name: Atom<'_>) -> Option<Capability<'_>> {
    let (key, value) = name.as_str().split_once('=')?;
    fold(key.as_bytes(), |key| by_key(key, value))
}

/// The capability of a key in upper case and a value. One that would not be written alike is unknown.
fn by_key<'a>(key: &[u8], value: &'a str) -> Option<Capability<'a>> {
    let atom = || Atom::new(value).ok();
    let number = || {
        let canonical = value == "0" || value.starts_with(|c| matches!(c, '1'..='9'));
        value.parse().ok().filter(|_| canonical)
    };
    match key {
        b"APPENDLIMIT" => number().map(|n| Capability::AppendLimit(Some(n))),
        b"I18NLEVEL" => number().map(Capability::I18nLevel),
        b"IMAPSIEVE" => atom().map(Capability::ImapSieve),
        b"MESSAGELIMIT" => number().map(Capability::MessageLimit),
        b"QUOTA" => {
            let (res, resource) = value.split_at_checked("RES-".len())?;
            let resource = Atom::new(resource).ok()?;
            let known = res.eq_ignore_ascii_case("RES-");
            known.then(|| Capability::QuotaRes(resource.into()))
        }
        b"RIGHTS" => {
            let rights = Rights::new(value).ok()?;
            (!rights.is_empty()).then_some(Capability::Rights(rights))
        }
        b"SAVELIMIT" => number().map(Capability::SaveLimit),
        b"THREAD" => atom().map(|name| Capability::Thread(name.into())),
        _ => None,
    }
}

/// What follows the word CAPABILITY.
///
/// ```abnf
/// capability-data = "CAPABILITY" *(SP capability) SP "IMAP4rev1" *(SP capability)
/// ```
pub(crate) fn capabilities<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [Capability<'a>]> {
    let capabilities = capability_list(i, cx)?;
    let is_version =
        |c: &Capability<'_>| matches!(c, Capability::Imap4Rev1 | Capability::Imap4Rev2);
    if !capabilities.iter().any(is_version) {
        // quirk: CapabilityWithoutVersion
        cx.forgive_or(i, Quirk::CapabilityWithoutVersion, Expected::Keyword)?;
    }
    Ok(capabilities)
}

/// `*(SP capability)`
pub(crate) fn capability_list<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [Capability<'a>]> {
    collect(i, cx, |i, _| {
        if let [b' ', b'A'..=b'Z', ..] = **i {
            sp(i)?;
            return capability(i, cx).map(Some);
        }
        let blanks = i.iter().take_while(|b| **b == b' ').count();
        let next = i.get(blanks..).unwrap_or_default();
        // Blanks in front of the end of the line are for what reads that.
        if blanks == 0 || matches!(peek(&next), None | Some(b'\r' | b'\n')) {
            return Ok(None);
        }
        let at_end = at(&next, b']');
        if blanks > 1 || at_end {
            // quirk: ListBlanks
            let extra = i.get(usize::from(!at_end)..).unwrap_or_default();
            cx.forgive_or(extra, Quirk::ListBlanks, Expected::Atom)?;
        }
        *i = next;
        if at_end {
            return Ok(None);
        }
        capability(i, cx).map(Some)
    })
}

/// `capability = ("AUTH=" auth-type) / atom`
pub(crate) fn capability<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<Capability<'a>> {
    let name = atom(i)?;
    match i.strip_prefix(b" +") {
        Some([b' ' | b']' | b'\r' | b'\n', ..]) if name.eq_ignore_ascii_case("LITERAL") => {
            // quirk: SplitLiteralPlus
            cx.forgive_or(i, Quirk::SplitLiteralPlus, Expected::Atom)?;
            *i = i.get(2..).unwrap_or_default();
            Ok(Capability::LiteralPlus)
        }
        _ => Ok(name.into()),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    fn read(name: &str) -> Capability<'_> {
        Capability::from(Atom::new(name).unwrap())
    }

    #[test]
    fn ok_each_name_is_found_in_any_case() {
        for (name, capability) in NAMES {
            assert_eq!(read(name), capability);
            assert_eq!(read(&name.to_ascii_lowercase()), capability);
            assert_eq!(capability.as_str(), name);
            assert_eq!(capability.to_string(), name);
        }
    }

    #[test]
    fn ok_values() {
        let cases = [
            ("APPENDLIMIT=257890", Capability::AppendLimit(Some(257_890))),
            ("AUTH=PLAIN", Capability::Auth(Mechanism::Plain)),
            ("I18NLEVEL=2", Capability::I18nLevel(2)),
            (
                "IMAPSIEVE=sieve://x",
                Capability::ImapSieve(Atom::from_static("sieve://x")),
            ),
            ("MESSAGELIMIT=1000", Capability::MessageLimit(1000)),
            (
                "QUOTA=RES-STORAGE",
                Capability::QuotaRes(QuotaResource::Storage),
            ),
            (
                "RIGHTS=kxte",
                Capability::Rights(Rights::new("texk").unwrap()),
            ),
            ("SAVELIMIT=0", Capability::SaveLimit(0)),
            (
                "THREAD=REFERENCES",
                Capability::Thread(ThreadAlgorithm::References),
            ),
        ];
        for (name, capability) in cases {
            assert_eq!(read(name), capability);
            assert_eq!(capability.to_string(), name);
            let (key, value) = name.split_once('=').unwrap();
            let lower = alloc::format!("{}={value}", key.to_ascii_lowercase());
            assert_eq!(read(&lower), capability);
        }
    }

    #[test]
    fn ok_values_that_are_not_known_are_kept() {
        for name in [
            "APPENDLIMIT=",
            "APPENDLIMIT=007",
            "APPENDLIMIT=+7",
            "APPENDLIMIT=4294967296",
            "AUTH=",
            "CONTEXT=X",
            "QUOTA=RES-",
            "QUOTA=STORAGE",
            "QUOTA=\u{7e}",
            "RIGHTS=",
            "RIGHTS=KX",
            "X=1",
        ] {
            assert_eq!(read(name), Capability::Other(Atom::new(name).unwrap()));
        }
    }
}
