//! Listing mailboxes.

use imap_client::{ListEntry, ListOptions, SpecialUse};
use imap_interop::Server;
use imap_proto::command::{ListReturnOption, ListSelectOption};
use imap_proto::{IString, MailboxAttribute, MetadataEntry, Rights, StatusItemName};

use super::{Client, Scene, fresh, log_in};

scenarios! {
    ok_patterns: needs ["IMAP4rev1"], proves ["LIST"];
    ok_pattern_with_other_letters: needs ["IMAP4rev1"], proves ["LIST"];
    ok_subscribed_mailboxes_with_children: needs ["LIST-EXTENDED", "CHILDREN"], proves ["LIST"];
    ok_several_patterns_with_status: needs ["LIST-EXTENDED", "LIST-STATUS"], proves ["LIST"];
    ok_mailboxes_for_purposes: needs ["LIST-EXTENDED", "SPECIAL-USE"], proves ["LIST"];
    ok_rights_and_annotations: needs ["LIST-MYRIGHTS", "LIST-METADATA"], proves ["LIST"];
    ok_mailboxes_elsewhere: needs ["MAILBOX-REFERRALS"], proves ["RLIST", "RLSUB"];
    ok_xlist: needs ["XLIST"], proves ["XLIST"];
}

fn names(entries: &[ListEntry]) -> Vec<&str> {
    let mut names = Vec::from_iter(entries.iter().map(ListEntry::name));
    names.sort_unstable();
    names
}

/// A client of a fresh user with mailboxes below others.
async fn with_levels(scene: &Scene) -> Client {
    let mut client = fresh(scene, "list").await;
    for name in ["x", "x/y", "x/y/z"] {
        wait!(client.create(name)).unwrap();
    }
    client
}

async fn ok_patterns(scene: &Scene) {
    let mut client = with_levels(scene).await;
    let top = wait!(client.list("", "%")).unwrap();
    assert_eq!(names(&top), ["Drafts", "INBOX", "Sent", "Trash", "x"]);
    let below = wait!(client.list("x/", "%")).unwrap();
    assert_eq!(names(&below), ["x/y"]);
    let all = wait!(client.list("", "x*")).unwrap();
    assert_eq!(names(&all), ["x", "x/y", "x/y/z"]);
    let root = wait!(client.list("", "")).unwrap();
    assert_eq!(root[0].delimiter(), Some('/'));
    assert!(wait!(client.list("", "nowhere")).unwrap().is_empty());
}

async fn ok_pattern_with_other_letters(scene: &Scene) {
    let mut client = fresh(scene, "list").await;
    wait!(client.create("\u{4ed5}\u{4e8b}")).unwrap();
    let found = wait!(client.list("", "\u{4ed5}*")).unwrap();
    match scene.server() {
        // It compares the pattern, `&TtU-*`, with the name as it is on the wire, `&TtVOiw-`.
        Server::Cyrus => assert!(found.is_empty(), "{found:?}"),
        _ => assert_eq!(names(&found), ["\u{4ed5}\u{4e8b}"]),
    }
    let all = wait!(client.list("", "*")).unwrap();
    assert!(names(&all).contains(&"\u{4ed5}\u{4e8b}"), "{all:?}");
}

async fn ok_subscribed_mailboxes_with_children(scene: &Scene) {
    let mut client = with_levels(scene).await;
    wait!(client.subscribe("x/y/z")).unwrap();
    let options = ListOptions {
        select: &[ListSelectOption::Subscribed],
        returns: &[ListReturnOption::Children],
    };
    let listed = wait!(client.list_extended("", &["*"], options)).unwrap();
    assert!(names(&listed).ends_with(&["Sent", "x/y/z"]), "{listed:?}");
    assert!(listed.iter().all(|e| e.has(MailboxAttribute::Subscribed)));
    let options = ListOptions {
        select: &[
            ListSelectOption::Subscribed,
            ListSelectOption::RecursiveMatch,
        ],
        returns: &[ListReturnOption::Children],
    };
    let listed = wait!(client.list_extended("", &["%"], options)).unwrap();
    let above = listed.iter().find(|e| e.name() == "x").unwrap();
    assert!(above.has(MailboxAttribute::HasChildren));
    assert_eq!(above.child_info(), ["SUBSCRIBED"]);
}

async fn ok_several_patterns_with_status(scene: &Scene) {
    let mut client = log_in(scene, &scene.user_with("list", 3)).await;
    wait!(client.create("仕事")).unwrap();
    let items = [StatusItemName::Messages, StatusItemName::UidNext];
    let options = ListOptions {
        select: &[],
        returns: &[ListReturnOption::Status(&items)],
    };
    let patterns = ["INB*", "仕事", "nowhere"];
    let listed = wait!(client.list_extended("", &patterns, options)).unwrap();
    assert_eq!(names(&listed), ["INBOX", "仕事"]);
    for entry in &listed {
        let messages = if entry.name() == "INBOX" { 3 } else { 0 };
        assert_eq!(entry.status().unwrap().messages, Some(messages));
    }
}

async fn ok_mailboxes_for_purposes(scene: &Scene) {
    let mut client = fresh(scene, "purposes").await;
    let options = ListOptions {
        select: &[ListSelectOption::SpecialUse],
        returns: &[ListReturnOption::SpecialUse],
    };
    let listed = wait!(client.list_extended("", &["*"], options)).unwrap();
    assert_eq!(names(&listed), ["Drafts", "Sent", "Trash"]);
    for (purpose, name) in [
        (SpecialUse::Drafts, "Drafts"),
        (SpecialUse::Sent, "Sent"),
        (SpecialUse::Trash, "Trash"),
    ] {
        assert_eq!(purpose.find(&listed).unwrap().name(), name);
    }
}

async fn ok_rights_and_annotations(scene: &Scene) {
    let mut client = fresh(scene, "list").await;
    let comment = MetadataEntry {
        name: "/private/comment".into(),
        value: Some("my \"own\"".into()),
    };
    wait!(client.set_metadata("Drafts", &[comment])).unwrap();
    let entries = [IString::from("/private/comment")];
    let returns = [
        ListReturnOption::MyRights,
        ListReturnOption::Metadata(&entries),
    ];
    let options = ListOptions {
        select: &[],
        returns: &returns,
    };
    let listed = wait!(client.list_extended("", &["*"], options)).unwrap();
    assert_eq!(names(&listed), ["Drafts", "INBOX", "Sent", "Trash"]);
    for entry in &listed {
        let rights = entry.my_rights().unwrap();
        assert!(
            rights.contains(Rights::LOOKUP.with(Rights::READ)),
            "{entry:?}"
        );
    }
    let drafts = listed.iter().find(|entry| entry.name() == "Drafts");
    let told = &drafts.unwrap().metadata()[0];
    assert_eq!(told.value.as_deref(), Some(&b"my \"own\""[..]));
}

async fn ok_mailboxes_elsewhere(scene: &Scene) {
    let mut client = fresh(scene, "elsewhere").await;
    let listed = wait!(client.rlist("", "%")).unwrap();
    assert_eq!(names(&listed), ["Drafts", "INBOX", "Sent", "Trash"]);
    let subscribed = wait!(client.rlsub("", "%")).unwrap();
    assert!(names(&subscribed).contains(&"Sent"));
}

async fn ok_xlist(scene: &Scene) {
    let mut client = fresh(scene, "xlist").await;
    let listed = wait!(client.xlist("", "*")).unwrap();
    assert_eq!(names(&listed), ["Drafts", "INBOX", "Sent", "Trash"]);
    assert_eq!(SpecialUse::Sent.find(&listed).unwrap().name(), "Sent");
}
