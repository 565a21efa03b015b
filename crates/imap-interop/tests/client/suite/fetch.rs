//! Getting data of messages, and changing their flags.

use std::num::NonZeroU32;

use imap_client::{AppendOptions, StoreOptions};
use imap_interop::{Sample, Server, samples};
use imap_proto::command::{StoreAction, StoreData};
use imap_proto::{
    Capability, Code, FetchItem, FetchItemName, FetchItems, Flag, Part, Section, SequenceSetBuf,
    UidSetBuf,
};

use super::{Scene, fresh, log_in, seq, uid};

scenarios! {
    ok_fetch_of_samples: needs ["IMAP4rev1"], proves ["FETCH", "UID FETCH"];
    ok_contents_by_sections: needs ["IMAP4rev1"], proves ["FETCH"];
    ok_binary_contents: needs ["BINARY"], proves ["APPEND", "UID FETCH"];
    ok_preview: needs ["PREVIEW"], proves ["FETCH"];
    ok_date_of_saving: needs ["SAVEDATE"], proves ["FETCH"];
    ok_ids_of_messages_and_threads: needs ["OBJECTID"], proves ["FETCH"];
    ok_store: needs ["IMAP4rev1"], proves ["STORE", "UID STORE"];
    ok_without_sequence_numbers: needs ["UIDONLY"], proves ["ENABLE", "UID FETCH", "UID STORE"];
    ok_long_sets_go_in_parts: needs ["IMAP4rev1"], proves ["UID FETCH"];
}

const ALL_DATA: [FetchItemName<'_>; 6] = [
    FetchItemName::Uid,
    FetchItemName::Flags,
    FetchItemName::InternalDate,
    FetchItemName::Rfc822Size,
    FetchItemName::Envelope,
    FetchItemName::BodyStructure,
];

async fn ok_fetch_of_samples(scene: &Scene) {
    let expected: Vec<Sample> = samples(1).take(40).collect();
    let mut client = log_in(scene, &scene.user_with("fetch", 40)).await;
    wait!(client.select("INBOX")).unwrap();
    let fetched = wait!(client.fetch(SequenceSetBuf::all(), &ALL_DATA)).unwrap();
    assert_eq!(fetched.len(), 40);
    for (message, sample) in fetched.iter().zip(&expected) {
        assert_eq!(message.malformed().count(), 0);
        assert_eq!(message.items.len(), ALL_DATA.len());
        assert_eq!(message.size(), Some(sample.size() as u64));
        let date = message.internal_date().unwrap().to_unix();
        assert_eq!(date, sample.message.internal_date);
        let from = message.envelope().unwrap().from[0];
        let address = format!("{}@{}", from.mailbox.unwrap(), from.host.unwrap());
        assert_eq!(address, sample.from.address);
        for flag in &sample.message.flags {
            let flag = Flag::new(flag.as_str()).unwrap();
            assert!(message.flags().unwrap().contains(&flag));
        }
    }
    let last = UidSetBuf::starting_at(uid(39));
    let by_uid = wait!(client.uid_fetch(last, FetchItems::Fast)).unwrap();
    let uids = by_uid.iter().filter_map(|message| message.uid());
    assert_eq!(Vec::from_iter(uids), [uid(39), uid(40)]);
}

async fn ok_contents_by_sections(scene: &Scene) {
    let expected: Vec<Sample> = samples(1).take(20).collect();
    let mut client = log_in(scene, &scene.user_with("contents", 20)).await;
    wait!(client.select("INBOX")).unwrap();
    let sections = [Section::ALL, Section::HEADER, Section::TEXT];
    let items = sections.map(|section| FetchItemName::BodySection {
        section,
        peek: true,
        partial: None,
    });
    let fetched = wait!(client.fetch(SequenceSetBuf::all(), &items)).unwrap();
    for (message, sample) in fetched.iter().zip(&expected) {
        let [all, header, text] = sections.map(|section| message.section(section).unwrap());
        assert!(all == sample.message.bytes, "{:?} differs", sample.kind);
        assert!(all == [header, text].concat(), "{:?} differs", sample.kind);
        assert_eq!(message.flags(), None);
    }
    let old = [FetchItemName::Rfc822Header, FetchItemName::Rfc822Text];
    let fetched = wait!(client.fetch(seq(1), &old)).unwrap();
    let message = fetched.iter().next().unwrap();
    let [header, text] = [message.rfc822_header(), message.rfc822_text()].map(Option::unwrap);
    assert!([header, text].concat() == expected[0].message.bytes);
}

async fn ok_binary_contents(scene: &Scene) {
    let mut client = fresh(scene, "binary").await;
    let header = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64";
    let message = format!("{header}\r\n\r\nR3LDvMOfZQ==\r\n");
    wait!(client.append("INBOX", message.as_bytes(), AppendOptions::default())).unwrap();
    wait!(client.select("INBOX")).unwrap();
    let part = Part(&[NonZeroU32::MIN]);
    let items = [
        FetchItemName::BinarySize(part),
        FetchItemName::Binary {
            part,
            peek: true,
            partial: None,
        },
    ];
    let fetched = wait!(client.uid_fetch(uid(1), &items)).unwrap();
    let message = fetched.iter().next().unwrap();
    assert_eq!(message.binary(part), Some("Grüße".as_bytes()));
    assert_eq!(message.binary_size(part), Some(7));
}

async fn ok_preview(scene: &Scene) {
    let mut client = fresh(scene, "preview").await;
    let message = "Subject: x\r\n\r\nIn the beginning there is text.\r\n";
    wait!(client.append("INBOX", message.as_bytes(), AppendOptions::default())).unwrap();
    wait!(client.select("INBOX")).unwrap();
    let fetched = wait!(client.fetch(seq(1), &[FetchItemName::Preview(&[])])).unwrap();
    let message = fetched.iter().next().unwrap();
    let [FetchItem::Preview(preview)] = message.items else {
        panic!("{message:?}")
    };
    let preview = preview.map(|preview| preview.to_str_lossy());
    let expected = match scene.server() {
        // It makes none without its index.
        Server::Cyrus => None,
        _ => Some("In the beginning there is text."),
    };
    assert_eq!(preview.as_deref(), expected);
}

async fn ok_date_of_saving(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("savedate", 1)).await;
    wait!(client.select("INBOX")).unwrap();
    let items = [FetchItemName::SaveDate, FetchItemName::InternalDate];
    let fetched = wait!(client.fetch(seq(1), &items)).unwrap();
    let message = fetched.iter().next().unwrap();
    let [saved, internal] = [message.save_date(), message.internal_date()];
    assert!(saved.unwrap().to_unix() > internal.unwrap().to_unix());
    assert!(wait!(client.search("SAVEDATESUPPORTED")).unwrap().all.len() == 1);
    let recent = wait!(client.search("SAVEDSINCE 1-Jan-2025")).unwrap();
    assert_eq!(recent.all.first(), Some(seq(1)));
}

async fn ok_ids_of_messages_and_threads(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("objectid", 2)).await;
    wait!(client.select("INBOX")).unwrap();
    let items = [FetchItemName::EmailId, FetchItemName::ThreadId];
    let fetched = wait!(client.fetch(SequenceSetBuf::all(), &items)).unwrap();
    let ids = Vec::from_iter(fetched.iter().map(|message| message.email_id().unwrap()));
    assert_ne!(ids[0], ids[1]);
    assert!(fetched.iter().all(|message| message.thread_id().is_some()));
}

async fn ok_store(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("store", 4)).await;
    wait!(client.select("INBOX")).unwrap();
    let keyword = Flag::new("$Junk").unwrap();
    let deleted = [Flag::Deleted];
    let stored = wait!(client.store(seq(2), StoreAction::Add, &deleted)).unwrap();
    let message = stored.fetched.iter().next().unwrap();
    assert!(message.flags().unwrap().contains(&Flag::Deleted));
    let stored = wait!(client.uid_store(uid(3), StoreAction::Replace, &[keyword])).unwrap();
    let message = stored.fetched.iter().next().unwrap();
    let flags = message.flags().unwrap().iter();
    let flags = Vec::from_iter(flags.filter(|flag| **flag != Flag::Recent));
    assert_eq!(flags, [&keyword]);
    let silent = StoreOptions {
        silent: true,
        ..StoreOptions::default()
    };
    let data = StoreData::Flags(&[keyword]);
    let stored = wait!(client.uid_store_with(uid(3), StoreAction::Remove, data, silent)).unwrap();
    assert!(stored.modified.is_empty());
    let none = wait!(client.search("KEYWORD $Junk")).unwrap();
    assert!(none.all.is_empty());
}

async fn ok_without_sequence_numbers(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("uidonly", 3)).await;
    wait!(client.enable(&[Capability::UidOnly])).unwrap();
    assert_eq!(wait!(client.select("INBOX")).unwrap().exists, 3);
    let error = wait!(client.fetch(seq(1), &[FetchItemName::Flags])).unwrap_err();
    assert_eq!(error.refusal().unwrap().code(), Some(Code::UidRequired));
    wait!(client.uid_store(uid(2), StoreAction::Add, &[Flag::Deleted])).unwrap();
    let all = UidSetBuf::range(uid(1), uid(3));
    let fetched = wait!(client.uid_fetch(&all, &[FetchItemName::Flags])).unwrap();
    let uids = Vec::from_iter(fetched.by_uid().map(|fetch| fetch.number.get()));
    assert_eq!(uids, [1, 2, 3]);
    wait!(client.uid_expunge(uid(2))).unwrap();
    assert_eq!(
        wait!(client.uid_search("ALL")).unwrap().all.to_string(),
        "1,3"
    );
}

async fn ok_long_sets_go_in_parts(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("long", 3)).await;
    wait!(client.select("INBOX")).unwrap();
    let odd = (0..5000).map(|n| uid(2 * n + 1));
    let fetched = wait!(client.uid_fetch(UidSetBuf::from_iter(odd), &[FetchItemName::Flags]));
    let fetched = fetched.unwrap();
    let uids = fetched.iter().filter_map(|message| message.uid());
    assert_eq!(Vec::from_iter(uids), [uid(1), uid(3)]);
}
