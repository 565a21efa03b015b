//! What finds and orders messages, where a value is none of the grammar: it is refused, not sent.

use imap_codec::{Encode, EncodeError, EncodeOptions, Encoder, Reason};
use imap_proto::command::{self, CancelUpdate, SearchReturnOption, Sort, SortCriterion, SortKey};
use imap_proto::response::{
    ContextChange, Esearch, PartialResult, SearchCorrelator, SearchReturnData, Thread, UidBatches,
};
use imap_proto::{
    Bound, Code, MailboxFilter, OtherItem, PartialRange, Range, Response, SearchKey, SequenceSet,
    Uid,
};
use std::num::NonZeroU32;

const ONE: NonZeroU32 = NonZeroU32::MIN;

fn error(value: &impl Encode) -> EncodeError {
    let mut out = Encoder::new(EncodeOptions::SERVER);
    value.encode(&mut out);
    out.finish().unwrap_err()
}

fn check(value: &impl Encode, argument: &str, reason: Reason) {
    let error = error(value);
    assert_eq!((error.argument, error.reason), (argument, reason));
}

#[test]
fn err_commands() {
    let esearch = command::Esearch {
        sources: &[MailboxFilter::Selected],
        scope_options: &[],
        return_options: None,
        charset: None,
        keys: &[SearchKey::All],
    };
    let delayed = [MailboxFilter::SelectedDelayed];
    let nowhere = [MailboxFilter::Subtree(&[])];
    let option = [OtherItem {
        name: b"X",
        value: b"",
    }];
    let with_sources = |sources| command::Esearch { sources, ..esearch };
    check(&with_sources(&delayed), "mailbox filter", Reason::Syntax);
    check(&with_sources(&nowhere), "mailbox", Reason::Empty);
    let scoped = command::Esearch {
        sources: &[],
        scope_options: &option,
        ..esearch
    };
    check(&scoped, "list of mailbox filters", Reason::Empty);
    let keyless = command::Esearch {
        keys: &[],
        ..esearch
    };
    check(&keyless, "list of search keys", Reason::Empty);
    check(&CancelUpdate { tags: &[] }, "list of tags", Reason::Empty);
    let sort = Sort {
        return_options: None,
        criteria: &[],
        charset: "UTF-8".into(),
        keys: &[SearchKey::All],
    };
    check(&sort, "list of sort criteria", Reason::Empty);
    let criteria = [SortCriterion::from(SortKey::Date)];
    let sort = Sort {
        criteria: &criteria,
        keys: &[],
        ..sort
    };
    check(&sort, "list of search keys", Reason::Empty);
    let evil = OtherItem {
        name: b"X",
        value: b"5) ALL",
    };
    check(
        &SearchReturnOption::Other(&evil),
        "parameter",
        Reason::Syntax,
    );
}

#[test]
fn err_esearch_responses() {
    let largest = [Range {
        start: Bound::Number(Uid::MIN),
        end: Bound::Largest,
    }];
    let largest = SequenceSet::new(&largest).unwrap();
    let change = [ContextChange {
        position: 0,
        set: largest,
    }];
    let part = PartialResult {
        range: PartialRange::First(ONE, ONE),
        set: Some(SequenceSet::SAVED),
    };
    let item = |value| OtherItem { name: b"X", value };
    let (two, line) = (item(b"1 MIN 5"), item(b"1\r\na OK x"));
    let cases: [(SearchReturnData<'_, Uid>, &str, Reason); 9] = [
        (
            SearchReturnData::All(SequenceSet::SAVED),
            "sequence set",
            Reason::Syntax,
        ),
        (
            SearchReturnData::All(largest),
            "sequence set",
            Reason::Syntax,
        ),
        (
            SearchReturnData::AddTo(&change),
            "sequence set",
            Reason::Syntax,
        ),
        (
            SearchReturnData::RemoveFrom(&[]),
            "list of changes",
            Reason::Empty,
        ),
        (
            SearchReturnData::Partial(&part),
            "sequence set",
            Reason::Syntax,
        ),
        (
            SearchReturnData::Relevancy(&[1, 0]),
            "score",
            Reason::Syntax,
        ),
        (SearchReturnData::Relevancy(&[101]), "score", Reason::Syntax),
        (SearchReturnData::Other(&two), "item", Reason::Syntax),
        (SearchReturnData::Other(&line), "item", Reason::LineBreak),
    ];
    for (data, argument, reason) in cases {
        let data = [data];
        let esearch = Esearch {
            correlators: &[],
            data: &data,
        };
        check(&Response::UidEsearch(esearch), argument, reason);
    }
    let (count, two) = (item(b"COUNT"), item(b"1) UID ALL 5"));
    check(&SearchCorrelator::Other(&two), "correlator", Reason::Syntax);
    // Together with what follows it is read as something else.
    let data = [SearchReturnData::Other(&count), SearchReturnData::Count(1)];
    let esearch: Esearch<'_, Uid> = Esearch {
        correlators: &[],
        data: &data,
    };
    check(&esearch, "list of items", Reason::Syntax);
}

#[test]
fn err_threads_batches_and_codes() {
    let leaf = Thread {
        messages: &[ONE],
        replies: &[],
    };
    let only = [leaf];
    let nothing = Thread {
        messages: &[],
        replies: &[],
    };
    let single = Thread {
        messages: &[ONE],
        replies: &only,
    };
    for thread in [nothing, single] {
        check(&Response::Thread(&[thread]), "thread", Reason::Syntax);
    }
    let mut deep: &'static [Thread<'static>] = Box::leak(Box::new([leaf, leaf]));
    for _ in 0..300 {
        let thread = Thread {
            messages: &[ONE],
            replies: deep,
        };
        deep = Box::leak(Box::new([leaf, thread]));
    }
    check(&Response::Thread(deep), "thread", Reason::Nesting);
    let batches = [Range {
        start: Bound::Largest,
        end: Bound::Number(Uid::MIN),
    }];
    let batches = UidBatches {
        correlators: &[],
        batches: &batches,
    };
    check(&batches, "batch", Reason::Syntax);
    let slash = imap_proto::Atom::from_static("a/b");
    check(&Code::UndefinedFilter(slash), "filter name", Reason::Syntax);
}
