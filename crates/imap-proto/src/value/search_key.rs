//! Search keys.

use imap_util::Keyword;

use super::date::date;
use super::flag::check_name;
use super::sequence_set::sequence_set;
use super::{Date, IString, OtherItem, SequenceSet, UidSet};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, fold, list, number64, opt_sp, peek, skip_value, sp, word,
};

/// What a message must be like to be found.
///
/// Keys are plain data and nest by reference, so that they can be written down where they are used;
/// those of a shape that is known at run time only live in an [`Arena`](crate::Arena).
///
/// ```
/// use imap_proto::SearchKey;
///
/// let size = 1 << 20;
/// let keys = [
///     SearchKey::Not(&SearchKey::Seen),
///     SearchKey::Or(&SearchKey::From("ann".into()), &SearchKey::Larger(size)),
/// ];
/// assert_eq!(keys.len(), 2);
/// ```
///
/// [RFC 9051 section 6.4.4](https://www.rfc-editor.org/rfc/rfc9051#section-6.4.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SearchKey<'a> {
    /// `ALL`: every message.
    All,
    /// `(key key ...)`: all of these keys; at least one.
    And(&'a [Self]),
    /// `ANSWERED`: has `\Answered`.
    Answered,
    /// `BCC`: a blind copy went to an address with this text.
    Bcc(IString<'a>),
    /// `BEFORE`: arrived before this day.
    Before(Date),
    /// `BODY`: the body has this text.
    Body(IString<'a>),
    /// `CC`: a copy went to an address with this text.
    Cc(IString<'a>),
    /// `DELETED`: has `\Deleted`.
    Deleted,
    /// `DRAFT`: has `\Draft`.
    Draft,
    /// `FLAGGED`: has `\Flagged`.
    Flagged,
    /// `FROM`: comes from an address with this text.
    From(IString<'a>),
    /// `HEADER`: has a header field of this name, with this text in it if there is one.
    Header(IString<'a>, IString<'a>),
    /// `KEYWORD`: has this keyword.
    Keyword(Keyword<'a>),
    /// `LARGER`: has more octets than this.
    Larger(u64),
    /// `NEW`: has `\Recent` and not `\Seen`.
    New,
    /// `NOT`: the key does not apply.
    Not(&'a Self),
    /// `OLD`: does not have `\Recent`.
    Old,
    /// `ON`: arrived on this day.
    On(Date),
    /// `OR`: one of the keys applies.
    Or(&'a Self, &'a Self),
    /// `RECENT`: has `\Recent`.
    Recent,
    /// `SEEN`: has `\Seen`.
    Seen,
    /// `SENTBEFORE`: its `Date` is before this day.
    SentBefore(Date),
    /// `SENTON`: its `Date` is this day.
    SentOn(Date),
    /// `SENTSINCE`: its `Date` is this day or later.
    SentSince(Date),
    /// A sequence set: is one of these messages.
    SequenceSet(SequenceSet<'a>),
    /// `SINCE`: arrived on this day or later.
    Since(Date),
    /// `SMALLER`: has fewer octets than this.
    Smaller(u64),
    /// `SUBJECT`: the subject has this text.
    Subject(IString<'a>),
    /// `TEXT`: header or body have this text.
    Text(IString<'a>),
    /// `TO`: went to an address with this text.
    To(IString<'a>),
    /// `UID`: is one of these messages.
    Uid(UidSet<'a>),
    /// `UNANSWERED`: does not have `\Answered`.
    Unanswered,
    /// `UNDELETED`: does not have `\Deleted`.
    Undeleted,
    /// `UNDRAFT`: does not have `\Draft`.
    Undraft,
    /// `UNFLAGGED`: does not have `\Flagged`.
    Unflagged,
    /// `UNKEYWORD`: does not have this keyword.
    Unkeyword(Keyword<'a>),
    /// `UNSEEN`: does not have `\Seen`.
    Unseen,
    /// Any other, with the strings that follow it as they came.
    Other(&'a OtherItem<'a>),
}

impl SearchKey<'_> {
    /// Whether all texts in the key are ASCII, so that a search need not name a charset.
    pub fn is_ascii(&self) -> bool {
        match self {
            Self::And(keys) => keys.iter().all(Self::is_ascii),
            Self::Not(key) => key.is_ascii(),
            Self::Or(left, right) => left.is_ascii() && right.is_ascii(),
            Self::Header(name, text) => name.0.is_ascii() && text.0.is_ascii(),
            Self::Bcc(text)
            | Self::Body(text)
            | Self::Cc(text)
            | Self::From(text)
            | Self::Subject(text)
            | Self::Text(text)
            | Self::To(text) => text.0.is_ascii(),
            Self::Other(item) => item.value.is_ascii(),
            _ => true,
        }
    }
}

/// What stands behind the name of a key.
#[derive(Clone, Copy)]
enum Argument {
    None(SearchKey<'static>),
    Date(fn(Date) -> SearchKey<'static>),
    Header,
    Keyword(bool),
    Not,
    Number(fn(u64) -> SearchKey<'static>),
    Or,
    String(StringKey),
    Uid,
}

#[derive(Clone, Copy)]
enum StringKey {
    Bcc,
    Body,
    Cc,
    From,
    Subject,
    Text,
    To,
}

/// One key.
///
/// ```abnf
/// search-key = "ALL" / "ANSWERED" / "BCC" SP astring / "BEFORE" SP date / ... /
///              sequence-set / "(" search-key *(SP search-key) ")"
/// ```
pub(crate) fn search_key<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    depth: u8,
) -> PResult<SearchKey<'a>> {
    let Some(depth) = depth.checked_sub(1) else {
        return fail(i, Expected::LessNesting);
    };
    match peek(i) {
        Some(b'(') => {
            let start = *i;
            return match list(i, cx, |i| search_key(i, cx, depth))? {
                [] => fail(start, Expected::Keyword),
                keys => Ok(SearchKey::And(keys)),
            };
        }
        Some(b'0'..=b'9' | b'*' | b'$') => return sequence_set(i, cx).map(SearchKey::SequenceSet),
        _ => {}
    }
    let name = word(i)?;
    match fold(name, argument) {
        Some(argument) => known_key(i, cx, depth, argument),
        None => other_key(i, cx, name),
    }
}

fn known_key<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    depth: u8,
    argument: Argument,
) -> PResult<SearchKey<'a>> {
    if let Argument::None(key) = argument {
        return Ok(key);
    }
    sp(i)?;
    Ok(match argument {
        Argument::None(key) => key,
        Argument::Date(key) => key(date(i)?),
        Argument::Header => {
            let name = astring(i, cx)?;
            sp(i)?;
            SearchKey::Header(name, astring(i, cx)?)
        }
        Argument::Keyword(set) => {
            let Some((keyword, rest)) = Keyword::split_prefix(i) else {
                return fail(i, Expected::Flag);
            };
            check_name(i, cx, keyword)?;
            *i = rest;
            if set {
                SearchKey::Keyword(keyword)
            } else {
                SearchKey::Unkeyword(keyword)
            }
        }
        Argument::Not => SearchKey::Not(inner_key(i, cx, depth)?),
        Argument::Number(key) => key(number64(i, cx)?),
        Argument::Or => {
            let left = inner_key(i, cx, depth)?;
            sp(i)?;
            SearchKey::Or(left, inner_key(i, cx, depth)?)
        }
        Argument::String(key) => string_key(key, astring(i, cx)?),
        Argument::Uid => SearchKey::Uid(sequence_set(i, cx)?),
    })
}

fn inner_key<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<&'a SearchKey<'a>> {
    let key = search_key(i, cx, depth)?;
    cx.count(i, 1)?;
    cx.alloc(i, key)
}

fn string_key(key: StringKey, text: IString<'_>) -> SearchKey<'_> {
    match key {
        StringKey::Bcc => SearchKey::Bcc(text),
        StringKey::Body => SearchKey::Body(text),
        StringKey::Cc => SearchKey::Cc(text),
        StringKey::From => SearchKey::From(text),
        StringKey::Subject => SearchKey::Subject(text),
        StringKey::Text => SearchKey::Text(text),
        StringKey::To => SearchKey::To(text),
    }
}

/// A key that is not known. The strings behind it cannot be keys, so that they are its arguments.
fn other_key<'a>(i: &mut Input<'a>, cx: &Context<'a>, name: &'a [u8]) -> PResult<SearchKey<'a>> {
    let start = i.strip_prefix(b" ").unwrap_or(i);
    let mut end = *i;
    loop {
        let mut next = end;
        let string = opt_sp(&mut next)
            && (at(&next, b'"') || next.starts_with(b"{") || next.starts_with(b"~{"));
        if !string {
            break;
        }
        skip_value(&mut next, cx)?;
        end = next;
    }
    let value = if end.len() == i.len() {
        None
    } else {
        start.get(..start.len() - end.len())
    };
    *i = end;
    cx.alloc(
        i,
        OtherItem {
            name,
            value: value.unwrap_or_default(),
        },
    )
    .map(SearchKey::Other)
}

#[inline(always)]
fn argument(name: &[u8]) -> Option<Argument> {
    use Argument::{Date, Header, Keyword, None, Not, Number, Or, String, Uid};
    Some(match name {
        b"ALL" => None(SearchKey::All),
        b"ANSWERED" => None(SearchKey::Answered),
        b"BCC" => String(StringKey::Bcc),
        b"BEFORE" => Date(SearchKey::Before),
        b"BODY" => String(StringKey::Body),
        b"CC" => String(StringKey::Cc),
        b"DELETED" => None(SearchKey::Deleted),
        b"DRAFT" => None(SearchKey::Draft),
        b"FLAGGED" => None(SearchKey::Flagged),
        b"FROM" => String(StringKey::From),
        b"HEADER" => Header,
        b"KEYWORD" => Keyword(true),
        b"LARGER" => Number(SearchKey::Larger),
        b"NEW" => None(SearchKey::New),
        b"NOT" => Not,
        b"OLD" => None(SearchKey::Old),
        b"ON" => Date(SearchKey::On),
        b"OR" => Or,
        b"RECENT" => None(SearchKey::Recent),
        b"SEEN" => None(SearchKey::Seen),
        b"SENTBEFORE" => Date(SearchKey::SentBefore),
        b"SENTON" => Date(SearchKey::SentOn),
        b"SENTSINCE" => Date(SearchKey::SentSince),
        b"SINCE" => Date(SearchKey::Since),
        b"SMALLER" => Number(SearchKey::Smaller),
        b"SUBJECT" => String(StringKey::Subject),
        b"TEXT" => String(StringKey::Text),
        b"TO" => String(StringKey::To),
        b"UID" => Uid,
        b"UNANSWERED" => None(SearchKey::Unanswered),
        b"UNDELETED" => None(SearchKey::Undeleted),
        b"UNDRAFT" => None(SearchKey::Undraft),
        b"UNFLAGGED" => None(SearchKey::Unflagged),
        b"UNKEYWORD" => Keyword(false),
        b"UNSEEN" => None(SearchKey::Unseen),
        _ => return Option::None,
    })
}
