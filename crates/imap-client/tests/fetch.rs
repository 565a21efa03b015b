//! FETCH and STORE against servers that follow a script.

mod support;

use std::num::NonZeroU32;

use imap_client::{Error, Event, StoreOptions};
use imap_proto::command::{FetchModifier, StoreAction, StoreData};
use imap_proto::{
    FetchItemName, FetchItems, Flag, IString, PartialRange, Response, Section, SectionText,
    SequenceSetBuf, UidSetBuf,
};
use support::{selected, seq, uid};

#[test]
fn ok_fetch_leaves_what_was_not_asked_for_to_events() {
    let mut client = selected(
        "C: A2 FETCH 1:2 (RFC822.SIZE)
         S: * 1 FETCH (RFC822.SIZE 100)
         S: * 3 FETCH (FLAGS (\\Seen))
         S: * 1 FETCH (FLAGS (\\Seen) MODSEQ (7))
         S: * 2 FETCH (RFC822.SIZE 200 X-NEW (a))
         S: * 9 UIDFETCH (RFC822.SIZE 1)
         S: * VANISHED (EARLIER) 5
         S: * 4 EXISTS
         S: A2 OK done",
    );
    let set = SequenceSetBuf::range(seq(1), seq(2));
    let fetched = client.fetch(&set, &[FetchItemName::Rfc822Size]).unwrap();
    let sizes: Vec<_> = fetched.iter().map(|f| (f.number.get(), f.size())).collect();
    assert_eq!(sizes, [(1, Some(100)), (2, Some(200))]);
    assert!(fetched.vanished.is_empty());
    let mut events = 0;
    while let Some(event) = client.next_event() {
        assert!(matches!(
            event,
            Event::Fetch(_) | Event::Response(_) | Event::Exists(4) | Event::Vanished { .. }
        ));
        events += 1;
    }
    assert_eq!(events, 5);
}

#[test]
fn ok_fetch_of_what_changed_and_what_is_gone() {
    let mut client = selected(
        "C: A2 UID FETCH 300:500 (FLAGS) (CHANGEDSINCE 12345 VANISHED)
         S: * VANISHED (EARLIER) 300:310,405
         S: * VANISHED (EARLIER) 411
         S: * VANISHED 412
         S: * 1 FETCH (UID 404 MODSEQ (65402) FLAGS (\\Seen))
         S: * 2 FETCH (UID 501 MODSEQ (75403) FLAGS (\\Deleted))
         S: A2 OK done
         C: A3 FETCH 1:* FAST (CHANGEDSINCE 7)
         S: * 2 FETCH (FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 44)
         S: A3 OK done",
    );
    let set: UidSetBuf = "300:500".parse().unwrap();
    let modifiers = [FetchModifier::ChangedSince(12345), FetchModifier::Vanished];
    let flags = [FetchItemName::Flags];
    let fetched = client.uid_fetch_with(&set, &flags, &modifiers).unwrap();
    assert_eq!(fetched.vanished.to_string(), "300:310,405,411");
    let changed: Vec<_> = fetched.by_uid().map(|f| f.number).collect();
    assert_eq!(changed, [uid(404)]);
    assert!(matches!(
        client.next_event(),
        Some(Event::Vanished { earlier: false, .. })
    ));
    assert!(matches!(client.next_event(), Some(Event::Fetch(_))));
    assert!(client.next_event().is_none());
    let modifiers = [FetchModifier::ChangedSince(7)];
    let fetched = client
        .fetch_with(SequenceSetBuf::all(), FetchItems::Fast, &modifiers)
        .unwrap();
    assert_eq!(fetched.len(), 1);
}

#[test]
fn ok_uidfetch_answers_commands_by_uid() {
    let mut client = selected(
        "C: A2 UID FETCH 25900:26600 (FLAGS)
         S: * 25996 UIDFETCH (FLAGS (\\Seen))
         S: * 25997 UIDFETCH (UID 25997 FLAGS (\\Flagged))
         S: * 27000 UIDFETCH (FLAGS ())
         S: A2 OK done
         C: A3 UID STORE 25996 +FLAGS (\\Deleted)
         S: * 25996 UIDFETCH (FLAGS (\\Seen \\Deleted))
         S: A3 OK done",
    );
    let set: UidSetBuf = "25900:26600".parse().unwrap();
    let fetched = client.uid_fetch(&set, &[FetchItemName::Flags]).unwrap();
    assert_eq!((fetched.len(), fetched.iter().count()), (2, 0));
    let flags: Vec<_> = fetched
        .by_uid()
        .map(|f| (f.number.get(), f.flags().unwrap()[0]))
        .collect();
    assert_eq!(flags, [(25996, Flag::Seen), (25997, Flag::Flagged)]);
    let event = client.next_event().unwrap();
    assert!(matches!(event.response(), Some(Response::UidFetch(f)) if f.number == uid(27000)));
    let stored = client.uid_store(uid(25996), StoreAction::Add, &[Flag::Deleted]);
    assert_eq!(stored.unwrap().fetched.by_uid().count(), 1);
}

#[test]
fn ok_store_on_a_condition_tells_what_was_left_alone() {
    let mut client = selected(
        "C: A2 STORE 5,7,9 (UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\\Deleted)
         S: * 5 FETCH (MODSEQ (320162350))
         S: * 6 FETCH (FLAGS (\\Seen))
         S: A2 OK [MODIFIED 7,9] Conditional STORE failed
         C: A3 UID STORE 9 (UNCHANGEDSINCE 0) FLAGS ()
         S: A3 NO [MODIFIED 9] it is gone",
    );
    let set: SequenceSetBuf = "5,7,9".parse().unwrap();
    let options = StoreOptions {
        unchanged_since: Some(320_162_338),
        silent: true,
    };
    let deleted = StoreData::Flags(&[Flag::Deleted]);
    let stored = client
        .store_with(&set, StoreAction::Add, deleted, options)
        .unwrap();
    let changed = stored.fetched.iter().next().unwrap();
    assert_eq!(
        (changed.number, changed.mod_seq()),
        (seq(5), Some(320_162_350))
    );
    assert_eq!(stored.fetched.len(), 1);
    assert_eq!(stored.modified.to_string(), "7,9");
    assert!(client.next_event().is_some());
    let options = StoreOptions {
        unchanged_since: Some(0),
        silent: false,
    };
    let none = StoreData::Flags(&[]);
    let error = client
        .uid_store_with(uid(9), StoreAction::Replace, none, options)
        .unwrap_err();
    assert!(error.refusal().unwrap().is(b"MODIFIED"));
}

#[test]
fn ok_store_of_labels_is_not_mixed_with_flags() {
    let mut client = selected(
        "C: A2 STORE 1 +X-GM-LABELS (foo)
         S: * 1 FETCH (FLAGS (\\Seen))
         S: * 1 FETCH (X-GM-LABELS (\\Inbox \\Sent foo))
         S: A2 OK done",
    );
    let labels = [IString(b"foo")];
    let stored = client
        .store_with(
            seq(1),
            StoreAction::Add,
            StoreData::XGmLabels(&labels),
            StoreOptions::default(),
        )
        .unwrap();
    assert_eq!(stored.fetched.len(), 1);
    assert!(client.next_event().is_some());
}

#[test]
fn err_fetch_and_store_refused_or_empty() {
    let mut client = selected(
        "C: A2 FETCH 9 (UID)
         S: * 9 FETCH (UID 9)
         S: A2 NO some are gone
         C: A3 UID STORE 7 FLAGS ()
         S: A3 BAD read only",
    );
    let error = client.fetch(seq(9), &[FetchItemName::Uid]).unwrap_err();
    assert!(!error.is_fatal());
    let error = client.uid_store(uid(7), StoreAction::Replace, &[]);
    assert!(matches!(error, Err(Error::Refused(_))));
    let error = client.uid_fetch(UidSetBuf::new(), FetchItems::All);
    assert!(matches!(error, Err(Error::Argument(_))));
    let error = client.fetch(seq(1), &[]);
    assert!(matches!(error, Err(Error::Argument(_))));
}

#[test]
fn ok_long_sets_are_sent_in_parts() {
    let set: UidSetBuf = (0..1000).map(|n| uid(4_000_000_001 + 2 * n)).collect();
    let parts: Vec<String> = set.split(8000).map(|part| part.to_string()).collect();
    let [first, second] = &parts[..] else {
        panic!("{} parts", parts.len())
    };
    let script = format!(
        "C: A2 UID FETCH {first} (FLAGS BODY.PEEK[HEADER.FIELDS (\"a b\")])
         S: * 1 FETCH (UID 4000000001 BODY[HEADER.FIELDS (\"a b\")] \"\" FLAGS ())
         S: * 1 FETCH (UID 4000000001 FLAGS ())
         S: A2 OK done
         C: A3 UID FETCH {second} (FLAGS BODY.PEEK[HEADER.FIELDS (\"a b\")])
         S: * 2 FETCH (UID 4000001999 BODY[HEADER.FIELDS (\"a b\")] \"\" FLAGS ())
         S: A3 OK done
         C: A4 UID STORE {first} (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Seen)
         S: A4 OK [MODIFIED 4000000003] done
         C: A5 UID STORE {second} (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Seen)
         S: A5 OK [MODIFIED 4000001999] done
         C: A6 UID FETCH {first} (FLAGS)
         S: A6 OK done
         C: A7 UID FETCH {second} (FLAGS)
         S: A7 NO no more
         C: A8 UID FETCH {set} (FLAGS) (PARTIAL -1:-30)
         S: A8 OK done
         C: A9 UID FETCH {first} (FLAGS)
         S: * 1 FETCH (UID 4000000001 FLAGS ())
         S: A9 OK done
         C: A10 UID FETCH {second} (FLAGS)
         S: * 2 FETCH (UID 4000001999 FLAGS ())
         S: A10 OK done"
    );
    let mut client = selected(&script);
    let fields = ["a b".into()];
    let section = Section {
        text: Some(SectionText::HeaderFields(&fields)),
        ..Section::ALL
    };
    let header = FetchItemName::BodySection {
        section,
        peek: true,
        partial: None,
    };
    let items = [FetchItemName::Flags, header];
    assert_eq!(client.uid_fetch(&set, &items).unwrap().len(), 2);
    assert!(client.next_event().is_some());
    let options = StoreOptions {
        unchanged_since: Some(5),
        silent: true,
    };
    let seen = StoreData::Flags(&[Flag::Seen]);
    let stored = client
        .uid_store_with(&set, StoreAction::Add, seen, options)
        .unwrap();
    assert_eq!(stored.modified.to_string(), "4000000003,4000001999");
    let flags = [FetchItemName::Flags];
    let error = client.uid_fetch(&set, &flags).unwrap_err();
    assert_eq!(error.to_string(), "server refused: NO no more");
    let last = PartialRange::Last(NonZeroU32::MIN, NonZeroU32::new(30).unwrap());
    let modifiers = [FetchModifier::Partial(last)];
    client.uid_fetch_with(&set, &flags, &modifiers).unwrap();
    let mut count = 0;
    client.uid_fetch_each(&set, &flags, |_| count += 1).unwrap();
    assert_eq!(count, 2);
}
