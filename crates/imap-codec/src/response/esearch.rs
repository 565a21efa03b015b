//! ESEARCH responses.

use imap_proto::response::{
    ContextChange, Esearch, PartialResult, SearchCorrelator, SearchReturnData,
};
use imap_proto::{
    Arena, Bound, IString, Malformed, MessageNumber, OtherItem, Range, Response, SequenceSet,
    Verbatim,
};

use crate::encode::{Encode, Encoder, Reason};
use crate::verbatim::{self, Kept};

impl<N: MessageNumber> Encode for Esearch<'_, N> {
    /// `"*" SP esearch-response`, with `UID` for UIDs.
    fn encode(&self, out: &mut Encoder) {
        let start = out.position();
        out.raw(b"* ESEARCH");
        search_correlator(self.correlators, out);
        if !N::COMMAND_PREFIX.is_empty() {
            out.raw(b" UID");
        }
        for data in self.data {
            out.raw(b" ");
            data.encode(out);
        }
        out.raw(b"\r\n");
        let is_kept = self.data.iter().any(|data| kept(data).is_some())
            || self
                .correlators
                .iter()
                .any(|c| kept_correlator(c).is_some());
        if is_kept && !reads_alike(out.written_from(start), self) {
            out.argument("list of items");
            out.refuse(0, Reason::Syntax);
        }
    }
}

impl<N: MessageNumber> Encode for SearchReturnData<'_, N> {
    /// `search-return-data`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::AddTo(changes) => context_changes(b"ADDTO ", changes, out),
            Self::All(set) => {
                out.raw(b"ALL ");
                known_set(set, out);
            }
            Self::Count(n) => numbered(b"COUNT ", (*n).into(), out),
            Self::Max(n) => numbered(b"MAX ", u64::from((*n).into()), out),
            Self::Min(n) => numbered(b"MIN ", u64::from((*n).into()), out),
            Self::ModSeq(n) => numbered(b"MODSEQ ", *n, out),
            Self::Partial(part) => {
                out.raw(b"PARTIAL ");
                part.encode(out);
            }
            Self::Relevancy(scores) => relevancy(scores, out),
            Self::RemoveFrom(changes) => context_changes(b"REMOVEFROM ", changes, out),
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("item");
                out.verbatim_item(Verbatim::SearchReturnData, name, value);
            }
            _ => out.refuse_unknown(),
        }
    }
}

impl<N: MessageNumber> Encode for PartialResult<'_, N> {
    /// `"(" partial-range SP partial-results ")"`
    fn encode(&self, out: &mut Encoder) {
        out.raw(b"(");
        self.range.encode(out);
        out.raw(b" ");
        match &self.set {
            Some(set) => known_set(set, out),
            None => out.raw(b"NIL"),
        }
        out.raw(b")");
    }
}

impl<N: MessageNumber> Encode for ContextChange<'_, N> {
    /// `context-position SP sequence-set`
    fn encode(&self, out: &mut Encoder) {
        out.number(self.position.into());
        out.raw(b" ");
        known_set(&self.set, out);
    }
}

impl Encode for SearchCorrelator<'_> {
    /// `one-correlator`
    fn encode(&self, out: &mut Encoder) {
        match self {
            Self::Mailbox(mailbox) => {
                out.raw(b"MAILBOX ");
                out.argument("mailbox");
                mailbox.encode(out);
            }
            Self::Tag(tag) => {
                out.raw(b"TAG ");
                IString(tag.as_bytes()).encode(out);
            }
            Self::UidValidity(validity) => numbered(b"UIDVALIDITY ", validity.get().into(), out),
            Self::Other(OtherItem { name, value })
            | Self::Malformed(Malformed { name, value, .. }) => {
                out.argument("correlator");
                out.verbatim_item(Verbatim::SearchCorrelator, name, value);
            }
            _ => out.refuse_unknown(),
        }
    }
}

/// `SP "(" one-correlator *(SP one-correlator) ")"`, or nothing if there are none.
pub(super) fn search_correlator(correlators: &[SearchCorrelator<'_>], out: &mut Encoder) {
    if !correlators.is_empty() {
        out.raw(b" ");
        out.list(correlators);
    }
}

fn numbered(name: &[u8], n: u64, out: &mut Encoder) {
    out.raw(name);
    out.number(n);
}

/// A set in which a client can find each number: not `$`, and without `*`.
fn known_set<N: MessageNumber>(set: &SequenceSet<'_, N>, out: &mut Encoder) {
    let is_known = |range: &Range<N>| {
        matches!(
            (range.start, range.end),
            (Bound::Number(_), Bound::Number(_))
        )
    };
    if set.is_saved() || !set.ranges().iter().all(is_known) {
        out.argument("sequence set");
        out.refuse(0, Reason::Syntax);
    }
    set.encode(out);
}

fn context_changes<N: MessageNumber>(
    name: &[u8],
    changes: &[ContextChange<'_, N>],
    out: &mut Encoder,
) {
    if changes.is_empty() {
        out.argument("list of changes");
        out.refuse_empty();
    }
    out.raw(name);
    out.list(changes);
}

/// `"RELEVANCY" SP "(" [score *(SP score)] ")"`
fn relevancy(scores: &[u8], out: &mut Encoder) {
    out.raw(b"RELEVANCY (");
    for (n, score) in scores.iter().enumerate() {
        if !matches!(score, 1..=100) {
            out.argument("score");
            out.refuse(0, Reason::Syntax);
        }
        numbered(if n == 0 { b"" } else { b" " }, (*score).into(), out);
    }
    out.raw(b")");
}

/// Whether a response with items that are kept as they came is read as it was meant.
#[cold]
fn reads_alike<N: MessageNumber>(line: &[u8], meant: &Esearch<'_, N>) -> bool {
    let arena = Arena::new();
    match Response::parse(line, &arena) {
        Ok(Response::Esearch(read)) => has_same_items(&read, meant),
        Ok(Response::UidEsearch(read)) => has_same_items(&read, meant),
        _ => false,
    }
}

/// Whether what is kept as it came stands in the same places.
fn has_same_items<M: MessageNumber, N: MessageNumber>(
    read: &Esearch<'_, M>,
    meant: &Esearch<'_, N>,
) -> bool {
    verbatim::reads_alike(read.correlators, meant.correlators, kept_correlator)
        && read.data.iter().map(kept).eq(meant.data.iter().map(kept))
}

/// The name and the value of data that are kept as they came.
fn kept<'a, N: MessageNumber>(data: &SearchReturnData<'a, N>) -> Option<Kept<'a>> {
    match data {
        SearchReturnData::Other(OtherItem { name, value })
        | SearchReturnData::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}

/// The same for a correlator.
fn kept_correlator<'a>(correlator: &SearchCorrelator<'a>) -> Option<Kept<'a>> {
    match correlator {
        SearchCorrelator::Other(OtherItem { name, value })
        | SearchCorrelator::Malformed(Malformed { name, value, .. }) => Some((name, value)),
        _ => None,
    }
}
