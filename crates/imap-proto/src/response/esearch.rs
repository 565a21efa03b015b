//! ESEARCH responses.

use super::Response;
use crate::error::{Expected, Fail, PResult, fail};
use crate::lexeme::{
    Context, Input, astring, at, blanks, close, collect, fold, list, mod_sequence_value, nil,
    non_empty_list, non_zero, number, open, peek, skip_value, sp, word,
};
use crate::value::mailbox::mailbox;
use crate::value::other::malformed_item;
use crate::value::partial_range::partial_range;
use crate::value::sequence_set::{known_set, long_known_set};
use crate::value::{
    Mailbox, Malformed, MessageNumber, OtherItem, PartialRange, SeqNum, SequenceSet, Tag,
    UidValidity,
};

/// What an extended search found.
///
/// `S: * ESEARCH (TAG "A283") ALL 2,10:11` is about sequence numbers, and
/// `S: * ESEARCH (TAG "A285") UID MIN 7 MAX 3800` about UIDs: an `Esearch<Uid>`.
///
/// A server may tell nothing at all, if it found nothing, and may leave out the tag.
///
/// ```
/// use imap_proto::response::{Esearch, SearchReturnData};
/// use imap_proto::{Arena, Response};
///
/// let arena = Arena::new();
/// let response = Response::parse(b"* ESEARCH (TAG \"a1\") UID COUNT 3 ALL 2,10:11\r\n", &arena)?;
/// let Response::UidEsearch(found) = response else { unreachable!() };
/// assert_eq!(found.tag().unwrap().as_str(), "a1");
/// assert_eq!(found.count(), Some(3));
/// assert_eq!(found.all().unwrap().to_string(), "2,10:11");
/// # Ok::<(), imap_proto::ParseError>(())
/// ```
///
/// [RFC 9051 section 7.3.4](https://www.rfc-editor.org/rfc/rfc9051#section-7.3.4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Esearch<'a, N: MessageNumber = SeqNum> {
    /// Which search this answers, and of which mailbox it tells.
    pub correlators: &'a [SearchCorrelator<'a>],
    /// What was found, in the order of the wire.
    pub data: &'a [SearchReturnData<'a, N>],
}

/// What a response to a search belongs to.
///
/// `S: * ESEARCH (TAG "tag1" MAILBOX "folder1" UIDVALIDITY 1) UID ALL 4001,4003` has three.
///
/// [RFC 7377 section 2.1](https://www.rfc-editor.org/rfc/rfc7377#section-2.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SearchCorrelator<'a> {
    /// `MAILBOX`: which mailbox was searched.
    Mailbox(Mailbox<'a>),
    /// `TAG`: the tag of the search.
    Tag(Tag<'a>),
    /// `UIDVALIDITY`: that of the mailbox.
    UidValidity(UidValidity),
    /// A correlator that is not known.
    Other(&'a OtherItem<'a>),
    /// A known correlator whose value cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// One of the things that a search was asked to tell.
///
/// [RFC 4731 section 3.1](https://www.rfc-editor.org/rfc/rfc4731#section-3.1),
/// [RFC 5267 section 4](https://www.rfc-editor.org/rfc/rfc5267#section-4)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum SearchReturnData<'a, N: MessageNumber = SeqNum> {
    /// `ADDTO`: messages that are found now, in the order in which they are to be put in, RFC 5267.
    AddTo(&'a [ContextChange<'a, N>]),
    /// `ALL`: the messages; those of a sort in order.
    All(SequenceSet<'a, N>),
    /// `COUNT`: how many messages there are.
    Count(u32),
    /// `MAX`: the highest number.
    Max(N),
    /// `MIN`: the lowest number.
    Min(N),
    /// `MODSEQ`: the highest modification sequence of the messages told of, RFC 7162.
    ModSeq(u64),
    /// `PARTIAL`: some of the messages, RFC 5267 and RFC 9394.
    Partial(&'a PartialResult<'a, N>),
    /// `RELEVANCY`: how well each message fits, 1 to 100, RFC 6203.
    Relevancy(&'a [u8]),
    /// `REMOVEFROM`: messages that are no longer found, RFC 5267.
    RemoveFrom(&'a [ContextChange<'a, N>]),
    /// Data that are not known.
    Other(&'a OtherItem<'a>),
    /// Known data that cannot be read.
    Malformed(&'a Malformed<'a>),
}

/// Messages that come into a result, or go from it.
///
/// `ADDTO (1 2731:2733)` puts three at the front of a sorted result.
///
/// [RFC 5267 section 4.3.2](https://www.rfc-editor.org/rfc/rfc5267#section-4.3.2)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ContextChange<'a, N: MessageNumber = SeqNum> {
    /// The 1-based place in the result of the first of them; 0 if the result is not sorted.
    pub position: u32,
    /// The messages, in order.
    pub set: SequenceSet<'a, N>,
}

/// A part of a result: `PARTIAL (23500:24000 67,100:102)`.
///
/// [RFC 9394 section 3.1](https://www.rfc-editor.org/rfc/rfc9394#section-3.1)
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct PartialResult<'a, N: MessageNumber = SeqNum> {
    /// Which part was asked for.
    pub range: PartialRange,
    /// The messages; nothing if the result has no such part.
    pub set: Option<SequenceSet<'a, N>>,
}

impl<'a, N: MessageNumber> Esearch<'a, N> {
    /// The tag of the search.
    pub fn tag(&self) -> Option<Tag<'a>> {
        self.correlators.iter().find_map(|c| match c {
            SearchCorrelator::Tag(tag) => Some(*tag),
            _ => None,
        })
    }

    /// The mailbox that was searched, if it is not the selected one.
    pub fn mailbox(&self) -> Option<Mailbox<'a>> {
        self.correlators.iter().find_map(|c| match c {
            SearchCorrelator::Mailbox(mailbox) => Some(*mailbox),
            _ => None,
        })
    }

    /// The UIDVALIDITY of that mailbox.
    pub fn uid_validity(&self) -> Option<UidValidity> {
        self.correlators.iter().find_map(|c| match c {
            SearchCorrelator::UidValidity(validity) => Some(*validity),
            _ => None,
        })
    }

    /// All messages that were found.
    pub fn all(&self) -> Option<SequenceSet<'a, N>> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::All(set) => Some(*set),
            _ => None,
        })
    }

    /// How many messages were found.
    pub fn count(&self) -> Option<u32> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::Count(n) => Some(*n),
            _ => None,
        })
    }

    /// The highest number that was found.
    pub fn max(&self) -> Option<N> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::Max(n) => Some(*n),
            _ => None,
        })
    }

    /// The lowest number that was found.
    pub fn min(&self) -> Option<N> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::Min(n) => Some(*n),
            _ => None,
        })
    }

    /// The highest modification sequence of the messages told of.
    pub fn mod_seq(&self) -> Option<u64> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::ModSeq(n) => Some(*n),
            _ => None,
        })
    }

    /// The part of the result that was asked for.
    pub fn partial(&self) -> Option<&'a PartialResult<'a, N>> {
        self.data.iter().find_map(|data| match data {
            SearchReturnData::Partial(part) => Some(*part),
            _ => None,
        })
    }
}

/// What follows the word ESEARCH.
///
/// ```abnf
/// esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
/// ```
pub(super) fn esearch<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Response<'a>> {
    cx.set_rule("ESEARCH response");
    let correlators = search_correlator(i, cx)?;
    if let Some((uid, rest)) = i.split_first_chunk::<4>()
        && uid.eq_ignore_ascii_case(b" UID")
        && matches!(peek(&rest), Some(b' ' | b'\r' | b'\n'))
    {
        *i = rest;
        let data = return_data(i, cx)?;
        return Ok(Response::UidEsearch(Esearch { correlators, data }));
    }
    let data = return_data(i, cx)?;
    Ok(Response::Esearch(Esearch { correlators, data }))
}

/// `*(SP search-return-data)`
fn return_data<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [SearchReturnData<'a, N>]> {
    collect(i, cx, |i, _| {
        // Blanks in front of the end of the line are for what reads that.
        if i.trim_ascii_start().is_empty() || !at(i, b' ') {
            return Ok(None);
        }
        blanks(i, cx)?;
        search_return_data(i, cx).map(Some)
    })
}

/// The correlators, with the blank in front, or none.
///
/// ```abnf
/// search-correlator = SP "(" one-correlator *(SP one-correlator) ")"   ; RFC 7377
/// ```
pub(super) fn search_correlator<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [SearchCorrelator<'a>]> {
    if !i.starts_with(b" (") {
        return Ok(&[]);
    }
    sp(i)?;
    non_empty_list(i, cx, |i| one_correlator(i, cx))
}

/// One correlator.
///
/// ```abnf
/// one-correlator = ("TAG" SP tag-string) / ("MAILBOX" SP astring) / ("UIDVALIDITY" SP nz-number)
/// ```
pub(crate) fn one_correlator<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<SearchCorrelator<'a>> {
    let start = *i;
    match word(i).and_then(|name| correlator_value(i, cx, name)) {
        Ok(item) if matches!(peek(i), None | Some(b' ' | b')')) => Ok(item),
        result => {
            let error = result.err();
            let error = error.unwrap_or_else(|| Fail::new(i, Expected::CloseParen));
            malformed_item(i, cx, start, error, "ESEARCH correlator", begins_correlator)
                .map(SearchCorrelator::Malformed)
        }
    }
}

#[derive(Clone, Copy)]
enum Correlator {
    Mailbox,
    Tag,
    UidValidity,
}

fn correlator(name: &[u8]) -> Option<Correlator> {
    Some(match name {
        b"MAILBOX" => Correlator::Mailbox,
        b"TAG" => Correlator::Tag,
        b"UIDVALIDITY" => Correlator::UidValidity,
        _ => return None,
    })
}

/// Whether the name of a known correlator begins here, with something behind it.
fn begins_correlator(mut i: Input<'_>) -> bool {
    let name = word(&mut i).unwrap_or_default();
    fold(name, correlator).is_some() && at(&i, b' ')
}

/// The blank behind the name of a correlator, and its value.
fn correlator_value<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<SearchCorrelator<'a>> {
    sp(i)?;
    match fold(name, correlator) {
        Some(Correlator::Mailbox) => mailbox(i, cx).map(SearchCorrelator::Mailbox),
        Some(Correlator::Tag) => tag_string(i, cx).map(SearchCorrelator::Tag),
        Some(Correlator::UidValidity) => non_zero(i, cx).map(SearchCorrelator::UidValidity),
        None => other_item(i, cx, name).map(SearchCorrelator::Other),
    }
}

/// `tag-string = astring`, a tag
fn tag_string<'a>(i: &mut Input<'a>, cx: &Context<'a>) -> PResult<Tag<'a>> {
    let start = *i;
    let tag = astring(i, cx)?;
    Tag::from_octets(tag.0).ok_or_else(|| Fail::new(start, Expected::Tag))
}

/// The value of something that is not known.
fn other_item<'a>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<&'a OtherItem<'a>> {
    if peek(i).is_some_and(|b| b.is_ascii_alphabetic()) {
        // Values are numbers, sets, strings and lists: this is the next name.
        return fail(i, Expected::Value);
    }
    let value = skip_value(i, cx)?;
    cx.alloc(i, OtherItem { name, value })
}

/// One of the data.
///
/// ```abnf
/// search-return-data  = "MIN" SP nz-number / "MAX" SP nz-number / "ALL" SP sequence-set /
///                       "COUNT" SP number / search-ret-data-ext
/// search-ret-data-ext = search-modifier-name SP search-return-value
/// search-return-data  =/ ret-data-partial / ret-data-addto / ret-data-removefrom   ; RFC 5267
/// search-return-data  =/ "RELEVANCY" SP score-list                                 ; RFC 6203
/// search-return-data  =/ "MODSEQ" SP mod-sequence-value                            ; RFC 4731
/// ```
pub(crate) fn search_return_data<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<SearchReturnData<'a, N>> {
    let start = *i;
    match word(i).and_then(|name| data_value(i, cx, name)) {
        Ok(item) if matches!(peek(i), None | Some(b' ' | b'\r' | b'\n')) => Ok(item),
        result => {
            let error = result.err();
            let error = error.unwrap_or_else(|| Fail::new(i, Expected::Crlf));
            malformed_item(i, cx, start, error, "ESEARCH data", begins_data)
                .map(SearchReturnData::Malformed)
        }
    }
}

#[derive(Clone, Copy)]
enum Name {
    AddTo,
    All,
    Count,
    Max,
    Min,
    ModSeq,
    Partial,
    Relevancy,
    RemoveFrom,
}

fn by_name(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"ADDTO" => Name::AddTo,
        b"ALL" => Name::All,
        b"COUNT" => Name::Count,
        b"MAX" => Name::Max,
        b"MIN" => Name::Min,
        b"MODSEQ" => Name::ModSeq,
        b"PARTIAL" => Name::Partial,
        b"RELEVANCY" => Name::Relevancy,
        b"REMOVEFROM" => Name::RemoveFrom,
        _ => return None,
    })
}

/// Whether the name of known data begins here, with something behind it.
fn begins_data(mut i: Input<'_>) -> bool {
    let name = word(&mut i).unwrap_or_default();
    fold(name, by_name).is_some() && at(&i, b' ')
}

/// The blank behind a name, and the value.
fn data_value<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
    name: &'a [u8],
) -> PResult<SearchReturnData<'a, N>> {
    sp(i)?;
    match fold(name, by_name) {
        Some(Name::AddTo) => context_changes(i, cx).map(SearchReturnData::AddTo),
        Some(Name::All) => long_known_set(i, cx).map(SearchReturnData::All),
        Some(Name::Count) => number(i).map(SearchReturnData::Count),
        Some(Name::Max) => non_zero(i, cx).map(SearchReturnData::Max),
        Some(Name::Min) => non_zero(i, cx).map(SearchReturnData::Min),
        Some(Name::ModSeq) => mod_sequence_value(i, cx).map(SearchReturnData::ModSeq),
        Some(Name::Partial) => {
            let part = partial_result(i, cx)?;
            cx.alloc(i, part).map(SearchReturnData::Partial)
        }
        Some(Name::Relevancy) => list(i, cx, score).map(SearchReturnData::Relevancy),
        Some(Name::RemoveFrom) => context_changes(i, cx).map(SearchReturnData::RemoveFrom),
        None => other_item(i, cx, name).map(SearchReturnData::Other),
    }
}

/// The value of ADDTO or REMOVEFROM.
///
/// ```abnf
/// ret-data-addto = "ADDTO" SP "(" context-position SP sequence-set
///                  *(SP context-position SP sequence-set) ")"
/// ```
fn context_changes<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<&'a [ContextChange<'a, N>]> {
    non_empty_list(i, cx, |i| {
        let position = number(i)?;
        sp(i)?;
        let set = known_set(i, cx)?;
        Ok(ContextChange { position, set })
    })
}

/// The value of PARTIAL.
///
/// ```abnf
/// ret-data-partial = "PARTIAL" SP "(" partial-range SP partial-results ")"
/// partial-results  = sequence-set / "NIL"
/// ```
fn partial_result<'a, N: MessageNumber>(
    i: &mut Input<'a>,
    cx: &Context<'a>,
) -> PResult<PartialResult<'a, N>> {
    open(i)?;
    let range = partial_range(i, cx)?;
    sp(i)?;
    let set = if nil(i).is_ok() {
        None
    } else {
        Some(known_set(i, cx)?)
    };
    close(i)?;
    Ok(PartialResult { range, set })
}

/// `score = 1*3DIGIT`, 1 to 100; RFC 6203
fn score(i: &mut Input<'_>) -> PResult<u8> {
    let start = *i;
    match u8::try_from(number(i)?) {
        Ok(score @ 1..=100) => Ok(score),
        _ => fail(start, Expected::NumberInRange),
    }
}
