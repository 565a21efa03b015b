//! Capabilities and authentication mechanisms.

use imap_util::Atom;

use crate::error::{Expected, PResult};
use crate::lexeme::{Context, Input, at, atom, collect, fold, peek};
use crate::quirks::Quirk;

/// Something that a server says it can do.
///
/// `S: * CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE` names three. Case does not matter; what is not known is
/// kept.
///
/// [RFC 9051 section 7.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-7.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Capability<'a> {
    /// `ACL`: access control lists, RFC 4314.
    Acl,
    /// `AUTH=mechanism`: a SASL mechanism.
    Auth(Mechanism<'a>),
    /// `BINARY`: contents without transfer encoding, RFC 3516.
    Binary,
    /// `CHILDREN`: `\HasChildren` in LIST responses, RFC 3348.
    Children,
    /// `COMPRESS=DEFLATE`: RFC 4978.
    CompressDeflate,
    /// `CONDSTORE`: modification sequences, RFC 7162.
    CondStore,
    /// `ENABLE`: RFC 5161.
    Enable,
    /// `ESEARCH`: search results in a compact form, RFC 4731.
    ESearch,
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
    /// `LIST-EXTENDED`: RFC 5258.
    ListExtended,
    /// `LIST-STATUS`: RFC 5819.
    ListStatus,
    /// `LITERAL-`: literals of up to 4096 octets without waiting, RFC 7888.
    LiteralMinus,
    /// `LITERAL+`: literals without waiting, RFC 7888.
    LiteralPlus,
    /// `LOGINDISABLED`: LOGIN is refused.
    LoginDisabled,
    /// `METADATA`: annotations of mailboxes, RFC 5464.
    Metadata,
    /// `MOVE`: RFC 6851.
    Move,
    /// `MULTIAPPEND`: several messages in one APPEND, RFC 3502.
    MultiAppend,
    /// `NAMESPACE`: RFC 2342.
    Namespace,
    /// `QRESYNC`: quick resynchronization, RFC 7162.
    QResync,
    /// `QUOTA`: RFC 9208.
    Quota,
    /// `SASL-IR`: an initial response in AUTHENTICATE, RFC 4959.
    SaslIr,
    /// `SEARCHRES`: `$`, RFC 5182.
    SearchRes,
    /// `SORT`: RFC 5256.
    Sort,
    /// `SPECIAL-USE`: RFC 6154.
    SpecialUse,
    /// `STARTTLS`.
    StartTls,
    /// `STATUS=SIZE`: RFC 8438.
    StatusSize,
    /// `UIDPLUS`: UIDs of copied and appended messages, UID EXPUNGE, RFC 4315.
    UidPlus,
    /// `UNSELECT`: RFC 3691.
    Unselect,
    /// `UTF8=ACCEPT`: RFC 6855.
    Utf8Accept,
    /// `UTF8=ONLY`: RFC 6855.
    Utf8Only,
    /// `WITHIN`: searches by age, RFC 5032.
    Within,
    /// Any other.
    Other(Atom<'a>),
}

const NAMES: [(&str, Capability<'static>); 34] = [
    ("ACL", Capability::Acl),
    ("BINARY", Capability::Binary),
    ("CHILDREN", Capability::Children),
    ("COMPRESS=DEFLATE", Capability::CompressDeflate),
    ("CONDSTORE", Capability::CondStore),
    ("ENABLE", Capability::Enable),
    ("ESEARCH", Capability::ESearch),
    ("ID", Capability::Id),
    ("IDLE", Capability::Idle),
    ("IMAP4", Capability::Imap4),
    ("IMAP4rev1", Capability::Imap4Rev1),
    ("IMAP4rev2", Capability::Imap4Rev2),
    ("LIST-EXTENDED", Capability::ListExtended),
    ("LIST-STATUS", Capability::ListStatus),
    ("LITERAL+", Capability::LiteralPlus),
    ("LITERAL-", Capability::LiteralMinus),
    ("LOGINDISABLED", Capability::LoginDisabled),
    ("METADATA", Capability::Metadata),
    ("MOVE", Capability::Move),
    ("MULTIAPPEND", Capability::MultiAppend),
    ("NAMESPACE", Capability::Namespace),
    ("QRESYNC", Capability::QResync),
    ("QUOTA", Capability::Quota),
    ("SASL-IR", Capability::SaslIr),
    ("SEARCHRES", Capability::SearchRes),
    ("SORT", Capability::Sort),
    ("SPECIAL-USE", Capability::SpecialUse),
    ("STARTTLS", Capability::StartTls),
    ("STATUS=SIZE", Capability::StatusSize),
    ("UIDPLUS", Capability::UidPlus),
    ("UNSELECT", Capability::Unselect),
    ("UTF8=ACCEPT", Capability::Utf8Accept),
    ("UTF8=ONLY", Capability::Utf8Only),
    ("WITHIN", Capability::Within),
];

impl<'a> Capability<'a> {
    /// The name; for [`Capability::Auth`] without the mechanism: `AUTH=`.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::Auth(_) => "AUTH=",
            Self::Other(name) => name.as_str(),
            known => NAMES
                .iter()
                .find(|(_, c)| c == known)
                .map_or("", |(name, _)| name),
        }
    }
}

impl<'a> From<Atom<'a>> for Capability<'a> {
    fn from(name: Atom<'a>) -> Self {
        if let Some(mechanism) = strip_auth(name) {
            return Self::Auth(mechanism);
        }
        fold(name.as_bytes(), by_name).unwrap_or(Self::Other(name))
    }
}

fn by_name(name: &[u8]) -> Option<Capability<'static>> {
    Some(match name {
        b"ACL" => Capability::Acl,
        b"BINARY" => Capability::Binary,
        b"CHILDREN" => Capability::Children,
        b"COMPRESS=DEFLATE" => Capability::CompressDeflate,
        b"CONDSTORE" => Capability::CondStore,
        b"ENABLE" => Capability::Enable,
        b"ESEARCH" => Capability::ESearch,
        b"ID" => Capability::Id,
        b"IDLE" => Capability::Idle,
        b"IMAP4" => Capability::Imap4,
        b"IMAP4rev1" | b"IMAP4REV1" => Capability::Imap4Rev1,
        b"IMAP4rev2" | b"IMAP4REV2" => Capability::Imap4Rev2,
        b"LIST-EXTENDED" => Capability::ListExtended,
        b"LIST-STATUS" => Capability::ListStatus,
        b"LITERAL+" => Capability::LiteralPlus,
        b"LITERAL-" => Capability::LiteralMinus,
        b"LOGINDISABLED" => Capability::LoginDisabled,
        b"METADATA" => Capability::Metadata,
        b"MOVE" => Capability::Move,
        b"MULTIAPPEND" => Capability::MultiAppend,
        b"NAMESPACE" => Capability::Namespace,
        b"QRESYNC" => Capability::QResync,
        b"QUOTA" => Capability::Quota,
        b"SASL-IR" => Capability::SaslIr,
        b"SEARCHRES" => Capability::SearchRes,
        b"SORT" => Capability::Sort,
        b"SPECIAL-USE" => Capability::SpecialUse,
        b"STARTTLS" => Capability::StartTls,
        b"STATUS=SIZE" => Capability::StatusSize,
        b"UIDPLUS" => Capability::UidPlus,
        b"UNSELECT" => Capability::Unselect,
        b"UTF8=ACCEPT" => Capability::Utf8Accept,
        b"UTF8=ONLY" => Capability::Utf8Only,
        b"WITHIN" => Capability::Within,
        _ => return None,
    })
}

/// The mechanism of `AUTH=mechanism`.
fn strip_auth(name: Atom<'_>) -> Option<Mechanism<'_>> {
    let (auth, mechanism) = name.as_bytes().split_at_checked("AUTH=".len())?;
    if !auth.eq_ignore_ascii_case(b"AUTH=") {
        return None;
    }
    Atom::try_from(mechanism).ok().map(Mechanism::from)
}

/// A SASL mechanism.
///
/// `C: a1 AUTHENTICATE PLAIN` uses [`Plain`](Self::Plain). Case does not matter.
///
/// [RFC 9051 section 6.2.2](https://www.rfc-editor.org/rfc/rfc9051#section-6.2.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Mechanism<'a> {
    /// `ANONYMOUS`: RFC 4505.
    Anonymous,
    /// `CRAM-MD5`: RFC 2195.
    CramMd5,
    /// `EXTERNAL`: RFC 4422.
    External,
    /// `LOGIN`: never standardized.
    Login,
    /// `OAUTHBEARER`: RFC 7628.
    OAuthBearer,
    /// `PLAIN`: RFC 4616.
    Plain,
    /// `SCRAM-SHA-1`: RFC 5802.
    ScramSha1,
    /// `SCRAM-SHA-1-PLUS`: RFC 5802.
    ScramSha1Plus,
    /// `SCRAM-SHA-256`: RFC 7677.
    ScramSha256,
    /// `SCRAM-SHA-256-PLUS`: RFC 7677.
    ScramSha256Plus,
    /// `XOAUTH2`: Google's and Microsoft's.
    XOAuth2,
    /// Any other.
    Other(Atom<'a>),
}

const MECHANISMS: [(&str, Mechanism<'static>); 11] = [
    ("ANONYMOUS", Mechanism::Anonymous),
    ("CRAM-MD5", Mechanism::CramMd5),
    ("EXTERNAL", Mechanism::External),
    ("LOGIN", Mechanism::Login),
    ("OAUTHBEARER", Mechanism::OAuthBearer),
    ("PLAIN", Mechanism::Plain),
    ("SCRAM-SHA-1", Mechanism::ScramSha1),
    ("SCRAM-SHA-1-PLUS", Mechanism::ScramSha1Plus),
    ("SCRAM-SHA-256", Mechanism::ScramSha256),
    ("SCRAM-SHA-256-PLUS", Mechanism::ScramSha256Plus),
    ("XOAUTH2", Mechanism::XOAuth2),
];

impl<'a> Mechanism<'a> {
    /// The name.
    pub fn as_str(&self) -> &'a str {
        match self {
            Self::Other(name) => name.as_str(),
            known => MECHANISMS
                .iter()
                .find(|(_, m)| m == known)
                .map_or("", |(name, _)| name),
        }
    }
}

impl<'a> From<Atom<'a>> for Mechanism<'a> {
    fn from(name: Atom<'a>) -> Self {
        let known = MECHANISMS
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known));
        known.map_or(Self::Other(name), |(_, mechanism)| *mechanism)
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
    let capabilities = collect(i, cx, |i, _| {
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
        capability(i).map(Some)
    })?;
    let is_version =
        |c: &Capability<'_>| matches!(c, Capability::Imap4Rev1 | Capability::Imap4Rev2);
    if !capabilities.iter().any(is_version) {
        // quirk: CapabilityWithoutVersion
        cx.forgive_or(i, Quirk::CapabilityWithoutVersion, Expected::Keyword)?;
    }
    Ok(capabilities)
}

/// `capability = ("AUTH=" auth-type) / atom`
fn capability<'a>(i: &mut Input<'a>) -> PResult<Capability<'a>> {
    atom(i).map(Capability::from)
}

/// `auth-type = atom`
pub(crate) fn auth_type<'a>(i: &mut Input<'a>) -> PResult<Mechanism<'a>> {
    atom(i).map(Mechanism::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_each_name_is_found_in_any_case() {
        for (name, capability) in NAMES {
            assert_eq!(Capability::from(Atom::new(name).unwrap()), capability);
            let lower = name.to_ascii_lowercase();
            assert_eq!(Capability::from(Atom::new(&lower).unwrap()), capability);
            assert_eq!(capability.as_str(), name);
        }
    }
}
