//! Who may do what with a mailbox.

use imap_interop::Server;
use imap_proto::Rights;
use imap_proto::command::AclAction;

use super::{Scene, fresh, log_in};

scenarios! {
    ok_rights_are_given_and_taken: needs ["ACL"],
        proves ["SETACL", "GETACL", "DELETEACL", "LISTRIGHTS", "MYRIGHTS"];
    ok_somebody_else_reads_a_shared_mailbox: needs ["ACL"], proves ["SETACL", "EXAMINE"];
    err_somebody_else_without_rights: needs ["ACL"], proves [];
}

async fn ok_rights_are_given_and_taken(scene: &Scene) {
    let other = scene.user("other");
    log_in(scene, &other).await;
    let mut client = fresh(scene, "acl").await;
    let (mailbox, read) = ("shared (box)", Rights::LOOKUP.with(Rights::READ));
    wait!(client.create(mailbox)).unwrap();
    let changes = [
        (AclAction::Replace, read, read),
        (AclAction::Add, Rights::SEEN, read.with(Rights::SEEN)),
        (
            AclAction::Remove,
            Rights::READ,
            Rights::LOOKUP.with(Rights::SEEN),
        ),
    ];
    for (action, rights, expected) in changes {
        wait!(client.set_acl(mailbox, other.name(), action, rights)).unwrap();
        let entries = wait!(client.get_acl(mailbox)).unwrap();
        let entry = entries.iter().find(|e| e.identifier == other.name());
        assert_eq!(entry.unwrap().rights, expected, "{action:?}");
    }
    wait!(client.delete_acl(mailbox, other.name())).unwrap();
    let entries = wait!(client.get_acl(mailbox)).unwrap();
    assert!(entries.iter().all(|e| e.identifier != other.name()));
    let grantable = wait!(client.list_rights(mailbox, other.name())).unwrap();
    let optional = grantable.optional.iter();
    let all = optional.fold(grantable.required, |all, some| all.with(*some));
    assert!(all.contains(read), "{grantable:?}");
    let mine = wait!(client.my_rights(mailbox)).unwrap();
    assert!(mine.contains(read.with(Rights::ADMINISTER)), "{mine:?}");
}

/// The name under which a mailbox of another user is reached.
fn of_another(scene: &Scene, user: &str, mailbox: &str) -> String {
    match scene.server() {
        Server::Cyrus | Server::InMemory => format!("Other Users/{user}/{mailbox}"),
        Server::Dovecot => format!("shared/{user}/{mailbox}"),
    }
}

async fn ok_somebody_else_reads_a_shared_mailbox(scene: &Scene) {
    let (owner, other) = (scene.user("owner"), scene.user("other"));
    let mut theirs = log_in(scene, &other).await;
    let mut client = log_in(scene, &owner).await;
    wait!(client.create("box")).unwrap();
    let rights = Rights::LOOKUP.with(Rights::READ);
    wait!(client.set_acl("box", other.name(), AclAction::Replace, rights)).unwrap();
    let name = of_another(scene, owner.name(), "box");
    assert!(wait!(theirs.examine(&*name)).unwrap().read_only);
    assert_eq!(wait!(theirs.my_rights(&*name)).unwrap(), rights);
}

async fn err_somebody_else_without_rights(scene: &Scene) {
    let owner = scene.user("owner");
    let mut client = log_in(scene, &owner).await;
    wait!(client.create("box")).unwrap();
    let mut theirs = fresh(scene, "other").await;
    let name = of_another(scene, owner.name(), "box");
    let error = wait!(theirs.select(&*name)).unwrap_err();
    assert!(error.refusal().is_some(), "{error:?}");
    let error = wait!(theirs.get_acl(&*name)).unwrap_err();
    assert!(error.refusal().is_some(), "{error:?}");
}
