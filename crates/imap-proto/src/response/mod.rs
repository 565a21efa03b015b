//! Server to client: what a server says.

mod acl;
mod annotatemore;
mod annotation;
pub(crate) mod code;
mod code_lenient;
mod convert;
pub(crate) mod esearch;
mod extension;
mod fetch;
mod greeting;
mod in_progress;
mod language;
mod list;
mod mailbox_status;
mod message_limit;
mod metadata;
mod modified;
mod namespace;
mod quota;
mod search;
mod status;
mod thread;
mod uid_batches;
mod uid_plus;
mod url;
mod url_auth;
mod vanished;

use core::fmt;
use core::num::NonZeroU32;

use imap_util::{Atom, Flag};

pub use acl::{Acl, AclEntry, ListRights, MyRights};
pub use annotatemore::{AnnotateMore, AnnotateMoreData};
pub use annotation::{AnnotateCode, AnnotationsCode};
pub use code::Code;
pub use convert::{
    BadConversion, Conversion, ConversionError, ConversionFault, Converted, ConvertedItem,
    IncompleteConversion,
};
pub use esearch::{ContextChange, Esearch, PartialResult, SearchCorrelator, SearchReturnData};
pub use fetch::{Fetch, UnnumberedFetch};
pub use greeting::{Greeting, GreetingStatus};
pub use in_progress::InProgress;
pub use language::Comparator;
pub use list::{List, ListExtendedItem};
pub use mailbox_status::MailboxStatus;
pub use message_limit::MessageLimit;
pub use metadata::{Metadata, MetadataCode, MetadataEntries};
pub use modified::Modified;
pub use namespace::{Namespace, NamespaceExtension, Namespaces};
pub use quota::{Quota, QuotaRoot, QuotaUsage};
pub use search::Search;
pub use status::{ContinuationRequest, Status, StatusResponse};
pub use thread::Thread;
pub use uid_batches::UidBatches;
pub use uid_plus::{AppendUid, CopyUid};
pub use url_auth::{UrlContents, UrlData, UrlItem, UrlMechanismData};
pub use vanished::Vanished;

use crate::arena::Arena;
use crate::error::{Expected, Fail, PResult, ParseError, fail};
use crate::lexeme::{
    Context, Input, Role, atom, behind, blanks, digits64, end, fold, number, opt, peek, run,
    skip_rest, sp,
};
use crate::options::Options;
use crate::quirks::Quirk;
use crate::value::capability::capabilities;
use crate::value::flag::{FlagPlace, flag_list};
use crate::value::{Capability, IString, Id, PushService, SeqNum, Tag, Uid};

/// One response of a server, or the greeting read as a response.
///
/// ```
/// use imap_proto::response::Fetch;
/// use imap_proto::{Arena, FetchItem, Flag, Response};
///
/// let arena = Arena::new();
/// let response = Response::parse(b"* 12 FETCH (FLAGS (\\Seen) UID 7)\r\n", &arena)?;
/// let Response::Fetch(Fetch { number, items }) = response else { unreachable!() };
/// assert_eq!(number.get(), 12);
/// assert!(matches!(items, [FetchItem::Flags([Flag::Seen]), FetchItem::Uid(_)]));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 9051 section 7](https://www.rfc-editor.org/rfc/rfc9051#section-7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Response<'a> {
    /// `* ACL ...`: who has which rights on a mailbox, RFC 4314.
    Acl(Acl<'a>),
    /// `* ANNOTATION ...`: annotations of a mailbox or the server, before RFC 5464.
    Annotation(AnnotateMore<'a>),
    /// `* CAPABILITY ...`
    Capability(&'a [Capability<'a>]),
    /// `* COMPARATOR ...`: how texts are compared, RFC 5255.
    Comparator(Comparator<'a>),
    /// `+ ...`: the server waits for the rest of a command.
    Continue(ContinuationRequest<'a>),
    /// `* CONVERSION ...`: a conversion that the server can do, RFC 5259.
    Conversion(Conversion<'a>),
    /// `* n CONVERTED ...`: parts of a message as another media type, RFC 5259.
    Converted(Converted<'a>),
    /// `* ENABLED ...`: which extensions were switched on, RFC 5161.
    Enabled(&'a [Capability<'a>]),
    /// `* ESEARCH ...` with sequence numbers, RFC 4731.
    Esearch(Esearch<'a>),
    /// `* n EXISTS`: how many messages the mailbox has.
    Exists(u32),
    /// `* n EXPUNGE`: the message is gone, and those behind it move up.
    Expunge(SeqNum),
    /// `* n FETCH ...`
    Fetch(Fetch<'a>),
    /// `* FLAGS (...)`: which flags can be there.
    Flags(&'a [Flag<'a>]),
    /// `* GENURLAUTH ...`: URLs that others can use, RFC 4467.
    GenUrlAuth(&'a [IString<'a>]),
    /// `* ID ...`: what the server is, RFC 2971.
    Id(Id<'a>),
    /// `* JMAPACCESS ...`: the URL of the same account in JMAP, RFC 9698.
    JmapAccess(IString<'a>),
    /// `* LANGUAGE (...)`: the language in use, or all that there are, RFC 5255.
    Language(&'a [IString<'a>]),
    /// `* LIST ...`
    List(List<'a>),
    /// `* LISTRIGHTS ...`: which rights somebody can be given, RFC 4314.
    ListRights(ListRights<'a>),
    /// `* LSUB ...`
    Lsub(List<'a>),
    /// `* STATUS ...`
    MailboxStatus(MailboxStatus<'a>),
    /// `* METADATA ...`: annotations of a mailbox or the server, RFC 5464.
    Metadata(Metadata<'a>),
    /// `* MYRIGHTS ...`: which rights the user has, RFC 4314.
    MyRights(MyRights<'a>),
    /// `* NAMESPACE ...`: where mailboxes are, RFC 2342.
    Namespace(Namespaces<'a>),
    /// `* QUOTA ...`: usage and limits of a quota root, RFC 9208.
    Quota(Quota<'a>),
    /// `* QUOTAROOT ...`: which quota roots count for a mailbox, RFC 9208.
    QuotaRoot(QuotaRoot<'a>),
    /// `* n RECENT`: how many messages have `\Recent`.
    Recent(u32),
    /// `* SEARCH ...`
    Search(Search<'a>),
    /// `* SORT ...`: the numbers in the order that was asked for, RFC 5256.
    Sort(Search<'a>),
    /// OK, NO, BAD, BYE or PREAUTH, with a tag or without.
    Status(StatusResponse<'a>),
    /// `* THREAD ...`: the messages in threads, RFC 5256.
    Thread(&'a [Thread<'a>]),
    /// `* UIDBATCHES ...`: ranges with the same number of messages.
    UidBatches(UidBatches<'a>),
    /// `* ESEARCH ... UID ...`: with UIDs, RFC 4731.
    UidEsearch(Esearch<'a, Uid>),
    /// `* uid UIDFETCH ...`, RFC 9586.
    UidFetch(Fetch<'a, Uid>),
    /// `* 0 FETCH ...`: items of a message that its number does not tell.
    UnnumberedFetch(UnnumberedFetch<'a>),
    /// `* URLFETCH ...`: what URLs stand for, RFC 4467.
    UrlFetch(&'a [UrlContents<'a>]),
    /// `* VANISHED ...`: messages are gone, by UID, RFC 7162.
    Vanished(Vanished<'a>),
    /// `* XAPPLEPUSHSERVICE ...`: what is agreed on notifications by Apple's push service.
    XApplePushService(PushService<'a>),
    /// `* XLIST ...`: Google's, before RFC 6154.
    Xlist(List<'a>),
    /// Any other.
    Other(OtherResponse<'a>),
}

/// A response with a name that is not known: `* 5 XNEWS "a" (b)`.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct OtherResponse<'a> {
    /// The number in front of the name.
    pub number: Option<u32>,
    /// The name.
    pub name: Atom<'a>,
    /// What stands behind the name and its blank, literals included, without the line end.
    pub value: &'a [u8],
}

impl fmt::Debug for OtherResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut other = f.debug_struct("OtherResponse");
        other.field("number", &self.number);
        other
            .field("name", &self.name)
            .field("value", &IString(self.value))
            .finish()
    }
}

impl<'a> Response<'a> {
    /// Reads one whole response, line end and literals included, with [`Options::lenient`].
    ///
    /// # Errors
    ///
    /// If the response cannot be read. What is wrong with a single item of a FETCH or STATUS response,
    /// or with a response code, is no error: the item is there as `Malformed`.
    #[inline]
    pub fn parse(frame: &'a [u8], arena: &'a Arena) -> Result<Self, ParseError> {
        Self::parse_with(frame, arena, &Options::lenient())
    }

    /// Whether a frame is a FETCH response, as its first words tell.
    ///
    /// ```
    /// use imap_proto::Response;
    ///
    /// assert!(Response::is_fetch(b"* 12 FETCH (UID 7)\r\n"));
    /// assert!(!Response::is_fetch(b"* 12 EXISTS\r\n"));
    /// ```
    #[inline]
    pub fn is_fetch(frame: &[u8]) -> bool {
        matches!(kind(&mut &*frame), Ok(Kind::Fetch(_)))
    }

    /// Reads one whole response with these options.
    ///
    /// # Errors
    ///
    /// If the response cannot be read; see [`Response::parse`].
    #[inline]
    pub fn parse_with(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Self, ParseError> {
        let cx = &Context::new(frame, arena, options, Role::Server);
        let i = &mut &*frame;
        let kind = match kind(i) {
            Ok(kind) => kind,
            Err(error) => match odd_kind(i, cx, frame, error) {
                Ok(kind) => kind,
                Err(error) => return Err(error.locate(frame, cx.rule())),
            },
        };
        // Each arm is finished on its own, so that the response is made where the caller wants it.
        let done = |result: PResult<Self>| result.map_err(|e| e.locate(frame, cx.rule()));
        match kind {
            Kind::Fetch(seq) => done(fetch::fetch(i, cx, seq).map(Self::Fetch)),
            Kind::Exists(n) => done(end(i, cx).map(|()| Self::Exists(n))),
            Kind::Expunge(seq) => done(end(i, cx).map(|()| Self::Expunge(seq))),
            Kind::Recent(n) => done(end(i, cx).map(|()| Self::Recent(n))),
            Kind::Search => done(search::search(i, cx).map(Self::Search)),
            Kind::List => done(list::mailbox_list(i, cx).map(Self::List)),
            Kind::Lsub => done(list::mailbox_list(i, cx).map(Self::Lsub)),
            Kind::Status(status) => done(status::resp_text(i, cx, None, status).map(Self::Status)),
            Kind::Tagged => done(tagged(i, cx).map(Self::Status)),
            Kind::Bracketed => done(bracketed(i, cx).map(Self::Status)),
            Kind::WithoutCondition => done(status::without_condition(i, cx).map(Self::Status)),
            Kind::Continue => done(status::continue_req(i, cx).map(Self::Continue)),
            Kind::MailboxStatus => {
                done(mailbox_status::mailbox_status(i, cx).map(Self::MailboxStatus))
            }
            Kind::Flags => done(flags(i, cx).map(Self::Flags)),
            Kind::Capability => done(capability_data(i, cx).map(Self::Capability)),
            Kind::UnnumberedFetch(number) => {
                done(fetch::unnumbered_fetch(i, cx, number).map(Self::UnnumberedFetch))
            }
            Kind::UidFetch(uid) => done(fetch::uid_fetch(i, cx, uid).map(Self::UidFetch)),
            Kind::Xlist => done(list::xlist(i, cx).map(Self::Xlist)),
            Kind::Other(number) => done(extension::extension(i, cx, number)),
        }
    }
}

/// What kind of response it is, as its first words tell.
#[derive(Clone, Copy)]
enum Kind {
    Bracketed,
    Capability,
    Continue,
    Exists(u32),
    Expunge(SeqNum),
    Fetch(SeqNum),
    Flags,
    List,
    Lsub,
    MailboxStatus,
    Other(Option<u32>),
    Recent(u32),
    Search,
    Status(Status),
    Tagged,
    UidFetch(Uid),
    UnnumberedFetch(u64),
    WithoutCondition,
    Xlist,
}

/// The first words of a response.
///
/// ```abnf
/// response = *(continue-req / response-data) response-done
/// ```
#[inline(always)]
fn kind(i: &mut Input<'_>) -> PResult<Kind> {
    match **i {
        [b'*', b' ', ref rest @ ..] => {
            *i = rest;
            match peek(i) {
                Some(b'0'..=b'9') => numbered(i),
                Some(b'[') => Ok(Kind::WithoutCondition),
                _ => named(i),
            }
        }
        [b'+', ref rest @ ..] => {
            *i = rest;
            Ok(Kind::Continue)
        }
        [b'[', ..] => Ok(Kind::Bracketed),
        _ => Ok(Kind::Tagged),
    }
}

/// `response-tagged = tag SP resp-cond-state CRLF`
#[inline]
fn tagged<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<StatusResponse<'a>> {
    cx.set_rule("tagged response");
    let tag = Tag::take(i)?;
    sp(i)?;
    let start = *i;
    let Some(status) = status::condition(i) else {
        return fail(start, Expected::Status);
    };
    if matches!(status, Status::Bye | Status::PreAuth) {
        // quirk: TaggedBye
        cx.forgive_or(start, Quirk::TaggedBye, Expected::Status)?;
    }
    status::resp_text(i, cx, Some(tag), status)
}

/// A tag may begin with a bracket, and so does the code of a line without tag and condition.
#[cold]
fn bracketed<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<StatusResponse<'a>> {
    let start = *i;
    let noted = cx.noted();
    tagged(i, cx).or_else(|_| {
        *i = start;
        cx.unnote(noted);
        status::without_condition(i, cx)
    })
}

#[derive(Clone, Copy)]
enum Numbered {
    Exists,
    Expunge,
    Fetch,
    Recent,
    UidFetch,
}

#[inline(always)]
fn numbered_name(name: &[u8]) -> Option<Numbered> {
    Some(match name {
        b"FETCH" => Numbered::Fetch,
        b"EXISTS" => Numbered::Exists,
        b"EXPUNGE" => Numbered::Expunge,
        b"RECENT" => Numbered::Recent,
        b"UIDFETCH" => Numbered::UidFetch,
        _ => return None,
    })
}

/// `message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))`, and EXISTS and RECENT.
#[inline(always)]
fn numbered(i: &mut Input<'_>) -> PResult<Kind> {
    let number_start = *i;
    let n = number(i)?;
    sp(i)?;
    let start = *i;
    let known = match behind(i, b"FETCH") {
        Some(rest) => {
            *i = rest;
            Some(Numbered::Fetch)
        }
        None => fold(atom(i)?.as_bytes(), numbered_name),
    };
    let Some(known) = known else {
        *i = start;
        return Ok(Kind::Other(Some(n)));
    };
    match with_number(known, n) {
        Some(kind) => Ok(kind),
        None => fail(number_start, Expected::NonZeroNumber),
    }
}

/// The kind of a known response with this number, if the number can be.
#[inline(always)]
fn with_number(name: Numbered, n: u32) -> Option<Kind> {
    Some(match (name, NonZeroU32::new(n)) {
        (Numbered::Fetch, Some(seq)) => Kind::Fetch(seq.into()),
        (Numbered::Exists, _) => Kind::Exists(n),
        (Numbered::Recent, _) => Kind::Recent(n),
        (Numbered::Expunge, Some(seq)) => Kind::Expunge(seq.into()),
        (Numbered::UidFetch, Some(uid)) => Kind::UidFetch(uid.into()),
        _ => return None,
    })
}

#[inline(always)]
fn named_name(name: &[u8]) -> Option<Kind> {
    Some(match name {
        b"LIST" => Kind::List,
        b"OK" => Kind::Status(Status::Ok),
        b"SEARCH" => Kind::Search,
        b"STATUS" => Kind::MailboxStatus,
        b"LSUB" => Kind::Lsub,
        b"NO" => Kind::Status(Status::No),
        b"BAD" => Kind::Status(Status::Bad),
        b"BYE" => Kind::Status(Status::Bye),
        b"PREAUTH" => Kind::Status(Status::PreAuth),
        b"FLAGS" => Kind::Flags,
        b"CAPABILITY" => Kind::Capability,
        b"XLIST" => Kind::Xlist,
        _ => return None,
    })
}

/// The names that most responses have, with what follows.
#[inline(always)]
fn usual_name<'a>(i: &Input<'a>) -> Option<(Kind, Input<'a>)> {
    Some(match peek(i)? {
        b'O' => (Kind::Status(Status::Ok), behind(i, b"OK")?),
        b'L' => (Kind::List, behind(i, b"LIST")?),
        b'S' => (Kind::Search, behind(i, b"SEARCH")?),
        _ => return None,
    })
}

/// Untagged responses that begin with their name.
///
/// ```abnf
/// response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data /
///                 capability-data) CRLF
/// ```
#[inline(always)]
fn named(i: &mut Input<'_>) -> PResult<Kind> {
    if let Some((kind, rest)) = usual_name(i) {
        *i = rest;
        return Ok(kind);
    }
    let start = *i;
    Ok(fold(atom(i)?.as_bytes(), named_name).unwrap_or_else(|| {
        *i = start;
        Kind::Other(None)
    }))
}

/// The first words of a response that are not by the book: with too many blanks, or with the number of
/// no message.
#[cold]
#[inline(never)]
fn odd_kind<'a>(
    i: &mut Input<'a>,
    cx: &Context<'_>,
    frame: Input<'a>,
    error: Fail,
) -> PResult<Kind> {
    *i = frame;
    if !opt(i, b'*') || blanks(i, cx).is_err() {
        return Err(error);
    }
    let start = *i;
    match peek(i) {
        Some(b'0'..=b'9') => {}
        Some(b'[') => return Ok(Kind::WithoutCondition),
        _ => return named(i),
    }
    let number = digits64(i)?;
    blanks(i, cx)?;
    let name_start = *i;
    let name = fold(atom(i)?.as_bytes(), numbered_name);
    let kind = match (name, u32::try_from(number)) {
        (Some(name), Ok(n)) => with_number(name, n),
        (None, Ok(n)) => Some(Kind::Other(Some(n))),
        (_, Err(_)) => None,
    };
    match (name, kind) {
        (None, Some(kind)) => {
            *i = name_start;
            Ok(kind)
        }
        (_, Some(kind)) => Ok(kind),
        // quirk: ImpossibleNumber
        (Some(Numbered::Fetch), None) if cx.forgive(start, Quirk::ImpossibleNumber) => {
            Ok(Kind::UnnumberedFetch(number))
        }
        (_, None) if number == 0 && cx.forgive(start, Quirk::ImpossibleNumber) => {
            *i = name_start;
            Ok(Kind::Other(Some(0)))
        }
        (_, None) => Err(error),
    }
}

/// What follows the word FLAGS.
fn flags<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Flag<'a>]> {
    cx.set_rule("FLAGS response");
    sp(i)?;
    let flags = flag_list(i, cx, FlagPlace::Any)?;
    end(i, cx)?;
    Ok(flags)
}

/// What follows the word CAPABILITY.
fn capability_data<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<&'a [Capability<'a>]> {
    cx.set_rule("CAPABILITY response");
    let capabilities = capabilities(i, cx)?;
    end(i, cx)?;
    Ok(capabilities)
}

/// Any other response, its value kept as it came.
#[cold]
fn other<'a>(i: &mut Input<'a>, cx: &Context<'a>, number: Option<u32>) -> PResult<Response<'a>> {
    let name = atom(i)?;
    match **i {
        // A blank with nothing behind it is for what reads the end of the line.
        [b'\r' | b'\n', ..] | [b' ', b'\r' | b'\n', ..] => {}
        _ => sp(i)?,
    }
    let start = *i;
    let noted = cx.noted();
    let value = match skip_rest(i, cx) {
        Err(error) if !error.is_final() => {
            cx.unnote(noted);
            // quirk: UnbalancedText
            if !cx.forgive(start, Quirk::UnbalancedText) {
                return Err(error);
            }
            *i = start;
            run(i, |b| !matches!(b, b'\r' | b'\n'))
        }
        value => value?,
    };
    end(i, cx)?;
    Ok(Response::Other(OtherResponse {
        number,
        name,
        value,
    }))
}
