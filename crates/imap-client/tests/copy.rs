//! COPY, MOVE, EXPUNGE and REPLACE against servers that follow a script.

mod support;

use imap_client::{Error, Event};
use imap_proto::command::AppendMessage;
use imap_proto::{Code, Flag, SequenceSetBuf, UidSet, UidSetBuf};
use support::{Script, logged_in, selected, seq, uid};

#[test]
fn ok_copy_pairs_uids() {
    let mut client = selected(
        "C: A2 UID COPY 304,319:320 Archive
         S: * 5 EXISTS
         S: A2 OK [COPYUID 38505 304,319:320 3956:3958] done
         C: A3 COPY 1 Archive
         S: * OK [COPYUID 38505 7 3959] in an untagged response
         S: A3 OK done
         C: A4 COPY 1 Archive
         S: A4 OK [COPYUID 14  ] nothing",
    );
    let set: UidSetBuf = "304,319:320".parse().unwrap();
    let copied = client.uid_copy(set, "Archive").unwrap().unwrap();
    let pairs: Vec<_> = copied.pairs().map(|(a, b)| (a.get(), b.get())).collect();
    assert_eq!(pairs, [(304, 3956), (319, 3957), (320, 3958)]);
    let copied = client.copy(seq(1), "Archive").unwrap().unwrap();
    assert_eq!(copied.destination, [uid(3959)]);
    assert!(client.copy(seq(1), "Archive").unwrap().is_none());
    assert!(matches!(client.next_event(), Some(Event::Exists(5))));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_move_tells_where_to_and_what_went() {
    let mut client = selected(
        "C: A2 UID MOVE 42:43 Entw&APw-rfe
         S: * OK [COPYUID 432432 42 1202]
         S: * OK [COPYUID 432432 43 1203]
         S: * 2 EXPUNGE
         S: * 1 FETCH (FLAGS (\\Seen))
         S: * 2 EXPUNGE
         S: A2 OK Done
         C: A3 MOVE 1 foo
         S: * VANISHED 41
         S: A3 OK [COPYUID 432432 41 1204] in the tagged response
         C: A4 MOVE 1 nowhere
         S: A4 NO [TRYCREATE] no such mailbox",
    );
    let set = UidSetBuf::range(uid(42), uid(43));
    let moved = client.uid_move_messages(&set, "Entwürfe").unwrap();
    let copied = moved.copied.unwrap();
    assert_eq!(copied.destination, [uid(1202), uid(1203)]);
    assert_eq!(moved.expunged.seq_nums, [seq(2), seq(2)]);
    assert_eq!(client.state().selected().unwrap().exists, 1);
    let moved = client.move_messages(seq(1), "foo").unwrap();
    assert_eq!(moved.copied.unwrap().source, [uid(41)]);
    assert_eq!(moved.expunged.uids, uid(41).into());
    assert_eq!(client.state().selected().unwrap().exists, 0);
    let error = client.move_messages(seq(1), "nowhere").unwrap_err();
    assert_eq!(error.refusal().unwrap().code(), Some(Code::TryCreate));
    assert!(matches!(client.next_event(), Some(Event::Fetch(_))));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_move_by_copy_is_three_commands_and_one_answer() {
    let mut client = selected(
        "C: A2 UID COPY 42:43 foo
         S: A2 OK [COPYUID 432432 42:43 1202:1203] copied
         C: A3 UID STORE 42:43 +FLAGS.SILENT (\\Deleted)
         S: * 1 FETCH (FLAGS (\\Seen) UID 41)
         S: A3 OK stored
         C: A4 UID EXPUNGE 42:43
         S: * 2 EXPUNGE
         S: * 2 EXPUNGE
         S: A4 OK expunged
         C: A5 UID COPY $ foo
         S: A5 OK copied
         C: A6 UID STORE $ +FLAGS.SILENT (\\Deleted)
         S: A6 OK stored
         C: A7 UID EXPUNGE $
         S: A7 OK expunged
         C: A8 NOOP
         S: A8 OK done",
    );
    let set = UidSetBuf::range(uid(42), uid(43));
    let moved = client.uid_move_by_copy(&set, "foo").unwrap();
    assert_eq!(moved.copied.unwrap().pairs().count(), 2);
    assert_eq!(moved.expunged.seq_nums, [seq(2), seq(2)]);
    let moved = client.uid_move_by_copy(UidSet::SAVED, "foo").unwrap();
    assert!(moved.copied.is_none() && moved.expunged.is_empty());
    client.noop().unwrap();
}

#[test]
fn err_move_by_copy_stops_at_the_first_refusal() {
    let mut client = selected(
        "C: A2 UID COPY 42 foo
         S: A2 NO [OVERQUOTA] full
         C: A3 UID COPY 42 foo
         S: A3 OK copied
         C: A4 UID STORE 42 +FLAGS.SILENT (\\Deleted)
         S: A4 NO not yours
         C: A5 NOOP
         S: A5 OK done",
    );
    let error = client.uid_move_by_copy(uid(42), "foo").unwrap_err();
    assert!(error.refusal().unwrap().is(b"OVERQUOTA"));
    let error = client.uid_move_by_copy(uid(42), "foo").unwrap_err();
    assert_eq!(error.to_string(), "server refused: NO not yours");
    client.noop().unwrap();

    let script = "S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
                  C: A1 SELECT INBOX
                  S: A1 OK done";
    let mut client = Script::new(script).client().unwrap();
    client.select("INBOX").unwrap();
    let error = client.uid_move_by_copy(uid(42), "foo");
    assert!(matches!(error, Err(Error::Unsupported(_))));
}

#[test]
fn ok_expunge_by_number_or_uid() {
    let mut client = selected(
        "C: A2 EXPUNGE
         S: * 3 EXPUNGE
         S: * OK [HIGHESTMODSEQ 5] no modification sequences here
         S: * 1 EXPUNGE
         S: A2 OK done
         C: A3 UID EXPUNGE 3000:3002
         S: * 2 EXISTS
         S: * VANISHED (EARLIER) 1
         S: * VANISHED 3000,3002
         S: A3 OK done
         C: A4 EXPUNGE
         S: A4 NO read only",
    );
    let expunged = client.expunge().unwrap();
    assert_eq!(expunged.seq_nums, [seq(3), seq(1)]);
    assert!(expunged.uids.is_empty());
    let set = UidSetBuf::range(uid(3000), uid(3002));
    let expunged = client.uid_expunge(set).unwrap();
    assert_eq!(expunged.uids.to_string(), "3000,3002");
    assert_eq!(client.state().selected().unwrap().exists, 0);
    assert!(client.expunge().unwrap_err().refusal().is_some());
}

#[test]
fn ok_replace_tells_where_the_new_message_is() {
    let mut client = selected(
        "C: A2 REPLACE 3 Drafts (\\Draft) {5+}
         C: hello
         S: * OK [APPENDUID 1 2001] Replacement Message ready
         S: * 4 EXISTS
         S: * 3 EXPUNGE
         S: A2 OK done
         C: A3 UID REPLACE 7 Drafts {5+}
         C: hello
         S: A3 NO [OVERQUOTA] full",
    );
    let message = AppendMessage {
        flags: &[Flag::Draft],
        ..AppendMessage::new(b"hello")
    };
    let replaced = client.replace(seq(3), "Drafts", &message).unwrap();
    assert_eq!(replaced.appended.unwrap().uids, uid(2001).into());
    assert_eq!(replaced.expunged.seq_nums, [seq(3)]);
    assert!(matches!(client.next_event(), Some(Event::Exists(4))));
    let message = AppendMessage::new(b"hello");
    let error = client.uid_replace(uid(7), "Drafts", &message);
    assert!(error.unwrap_err().refusal().is_some());
}

#[test]
fn err_commands_about_messages_need_a_mailbox() {
    let mut client = logged_in("");
    let set = SequenceSetBuf::all();
    assert!(matches!(
        client.move_messages(&set, "x"),
        Err(Error::State { .. })
    ));
    assert!(matches!(client.expunge(), Err(Error::State { .. })));
}
