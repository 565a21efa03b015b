//! Finding messages: plainly, in order, and in threads.

use std::num::NonZeroU32;

use imap_client::{AppendOptions, Error, Found, Query};
use imap_interop::Server;
use imap_proto::command::{SearchReturnOption, SortCriterion, SortKey};
use imap_proto::{
    FetchItemName, InternalDate, Mailbox, MailboxFilter, MessageNumber, PartialRange, SearchKey,
    SeqNum, SequenceSet, ThreadAlgorithm, UidSet,
};

use super::{Client, Scene, fresh, seq, uid};

scenarios! {
    ok_search_by_keys: needs ["IMAP4rev1"], proves ["SEARCH", "UID SEARCH"];
    ok_search_in_all_ways_to_say_it: needs ["IMAP4rev1"], proves ["SEARCH"];
    ok_search_within_some_time: needs ["WITHIN"], proves ["SEARCH"];
    ok_search_returns: needs ["ESEARCH"], proves ["SEARCH", "UID SEARCH"];
    ok_search_saved: needs ["SEARCHRES"], proves ["SEARCH", "FETCH", "UID COPY"];
    ok_search_kept_up_to_date: needs ["CONTEXT=SEARCH"], proves ["SEARCH", "CANCELUPDATE"];
    ok_part_of_the_results: needs ["PARTIAL"], proves ["SEARCH"];
    ok_search_of_several_mailboxes: needs ["MULTISEARCH"], proves ["ESEARCH"];
    ok_fuzzy_search: needs ["SEARCH=FUZZY"], proves ["SEARCH"];
    ok_sort: needs ["SORT"], proves ["SORT", "UID SORT"];
    ok_sort_by_names_as_shown: needs ["SORT=DISPLAY"], proves ["SORT"];
    ok_sort_returns: needs ["ESORT"], proves ["SORT", "UID SORT"];
    ok_threads_by_subject: needs ["THREAD=ORDEREDSUBJECT"], proves ["THREAD"];
    ok_threads_by_references: needs ["THREAD=REFERENCES"], proves ["THREAD", "UID THREAD"];
    ok_threads_by_references_alone: needs ["THREAD=REFS"], proves ["UID THREAD"];
    err_keys_that_cannot_be_sent: needs ["IMAP4rev1"], proves [];
}

/// Four messages in INBOX, which is selected: two of a thread, two by themselves.
async fn with_messages(scene: &Scene) -> Client {
    let mut client = fresh(scene, "search").await;
    for (n, header) in [
        "Subject: Lunch\r\nFrom: Zoe <ann@example.org>\r\nMessage-ID: <1@x>",
        "Subject: =?utf-8?Q?K=C3=A4sekuchen?=\r\nFrom: Bea <zed@example.org>\r\nMessage-ID: <2@x>",
        "Subject: Re: Lunch\r\nFrom: Ann <bob@example.org>\r\nMessage-ID: <3@x>\r\nReferences: <1@x>",
        "Subject: Other\r\nFrom: Cyd <cyd@example.org>\r\nMessage-ID: <4@x>",
    ]
    .into_iter()
    .enumerate()
    {
        let day = n + 1;
        let text = format!("Date: {day} Feb 2020 12:00:00 +0000\r\n{header}\r\n\r\nhello {n}\r\n");
        let date = InternalDate::new(2020, 3, 10 - u8::try_from(n).unwrap(), 12, 0, 0, 0);
        let options = AppendOptions {
            date: date.ok(),
            ..AppendOptions::default()
        };
        wait!(client.append("INBOX", text.as_bytes(), options)).unwrap();
    }
    wait!(client.select("INBOX")).unwrap();
    client
}

/// The numbers as they are.
fn numbers<N: MessageNumber + Into<u32>>(found: &Found<N>) -> Vec<u32> {
    found.all.iter().map(Into::into).collect()
}

async fn ok_search_by_keys(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let lunch = [SearchKey::Subject("lunch".into())];
    assert_eq!(numbers(&wait!(client.search(&lunch)).unwrap()), [1, 3]);
    let cheese = [SearchKey::Subject("Käse".into())];
    assert_eq!(numbers(&wait!(client.uid_search(&cheese)).unwrap()), [2]);
    let keys = [
        SearchKey::Not(&SearchKey::Subject("other".into())),
        SearchKey::Or(&SearchKey::Seen, &SearchKey::From("example".into())),
        SearchKey::And(&[SearchKey::Unseen, SearchKey::Larger(10)]),
    ];
    assert_eq!(numbers(&wait!(client.search(&keys)).unwrap()), [1, 2, 3]);
    let none = wait!(client.search(&[SearchKey::Deleted])).unwrap();
    assert!(none.all.is_empty());
    let quoted = [SearchKey::Text("\"\\ {3}\r".trim_end().into())];
    assert!(wait!(client.search(&quoted)).unwrap().all.is_empty());
}

async fn ok_search_in_all_ways_to_say_it(scene: &Scene) {
    let mut client = with_messages(scene).await;
    for (text, expected) in [
        ("ALL", &[1, 2, 3, 4][..]),
        ("2:3", &[2, 3]),
        ("UID 4", &[4]),
        ("SENTON 2-Feb-2020", &[2]),
        ("SENTSINCE 3-Feb-2020", &[3, 4]),
        ("SENTBEFORE 2-Feb-2020", &[1]),
        ("ON 10-Mar-2020", &[1]),
        ("SINCE 9-Mar-2020", &[1, 2]),
        ("BEFORE 9-Mar-2020", &[3, 4]),
        ("HEADER References \"\"", &[3]),
        ("HEADER Message-ID <4@x>", &[4]),
        ("BODY \"hello 1\"", &[2]),
        ("TEXT zed@example", &[2]),
        ("FROM ann", &[1, 3]),
        ("SMALLER 10", &[]),
        (
            "UNDELETED UNSEEN UNANSWERED UNFLAGGED UNDRAFT UNKEYWORD x",
            &[1, 2, 3, 4],
        ),
        ("OR (1 UNSEEN) (NOT 1:3 RECENT)", &[1, 4]),
    ] {
        let found = wait!(client.search(text)).unwrap();
        assert_eq!(numbers(&found), expected, "{text}");
    }
    let query = Query::subject("lunch").and(!Query::from("zoe"));
    assert_eq!(numbers(&wait!(client.search(&query)).unwrap()), [3]);
}

async fn ok_search_within_some_time(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let message = b"Subject: new\r\n\r\n";
    wait!(client.append("INBOX", message, AppendOptions::default())).unwrap();
    wait!(client.noop()).unwrap();
    let young = wait!(client.search("YOUNGER 86400")).unwrap();
    assert_eq!(numbers(&young), [5]);
    let old = wait!(client.search("OLDER 86400")).unwrap();
    assert_eq!(numbers(&old), [1, 2, 3, 4]);
}

async fn ok_search_returns(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let options = [
        SearchReturnOption::Min,
        SearchReturnOption::Max,
        SearchReturnOption::Count,
    ];
    let found = wait!(client.search_return(&options, "FROM example")).unwrap();
    assert_eq!((found.min, found.max), (Some(seq(1)), Some(seq(4))));
    assert_eq!((found.count, found.all.len()), (Some(4), 0));
    let found = wait!(client.uid_search_return(&[], "SUBJECT lunch")).unwrap();
    assert_eq!(numbers(&found), [1, 3]);
    let found = wait!(client.search_return(&options, "DELETED")).unwrap();
    assert_eq!((found.min, found.count), (None, Some(0)));
}

async fn ok_search_saved(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let options = [SearchReturnOption::Save, SearchReturnOption::Count];
    let found = wait!(client.search_return(&options, "SUBJECT lunch")).unwrap();
    assert_eq!(found.count, Some(2));
    let fetched = wait!(client.fetch(SequenceSet::SAVED, &[FetchItemName::Uid])).unwrap();
    let uids = fetched.iter().filter_map(|message| message.uid());
    assert_eq!(Vec::from_iter(uids), [uid(1), uid(3)]);
    let copied = wait!(client.uid_copy(UidSet::SAVED, "Trash")).unwrap();
    assert_eq!(copied.unwrap().pairs().count(), 2);
    let found = wait!(client.search("$ FROM ann NOT FROM zoe")).unwrap();
    assert_eq!(numbers(&found), [3]);
}

async fn ok_search_kept_up_to_date(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let options = [SearchReturnOption::Update(&[]), SearchReturnOption::All];
    let found = wait!(client.search_return(&options, "SUBJECT lunch")).unwrap();
    assert_eq!(numbers(&found), [1, 3]);
    assert!(!found.no_update);
    let tag = imap_proto::Tag::new(&found.tag).unwrap();
    wait!(client.cancel_update(&[tag])).unwrap();
}

async fn ok_part_of_the_results(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let two = NonZeroU32::new(2).unwrap();
    for (range, expected) in [
        (PartialRange::First(NonZeroU32::MIN, two), "1:2"),
        (PartialRange::Last(NonZeroU32::MIN, two), "3:4"),
    ] {
        let options = [
            SearchReturnOption::Partial(range),
            SearchReturnOption::Count,
        ];
        let found = wait!(client.search_return(&options, "ALL")).unwrap();
        assert_eq!(found.count, Some(4));
        let partial = found.partial.unwrap();
        assert_eq!(partial.numbers.to_string(), expected, "{range:?}");
    }
}

async fn ok_search_of_several_mailboxes(scene: &Scene) {
    let mut client = with_messages(scene).await;
    for (mailbox, set) in [("Wörk/Café", 3), ("Wörk", 4)] {
        wait!(client.create(mailbox)).unwrap();
        wait!(client.copy(seq(set), mailbox)).unwrap();
    }
    let top = [Mailbox::from("W&APY-rk")];
    let sources = [MailboxFilter::Subtree(&top), MailboxFilter::Selected];
    let found = wait!(client.esearch(&sources, &[], "SUBJECT lunch")).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|m| (m.name(), numbers(&m.found)))
        .collect();
    assert_eq!(found, [("INBOX", vec![1, 3]), ("Wörk/Café", vec![1])]);
    let options = [SearchReturnOption::Count];
    let found = wait!(client.esearch(&[MailboxFilter::Personal], &options, "ALL")).unwrap();
    let counts: Vec<_> = found.iter().map(|m| m.found.count).collect();
    assert_eq!(counts, [Some(4), Some(1), Some(1)]);
    assert!(found.iter().all(|m| m.uid_validity.is_some()));
}

async fn ok_fuzzy_search(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let fuzzy = [SearchKey::Fuzzy(&SearchKey::Subject("lunch".into()))];
    let found = wait!(client.search(&fuzzy)).unwrap();
    let expected = match scene.server() {
        // Without its index, it finds nothing.
        Server::Cyrus => vec![],
        _ => vec![1, 3],
    };
    assert_eq!(numbers(&found), expected);
}

fn by(key: SortKey<'_>) -> SortCriterion<'_> {
    SortCriterion {
        reverse: false,
        key,
    }
}

async fn ok_sort(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let reverse_date = SortCriterion {
        reverse: true,
        key: SortKey::Date,
    };
    for (order, expected) in [
        (&[by(SortKey::Arrival)][..], [4, 3, 2, 1]),
        (&[by(SortKey::Date)], [1, 2, 3, 4]),
        (&[by(SortKey::From)], [1, 3, 4, 2]),
        (&[by(SortKey::Subject), reverse_date], [2, 3, 1, 4]),
    ] {
        let found = wait!(client.sort(order, "ALL")).unwrap();
        assert_eq!(numbers(&found), expected, "{order:?}");
        let found = wait!(client.uid_sort(order, "SUBJECT lunch")).unwrap();
        let lunch = expected.into_iter().filter(|n| n % 2 == 1);
        assert_eq!(numbers(&found), Vec::from_iter(lunch), "{order:?}");
    }
}

async fn ok_sort_by_names_as_shown(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let found = wait!(client.sort(&[by(SortKey::DisplayFrom)], "ALL")).unwrap();
    assert_eq!(numbers(&found), [3, 2, 4, 1]);
}

async fn ok_sort_returns(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let options = [SearchReturnOption::Count, SearchReturnOption::Min];
    let order = [by(SortKey::Arrival)];
    let found = wait!(client.sort_return(&options, &order, "ALL")).unwrap();
    let first = match scene.server() {
        // The lowest number, whatever the order.
        Server::Cyrus => seq(1),
        Server::Dovecot | Server::InMemory => seq(4),
    };
    assert_eq!((found.count, found.min), (Some(4), Some(first)));
    let found = wait!(client.uid_sort_return(&[], &order, "ALL")).unwrap();
    assert_eq!(numbers(&found), [4, 3, 2, 1]);
}

async fn ok_threads_by_subject(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let algorithm = ThreadAlgorithm::OrderedSubject;
    let threads = wait!(client.thread(algorithm, "ALL")).unwrap();
    let parents = parents(threads.messages().map(|m| (m.number.get(), m.parent)));
    assert_eq!(
        parents,
        [(1, None), (2, None), (3, Some(seq(1))), (4, None)]
    );
}

fn parents<N: MessageNumber>(
    messages: impl Iterator<Item = (u32, Option<N>)>,
) -> Vec<(u32, Option<N>)> {
    let mut parents = Vec::from_iter(messages);
    parents.sort_unstable_by_key(|(number, _)| *number);
    parents
}

async fn ok_threads_by_references(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let algorithm = ThreadAlgorithm::References;
    let threads = wait!(client.thread(algorithm, "ALL")).unwrap();
    let parents_of_all = parents(threads.messages().map(|m| (m.number.get(), m.parent)));
    let expected: [(u32, Option<SeqNum>); 4] = [(1, None), (2, None), (3, Some(seq(1))), (4, None)];
    assert_eq!(parents_of_all, expected);
    let cheese = [SearchKey::Subject("Käse".into())];
    let threads = wait!(client.uid_thread(algorithm, &cheese)).unwrap();
    let parents_of_one = parents(threads.messages().map(|m| (m.number.get(), m.parent)));
    assert_eq!(parents_of_one, [(2, None)]);
}

async fn ok_threads_by_references_alone(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let algorithm = ThreadAlgorithm::Refs;
    let threads = wait!(client.uid_thread(algorithm, "ALL")).unwrap();
    let parents = parents(threads.messages().map(|m| (m.number.get(), m.parent)));
    assert_eq!(
        parents,
        [(1, None), (2, None), (3, Some(uid(1))), (4, None)]
    );
}

async fn err_keys_that_cannot_be_sent(scene: &Scene) {
    let mut client = with_messages(scene).await;
    let nothing = [SearchKey::And(&[])];
    let error = wait!(client.search(&nothing)).unwrap_err();
    assert!(matches!(error, Error::Argument(_)), "{error:?}");
    let error = wait!(client.search("NONSENSE")).unwrap_err();
    assert!(!error.is_fatal(), "{error:?}");
}
