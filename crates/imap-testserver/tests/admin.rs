//! ACL, QUOTA and LIST-METADATA.

mod support;

use imap_proto::Rights;
use imap_testserver::{SeedMessage, TestServer};
use support::{Wire, message};

fn two_users() -> TestServer {
    TestServer::builder()
        .user("ann", "secret")
        .user("bob", "other")
        .message("ann", "Work", message("one"))
        .start()
        .unwrap()
}

#[test]
fn ok_a_mailbox_that_is_shared() {
    let server = two_users();
    let mut ann = Wire::log_in(&server, "ann", "secret");
    let mut bob = Wire::log_in(&server, "bob", "other");
    let work = "\"Other Users/ann/Work\"";
    assert_eq!(
        bob.run(format!("SELECT {work}")),
        ["NO [NONEXISTENT] there is no such mailbox"]
    );
    assert_eq!(ann.run("SETACL Work bob lrs"), ["OK SETACL completed"]);
    assert_eq!(
        ann.run("GETACL Work"),
        [
            "* ACL Work ann lrswipkxteacd bob lrs",
            "OK GETACL completed",
        ]
    );
    assert_eq!(
        bob.run("LIST \"\" Other*"),
        [
            r#"* LIST (\HasChildren \Noselect) "/" "Other Users""#,
            r#"* LIST (\HasChildren \Noselect) "/" "Other Users/ann""#,
            r#"* LIST (\HasNoChildren) "/" "Other Users/ann/Work""#,
            "OK LIST completed",
        ]
    );
    assert_eq!(
        bob.run(format!("MYRIGHTS {work}"))[0],
        r#"* MYRIGHTS "Other Users/ann/Work" lrs"#
    );
    bob.run(format!("SELECT {work}"));
    assert_eq!(
        bob.run(r"STORE 1 +FLAGS (\Seen)"),
        [r"* 1 FETCH (FLAGS (\Seen \Recent))", "OK STORE completed"]
    );
    let denied = ["NO [NOPERM] you may not do this"];
    assert_eq!(bob.run(r"STORE 1 +FLAGS (\Flagged)"), denied);
    assert_eq!(bob.run("EXPUNGE"), denied);
    assert_eq!(bob.run(format!("APPEND {work} {{1+}}\r\nx")), denied);
    assert_eq!(bob.run(format!("GETACL {work}")), denied);
    assert_eq!(bob.run(format!("DELETE {work}")), denied);
    assert_eq!(
        ann.run("SETACL Work bob +iz"),
        ["BAD one of these rights is not known here"]
    );
    assert_eq!(ann.run("SETACL Work bob +i"), ["OK SETACL completed"]);
    assert!(
        bob.run(format!("APPEND {work} {{1+}}\r\nx"))
            .last()
            .unwrap()
            .starts_with("OK ")
    );
    assert_eq!(
        ann.run("LISTRIGHTS Work bob")[0],
        r#"* LISTRIGHTS Work bob "" l r s w i p k x t e a"#
    );
    assert_eq!(ann.run("DELETEACL Work bob"), ["OK DELETEACL completed"]);
    assert_eq!(
        bob.run(format!("STATUS {work} (MESSAGES)")),
        ["NO [NONEXISTENT] there is no such mailbox"]
    );
}

#[test]
fn ok_sharing_from_code() {
    let server = two_users();
    let work = server.user("ann").unwrap().mailbox("Work").unwrap();
    work.share("anyone", Rights::LOOKUP.with(Rights::READ));
    let mut bob = Wire::log_in(&server, "bob", "other");
    let answer = bob.run("SELECT \"Other Users/ann/Work\"");
    assert_eq!(
        answer.last().unwrap(),
        "OK [READ-ONLY] the mailbox is selected"
    );
}

#[test]
fn ok_quota() {
    let server = two_users();
    let ann = server.user("ann").unwrap();
    let mut wire = Wire::log_in(&server, "ann", "secret");
    assert_eq!(
        wire.run("GETQUOTAROOT INBOX"),
        ["* QUOTAROOT INBOX", "OK GETQUOTAROOT completed"]
    );
    ann.limit(Some(1), Some(2));
    assert_eq!(
        wire.run("GETQUOTAROOT INBOX"),
        [
            "* QUOTAROOT INBOX ann",
            "* QUOTA ann (STORAGE 1 1 MESSAGE 1 2)",
            "OK GETQUOTAROOT completed",
        ]
    );
    let full = ["NO [OVERQUOTA] there is no room for it"];
    assert_eq!(
        wire.run(format!("APPEND INBOX {{1000+}}\r\n{}", "x".repeat(1000))),
        full
    );
    assert!(wire.run("APPEND INBOX {1+}\r\nx")[0].starts_with("OK "));
    assert_eq!(wire.run("APPEND INBOX {1+}\r\nx"), full);
    wire.run("SELECT INBOX");
    assert_eq!(wire.run("COPY 1 Work"), full);
    assert_eq!(wire.run("MOVE 1 Work").last().unwrap(), "OK MOVE completed");
    assert_eq!(
        wire.run("SETQUOTA ann (MESSAGE 10)"),
        ["* QUOTA ann (MESSAGE 2 10)", "OK SETQUOTA completed"]
    );
    assert_eq!(
        wire.run("GETQUOTA bob"),
        ["NO [NOPERM] you may not do this"]
    );
}

#[test]
fn ok_annotations_in_lists() {
    let server = two_users();
    let mut ann = Wire::log_in(&server, "ann", "secret");
    ann.run("SETMETADATA Work (/shared/comment \"for all\")");
    assert_eq!(
        ann.run("LIST \"\" Work RETURN (METADATA (/shared/comment /private/x))")[1],
        "* METADATA Work (/shared/comment \"for all\" /private/x NIL)"
    );
}

#[test]
fn ok_seeds_with_flags() {
    let seen = SeedMessage::from("a: b")
        .with_flag(r"\Seen")
        .with_flag("no flag");
    let server = TestServer::builder()
        .user("ann", "secret")
        .message("ann", "Old/Very", seen)
        .start()
        .unwrap();
    let old = server.user("ann").unwrap().mailbox("Old/Very").unwrap();
    assert_eq!(old.messages()[0].flags(), [r"\Seen"]);
    old.append(SeedMessage::from("c: d").with_flag("work"))
        .unwrap();
    assert_eq!(old.messages()[1].flags(), ["work"]);
    let mut wire = Wire::log_in(&server, "ann", "secret");
    wire.run("SELECT Old/Very");
    assert_eq!(
        wire.run("DELETE Old/Very"),
        ["* 1 EXPUNGE", "* 1 EXPUNGE", "OK DELETE completed"]
    );
    assert_eq!(old.append("e: f"), None);
}
