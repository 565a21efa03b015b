//! Search keys.

use core::num::NonZeroU32;

use imap_util::{Atom, Flag, Keyword};

use super::annotation::annotation_key;
use super::date::date;
use super::flag::check_name;
use super::object_id::object_id;
use super::sequence_set::sequence_set;
use super::{AnnotationKey, Date, IString, ObjectId, OtherItem, SequenceSet, UidSet};
use crate::error::{Expected, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, atom, fold, istring, list, non_zero, number64, opt_sp, peek,
    skip_value, sp, word,
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
    /// `ANNOTATION`: has such an annotation, RFC 5257.
    Annotation(&'a AnnotationKey<'a>),
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
    /// `EMAILID`: has this identifier, RFC 8474.
    EmailId(ObjectId<'a>),
    /// `FILTER`: is found by the search that the server keeps under this name, RFC 5466.
    ///
    /// The name has no `/`.
    Filter(Atom<'a>),
    /// `FLAGGED`: has `\Flagged`.
    Flagged,
    /// `FROM`: comes from an address with this text.
    From(IString<'a>),
    /// `FUZZY`: the key applies more or less, as the server thinks, RFC 6203.
    Fuzzy(&'a Self),
    /// `HEADER`: has a header field of this name, with this text in it if there is one.
    Header(IString<'a>, IString<'a>),
    /// `KEYWORD`: has this keyword.
    Keyword(Keyword<'a>),
    /// `LARGER`: has more octets than this.
    Larger(u64),
    /// `MODSEQ`: has this modification sequence or a higher one, RFC 7162; that of the flag, if one
    /// is named.
    ModSeq(Option<&'a ModSeqEntry<'a>>, u64),
    /// `NEW`: has `\Recent` and not `\Seen`.
    New,
    /// `NOT`: the key does not apply.
    Not(&'a Self),
    /// `OLD`: does not have `\Recent`.
    Old,
    /// `OLDER`: arrived at least so many seconds ago, RFC 5032.
    Older(NonZeroU32),
    /// `ON`: arrived on this day.
    On(Date),
    /// `OR`: one of the keys applies.
    Or(&'a Self, &'a Self),
    /// `RECENT`: has `\Recent`.
    Recent,
    /// `SAVEDATESUPPORTED`: is in a mailbox that knows when messages were saved, RFC 8514.
    SaveDateSupported,
    /// `SAVEDBEFORE`: was put into the mailbox before this day, RFC 8514.
    SavedBefore(Date),
    /// `SAVEDON`: was put into the mailbox on this day, RFC 8514.
    SavedOn(Date),
    /// `SAVEDSINCE`: was put into the mailbox on this day or later, RFC 8514.
    SavedSince(Date),
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
    /// `THREADID`: is of the thread with this identifier, RFC 8474.
    ThreadId(ObjectId<'a>),
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
    /// `X-GM-LABELS`: has this label of Gmail.
    XGmLabels(IString<'a>),
    /// `X-GM-MSGID`: has this identifier of Gmail.
    XGmMsgId(u64),
    /// `X-GM-RAW`: is found by this search in the language of Gmail.
    XGmRaw(IString<'a>),
    /// `X-GM-THRID`: is of the thread with this identifier of Gmail.
    XGmThrId(u64),
    /// `YOUNGER`: arrived so many seconds ago, or later, RFC 5032.
    Younger(NonZeroU32),
    /// Any other, with the strings that follow it as they came.
    Other(&'a OtherItem<'a>),
}

impl SearchKey<'_> {
    /// Whether all texts in the key are ASCII, so that a search need not name a charset.
    pub fn is_ascii(&self) -> bool {
        match self {
            Self::And(keys) => keys.iter().all(Self::is_ascii),
            Self::Fuzzy(key) | Self::Not(key) => key.is_ascii(),
            Self::Or(left, right) => left.is_ascii() && right.is_ascii(),
            Self::Annotation(key) => {
                let value = key.value.unwrap_or_default();
                [key.entry, key.attribute, value]
                    .iter()
                    .all(|s| s.0.is_ascii())
            }
            Self::Header(name, text) => name.0.is_ascii() && text.0.is_ascii(),
            Self::Bcc(text)
            | Self::Body(text)
            | Self::Cc(text)
            | Self::From(text)
            | Self::Subject(text)
            | Self::Text(text)
            | Self::To(text)
            | Self::XGmLabels(text)
            | Self::XGmRaw(text) => text.0.is_ascii(),
            Self::Other(item) => item.value.is_ascii(),
            _ => true,
        }
    }
}

/// The flag whose modification sequence a [`SearchKey::ModSeq`] is about.
///
/// `C: a SEARCH MODSEQ "/flags/\\draft" all 620162338` is about `\Draft`.
///
/// [RFC 7162 section 3.1.5](https://www.rfc-editor.org/rfc/rfc7162#section-3.1.5)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ModSeqEntry<'a> {
    /// The flag; not `\Recent` or `\*`.
    pub flag: Flag<'a>,
    /// Whose flag.
    pub entry_type: EntryType,
}

/// Whose metadata a key is about.
///
/// [RFC 7162 section 7](https://www.rfc-editor.org/rfc/rfc7162#section-7), `entry-type-req`
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum EntryType {
    /// `all`: the user's own and what all users share.
    All,
    /// `priv`: the user's own.
    Private,
    /// `shared`: what all users share.
    Shared,
}

/// What stands behind the name of a key.
#[derive(Clone, Copy)]
enum Argument<'a> {
    Annotation,
    Date(fn(Date) -> SearchKey<'a>),
    Filter,
    Header,
    Key(fn(&'a SearchKey<'a>) -> SearchKey<'a>),
    Keyword(fn(Keyword<'a>) -> SearchKey<'a>),
    ModSeq,
    None(SearchKey<'a>),
    Number(fn(u64) -> SearchKey<'a>),
    ObjectId(fn(ObjectId<'a>) -> SearchKey<'a>),
    Or,
    Seconds(fn(NonZeroU32) -> SearchKey<'a>),
    String(fn(IString<'a>) -> SearchKey<'a>),
    Uid,
}

/// What there is of a key in front of those inside it.
enum Outer<'a> {
    Key(fn(&'a SearchKey<'a>) -> SearchKey<'a>),
    Or,
    Whole(SearchKey<'a>),
}

/// One key, not deeper than `depth` levels.
///
/// This function and those between it and itself hold little: what takes room returns before.
///
/// ```abnf
/// search-key = "ALL" / "ANSWERED" / "BCC" SP astring / "BEFORE" SP date / ... /
///              sequence-set / "(" search-key *(SP search-key) ")"
/// search-key =/ ("OLDER" / "YOUNGER") SP nz-number                     ; RFC 5032
/// search-key =/ "ANNOTATION" SP entry SP attrib SP value               ; RFC 5257
/// search-key =/ "FILTER" SP filter-name                                ; RFC 5466
/// search-key =/ "FUZZY" SP search-key                                  ; RFC 6203
/// search-key =/ search-modsequence                                     ; RFC 7162
/// search-key =/ "EMAILID" SP objectid / "THREADID" SP objectid         ; RFC 8474
/// search-key =/ "SAVEDBEFORE" SP date / "SAVEDON" SP date /
///               "SAVEDSINCE" SP date / "SAVEDATESUPPORTED"             ; RFC 8514
/// ```
pub(crate) fn search_key<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    depth: u8,
) -> PResult<SearchKey<'a>> {
    let Some(depth) = depth.checked_sub(1) else {
        return fail(i, Expected::LessNesting);
    };
    if at(i, b'(') {
        return search_keys(i, cx, depth);
    }
    match outer_key(i, cx)? {
        Outer::Key(key) => inner_key(i, cx, depth).map(key),
        Outer::Or => {
            let left = inner_key(i, cx, depth)?;
            sp(i)?;
            Ok(SearchKey::Or(left, inner_key(i, cx, depth)?))
        }
        Outer::Whole(key) => Ok(key),
    }
}

/// `"(" search-key *(SP search-key) ")"`
#[inline]
fn search_keys<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<SearchKey<'a>> {
    let start = *i;
    match list(i, cx, |i| search_key(i, cx, depth))? {
        [] => fail(start, Expected::Keyword),
        keys => Ok(SearchKey::And(keys)),
    }
}

/// A key up to those inside it, if it can have some.
#[inline]
fn outer_key<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Outer<'a>> {
    if matches!(peek(i), Some(b'0'..=b'9' | b'*' | b'$')) {
        let set = sequence_set(i, cx)?;
        return Ok(Outer::Whole(SearchKey::SequenceSet(set)));
    }
    let name = word(i)?;
    match fold(name, |name| argument(name).or_else(|| rare_argument(name))) {
        Some(argument) => known_key(i, cx, argument),
        None => other_key(i, cx, name).map(Outer::Whole),
    }
}

/// What follows the name of a known key, up to keys inside it.
#[inline]
fn known_key<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    argument: Argument<'a>,
) -> PResult<Outer<'a>> {
    if let Argument::None(key) = argument {
        return Ok(Outer::Whole(key));
    }
    sp(i)?;
    Ok(Outer::Whole(match argument {
        Argument::Annotation => {
            let key = annotation_key(i, cx)?;
            SearchKey::Annotation(cx.alloc(i, key)?)
        }
        Argument::Date(key) => key(date(i)?),
        Argument::Filter => SearchKey::Filter(filter_name(i)?),
        Argument::Header => {
            let name = astring(i, cx)?;
            sp(i)?;
            SearchKey::Header(name, astring(i, cx)?)
        }
        Argument::Key(key) => return Ok(Outer::Key(key)),
        Argument::Keyword(key) => key(flag_keyword(i, cx)?),
        Argument::ModSeq => search_modsequence(i, cx)?,
        Argument::None(key) => key,
        Argument::Number(key) => key(number64(i, cx)?),
        Argument::ObjectId(key) => key(object_id(i)?),
        Argument::Or => return Ok(Outer::Or),
        Argument::Seconds(key) => key(non_zero(i, cx)?),
        Argument::String(key) => key(astring(i, cx)?),
        Argument::Uid => SearchKey::Uid(sequence_set(i, cx)?),
    }))
}

fn inner_key<'a>(i: &mut Input<'a>, cx: &Context<'a>, depth: u8) -> PResult<&'a SearchKey<'a>> {
    let key = search_key(i, cx, depth)?;
    cx.count(i, 1)?;
    cx.alloc(i, key)
}

/// `flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" / "$NotJunk" / "$Phishing" / atom`
fn flag_keyword<'a>(i: &mut Input<'a>, cx: &Context<'_>) -> PResult<Keyword<'a>> {
    let Some((keyword, rest)) = Keyword::split_prefix(i) else {
        return fail(i, Expected::Flag);
    };
    check_name(i, cx, keyword)?;
    *i = rest;
    Ok(keyword)
}

/// `filter-name = 1*<any ATOM-CHAR except "/">`
pub(crate) fn filter_name<'a>(i: &mut Input<'a>) -> PResult<Atom<'a>> {
    let start = *i;
    let name = atom(i)?;
    match name.as_bytes().iter().position(|b| *b == b'/') {
        None => Ok(name),
        Some(n) => fail(start.get(n..).unwrap_or_default(), Expected::Atom),
    }
}

/// What follows the word MODSEQ.
///
/// ```abnf
/// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
/// search-modseq-ext  = SP entry-name SP entry-type-req
/// ```
fn search_modsequence<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<SearchKey<'a>> {
    let mut entry = None;
    if at(i, b'"') {
        let flag = entry_flag_name(i, cx)?;
        sp(i)?;
        let entry_type = entry_type_req(i)?;
        sp(i)?;
        cx.count(i, 1)?;
        entry = Some(cx.alloc(i, ModSeqEntry { flag, entry_type })?);
    }
    Ok(SearchKey::ModSeq(entry, number64(i, cx)?))
}

/// `entry-flag-name = DQUOTE "/flags/" attr-flag DQUOTE`
fn entry_flag_name<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Flag<'a>> {
    let start = *i;
    let IString(name) = istring(i, cx)?;
    let flag = match name.split_at_checked(b"/flags/".len()) {
        Some((slashes, flag)) if slashes.eq_ignore_ascii_case(b"/flags/") => flag,
        _ => return fail(start, Expected::Flag),
    };
    match Flag::split_prefix(flag) {
        Some((Flag::Any | Flag::Recent, _)) | None => fail(start, Expected::Flag),
        Some((flag, [])) => {
            if let Flag::Keyword(name) | Flag::Other(name) = flag {
                check_name(start, cx, name)?;
            }
            Ok(flag)
        }
        Some(_) => fail(start, Expected::Flag),
    }
}

/// `entry-type-req = "priv" / "shared" / "all"`
fn entry_type_req(i: &mut Input<'_>) -> PResult<EntryType> {
    let start = *i;
    let known = fold(word(i)?, |name| {
        Some(match name {
            b"ALL" => EntryType::All,
            b"PRIV" => EntryType::Private,
            b"SHARED" => EntryType::Shared,
            _ => return None,
        })
    });
    match known {
        Some(entry_type) => Ok(entry_type),
        None => fail(start, Expected::Keyword),
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
fn argument<'a>(name: &[u8]) -> Option<Argument<'a>> {
    use Argument::{Date, Header, Key, Keyword, None, Number, Or, String, Uid};
    Some(match name {
        b"ALL" => None(SearchKey::All),
        b"ANSWERED" => None(SearchKey::Answered),
        b"BCC" => String(SearchKey::Bcc),
        b"BEFORE" => Date(SearchKey::Before),
        b"BODY" => String(SearchKey::Body),
        b"CC" => String(SearchKey::Cc),
        b"DELETED" => None(SearchKey::Deleted),
        b"DRAFT" => None(SearchKey::Draft),
        b"FLAGGED" => None(SearchKey::Flagged),
        b"FROM" => String(SearchKey::From),
        b"HEADER" => Header,
        b"KEYWORD" => Keyword(SearchKey::Keyword),
        b"LARGER" => Number(SearchKey::Larger),
        b"NEW" => None(SearchKey::New),
        b"NOT" => Key(SearchKey::Not),
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
        b"SUBJECT" => String(SearchKey::Subject),
        b"TEXT" => String(SearchKey::Text),
        b"TO" => String(SearchKey::To),
        b"UID" => Uid,
        b"UNANSWERED" => None(SearchKey::Unanswered),
        b"UNDELETED" => None(SearchKey::Undeleted),
        b"UNDRAFT" => None(SearchKey::Undraft),
        b"UNFLAGGED" => None(SearchKey::Unflagged),
        b"UNKEYWORD" => Keyword(SearchKey::Unkeyword),
        b"UNSEEN" => None(SearchKey::Unseen),
        _ => return Option::None,
    })
}

/// The keys of extensions.
#[cold]
fn rare_argument<'a>(name: &[u8]) -> Option<Argument<'a>> {
    use Argument::{
        Annotation, Date, Filter, Key, ModSeq, None, Number, ObjectId, Seconds, String,
    };
    Some(match name {
        b"ANNOTATION" => Annotation,
        b"EMAILID" => ObjectId(SearchKey::EmailId),
        b"FILTER" => Filter,
        b"FUZZY" => Key(SearchKey::Fuzzy),
        b"MODSEQ" => ModSeq,
        b"OLDER" => Seconds(SearchKey::Older),
        b"SAVEDATESUPPORTED" => None(SearchKey::SaveDateSupported),
        b"SAVEDBEFORE" => Date(SearchKey::SavedBefore),
        b"SAVEDON" => Date(SearchKey::SavedOn),
        b"SAVEDSINCE" => Date(SearchKey::SavedSince),
        b"THREADID" => ObjectId(SearchKey::ThreadId),
        b"X-GM-LABELS" => String(SearchKey::XGmLabels),
        b"X-GM-MSGID" => Number(SearchKey::XGmMsgId),
        b"X-GM-RAW" => String(SearchKey::XGmRaw),
        b"X-GM-THRID" => Number(SearchKey::XGmThrId),
        b"YOUNGER" => Seconds(SearchKey::Younger),
        _ => return Option::None,
    })
}
