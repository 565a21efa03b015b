//! Client to server: one struct for each command that has arguments.

mod acl;
mod annotatemore;
mod append;
mod compress;
mod convert;
mod enable;
mod esearch;
mod extension;
pub(crate) mod fetch;
mod idle;
mod language;
mod list;
mod login;
mod mailbox;
mod metadata;
mod notify;
mod other;
mod quota;
mod replace;
mod search;
mod select;
mod sort;
mod store;
mod thread;
mod uid_batches;
mod url_auth;

pub use acl::{AclAction, DeleteAcl, GetAcl, ListRights, MyRights, SetAcl};
pub use annotatemore::{GetAnnotation, SetAnnotation};
pub use append::{Append, AppendData, AppendExtension, AppendMessage, CatenatePart};
pub use compress::Compress;
pub use convert::{Conversions, Convert, ConvertItemName};
pub use enable::Enable;
pub use esearch::Esearch;
pub use fetch::{Copy, Fetch, FetchModifier, Partial, UidExpunge};
pub use idle::Done;
pub use language::{Comparator, Language};
pub use list::{
    BasicList, List, ListPattern, ListPatterns, ListReturnOption, ListSelectOption, Status,
};
pub use login::{Authenticate, AuthenticateData, Login, ProxyAuth, SaslResponse};
pub use mailbox::{Create, CreateParameter, Delete, Rename, Subscribe, Unsubscribe};
pub use metadata::{GetMetadata, MetadataDepth, MetadataOption, SetMetadata};
pub use notify::{EventGroup, Notify, NotifySet};
pub use other::OtherCommand;
pub use quota::{GetQuota, GetQuotaRoot, QuotaLimit, SetQuota};
pub use replace::{Move, Replace};
pub use search::{CancelUpdate, Search, SearchReturnOption};
pub use select::{Examine, QResync, Select, SelectParameter, SeqMatch};
pub use sort::{Sort, SortCriterion, SortKey};
pub use store::{Store, StoreAction, StoreData, StoreModifier};
pub use thread::Thread;
pub use uid_batches::UidBatches;
pub use url_auth::{GenUrlAuth, ResetKey, UrlFetch, UrlItemName, UrlRequest, UrlRump};

pub(crate) use search::quoted_tag;

use crate::arena::Arena;
use crate::error::{Expected, Fail, PResult, ParseError, fail};
use crate::lexeme::{Context, Input, Role, atom, behind, end, fold, peek, sp};
use crate::options::Options;
use crate::value::{Id, PushService, SeqNum, Tag, Uid};

/// A command with its tag.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Tagged<'a> {
    /// What the status response to the command will carry.
    pub tag: Tag<'a>,
    /// The command.
    pub command: Command<'a>,
}

/// A command of a client.
///
/// The forms with UIDs have variants of their own, so that UIDs are never taken for sequence numbers.
///
/// ```
/// use imap_proto::command::{Command, Login, Tagged};
/// use imap_proto::Arena;
///
/// let arena = Arena::new();
/// let Tagged { tag, command } = Command::parse(b"a1 LOGIN ann {6}\r\nse cre\r\n", &arena)?;
/// assert_eq!(tag.as_str(), "a1");
/// let Command::Login(Login { user_name, password }) = command else { unreachable!() };
/// assert_eq!(user_name, "ann");
/// assert_eq!(password, "se cre");
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 9051 section 6](https://www.rfc-editor.org/rfc/rfc9051#section-6)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Command<'a> {
    /// `APPEND`: put messages into a mailbox.
    Append(Append<'a>),
    /// `AUTHENTICATE`: log in by SASL; [`AuthenticateData`] follows.
    Authenticate(Authenticate<'a>),
    /// `CANCELUPDATE`: stop to tell what searches find, RFC 5267.
    CancelUpdate(CancelUpdate<'a>),
    /// `CAPABILITY`: ask what the server can do.
    Capability,
    /// `CHECK`: ask for a checkpoint of the mailbox.
    Check,
    /// `CLOSE`: leave the mailbox and expunge.
    Close,
    /// `COMPARATOR`: choose how texts are compared, RFC 5255.
    Comparator(Comparator<'a>),
    /// `COMPRESS`: compress all that follows, RFC 4978.
    Compress(Compress<'a>),
    /// `CONVERSIONS`: ask which media types can become which, RFC 5259.
    Conversions(Conversions<'a>),
    /// `CONVERT`: get parts of messages as another media type, RFC 5259.
    Convert(Convert<'a>),
    /// `COPY`: copy messages.
    Copy(Copy<'a>),
    /// `CREATE`: make a mailbox.
    Create(Create<'a>),
    /// `DELETE`: remove a mailbox.
    Delete(Delete<'a>),
    /// `DELETEACL`: remove somebody from the access control list of a mailbox, RFC 4314.
    DeleteAcl(DeleteAcl<'a>),
    /// `ENABLE`: switch extensions on, RFC 5161.
    Enable(Enable<'a>),
    /// `ESEARCH`: find messages in several mailboxes, RFC 7377.
    Esearch(Esearch<'a>),
    /// `EXAMINE`: select a mailbox for reading only.
    Examine(Examine<'a>),
    /// `EXPUNGE`: remove all messages that have `\Deleted`.
    Expunge,
    /// `FETCH`: get data of messages.
    Fetch(Fetch<'a>),
    /// `GENURLAUTH`: make URLs that others can use, RFC 4467.
    GenUrlAuth(GenUrlAuth<'a>),
    /// `GETACL`: ask who has which rights on a mailbox, RFC 4314.
    GetAcl(GetAcl<'a>),
    /// `GETANNOTATION`: ask for annotations, before RFC 5464.
    GetAnnotation(GetAnnotation<'a>),
    /// `GETJMAPACCESS`: ask for the URL of the same account in JMAP, RFC 9698.
    GetJmapAccess,
    /// `GETMETADATA`: ask for annotations, RFC 5464.
    GetMetadata(GetMetadata<'a>),
    /// `GETQUOTA`: ask for usage and limits, RFC 9208.
    GetQuota(GetQuota<'a>),
    /// `GETQUOTAROOT`: ask which quota roots count for a mailbox, RFC 9208.
    GetQuotaRoot(GetQuotaRoot<'a>),
    /// `ID`: tell what the client is and ask what the server is, RFC 2971.
    Id(Id<'a>),
    /// `IDLE`: be told news until the client says [`Done`], RFC 2177.
    Idle,
    /// `LANGUAGE`: choose the language of texts, RFC 5255.
    Language(Language<'a>),
    /// `LIST`: list mailboxes.
    List(List<'a>),
    /// `LISTRIGHTS`: ask which rights somebody can be given, RFC 4314.
    ListRights(ListRights<'a>),
    /// `LOGIN`: log in with a password.
    Login(Login<'a>),
    /// `LOGOUT`: end the session.
    Logout,
    /// `LSUB`: list mailboxes that the user subscribed to.
    Lsub(BasicList<'a>),
    /// `MOVE`: move messages, RFC 6851.
    Move(Move<'a>),
    /// `MYRIGHTS`: ask which rights the user has, RFC 4314.
    MyRights(MyRights<'a>),
    /// `NAMESPACE`: ask where mailboxes are, RFC 2342.
    Namespace,
    /// `NOOP`: nothing but a chance for the server to tell news.
    Noop,
    /// `NOTIFY`: say which events the server is to tell of, RFC 5465.
    Notify(Notify<'a>),
    /// `PARTIAL`: get a part of one item, RFC 1730; obsolete.
    Partial(Partial<'a>),
    /// `PROXYAUTH`: act for another user.
    ProxyAuth(ProxyAuth<'a>),
    /// `RENAME`: give a mailbox another name.
    Rename(Rename<'a>),
    /// `RLIST`: list mailboxes, and those on other servers, RFC 2193.
    Rlist(BasicList<'a>),
    /// `RLSUB`: list mailboxes that the user subscribed to, and those on other servers, RFC 2193.
    Rlsub(BasicList<'a>),
    /// `REPLACE`: put a message in place of one, RFC 8508.
    Replace(Replace<'a>),
    /// `RESETKEY`: revoke URLs, RFC 4467.
    ResetKey(ResetKey<'a>),
    /// `SEARCH`: find messages.
    Search(Search<'a>),
    /// `SELECT`: select a mailbox.
    Select(Select<'a>),
    /// `SETACL`: change the rights of somebody, RFC 4314.
    SetAcl(SetAcl<'a>),
    /// `SETANNOTATION`: change an annotation, before RFC 5464.
    SetAnnotation(SetAnnotation<'a>),
    /// `SETMETADATA`: change annotations, RFC 5464.
    SetMetadata(SetMetadata<'a>),
    /// `SETQUOTA`: change limits, RFC 9208.
    SetQuota(SetQuota<'a>),
    /// `SORT`: find messages, and have them in order, RFC 5256.
    Sort(Sort<'a>),
    /// `STARTTLS`: go on with TLS.
    StartTls,
    /// `STATUS`: ask for the state of a mailbox.
    Status(Status<'a>),
    /// `STORE`: change flags of messages.
    Store(Store<'a>),
    /// `SUBSCRIBE`: add a mailbox to the list of the user.
    Subscribe(Subscribe<'a>),
    /// `THREAD`: find messages, and have them in threads, RFC 5256.
    Thread(Thread<'a>),
    /// `UIDBATCHES`: have the messages divided into ranges of UIDs.
    UidBatches(UidBatches),
    /// `UID CONVERT`.
    UidConvert(Convert<'a, Uid>),
    /// `UID COPY`.
    UidCopy(Copy<'a, Uid>),
    /// `UID EXPUNGE`: remove those of these messages that have `\Deleted`, RFC 4315.
    UidExpunge(UidExpunge<'a>),
    /// `UID FETCH`.
    UidFetch(Fetch<'a, Uid>),
    /// `UID MOVE`.
    UidMove(Move<'a, Uid>),
    /// `UID REPLACE`.
    UidReplace(Replace<'a, Uid>),
    /// `UID SEARCH`.
    UidSearch(Search<'a>),
    /// `UID SORT`.
    UidSort(Sort<'a>),
    /// `UID STORE`.
    UidStore(Store<'a, Uid>),
    /// `UID THREAD`.
    UidThread(Thread<'a>),
    /// `UNAUTHENTICATE`: go back to the state before logging in, RFC 8437.
    Unauthenticate,
    /// `UNSELECT`: leave the mailbox and do not expunge, RFC 3691.
    Unselect,
    /// `UNSUBSCRIBE`: remove a mailbox from the list of the user.
    Unsubscribe(Unsubscribe<'a>),
    /// `URLFETCH`: get what URLs stand for, RFC 4467.
    UrlFetch(UrlFetch<'a>),
    /// `XAPPLEPUSHSERVICE`: have notifications sent by Apple's push service.
    XApplePushService(PushService<'a>),
    /// `XLIST`: list mailboxes with what they are for; Google's, before RFC 6154.
    Xlist(BasicList<'a>),
    /// Any other.
    Other(OtherCommand<'a>),
}

impl<'a> Command<'a> {
    /// Reads one whole command, line end and literals included, with [`Options::strict`].
    ///
    /// # Errors
    ///
    /// If the command cannot be read. [`Tag::of_line`] then finds the tag for the BAD response.
    pub fn parse(frame: &'a [u8], arena: &'a Arena) -> Result<Tagged<'a>, ParseError> {
        Self::parse_with(frame, arena, &Options::strict())
    }

    /// Reads one whole command with these options.
    ///
    /// # Errors
    ///
    /// If the command cannot be read; see [`Command::parse`].
    pub fn parse_with(
        frame: &'a [u8],
        arena: &'a Arena,
        options: &Options,
    ) -> Result<Tagged<'a>, ParseError> {
        whole(frame, arena, options, tagged)
    }
}

/// Reads a frame of a client to its end.
fn whole<'a, T>(
    frame: &'a [u8],
    arena: &'a Arena,
    options: &Options,
    read: impl FnOnce(&mut Input<'a>, &Context<'a>) -> PResult<T>,
) -> Result<T, ParseError> {
    let cx = Context::new(frame, arena, options, Role::Client);
    let mut i = frame;
    match read(&mut i, &cx) {
        Ok(value) if i.is_empty() => Ok(value),
        Ok(_) => Err(Fail::new(i, Expected::End).locate(frame, cx.rule())),
        Err(error) => Err(error.locate(frame, cx.rule())),
    }
}

/// `command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF`
fn tagged<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Tagged<'a>> {
    let tag = Tag::take(i)?;
    sp(i)?;
    let command = match usual_name(i) {
        Some((name, rest)) => {
            *i = rest;
            arguments(i, cx, name)?
        }
        None => named(i, cx)?,
    };
    end(i, cx)?;
    Ok(Tagged { tag, command })
}

/// The names that most commands with arguments have, with what follows.
#[inline(always)]
fn usual_name<'a>(i: &Input<'a>) -> Option<(Name, Input<'a>)> {
    Some(match peek(i)? {
        b'F' => (Name::Fetch, behind(i, b"FETCH")?),
        b'L' => match behind(i, b"LIST") {
            Some(rest) => (Name::List, rest),
            None => (Name::Login, behind(i, b"LOGIN")?),
        },
        b'S' => match i.get(1)? {
            b'E' => match behind(i, b"SELECT") {
                Some(rest) => (Name::Select, rest),
                None => (Name::Search, behind(i, b"SEARCH")?),
            },
            _ => match behind(i, b"STORE") {
                Some(rest) => (Name::Store, rest),
                None => (Name::Status, behind(i, b"STATUS")?),
            },
        },
        b'U' => (Name::Uid, behind(i, b"UID")?),
        _ => return None,
    })
}

/// A command that is looked up by its name.
fn named<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Command<'a>> {
    let name = atom(i)?;
    match fold(name.as_bytes(), by_name) {
        Some(Known::Alone(command)) => Ok(command),
        Some(Known::With(name)) => arguments(i, cx, name),
        None => extension::extension(i, cx, name),
    }
}

/// A command that is known by its name.
enum Known {
    /// One without arguments.
    Alone(Command<'static>),
    /// One with arguments.
    With(Name),
}

#[derive(Clone, core::marker::Copy)]
enum Name {
    Append,
    Authenticate,
    Copy,
    Create,
    Delete,
    Examine,
    Fetch,
    List,
    Login,
    Lsub,
    Move,
    Partial,
    Rename,
    Replace,
    Rlist,
    Rlsub,
    Search,
    Select,
    Status,
    Store,
    Subscribe,
    Uid,
    Unsubscribe,
    Xlist,
}

fn by_name(name: &[u8]) -> Option<Known> {
    let name = match name {
        b"APPEND" => Name::Append,
        b"AUTHENTICATE" => Name::Authenticate,
        b"COPY" => Name::Copy,
        b"CREATE" => Name::Create,
        b"DELETE" => Name::Delete,
        b"EXAMINE" => Name::Examine,
        b"FETCH" => Name::Fetch,
        b"LIST" => Name::List,
        b"LOGIN" => Name::Login,
        b"LSUB" => Name::Lsub,
        b"MOVE" => Name::Move,
        b"PARTIAL" => Name::Partial,
        b"RENAME" => Name::Rename,
        b"RLIST" => Name::Rlist,
        b"RLSUB" => Name::Rlsub,
        b"REPLACE" => Name::Replace,
        b"SEARCH" => Name::Search,
        b"SELECT" => Name::Select,
        b"STATUS" => Name::Status,
        b"STORE" => Name::Store,
        b"SUBSCRIBE" => Name::Subscribe,
        b"UID" => Name::Uid,
        b"UNSUBSCRIBE" => Name::Unsubscribe,
        b"XLIST" => Name::Xlist,
        _ => return alone_by_name(name).map(Known::Alone),
    };
    Some(Known::With(name))
}

fn alone_by_name(name: &[u8]) -> Option<Command<'static>> {
    Some(match name {
        b"CAPABILITY" => Command::Capability,
        b"CHECK" => Command::Check,
        b"CLOSE" => Command::Close,
        b"EXPUNGE" => Command::Expunge,
        b"IDLE" => Command::Idle,
        b"LOGOUT" => Command::Logout,
        b"NAMESPACE" => Command::Namespace,
        b"NOOP" => Command::Noop,
        b"STARTTLS" => Command::StartTls,
        b"UNSELECT" => Command::Unselect,
        _ => return None,
    })
}

/// What follows the name of a command.
fn arguments<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: Name) -> PResult<Command<'a>> {
    sp(i)?;
    match name {
        Name::Append => append::append(i, cx).map(Command::Append),
        Name::Authenticate => login::authenticate(i, cx).map(Command::Authenticate),
        Name::Copy => fetch::copy::<SeqNum>(i, cx).map(Command::Copy),
        Name::Create => mailbox::create(i, cx).map(Command::Create),
        Name::Delete => mailbox::delete(i, cx).map(Command::Delete),
        Name::Examine => select::examine(i, cx).map(Command::Examine),
        Name::Fetch => fetch::fetch::<SeqNum>(i, cx).map(Command::Fetch),
        Name::List => list::list(i, cx).map(Command::List),
        Name::Login => login::login(i, cx).map(Command::Login),
        Name::Lsub => list::basic_list(i, cx).map(Command::Lsub),
        Name::Move => replace::r#move::<SeqNum>(i, cx).map(Command::Move),
        Name::Partial => fetch::partial(i, cx).map(Command::Partial),
        Name::Rename => mailbox::rename(i, cx).map(Command::Rename),
        Name::Rlist => list::basic_list(i, cx).map(Command::Rlist),
        Name::Rlsub => list::basic_list(i, cx).map(Command::Rlsub),
        Name::Replace => replace::replace::<SeqNum>(i, cx).map(Command::Replace),
        Name::Search => search::search(i, cx).map(Command::Search),
        Name::Select => select::select(i, cx).map(Command::Select),
        Name::Status => list::status(i, cx).map(Command::Status),
        Name::Store => store::store::<SeqNum>(i, cx).map(Command::Store),
        Name::Subscribe => mailbox::subscribe(i, cx).map(Command::Subscribe),
        Name::Uid => uid(i, cx),
        Name::Unsubscribe => mailbox::unsubscribe(i, cx).map(Command::Unsubscribe),
        Name::Xlist => list::basic_list(i, cx).map(Command::Xlist),
    }
}

/// `uid = "UID" SP (copy / fetch / move / replace / search / store / uid-expunge)`, the word UID being
/// taken; and SORT and THREAD.
fn uid<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Command<'a>> {
    let start = *i;
    if let Some(rest) = behind(i, b"FETCH") {
        *i = rest;
        return uid_arguments(i, cx, start, Name::Fetch);
    }
    let name = atom(i)?;
    match fold(name.as_bytes(), by_name) {
        Some(Known::Alone(Command::Expunge)) => {
            sp(i)?;
            fetch::uid_expunge(i, cx).map(Command::UidExpunge)
        }
        Some(Known::Alone(_)) => fail(start, Expected::Keyword),
        Some(Known::With(name)) => uid_arguments(i, cx, start, name),
        None => extension::uid_extension(i, cx, start, name),
    }
}

/// What follows the name of a command that is about UIDs; `start` is the place of the name.
fn uid_arguments<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    start: Input<'a>,
    name: Name,
) -> PResult<Command<'a>> {
    let read: fn(&mut Input<'a>, &Context<'a>) -> PResult<Command<'a>> = match name {
        Name::Copy => |i, cx| fetch::copy::<Uid>(i, cx).map(Command::UidCopy),
        Name::Fetch => |i, cx| fetch::fetch::<Uid>(i, cx).map(Command::UidFetch),
        Name::Move => |i, cx| replace::r#move::<Uid>(i, cx).map(Command::UidMove),
        Name::Replace => |i, cx| replace::replace::<Uid>(i, cx).map(Command::UidReplace),
        Name::Search => |i, cx| search::search(i, cx).map(Command::UidSearch),
        Name::Store => |i, cx| store::store::<Uid>(i, cx).map(Command::UidStore),
        _ => return fail(start, Expected::Keyword),
    };
    sp(i)?;
    read(i, cx)
}
