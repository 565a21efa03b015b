//! Mailboxes: making, naming, selecting and leaving them.

use imap_client::{ConnectionState, Error, SpecialUse};
use imap_interop::{Sample, Server, samples};
use imap_proto::{Code, Flag, MailboxAttribute, StatusItemName};

use super::{Scene, assert_refused, fresh, log_in};

scenarios! {
    ok_mailboxes_with_awkward_names: needs ["IMAP4rev1"],
        proves ["CREATE", "SUBSCRIBE", "RENAME", "SELECT", "LIST", "LSUB", "UNSUBSCRIBE", "DELETE"];
    ok_mailbox_for_a_purpose: needs ["CREATE-SPECIAL-USE"], proves ["CREATE"];
    ok_select_examine_close: needs ["UNSELECT"],
        proves ["SELECT", "EXAMINE", "CHECK", "CLOSE", "UNSELECT"];
    ok_status: needs ["STATUS=SIZE", "CONDSTORE"], proves ["STATUS"];
    ok_status_of_a_mailbox_with_an_id: needs ["OBJECTID"], proves ["STATUS"];
    err_mailboxes_that_are_not_there: needs ["IMAP4rev1"], proves [];
    err_names_that_cannot_be_sent: needs ["IMAP4rev1"], proves ["NOOP"];
}

/// Names that have to be quoted or encoded.
fn awkward(server: Server) -> Vec<&'static str> {
    let mut names = vec!["仕事/会議 & Co", "Entwürfe", "a b", "a[b](c)", "😀"];
    // Cyrus does not take all characters, and the one in memory no wildcards.
    if server != Server::Cyrus {
        names.extend(["a \"b\"", "back\\slash", "{3}"]);
    }
    if server == Server::Dovecot {
        names.push("100%");
    }
    names
}

async fn ok_mailboxes_with_awkward_names(scene: &Scene) {
    let mut client = fresh(scene, "mailboxes").await;
    for (n, name) in awkward(scene.server()).into_iter().enumerate() {
        let first = format!("first {n}");
        wait!(client.create(&*first)).unwrap();
        wait!(client.rename(&*first, name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        wait!(client.subscribe(name)).unwrap();
        let listed = wait!(client.list("", "*")).unwrap();
        let found = listed.iter().find(|entry| entry.name() == name);
        let found = found.unwrap_or_else(|| panic!("{name} in {listed:?}"));
        assert_eq!(found.delimiter(), Some('/'));
        assert!(found.has(MailboxAttribute::HasNoChildren));
        assert_eq!(wait!(client.select(found.mailbox())).unwrap().exists, 0);
        wait!(client.close()).unwrap();
        let subscribed = wait!(client.lsub("", "*")).unwrap();
        assert!(subscribed.iter().any(|e| e.name() == name), "{name}");
        wait!(client.unsubscribe(name)).unwrap();
        wait!(client.delete(name)).unwrap();
        let listed = wait!(client.list("", "*")).unwrap();
        assert!(listed.iter().all(|entry| entry.name() != name), "{name}");
    }
}

async fn ok_mailbox_for_a_purpose(scene: &Scene) {
    let mut client = fresh(scene, "purpose").await;
    let uses = [MailboxAttribute::Archive];
    wait!(client.create_special_use("Old mail", &uses)).unwrap();
    let listed = wait!(client.list("", "*")).unwrap();
    let archive = SpecialUse::Archive.find(&listed).unwrap();
    assert_eq!(archive.name(), "Old mail");
}

async fn ok_select_examine_close(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("select", 5)).await;
    let mailbox = wait!(client.select("INBOX")).unwrap();
    assert_eq!(client.state().selected(), Some(&mailbox));
    assert!(!mailbox.read_only && mailbox.uid_validity.is_some());
    assert_eq!((mailbox.exists, mailbox.recent), (5, Some(5)));
    assert_eq!(mailbox.uid_next.map(|uid| uid.get()), Some(6));
    assert!(mailbox.permanent_flags.unwrap().contains(Flag::Any));
    wait!(client.check()).unwrap();
    wait!(client.unselect()).unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
    assert!(wait!(client.examine("inbox")).unwrap().read_only);
    wait!(client.close()).unwrap();
    assert_eq!(client.state().selected(), None);
    let error = wait!(client.check()).unwrap_err();
    assert!(matches!(error, Error::State { .. }), "{error:?}");
    // A failed SELECT leaves no mailbox selected.
    wait!(client.select("INBOX")).unwrap();
    wait!(client.select("nowhere")).unwrap_err();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
}

async fn ok_status(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("status", 5)).await;
    let items = [
        StatusItemName::HighestModSeq,
        StatusItemName::Messages,
        StatusItemName::Recent,
        StatusItemName::Size,
        StatusItemName::UidNext,
        StatusItemName::UidValidity,
        StatusItemName::Unseen,
    ];
    let status = wait!(client.status("INBOX", &items)).unwrap();
    let samples: Vec<Sample> = samples(1).take(5).collect();
    let size = samples.iter().map(|sample| sample.size() as u64).sum();
    assert_eq!((status.messages, status.size), (Some(5), Some(size)));
    assert_eq!(status.uid_next.map(|uid| uid.get()), Some(6));
    assert_eq!(status.recent, Some(5));
    assert!(status.highest_mod_seq.is_some());
    let is_unseen = |sample: &&Sample| {
        let mut flags = sample.message.flags.iter();
        flags.all(|flag| flag.as_str() != "\\Seen")
    };
    let unseen = samples.iter().filter(is_unseen).count();
    assert_eq!(status.unseen, Some(unseen.try_into().unwrap()));
    let mailbox = wait!(client.select("INBOX")).unwrap();
    assert_eq!(status.uid_validity, mailbox.uid_validity);
}

async fn ok_status_of_a_mailbox_with_an_id(scene: &Scene) {
    let mut client = fresh(scene, "id").await;
    let items = [StatusItemName::MailboxId];
    let status = wait!(client.status("INBOX", &items)).unwrap();
    assert!(status.mailbox_id.is_some_and(|id| !id.is_empty()));
}

async fn err_mailboxes_that_are_not_there(scene: &Scene) {
    let mut client = fresh(scene, "nowhere").await;
    wait!(client.create("there")).unwrap();
    let refused = [
        (
            wait!(client.create("there")).unwrap_err(),
            Code::AlreadyExists,
        ),
        (
            wait!(client.delete("nowhere")).unwrap_err(),
            Code::NonExistent,
        ),
        (
            wait!(client.rename("nowhere", "x")).unwrap_err(),
            Code::NonExistent,
        ),
    ];
    for (error, code) in refused {
        assert_refused(scene, &error, code, "exist");
    }
}

async fn err_names_that_cannot_be_sent(scene: &Scene) {
    let mut client = fresh(scene, "unsendable").await;
    for name in ["a\r\nA9 LOGOUT", "a\0"] {
        let error = wait!(client.create(name)).unwrap_err();
        assert!(matches!(error, Error::Argument(_)), "{error:?}");
    }
    wait!(client.noop()).unwrap();
}
