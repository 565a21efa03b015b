//! SEARCH, SORT, THREAD and ESEARCH against servers that follow a script.

mod support;

use std::num::NonZeroU32;

use imap_client::{Error, Event, Found, Query};
use imap_proto::command::{SearchReturnOption, SortCriterion, SortKey};
use imap_proto::{
    Arena, Code, Date, FetchItemName, MailboxFilter, PartialRange, Response, SearchKey,
    SequenceSetBuf, ThreadAlgorithm, Uid, UidSet,
};
use support::{LOGGED_IN, Script, selected, seq, uid};

/// Why a command was not sent.
#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Argument(error)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn ok_search_names_a_charset_only_where_it_is_needed() {
    let mut client = selected(
        "C: A2 SEARCH FROM ann
         S: * SEARCH 2 3
         S: A2 OK done
         C: A3 UID SEARCH CHARSET UTF-8 SUBJECT {4+}
         C: Käs
         S: * SEARCH
         S: A3 OK done",
    );
    let found = client.search(&[SearchKey::From("ann".into())]).unwrap();
    assert_eq!(found.all, [seq(2), seq(3)]);
    assert_eq!(
        (found.count, found.min, found.max),
        (Some(2), Some(seq(2)), Some(seq(3)))
    );
    let found = client.uid_search(&Query::subject("Käs")).unwrap();
    assert!(found.all.is_empty());
    assert_eq!((found.count, found.min), (Some(0), None));
}

#[test]
fn ok_search_by_text_is_read_before_it_is_sent() {
    let mut client = selected(
        "C: A2 SEARCH OR UNSEEN FLAGGED SINCE 1-Feb-2024
         S: * SEARCH
         S: A2 OK done",
    );
    client
        .search("or unseen flagged since 01-Feb-2024")
        .unwrap();
    assert_eq!(
        refusal(client.search("UNSEEN (FLAGGED")),
        "syntax error at byte 15 of search keys"
    );
    assert!(matches!(client.search("käse"), Err(Error::Argument(_))));
    assert!(matches!(client.search(""), Err(Error::Argument(_))));
}

#[test]
fn ok_search_is_answered_by_esearch_with_its_tag_or_without() {
    let mut client = selected(
        "C: A2 SEARCH ALL
         S: * ESEARCH (TAG \"A1\") ADDTO (0 7)
         S: * ESEARCH (TAG \"A2\") ALL 1:3
         S: * 2 FETCH (FLAGS (\\Seen))
         S: A2 OK done
         C: A3 UID SEARCH ALL
         S: * ESEARCH UID ALL 4:4294967295
         S: A3 OK done
         C: A4 UID SEARCH DELETED
         S: * ESEARCH (TAG \"A4\") UID
         S: A4 OK done
         C: A5 UID SEARCH MODSEQ 7
         S: * SEARCH 5 7(MODSEQ 917162500)
         S: A5 OK done",
    );
    assert_eq!(client.search("ALL").unwrap().all.to_string(), "1:3");
    let found = client.uid_search("ALL").unwrap();
    assert_eq!(found.all.len(), 4_294_967_292);
    assert_eq!(found.max, Some(Uid::MAX));
    let found = client.uid_search("DELETED").unwrap();
    assert_eq!((found.all.len(), found.count), (0, Some(0)));
    let found = client.uid_search("MODSEQ 7").unwrap();
    assert_eq!(found.mod_seq, Some(917_162_500));
    let Some(Event::Response(change)) = client.next_event() else {
        panic!("no event")
    };
    assert!(matches!(change.response(), Response::Esearch(_)));
    assert!(client.next_event().is_some());
    assert!(client.next_event().is_none());
}

#[test]
fn ok_search_return() {
    let mut client = selected(
        "C: A2 SEARCH RETURN (MIN COUNT) FLAGGED
         S: * ESEARCH (TAG \"A2\") MIN 2 COUNT 3
         S: A2 OK done
         C: A3 UID SEARCH RETURN (PARTIAL -1:-100) ALL
         S: * ESEARCH (TAG \"A3\") UID PARTIAL (-1:-100 200:250,252:300) MODSEQ 7
         S: A3 OK done
         C: A4 UID SEARCH RETURN (COUNT) SEEN
         S: * SEARCH 7 5
         S: A4 OK done
         C: A5 UID SEARCH RETURN (ALL) SEEN
         S: A5 OK done",
    );
    use SearchReturnOption::{Count, Min, Partial};
    let found = client.search_return(&[Min, Count], "FLAGGED").unwrap();
    assert_eq!(
        (found.min, found.max, found.count),
        (Some(seq(2)), None, Some(3))
    );
    assert!(found.all.is_empty());
    let hundred = NonZeroU32::new(100).unwrap();
    let range = PartialRange::Last(NonZeroU32::MIN, hundred);
    let found = client.uid_search_return(&[Partial(range)], "ALL").unwrap();
    let part = found.partial.unwrap();
    assert_eq!(part.range, range);
    assert_eq!(part.numbers.to_string(), "200:250,252:300");
    assert_eq!((found.mod_seq, found.count), (Some(7), None));
    // A plain answer to an extended search.
    let found = client.uid_search_return(&[Count], "SEEN").unwrap();
    assert_eq!((found.count, found.min), (Some(2), Some(uid(5))));
    assert_eq!(found.all, [uid(7), uid(5)]);
    // No answer at all.
    assert_eq!(
        client.uid_search_return(&[], "SEEN").unwrap().count,
        Some(0)
    );
}

#[test]
fn ok_saved_results_and_found_messages_are_sets() {
    let mut client = selected(
        "C: A2 UID SEARCH RETURN (SAVE) FLAGGED
         S: A2 OK done
         C: A3 UID FETCH $ (FLAGS)
         S: * 2 FETCH (UID 7 FLAGS (\\Flagged))
         S: A3 OK done
         C: A4 UID SEARCH $ SMALLER 4096
         S: * SEARCH 9 5 6
         S: A4 OK done
         C: A5 UID COPY 5:6,9 Archive
         S: A5 OK done",
    );
    client
        .uid_search_return(&[SearchReturnOption::Save], &Query::flagged())
        .unwrap();
    let fetched = client.uid_fetch(UidSet::SAVED, &[FetchItemName::Flags]);
    assert_eq!(fetched.unwrap().len(), 1);
    let query = Query::saved().and(Query::smaller(4096));
    let found = client.uid_search(&query).unwrap();
    client.uid_copy(&found, "Archive").unwrap();
    let nothing = client.uid_copy(&Found::<Uid>::default(), "Archive");
    assert!(matches!(nothing, Err(Error::Argument(_))));
}

#[test]
fn ok_update_tells_the_tag_or_that_there_will_be_none() {
    let mut client = selected(
        "C: A2 UID SEARCH RETURN (UPDATE COUNT) DELETED
         S: * ESEARCH (TAG \"A2\") COUNT 74
         S: A2 OK done, will notify
         C: A3 UID SORT RETURN (UPDATE COUNT) (SUBJECT) UTF-8 DELETED
         S: * ESEARCH (TAG \"A3\") COUNT 74
         S: * NO [NOUPDATE \"A3\"] Too many contexts
         S: * ESEARCH (TAG \"A2\") UID ADDTO (0 32768:32769)
         S: A3 OK done, will not notify",
    );
    let options = [SearchReturnOption::Update(&[]), SearchReturnOption::Count];
    let found = client.uid_search_return(&options, "DELETED").unwrap();
    assert_eq!(
        (&*found.tag, found.count, found.no_update),
        ("A2", Some(74), false)
    );
    let order = [SortKey::Subject.into()];
    let found = client.uid_sort_return(&options, &order, "DELETED").unwrap();
    assert!(found.no_update);
    let Some(Event::Response(change)) = client.next_event() else {
        panic!("no event")
    };
    let Response::UidEsearch(change) = change.response() else {
        panic!("{change:?}")
    };
    assert_eq!(change.tag().unwrap().as_str(), "A2");
}

#[test]
fn err_search_refused_gives_the_code() {
    let mut client = selected(
        "C: A2 SEARCH CHARSET UTF-8 TEXT {2+}
         C: ä
         S: A2 NO [BADCHARSET (US-ASCII KOI8-R)] no UTF-8
         C: A3 SEARCH ALL
         S: * SEARCH 1
         S: A3 OK done",
    );
    let error = client.search(&Query::text("ä")).unwrap_err();
    let Some(Code::BadCharset(charsets)) = error.refusal().unwrap().code() else {
        panic!("{error}")
    };
    assert_eq!(charsets.len(), 2);
    assert_eq!(client.search("ALL").unwrap().all, [seq(1)]);
}

#[test]
fn ok_sort_keeps_the_order() {
    let mut client = selected(
        "C: A2 SORT (SUBJECT REVERSE DATE) UTF-8 ALL
         S: * 3 EXISTS
         S: * SORT 5 3 4 1 2
         S: A2 OK done
         C: A3 UID SORT RETURN (ALL MIN) (REVERSE DATE) UTF-8 UNDELETED
         S: * ESEARCH (TAG \"A3\") UID ALL 23765,23764,10:12 MIN 23765
         S: A3 OK done
         C: A4 UID SORT (SIZE) UTF-8 SUBJECT {4+}
         C: Käs
         S: * SORT
         S: A4 OK done",
    );
    let reverse_date = SortCriterion {
        reverse: true,
        key: SortKey::Date,
    };
    let order = [SortKey::Subject.into(), reverse_date];
    let sorted = client.sort(&order, "ALL").unwrap();
    assert_eq!(sorted.all, [seq(5), seq(3), seq(4), seq(1), seq(2)]);
    assert_eq!((sorted.min, sorted.max), (Some(seq(5)), Some(seq(2))));
    let options = [SearchReturnOption::All, SearchReturnOption::Min];
    let sorted = client
        .uid_sort_return(&options, &[reverse_date], "UNDELETED")
        .unwrap();
    assert_eq!(sorted.all.to_string(), "23765,23764,10:12");
    assert_eq!(
        SequenceSetBuf::from(&sorted.all).to_string(),
        "10:12,23764:23765"
    );
    assert_eq!(sorted.all.iter().last(), Some(uid(12)));
    let sorted = client.uid_sort(&[SortKey::Size.into()], &Query::subject("Käs"));
    assert!(sorted.unwrap().all.is_empty());
    assert!(matches!(client.sort(&[], "ALL"), Err(Error::Argument(_))));
}

#[test]
fn ok_thread_is_walked_without_recursion() {
    let chain: Vec<String> = (100..20_100).map(|n| n.to_string()).collect();
    let script = format!(
        "C: A2 UID THREAD REFERENCES UTF-8 SINCE 5-Mar-2000
         S: * THREAD (2)(3 6 (4 23)(44 7 96))((8)(9 10))
         S: * 2 FETCH (FLAGS ())
         S: A2 OK done
         C: A3 THREAD ORDEREDSUBJECT UTF-8 ALL
         S: * THREAD ({})
         S: A3 OK done",
        chain.join(" ")
    );
    let mut client = selected(&script);
    let since = Query::since(Date::new(2000, 3, 5).unwrap());
    let threads = client
        .uid_thread(ThreadAlgorithm::References, &since)
        .unwrap();
    assert_eq!(threads.trees().count(), 3);
    let messages: Vec<_> = threads
        .messages()
        .map(|m| (m.number.get(), m.parent.map_or(0, Uid::get), m.depth))
        .collect();
    let expected = [
        (2, 0, 0),
        (3, 0, 0),
        (6, 3, 1),
        (4, 6, 2),
        (23, 4, 3),
        (44, 6, 2),
        (7, 44, 3),
        (96, 7, 4),
        (8, 0, 1),
        (9, 0, 1),
        (10, 9, 2),
    ];
    assert_eq!(messages, expected);
    let threads = client
        .thread(ThreadAlgorithm::OrderedSubject, "ALL")
        .unwrap();
    let last = threads.messages().last().unwrap();
    assert_eq!((last.number, last.depth), (seq(20_099), 19_999));
}

#[test]
fn ok_esearch_of_several_mailboxes() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 ESEARCH IN (mailboxes folder1 subtree folder2) RETURN (ALL) UNSEEN
         S: * ESEARCH (TAG \"A1\" MAILBOX \"folder1\" UIDVALIDITY 1) UID ALL 4001,4003
         S: * ESEARCH (TAG \"A0\" MAILBOX \"folder1\" UIDVALIDITY 1) UID ALL 1
         S: * ESEARCH (TAG \"A1\" MAILBOX \"folder2/Entw&APw-rfe\" UIDVALIDITY 7) UID ALL 5:9
         S: A1 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let (one, two) = (["folder1".into()], ["folder2".into()]);
    let sources = [MailboxFilter::Mailboxes(&one), MailboxFilter::Subtree(&two)];
    let found = client.esearch(&sources, &[], "UNSEEN").unwrap();
    let [first, second] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(
        (first.name(), first.uid_validity.unwrap().get()),
        ("folder1", 1)
    );
    assert_eq!(first.found.all, [uid(4001), uid(4003)]);
    assert_eq!(second.name(), "folder2/Entwürfe");
    assert_eq!(second.mailbox().as_bytes(), b"folder2/Entw&APw-rfe");
    assert!(matches!(client.next_event(), Some(Event::Response(_))));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_queries() {
    let [a, b, c] = ["a", "b", "c"].map(Query::from);
    let cases = [
        (a.clone().or(b.clone()), "OR FROM a FROM b"),
        (
            a.clone().or(b.clone().and(c.clone())),
            "OR FROM a (FROM b FROM c)",
        ),
        (!a.clone().and(b.clone()), "NOT (FROM a FROM b)"),
        (Query::any([a, b, c]), "OR OR FROM a FROM b FROM c"),
        (Query::any([]), "NOT ALL"),
        (Query::uid(uid(5)), "UID 5"),
        (Query::sequence_set(SequenceSetBuf::new()), "NOT ALL"),
        (Query::header("X-A b", ""), "HEADER \"X-A b\" \"\""),
        (Query::key(SearchKey::And(&[SearchKey::New])), "(NEW)"),
    ];
    for (query, expected) in cases {
        assert_eq!(query.to_string(), expected);
        assert!(query.keys(&Arena::new()).is_ok());
    }
}

#[test]
fn err_queries_that_cannot_be_sent() {
    let mut client = selected("");
    let evil = Query::seen().or(!Query::from("a\r\nA9 DELETE INBOX").and(Query::to("b")));
    assert_eq!(
        refusal(client.search(&evil)),
        "line break at byte 1 of search text"
    );
    let deep = (0..1000).fold(Query::seen(), |query, _| !query);
    assert_eq!(
        refusal(client.search(&deep)),
        "search keys is nested too deeply"
    );
    let many = Query::any((1..=10_000).map(|n| Query::uid(uid(n))));
    assert!(many.keys(&Arena::new()).is_ok());
}
