//! Server to client: what a server says.

pub(crate) mod code;
mod fetch;
mod greeting;
mod list;
mod mailbox_status;
mod search;
mod status;

use core::fmt;

use imap_util::{Atom, Flag};

pub use code::{AppendUid, Code, CopyUid};
pub use fetch::Fetch;
pub use greeting::{Greeting, GreetingStatus};
pub use list::List;
pub use mailbox_status::MailboxStatus;
pub use search::Search;
pub use status::{ContinuationRequest, Status, StatusResponse};

use crate::arena::Arena;
use crate::error::{Expected, Fail, PResult, ParseError, fail};
use crate::lexeme::{
    Context, Input, Role, atom, behind, end, fold, number, peek, run, skip_rest, sp,
};
use crate::options::Options;
use crate::quirks::Quirk;
use crate::value::capability::capabilities;
use crate::value::flag::{FlagPlace, flag_list};
use crate::value::{Capability, IString, SeqNum, Tag};

/// One response of a server, or the greeting read as a response.
///
/// ```
/// use imap_proto::response::Fetch;
/// use imap_proto::{Arena, FetchItem, Flag, Response};
///
/// let arena = Arena::new();
/// let response = Response::parse(b"* 12 FETCH (FLAGS (\\Seen) UID 7)\r\n", &arena)?;
/// let Response::Fetch(Fetch { seq, items }) = response else { unreachable!() };
/// assert_eq!(seq.get(), 12);
/// assert!(matches!(items, [FetchItem::Flags([Flag::Seen]), FetchItem::Uid(_)]));
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 9051 section 7](https://www.rfc-editor.org/rfc/rfc9051#section-7)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Response<'a> {
    /// `* CAPABILITY ...`
    Capability(&'a [Capability<'a>]),
    /// `+ ...`: the server waits for the rest of a command.
    Continue(ContinuationRequest<'a>),
    /// `* n EXISTS`: how many messages the mailbox has.
    Exists(u32),
    /// `* n EXPUNGE`: the message is gone, and those behind it move up.
    Expunge(SeqNum),
    /// `* n FETCH ...`
    Fetch(Fetch<'a>),
    /// `* FLAGS (...)`: which flags can be there.
    Flags(&'a [Flag<'a>]),
    /// `* LIST ...`
    List(List<'a>),
    /// `* LSUB ...`
    Lsub(List<'a>),
    /// `* STATUS ...`
    MailboxStatus(MailboxStatus<'a>),
    /// `* n RECENT`: how many messages have `\Recent`.
    Recent(u32),
    /// `* SEARCH ...`
    Search(Search<'a>),
    /// OK, NO, BAD, BYE or PREAUTH, with a tag or without.
    Status(StatusResponse<'a>),
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
        let cx = Context::new(frame, arena, options, Role::Server);
        let mut i = frame;
        match response(&mut i, &cx) {
            Ok(response) if i.is_empty() => Ok(response),
            Ok(_) => Err(Fail::new(i, Expected::End).locate(frame, cx.rule())),
            Err(error) => Err(error.locate(frame, cx.rule())),
        }
    }
}

/// One response.
///
/// ```abnf
/// response = *(continue-req / response-data) response-done
/// ```
#[inline(always)]
fn response<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Response<'a>> {
    match **i {
        [b'*', b' ', ref rest @ ..] => {
            *i = rest;
            match peek(i) {
                Some(b'0'..=b'9') => numbered(i, cx),
                Some(b'[') => status::without_condition(i, cx).map(Response::Status),
                _ => named(i, cx),
            }
        }
        [b'+', ref rest @ ..] => {
            *i = rest;
            status::continue_req(i, cx).map(Response::Continue)
        }
        [b'[', ..] => bracketed(i, cx).map(Response::Status),
        _ => tagged(i, cx).map(Response::Status),
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
}

#[inline(always)]
fn numbered_name(name: &[u8]) -> Option<Numbered> {
    Some(match name {
        b"FETCH" => Numbered::Fetch,
        b"EXISTS" => Numbered::Exists,
        b"EXPUNGE" => Numbered::Expunge,
        b"RECENT" => Numbered::Recent,
        _ => return None,
    })
}

/// `message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))`, and EXISTS and RECENT.
#[inline(always)]
fn numbered<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Response<'a>> {
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
    let response = match (known, SeqNum::try_from(n)) {
        (Some(Numbered::Fetch), Ok(seq)) => return fetch::fetch(i, cx, seq).map(Response::Fetch),
        (Some(Numbered::Exists), _) => Response::Exists(n),
        (Some(Numbered::Recent), _) => Response::Recent(n),
        (Some(Numbered::Expunge), Ok(seq)) => Response::Expunge(seq),
        (Some(_), Err(_)) => return fail(number_start, Expected::NonZeroNumber),
        (None, _) => {
            *i = start;
            return other(i, cx, Some(n));
        }
    };
    end(i, cx)?;
    Ok(response)
}

#[derive(Clone, Copy)]
enum Named {
    Capability,
    Flags,
    List,
    Lsub,
    MailboxStatus,
    Search,
    Status(Status),
}

#[inline(always)]
fn named_name(name: &[u8]) -> Option<Named> {
    Some(match name {
        b"LIST" => Named::List,
        b"OK" => Named::Status(Status::Ok),
        b"SEARCH" => Named::Search,
        b"STATUS" => Named::MailboxStatus,
        b"LSUB" => Named::Lsub,
        b"NO" => Named::Status(Status::No),
        b"BAD" => Named::Status(Status::Bad),
        b"BYE" => Named::Status(Status::Bye),
        b"PREAUTH" => Named::Status(Status::PreAuth),
        b"FLAGS" => Named::Flags,
        b"CAPABILITY" => Named::Capability,
        _ => return None,
    })
}

/// The names that most responses have, with what follows.
#[inline(always)]
fn usual_name<'a>(i: &Input<'a>) -> Option<(Named, Input<'a>)> {
    Some(match peek(i)? {
        b'O' => (Named::Status(Status::Ok), behind(i, b"OK")?),
        b'L' => (Named::List, behind(i, b"LIST")?),
        b'S' => (Named::Search, behind(i, b"SEARCH")?),
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
fn named<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Response<'a>> {
    let start = *i;
    let known = match usual_name(i) {
        Some((name, rest)) => {
            *i = rest;
            Some(name)
        }
        None => fold(atom(i)?.as_bytes(), named_name),
    };
    let response = match known {
        Some(Named::Status(status)) => {
            return status::resp_text(i, cx, None, status).map(Response::Status);
        }
        Some(Named::List) => Response::List(list::mailbox_list(i, cx)?),
        Some(Named::Search) => return search::search(i, cx).map(Response::Search),
        Some(Named::MailboxStatus) => {
            Response::MailboxStatus(mailbox_status::mailbox_status(i, cx)?)
        }
        Some(Named::Lsub) => Response::Lsub(list::mailbox_list(i, cx)?),
        Some(Named::Flags) => {
            cx.set_rule("FLAGS response");
            sp(i)?;
            Response::Flags(flag_list(i, cx, FlagPlace::Any)?)
        }
        Some(Named::Capability) => {
            cx.set_rule("CAPABILITY response");
            Response::Capability(capabilities(i, cx)?)
        }
        None => {
            *i = start;
            return other(i, cx, None);
        }
    };
    end(i, cx)?;
    Ok(response)
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
