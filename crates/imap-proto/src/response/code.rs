//! Response codes: what a status response says to programs.

use core::num::NonZeroU32;

use imap_util::{Atom, Flag};

use super::annotation::{AnnotateCode, AnnotationsCode, annotate_code, annotations_code};
use super::code_lenient::{bare_charsets, other_code, unreadable_code};
use super::in_progress::{InProgress, in_progress};
use super::message_limit::{MessageLimit, message_limit};
use super::metadata::{MetadataCode, metadata_code};
use super::modified::{Modified, modified};
use super::uid_plus::{AppendUid, CopyUid, resp_code_apnd, resp_code_copy};
use super::url::{url, url_resp_text};
use super::url_auth::{UrlMechanismData, urlmech};
use crate::command::quoted_tag;
use crate::error::{Expected, Fail, PResult};
use crate::lexeme::{
    Context, Input, astring, at, atom, behind, byte, fold, mod_sequence_value, non_empty_list,
    non_zero, opt, peek, separated, sp,
};
use crate::value::capability::capabilities;
use crate::value::event::event_name;
use crate::value::flag::{FlagPlace, flag_list};
use crate::value::object_id::object_id_in_parens;
use crate::value::search_key::filter_name;
use crate::value::{
    Capability, Event, IString, Malformed, ObjectId, OtherItem, SeqNum, Tag, Uid, UidValidity,
};

/// A response code: machine-readable detail of a status response.
///
/// `S: * OK [UIDNEXT 4392] Predicted next UID` has [`Code::UidNext`].
///
/// [RFC 9051 section 7.1](https://www.rfc-editor.org/rfc/rfc9051#section-7.1),
/// [RFC 5530](https://www.rfc-editor.org/rfc/rfc5530)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
// With a tag of one octet, small values would stand right behind it, and codes be moved in odd pieces.
#[repr(u32)]
pub enum Code<'a> {
    /// `ALERT`: the text must be shown to the user.
    Alert,
    /// `ALREADYEXISTS`: the mailbox to be made is there already.
    AlreadyExists,
    /// `ANNOTATE`: what is wrong with an annotation of a message, RFC 5257.
    Annotate(AnnotateCode),
    /// `ANNOTATEMORE`: what is wrong with an annotation, before RFC 5464.
    AnnotateMore(AnnotateCode),
    /// `ANNOTATIONS`: what the annotations of the messages in the mailbox are like, RFC 5257.
    Annotations(AnnotationsCode),
    /// `APPENDUID`: where an appended message is, RFC 4315.
    AppendUid(AppendUid<'a>),
    /// `AUTHENTICATIONFAILED`: wrong name or password.
    AuthenticationFailed,
    /// `AUTHORIZATIONFAILED`: the user may not act for the other one.
    AuthorizationFailed,
    /// `BADCHARSET`: the charset of a search is not known; these are, if any are named.
    BadCharset(&'a [IString<'a>]),
    /// `BADCOMPARATOR`: none of the comparators is known, RFC 5255.
    BadComparator,
    /// `BADEVENT`: an event is not known; these are, RFC 5465.
    BadEvent(&'a [Event<'a>]),
    /// `BADURL`: what a URL of CATENATE names cannot be had; the URL as it came, at times in quotes,
    /// [RFC 4469 section 4.1](https://www.rfc-editor.org/rfc/rfc4469#section-4.1).
    BadUrl(IString<'a>),
    /// `CANNOT`: will never work here.
    Cannot,
    /// `CAPABILITY`: what the server can do.
    Capability(&'a [Capability<'a>]),
    /// `CLIENTBUG`: the server thinks that the client is wrong.
    ClientBug,
    /// `CLOSED`: the responses from here on are about the next mailbox.
    Closed,
    /// `COMPRESSIONACTIVE`: what is sent is compressed already, RFC 4978.
    CompressionActive,
    /// `CONTACTADMIN`: the user should talk to the administrator.
    ContactAdmin,
    /// `COPYUID`: where copied messages are, RFC 4315.
    CopyUid(&'a CopyUid<'a>),
    /// `CORRUPTION`: data are damaged.
    Corruption,
    /// `EXPIRED`: the password is too old.
    Expired,
    /// `EXPUNGEISSUED`: somebody else expunged messages.
    ExpungeIssued,
    /// `HASCHILDREN`: mailboxes below are in the way.
    HasChildren,
    /// `HIGHESTMODSEQ`: the highest modification sequence of the mailbox, RFC 7162.
    HighestModSeq(u64),
    /// `INPROGRESS`: a command takes its time; how far it is, if the server tells, RFC 9585.
    InProgress(Option<&'a InProgress<'a>>),
    /// `INUSE`: somebody else uses it; try again.
    InUse,
    /// `LIMIT`: something is over a limit.
    Limit,
    /// `MAILBOXID`: the identifier of the mailbox that was made or selected,
    /// [RFC 8474](https://www.rfc-editor.org/rfc/rfc8474).
    MailboxId(ObjectId<'a>),
    /// `MAXCONVERTMESSAGES`: CONVERT takes no more messages at once, RFC 5259.
    MaxConvertMessages(NonZeroU32),
    /// `MAXCONVERTPARTS`: CONVERT takes no more parts of a message at once, RFC 5259.
    MaxConvertParts(NonZeroU32),
    /// `MESSAGELIMIT`: the command had too many messages,
    /// [RFC 9738](https://www.rfc-editor.org/rfc/rfc9738).
    MessageLimit(MessageLimit),
    /// `METADATA`: what is wrong with annotations, RFC 5464.
    Metadata(MetadataCode),
    /// `MODIFIED`: the messages that a conditional STORE did not change, RFC 7162.
    Modified(Modified<'a>),
    /// `NOMODSEQ`: the mailbox keeps no modification sequences, RFC 7162.
    NoModSeq,
    /// `NONEXISTENT`: there is no such thing.
    NonExistent,
    /// `NOPERM`: the user may not.
    NoPerm,
    /// `NOTIFICATIONOVERFLOW`: there is too much news, and NOTIFY is off now, RFC 5465.
    NotificationOverflow,
    /// `NOTSAVED`: the result of the search could not be kept for `$`, RFC 5182.
    NotSaved,
    /// `NOUPDATE`: the result of the search with this tag will not be updated, RFC 5267.
    NoUpdate(Tag<'a>),
    /// `OVERQUOTA`: there is no room.
    OverQuota,
    /// `PARSE`: a message of the mailbox could not be read.
    Parse,
    /// `PERMANENTFLAGS`: which flags can be changed for good; `\*` for new keywords.
    PermanentFlags(&'a [Flag<'a>]),
    /// `PRIVACYREQUIRED`: only with TLS.
    PrivacyRequired,
    /// `READ-ONLY`: the mailbox can be read only.
    ReadOnly,
    /// `READ-WRITE`: the mailbox can be changed.
    ReadWrite,
    /// `REFERRAL`: IMAP URLs where the mailbox, or the account of the user, is to be found.
    ///
    /// [RFC 2193 section 4](https://www.rfc-editor.org/rfc/rfc2193#section-4),
    /// [RFC 2221 section 4](https://www.rfc-editor.org/rfc/rfc2221#section-4)
    Referral(&'a [IString<'a>]),
    /// `SERVERBUG`: the server is wrong.
    ServerBug,
    /// `TEMPFAIL`: the conversion may work later, RFC 5259.
    TempFail,
    /// `TOOBIG`: the message would get too large, RFC 4469.
    TooBig,
    /// `TOOFEW`: a batch of UIDBATCHES would have too few messages.
    TooFew,
    /// `TRYCREATE`: the mailbox must be made first.
    TryCreate,
    /// `UIDNEXT`: what the next message will get.
    UidNext(Uid),
    /// `UIDNOTSTICKY`: the mailbox does not keep its UIDs.
    UidNotSticky,
    /// `UIDREQUIRED`: there are no sequence numbers once UIDONLY is enabled, RFC 9586.
    UidRequired,
    /// `UIDVALIDITY`.
    UidValidity(UidValidity),
    /// `UNAVAILABLE`: try again later.
    Unavailable,
    /// `UNDEFINED-FILTER`: the server keeps no search under this name, RFC 5466.
    UndefinedFilter(Atom<'a>),
    /// `UNKNOWN-CTE`: cannot be decoded, RFC 3516.
    UnknownCte,
    /// `UNSEEN`: the first message without `\Seen`.
    Unseen(SeqNum),
    /// `URLMECH`: the mechanisms beside `INTERNAL` that authorize URLs, RFC 4467.
    UrlMech(&'a [UrlMechanismData<'a>]),
    /// `USEATTR`: a mailbox cannot be made for this purpose, RFC 6154.
    UseAttr,
    /// A code that is not known.
    Other(&'a OtherItem<'a>),
    /// A known code whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

const NAMES: [(&str, Code<'static>); 36] = [
    ("ALERT", Code::Alert),
    ("ALREADYEXISTS", Code::AlreadyExists),
    ("AUTHENTICATIONFAILED", Code::AuthenticationFailed),
    ("AUTHORIZATIONFAILED", Code::AuthorizationFailed),
    ("BADCOMPARATOR", Code::BadComparator),
    ("CANNOT", Code::Cannot),
    ("CLIENTBUG", Code::ClientBug),
    ("CLOSED", Code::Closed),
    ("COMPRESSIONACTIVE", Code::CompressionActive),
    ("CONTACTADMIN", Code::ContactAdmin),
    ("CORRUPTION", Code::Corruption),
    ("EXPIRED", Code::Expired),
    ("EXPUNGEISSUED", Code::ExpungeIssued),
    ("HASCHILDREN", Code::HasChildren),
    ("INUSE", Code::InUse),
    ("LIMIT", Code::Limit),
    ("NOMODSEQ", Code::NoModSeq),
    ("NONEXISTENT", Code::NonExistent),
    ("NOPERM", Code::NoPerm),
    ("NOTIFICATIONOVERFLOW", Code::NotificationOverflow),
    ("NOTSAVED", Code::NotSaved),
    ("OVERQUOTA", Code::OverQuota),
    ("PARSE", Code::Parse),
    ("PRIVACYREQUIRED", Code::PrivacyRequired),
    ("READ-ONLY", Code::ReadOnly),
    ("READ-WRITE", Code::ReadWrite),
    ("SERVERBUG", Code::ServerBug),
    ("TEMPFAIL", Code::TempFail),
    ("TOOBIG", Code::TooBig),
    ("TOOFEW", Code::TooFew),
    ("TRYCREATE", Code::TryCreate),
    ("UIDNOTSTICKY", Code::UidNotSticky),
    ("UIDREQUIRED", Code::UidRequired),
    ("UNAVAILABLE", Code::Unavailable),
    ("UNKNOWN-CTE", Code::UnknownCte),
    ("USEATTR", Code::UseAttr),
];

impl<'a> Code<'a> {
    /// The name; for [`Code::Other`] and [`Code::Malformed`] the octets as they came.
    pub fn name(&self) -> &'a [u8] {
        match self {
            Self::Annotate(_) => b"ANNOTATE",
            Self::AnnotateMore(_) => b"ANNOTATEMORE",
            Self::Annotations(_) => b"ANNOTATIONS",
            Self::AppendUid(_) => b"APPENDUID",
            Self::BadCharset(_) => b"BADCHARSET",
            Self::BadEvent(_) => b"BADEVENT",
            Self::BadUrl(_) => b"BADURL",
            Self::Capability(_) => b"CAPABILITY",
            Self::CopyUid(_) => b"COPYUID",
            Self::HighestModSeq(_) => b"HIGHESTMODSEQ",
            Self::InProgress(_) => b"INPROGRESS",
            Self::MailboxId(_) => b"MAILBOXID",
            Self::MaxConvertMessages(_) => b"MAXCONVERTMESSAGES",
            Self::MaxConvertParts(_) => b"MAXCONVERTPARTS",
            Self::MessageLimit(_) => b"MESSAGELIMIT",
            Self::Metadata(_) => b"METADATA",
            Self::Modified(_) => b"MODIFIED",
            Self::NoUpdate(_) => b"NOUPDATE",
            Self::PermanentFlags(_) => b"PERMANENTFLAGS",
            Self::Referral(_) => b"REFERRAL",
            Self::UidNext(_) => b"UIDNEXT",
            Self::UidValidity(_) => b"UIDVALIDITY",
            Self::UndefinedFilter(_) => b"UNDEFINED-FILTER",
            Self::Unseen(_) => b"UNSEEN",
            Self::UrlMech(_) => b"URLMECH",
            Self::Other(item) => item.name,
            Self::Malformed(item) => item.name,
            simple => {
                let known = NAMES.iter().find(|(_, code)| code == simple);
                known.map_or(b"", |(name, _)| name.as_bytes())
            }
        }
    }
}

/// A code that is known by its name.
enum Known {
    /// One without a value.
    Bare(Code<'static>),
    /// One whose value is to be read.
    Valued(Kind),
}

/// How the value of a code is read.
#[derive(Clone, Copy)]
enum Kind {
    Annotate,
    AnnotateMore,
    Annotations,
    AppendUid,
    BadCharset,
    BadEvent,
    BadUrl,
    Capability,
    CopyUid,
    HighestModSeq,
    InProgress,
    MailboxId,
    MaxConvertMessages,
    MaxConvertParts,
    MessageLimit,
    Metadata,
    Modified,
    NoUpdate,
    PermanentFlags,
    Referral,
    UidNext,
    UidValidity,
    UndefinedFilter,
    Unseen,
    UrlMech,
}

/// The codes with a value that most servers send, with what follows.
#[inline(always)]
fn usual_kind<'a>(i: &Input<'a>) -> Option<(Kind, Input<'a>)> {
    Some(match peek(i)? {
        b'U' => match i.strip_prefix(b"UID") {
            Some(rest @ [b'N', ..]) => (Kind::UidNext, behind(&rest, b"NEXT")?),
            Some(rest) => (Kind::UidValidity, behind(&rest, b"VALIDITY")?),
            None => (Kind::Unseen, behind(i, b"UNSEEN")?),
        },
        b'H' => (Kind::HighestModSeq, behind(i, b"HIGHESTMODSEQ")?),
        b'P' => (Kind::PermanentFlags, behind(i, b"PERMANENTFLAGS")?),
        b'C' => match behind(i, b"COPYUID") {
            Some(rest) => (Kind::CopyUid, rest),
            None => (Kind::Capability, behind(i, b"CAPABILITY")?),
        },
        b'A' => (Kind::AppendUid, behind(i, b"APPENDUID")?),
        _ => return None,
    })
}

fn by_name(name: &[u8]) -> Option<Known> {
    let kind = match name {
        b"UIDNEXT" => Kind::UidNext,
        b"UIDVALIDITY" => Kind::UidValidity,
        b"HIGHESTMODSEQ" => Kind::HighestModSeq,
        b"PERMANENTFLAGS" => Kind::PermanentFlags,
        b"CAPABILITY" => Kind::Capability,
        b"UNSEEN" => Kind::Unseen,
        b"COPYUID" => Kind::CopyUid,
        b"APPENDUID" => Kind::AppendUid,
        b"BADCHARSET" => Kind::BadCharset,
        b"ANNOTATE" => Kind::Annotate,
        b"ANNOTATIONS" => Kind::Annotations,
        b"ANNOTATEMORE" => Kind::AnnotateMore,
        b"BADEVENT" => Kind::BadEvent,
        b"METADATA" => Kind::Metadata,
        b"INPROGRESS" => Kind::InProgress,
        b"MAILBOXID" => Kind::MailboxId,
        b"REFERRAL" => Kind::Referral,
        b"NOUPDATE" => Kind::NoUpdate,
        b"UNDEFINED-FILTER" => Kind::UndefinedFilter,
        b"MODIFIED" => Kind::Modified,
        b"BADURL" => Kind::BadUrl,
        b"URLMECH" => Kind::UrlMech,
        b"MESSAGELIMIT" => Kind::MessageLimit,
        b"MAXCONVERTMESSAGES" => Kind::MaxConvertMessages,
        b"MAXCONVERTPARTS" => Kind::MaxConvertParts,
        _ => return bare_by_name(name).map(Known::Bare),
    };
    Some(Known::Valued(kind))
}

fn bare_by_name(name: &[u8]) -> Option<Code<'static>> {
    Some(match name {
        b"ALERT" => Code::Alert,
        b"ALREADYEXISTS" => Code::AlreadyExists,
        b"AUTHENTICATIONFAILED" => Code::AuthenticationFailed,
        b"AUTHORIZATIONFAILED" => Code::AuthorizationFailed,
        b"BADCOMPARATOR" => Code::BadComparator,
        b"CANNOT" => Code::Cannot,
        b"CLIENTBUG" => Code::ClientBug,
        b"CLOSED" => Code::Closed,
        b"COMPRESSIONACTIVE" => Code::CompressionActive,
        b"CONTACTADMIN" => Code::ContactAdmin,
        b"CORRUPTION" => Code::Corruption,
        b"EXPIRED" => Code::Expired,
        b"EXPUNGEISSUED" => Code::ExpungeIssued,
        b"HASCHILDREN" => Code::HasChildren,
        b"INUSE" => Code::InUse,
        b"LIMIT" => Code::Limit,
        b"NOMODSEQ" => Code::NoModSeq,
        b"NONEXISTENT" => Code::NonExistent,
        b"NOPERM" => Code::NoPerm,
        b"NOTIFICATIONOVERFLOW" => Code::NotificationOverflow,
        b"NOTSAVED" => Code::NotSaved,
        b"OVERQUOTA" => Code::OverQuota,
        b"PARSE" => Code::Parse,
        b"PRIVACYREQUIRED" => Code::PrivacyRequired,
        b"READ-ONLY" => Code::ReadOnly,
        b"READ-WRITE" => Code::ReadWrite,
        b"SERVERBUG" => Code::ServerBug,
        b"TEMPFAIL" => Code::TempFail,
        b"TOOBIG" => Code::TooBig,
        b"TOOFEW" => Code::TooFew,
        b"TRYCREATE" => Code::TryCreate,
        b"UIDNOTSTICKY" => Code::UidNotSticky,
        b"UIDREQUIRED" => Code::UidRequired,
        b"UNAVAILABLE" => Code::Unavailable,
        b"UNKNOWN-CTE" => Code::UnknownCte,
        b"USEATTR" => Code::UseAttr,
        _ => return None,
    })
}

/// A code with its brackets.
///
/// ```abnf
/// "[" resp-text-code "]"
/// ```
#[inline(always)]
pub(crate) fn resp_text_code<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Code<'a>> {
    byte(i, b'[', Expected::OpenBracket)?;
    let start = *i;
    // Codes are returned at once, since moving them first takes longer than to read them.
    let error = if let Some((kind, rest)) = usual_kind(i) {
        *i = rest;
        match value(i, cx, kind) {
            Ok(code) if opt(i, b']') => return Ok(code),
            result => result.err(),
        }
    } else {
        match named_code(i, cx, start) {
            Ok(code) if opt(i, b']') => return Ok(code),
            result => result.err(),
        }
    };
    let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseBracket));
    unreadable_code(i, cx, start, error)
}

/// A code that is looked up by its name; `start` is its place.
fn named_code<'a>(i: &mut Input<'a>, cx: &Context<'a>, start: Input<'a>) -> PResult<Code<'a>> {
    match fold(atom(i)?.as_bytes(), by_name) {
        Some(Known::Bare(code)) => Ok(code),
        Some(Known::Valued(kind)) => value(i, cx, kind),
        None => other_code(i, cx, start),
    }
}

#[inline]
fn value<'a>(i: &mut Input<'a>, cx: &Context<'a>, kind: Kind) -> PResult<Code<'a>> {
    if peek(i) == Some(b']') {
        match kind {
            // RFC 9051 9: the charsets of BADCHARSET may be left out.
            Kind::BadCharset => return Ok(Code::BadCharset(&[])),
            Kind::InProgress => return Ok(Code::InProgress(None)),
            _ => {}
        }
    }
    if let Kind::Capability = kind {
        return capabilities(i, cx).map(Code::Capability);
    }
    sp(i)?;
    match kind {
        Kind::Capability => capabilities(i, cx).map(Code::Capability),
        Kind::UidNext => non_zero(i, cx).map(Code::UidNext),
        Kind::UidValidity => non_zero(i, cx).map(Code::UidValidity),
        Kind::Unseen => non_zero(i, cx).map(Code::Unseen),
        Kind::HighestModSeq => mod_sequence_value(i, cx).map(Code::HighestModSeq),
        Kind::BadUrl => url_resp_text(i, cx).map(Code::BadUrl),
        Kind::MaxConvertMessages => non_zero(i, cx).map(Code::MaxConvertMessages),
        Kind::MaxConvertParts => non_zero(i, cx).map(Code::MaxConvertParts),
        Kind::UrlMech => urlmech(i, cx).map(Code::UrlMech),
        Kind::MessageLimit => message_limit(i, cx).map(Code::MessageLimit),
        Kind::Modified => modified(i, cx).map(Code::Modified),
        Kind::Annotate => annotate_code(i).map(Code::Annotate),
        Kind::AnnotateMore => annotate_code(i).map(Code::AnnotateMore),
        Kind::Annotations => annotations_code(i, cx).map(Code::Annotations),
        Kind::BadEvent => non_empty_list(i, cx, event_name).map(Code::BadEvent),
        Kind::Metadata => metadata_code(i).map(Code::Metadata),
        Kind::InProgress => {
            let progress = in_progress(i, cx)?;
            cx.alloc(i, progress).map(|p| Code::InProgress(Some(p)))
        }
        Kind::NoUpdate => quoted_tag(i, cx).map(Code::NoUpdate),
        Kind::UndefinedFilter => filter_name(i).map(Code::UndefinedFilter),
        Kind::PermanentFlags => flag_list(i, cx, FlagPlace::Permanent).map(Code::PermanentFlags),
        Kind::MailboxId => object_id_in_parens(i).map(Code::MailboxId),
        Kind::Referral => separated(i, cx, b' ', url).map(Code::Referral),
        Kind::BadCharset if at(i, b'(') => {
            non_empty_list(i, cx, |i| astring(i, cx)).map(Code::BadCharset)
        }
        Kind::BadCharset => bare_charsets(i, cx).map(Code::BadCharset),
        Kind::AppendUid => resp_code_apnd(i, cx).map(Code::AppendUid),
        Kind::CopyUid => resp_code_copy(i, cx).map(Code::CopyUid),
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::lexeme::testing::strict;

    #[test]
    fn ok_each_code_without_a_value_is_found_in_any_case() {
        let read = |name: &str| {
            let line = format!("[{name}]x");
            strict(line.as_bytes(), |i, cx| {
                resp_text_code(i, cx).map(|code| format!("{code:?}"))
            })
        };
        for (name, code) in NAMES {
            assert_eq!(read(name), format!("{code:?}|x"));
            assert_eq!(read(&name.to_ascii_lowercase()), format!("{code:?}|x"));
            assert_eq!(code.name(), name.as_bytes());
        }
    }
}
