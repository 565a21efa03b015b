//! Messages and contents one by one, in constant memory.

use imap_client::AppendOptions;
use imap_interop::{Sample, samples};
use imap_proto::{FetchItemName, Section, SequenceSetBuf, UidSetBuf};

use super::{Scene, fresh, log_in, seq, uid};

scenarios! {
    ok_messages_one_by_one: needs ["IMAP4rev1"], proves ["FETCH", "UID FETCH"];
    ok_many_messages: needs ["IMAP4rev1"], proves ["FETCH", "UID SEARCH"];
    ok_contents_to_a_writer: needs ["IMAP4rev1"], proves ["FETCH", "UID FETCH"];
    ok_append_from_a_reader: needs ["IMAP4rev1"], proves ["APPEND"];
}

async fn ok_messages_one_by_one(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("each", 20)).await;
    wait!(client.select("INBOX")).unwrap();
    let items = [FetchItemName::Rfc822Size];
    let (mut sizes, mut uids) = (Vec::new(), Vec::new());
    let (all, last) = (SequenceSetBuf::all(), UidSetBuf::starting_at(uid(19)));
    wait!(client.fetch_each(all, &items, |message| sizes.extend(message.size()))).unwrap();
    let expected = samples(1).take(20).map(|sample| sample.size() as u64);
    assert_eq!(sizes, Vec::from_iter(expected));
    wait!(client.uid_fetch_each(last, &items, |message| uids.extend(message.uid()))).unwrap();
    assert_eq!(uids, [uid(19), uid(20)]);
}

async fn ok_many_messages(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("many", 1000)).await;
    wait!(client.examine("INBOX")).unwrap();
    let (mut count, items) = (0, [FetchItemName::Flags]);
    wait!(client.fetch_each(SequenceSetBuf::all(), &items, |_| count += 1)).unwrap();
    assert_eq!(count, 1000);
    let found = wait!(client.uid_search("ALL")).unwrap();
    assert_eq!(found.all.len(), 1000);
}

async fn ok_contents_to_a_writer(scene: &Scene) {
    let expected: Vec<Sample> = samples(1).take(20).collect();
    let mut client = log_in(scene, &scene.user_with("contents", 20)).await;
    wait!(client.select("INBOX")).unwrap();
    for (n, sample) in (1..).zip(&expected) {
        let mut contents = Vec::new();
        let octets = wait!(client.fetch_to(seq(n), Section::ALL, &mut contents)).unwrap();
        assert_eq!(octets, Some(sample.size() as u64));
        assert!(contents == sample.message.bytes, "message {n} differs");
    }
    let mut nothing = Vec::new();
    let octets = wait!(client.uid_fetch_to(uid(99), Section::ALL, &mut nothing)).unwrap();
    assert_eq!((octets, nothing.len()), (None, 0));
}

async fn ok_append_from_a_reader(scene: &Scene) {
    let mut client = fresh(scene, "reader").await;
    let message = [b"Subject: x\r\n\r\n", &[b'x'; 100_000][..], b"\r\n"].concat();
    let (length, options) = (message.len() as u64, AppendOptions::default());
    wait!(client.append_from("INBOX", &mut &message[..], length, options)).unwrap();
    wait!(client.select("INBOX")).unwrap();
    let mut contents = Vec::new();
    wait!(client.fetch_to(seq(1), Section::ALL, &mut contents)).unwrap();
    assert!(contents == message);
}
