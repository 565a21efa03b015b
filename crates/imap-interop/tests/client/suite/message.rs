//! Putting messages into mailboxes, copying, moving and removing them.

use imap_client::{AppendOptions, Error};
use imap_proto::command::{AppendData, AppendMessage, CatenatePart, StoreAction};
use imap_proto::{Code, FetchItemName, Flag, InternalDate, Section, SequenceSetBuf, UidSetBuf};

use super::{Client, Scene, fresh, log_in, seq, uid};

scenarios! {
    ok_append_with_flags_and_date: needs ["UIDPLUS"], proves ["APPEND"];
    ok_append_by_literals_that_wait: needs ["UIDPLUS"], proves ["APPEND"];
    ok_append_of_many: needs ["MULTIAPPEND"], proves ["APPEND"];
    ok_append_of_binary: needs ["BINARY"], proves ["APPEND"];
    ok_a_draft_is_replaced: needs ["REPLACE"], proves ["REPLACE", "UID REPLACE"];
    ok_append_of_parts: needs ["CATENATE"], proves ["APPEND"];
    err_append_of_parts_that_are_not_there: needs ["CATENATE"], proves [];
    err_append_to_no_mailbox: needs ["IMAP4rev1"], proves [];
    ok_copy: needs ["UIDPLUS"], proves ["COPY", "UID COPY"];
    ok_move: needs ["MOVE"], proves ["MOVE", "UID MOVE"];
    ok_move_by_copy: needs ["UIDPLUS"], proves ["UID COPY", "UID STORE", "UID EXPUNGE"];
    ok_expunge: needs ["UIDPLUS"], proves ["EXPUNGE", "UID EXPUNGE", "CLOSE"];
}

/// The contents of a message of the selected mailbox.
async fn contents(client: &mut Client, number: u32) -> Vec<u8> {
    let item = FetchItemName::BodySection {
        section: Section::ALL,
        peek: true,
        partial: None,
    };
    let fetched = wait!(client.uid_fetch(uid(number), &[item])).unwrap();
    let message = fetched.iter().next().unwrap();
    message.section(Section::ALL).unwrap().to_vec()
}

async fn ok_append_with_flags_and_date(scene: &Scene) {
    let mut client = fresh(scene, "append").await;
    let date = InternalDate::new(2001, 2, 3, 4, 5, 6, 330).unwrap();
    let options = AppendOptions {
        flags: &[Flag::Seen, Flag::Flagged],
        date: Some(date),
    };
    let message = "Subject: x\r\n\r\n{5}\r\n.\r\nGrüße\r\n".as_bytes();
    let appended = wait!(client.append("INBOX", message, options)).unwrap();
    let uids = appended.unwrap().uids;
    assert_eq!(uids, uid(1).into());
    wait!(client.select("INBOX")).unwrap();
    let items = [FetchItemName::InternalDate, FetchItemName::Flags];
    let fetched = wait!(client.uid_fetch(uids, &items)).unwrap();
    let told = fetched.iter().next().unwrap();
    assert_eq!(told.internal_date().unwrap().to_unix(), date.to_unix());
    let flags = told.flags().unwrap();
    assert!(flags.contains(&Flag::Seen) && flags.contains(&Flag::Flagged));
    assert!(contents(&mut client, 1).await == message);
}

async fn ok_append_by_literals_that_wait(scene: &Scene) {
    let mut client = fresh(scene, "literals").await;
    let reply = wait!(client.run_raw("APPEND", b"INBOX {8}\r\na: b\r\n\r\n")).unwrap();
    assert!(!reply.text.is_empty());
    wait!(client.select("INBOX")).unwrap();
    assert_eq!(contents(&mut client, 1).await, b"a: b\r\n\r\n");
}

async fn ok_append_of_many(scene: &Scene) {
    let mut client = fresh(scene, "many").await;
    let texts = ["one", "two", "three"].map(|name| format!("Subject: {name}\r\n\r\n"));
    let messages = [0, 1, 2].map(|n| AppendMessage {
        flags: &[Flag::Draft],
        ..AppendMessage::new(texts[n].as_bytes())
    });
    let appended = wait!(client.append_messages("Drafts", &messages)).unwrap();
    let three = UidSetBuf::range(uid(1), uid(3));
    assert_eq!(appended.map(|appended| appended.uids), Some(three));
    assert_eq!(wait!(client.select("Drafts")).unwrap().exists, 3);
    for (number, text) in (1..).zip(&texts) {
        assert_eq!(contents(&mut client, number).await, text.as_bytes());
    }
}

async fn ok_append_of_binary(scene: &Scene) {
    let mut client = fresh(scene, "binary").await;
    let header = "Content-Type: application/octet-stream\r\nMIME-Version: 1.0\r\n";
    let message = format!("{header}Content-Transfer-Encoding: binary\r\n\r\na\0b");
    wait!(client.append("INBOX", message.as_bytes(), AppendOptions::default())).unwrap();
    wait!(client.select("INBOX")).unwrap();
    let octets = contents(&mut client, 1).await;
    let kept = b"YQBi";
    let mut places = octets.windows(kept.len());
    assert!(places.any(|place| place == kept), "{octets:?}");
}

async fn ok_a_draft_is_replaced(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("replace", 2)).await;
    wait!(client.select("INBOX")).unwrap();
    let texts = ["first", "second"].map(|text| format!("Subject: {text}\r\n\r\n{text}\r\n"));
    let [first, second] = texts.each_ref().map(|text| AppendMessage {
        flags: &[Flag::Draft],
        ..AppendMessage::new(text.as_bytes())
    });
    wait!(client.replace(seq(1), "INBOX", &first)).unwrap();
    let uids = async |client: &mut Client| wait!(client.uid_search("ALL")).unwrap().all.to_string();
    assert_eq!(uids(&mut client).await, "2:3");
    assert_eq!(contents(&mut client, 3).await, texts[0].as_bytes());
    wait!(client.uid_replace(uid(3), "Drafts", &second)).unwrap();
    assert_eq!(uids(&mut client).await, "2");
    assert_eq!(wait!(client.select("Drafts")).unwrap().exists, 1);
    assert_eq!(contents(&mut client, 1).await, texts[1].as_bytes());
}

async fn ok_append_of_parts(scene: &Scene) {
    let mut client = fresh(scene, "catenate").await;
    let first = b"Subject: first\r\n\r\nbody\r\n";
    wait!(client.append("Drafts", first, AppendOptions::default())).unwrap();
    let validity = wait!(client.select("Drafts"))
        .unwrap()
        .uid_validity
        .unwrap();
    let message = format!("/Drafts;UIDVALIDITY={validity}/;UID=1");
    let [header, text] = ["HEADER", "TEXT"].map(|part| format!("{message}/;SECTION={part}"));
    let parts = [
        CatenatePart::Url(header.as_str().into()),
        CatenatePart::Text("another ".into()),
        CatenatePart::Url(text.as_str().into()),
    ];
    append_parts(&mut client, &parts).await.unwrap();
    wait!(client.select("INBOX")).unwrap();
    let whole = contents(&mut client, 1).await;
    assert_eq!(whole, b"Subject: first\r\n\r\nanother body\r\n");
}

async fn err_append_of_parts_that_are_not_there(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("badurl", 1)).await;
    let missing = "/INBOX/;UID=7";
    let parts = [
        CatenatePart::Url("/INBOX/;UID=1".into()),
        CatenatePart::Url(missing.into()),
    ];
    let error = append_parts(&mut client, &parts).await.unwrap_err();
    let Some(Code::BadUrl(url)) = error.refusal().unwrap().code() else {
        panic!("{error}");
    };
    assert_eq!(url.to_str().unwrap().trim_matches('"'), missing);
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 1);
}

/// Puts a message together in INBOX.
async fn append_parts(client: &mut Client, parts: &[CatenatePart<'_>]) -> Result<(), Error> {
    let message = AppendMessage {
        data: AppendData::Catenate(parts),
        ..AppendMessage::new(b"")
    };
    wait!(client.append_messages("INBOX", &[message])).map(drop)
}

async fn err_append_to_no_mailbox(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("nowhere", 1)).await;
    let message = b"a: b\r\n\r\n";
    let appended = wait!(client.append("nowhere", message, AppendOptions::default()));
    let error = appended.unwrap_err();
    let code = error.refusal().unwrap().code();
    assert_eq!(code, Some(Code::TryCreate), "{error}");
    wait!(client.select("INBOX")).unwrap();
    let error = wait!(client.uid_copy(uid(1), "nowhere")).unwrap_err();
    let code = error.refusal().unwrap().code();
    assert_eq!(code, Some(Code::TryCreate), "{error}");
}

async fn ok_copy(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("copy", 4)).await;
    wait!(client.create("Archive/2024")).unwrap();
    wait!(client.select("INBOX")).unwrap();
    let two = SequenceSetBuf::range(seq(1), seq(2));
    let copied = wait!(client.copy(two, "Archive/2024")).unwrap();
    let pairs = Vec::from_iter(copied.unwrap().pairs());
    assert_eq!(pairs, [(uid(1), uid(1)), (uid(2), uid(2))]);
    let copied = wait!(client.uid_copy(uid(4), "Archive/2024")).unwrap();
    let pairs = Vec::from_iter(copied.unwrap().pairs());
    assert_eq!(pairs, [(uid(4), uid(3))]);
    assert_eq!(wait!(client.select("Archive/2024")).unwrap().exists, 3);
}

async fn ok_move(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("move", 4)).await;
    wait!(client.select("INBOX")).unwrap();
    let moved = wait!(client.move_messages(seq(2), "Trash")).unwrap();
    assert_eq!(moved.expunged.seq_nums, [seq(2)]);
    let pairs = Vec::from_iter(moved.copied.unwrap().pairs());
    assert_eq!(pairs, [(uid(2), uid(1))]);
    let moved = wait!(client.uid_move_messages(uid(4), "Trash")).unwrap();
    assert_eq!(moved.expunged.seq_nums, [seq(3)]);
    assert_eq!(client.state().selected().unwrap().exists, 2);
}

async fn ok_move_by_copy(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("move", 4)).await;
    wait!(client.select("INBOX")).unwrap();
    wait!(client.store(seq(1), StoreAction::Add, &[Flag::Deleted])).unwrap();
    let two = UidSetBuf::range(uid(2), uid(3));
    let moved = wait!(client.uid_move_by_copy(two, "Trash")).unwrap();
    let pairs = Vec::from_iter(moved.copied.unwrap().pairs());
    assert_eq!(pairs, [(uid(2), uid(1)), (uid(3), uid(2))]);
    // What else has \Deleted stays.
    assert_eq!(client.state().selected().unwrap().exists, 2);
}

async fn ok_expunge(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("expunge", 6)).await;
    wait!(client.select("INBOX")).unwrap();
    let delete = async |client: &mut Client, number| {
        wait!(client.uid_store(uid(number), StoreAction::Add, &[Flag::Deleted])).unwrap();
    };
    delete(&mut client, 2).await;
    delete(&mut client, 4).await;
    assert!(wait!(client.uid_expunge(uid(1))).unwrap().is_empty());
    let gone = wait!(client.uid_expunge(uid(4))).unwrap();
    assert_eq!(gone.seq_nums, [seq(4)]);
    assert_eq!(wait!(client.expunge()).unwrap().seq_nums, [seq(2)]);
    assert_eq!(client.state().selected().unwrap().exists, 4);
    delete(&mut client, 1).await;
    wait!(client.close()).unwrap();
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 3);
}
