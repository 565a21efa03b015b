//! Keeping up with a mailbox by modification sequences.

use imap_client::StoreOptions;
use imap_proto::command::{FetchModifier, QResync, SelectParameter, StoreAction, StoreData};
use imap_proto::{Capability, FetchItemName, Flag, SequenceSetBuf, UidSetBuf};

use super::{Scene, log_in, seq, uid};

scenarios! {
    ok_what_changed_since: needs ["CONDSTORE"], proves ["SELECT", "STORE", "FETCH", "SEARCH"];
    ok_store_unless_changed_since: needs ["CONDSTORE"], proves ["STORE", "UID STORE"];
    ok_fetch_of_what_vanished: needs ["QRESYNC"], proves ["ENABLE", "UID FETCH"];
    ok_select_with_what_is_known: needs ["QRESYNC"], proves ["ENABLE", "SELECT", "EXPUNGE"];
}

async fn ok_what_changed_since(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("condstore", 3)).await;
    let parameters = [SelectParameter::CondStore];
    let selected = wait!(client.select_with("INBOX", &parameters)).unwrap();
    let before = selected.mailbox.highest_mod_seq.unwrap();
    let stored = wait!(client.store(seq(2), StoreAction::Add, &[Flag::Answered])).unwrap();
    let after = stored.fetched.iter().next().unwrap().mod_seq().unwrap();
    assert!(after > before);
    let (all, items) = (SequenceSetBuf::all(), [FetchItemName::Flags]);
    let modifiers = [FetchModifier::ChangedSince(before)];
    let changed = wait!(client.fetch_with(all, &items, &modifiers)).unwrap();
    let changed = Vec::from_iter(
        changed
            .iter()
            .map(|message| (message.number, message.mod_seq())),
    );
    assert_eq!(changed, [(seq(2), Some(after))]);
    let found = wait!(client.search(&*format!("MODSEQ {after}"))).unwrap();
    assert_eq!((found.all.first(), found.all.len()), (Some(seq(2)), 1));
    assert_eq!(found.mod_seq, Some(after));
}

async fn ok_store_unless_changed_since(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("unchanged", 3)).await;
    let parameters = [SelectParameter::CondStore];
    let selected = wait!(client.select_with("INBOX", &parameters)).unwrap();
    let known = selected.mailbox.highest_mod_seq;
    wait!(client.store(seq(2), StoreAction::Add, &[Flag::Flagged])).unwrap();
    let options = StoreOptions {
        unchanged_since: known,
        silent: false,
    };
    let data = StoreData::Flags(&[Flag::Deleted]);
    let all = SequenceSetBuf::all();
    let stored = wait!(client.store_with(all, StoreAction::Add, data, options)).unwrap();
    assert_eq!(stored.modified, seq(2).into());
    let data = StoreData::Flags(&[Flag::Draft]);
    let stored = wait!(client.uid_store_with(uid(2), StoreAction::Add, data, options)).unwrap();
    assert_eq!(stored.modified, uid(2).into());
}

async fn ok_fetch_of_what_vanished(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with_plain("vanished", 4)).await;
    wait!(client.enable(&[Capability::QResync])).unwrap();
    let before = wait!(client.select("INBOX"))
        .unwrap()
        .highest_mod_seq
        .unwrap();
    wait!(client.store(seq(2), StoreAction::Add, &[Flag::Deleted])).unwrap();
    let gone = wait!(client.expunge()).unwrap();
    assert_eq!(gone.uids, uid(2).into());
    assert_eq!(client.state().selected().unwrap().exists, 3);
    wait!(client.store(seq(1), StoreAction::Add, &[Flag::Answered])).unwrap();
    let modifiers = [FetchModifier::ChangedSince(before), FetchModifier::Vanished];
    let (all, items) = (UidSetBuf::all(), [FetchItemName::Flags]);
    let changed = wait!(client.uid_fetch_with(all, &items, &modifiers)).unwrap();
    assert!(changed.vanished.contains(uid(2)), "{:?}", changed.vanished);
    let uids = changed.iter().filter_map(|message| message.uid());
    assert_eq!(Vec::from_iter(uids), [uid(1)]);
}

async fn ok_select_with_what_is_known(scene: &Scene) {
    let user = scene.user_with_plain("qresync", 5);
    let mut client = log_in(scene, &user).await;
    wait!(client.enable(&[Capability::QResync])).unwrap();
    let before = wait!(client.select("INBOX")).unwrap();
    wait!(client.unselect()).unwrap();

    let mut other = log_in(scene, &user).await;
    wait!(other.select("INBOX")).unwrap();
    wait!(other.store(seq(4), StoreAction::Add, &[Flag::Deleted])).unwrap();
    wait!(other.expunge()).unwrap();
    wait!(other.store(seq(1), StoreAction::Add, &[Flag::Answered])).unwrap();

    let known = QResync {
        uid_validity: before.uid_validity.unwrap(),
        mod_seq: before.highest_mod_seq.unwrap(),
        known_uids: None,
        seq_match: None,
    };
    let parameters = [SelectParameter::QResync(&known)];
    let selected = wait!(client.select_with("INBOX", &parameters)).unwrap();
    assert_eq!(selected.mailbox.exists, 4);
    assert!(selected.changes.vanished.contains(uid(4)));
    let uids = selected.changes.iter().filter_map(|message| message.uid());
    assert_eq!(Vec::from_iter(uids), [uid(1)]);
}
