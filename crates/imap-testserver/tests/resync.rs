//! CONDSTORE, QRESYNC, UIDONLY and PARTIAL.

mod support;

use support::{Wire, server_with};

#[test]
fn ok_condstore() {
    let server = server_with(&["one", "two", "three"]);
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run(r"STORE 2 +FLAGS.SILENT (\Flagged)"),
        ["OK STORE completed"]
    );
    assert_eq!(
        wire.run("FETCH 1:* (FLAGS) (CHANGEDSINCE 4)"),
        [
            "* OK [HIGHESTMODSEQ 5] highest modification sequence",
            r"* 2 FETCH (FLAGS (\Flagged \Recent) MODSEQ (5))",
            "OK FETCH completed",
        ]
    );
    assert_eq!(
        wire.run(r"STORE 1:3 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\Seen)"),
        [
            "* 1 FETCH (MODSEQ (6))",
            "* 3 FETCH (MODSEQ (6))",
            "OK [MODIFIED 2] some messages had changed",
        ]
    );
    assert_eq!(
        wire.run(r"UID STORE 2 (UNCHANGEDSINCE 5) FLAGS (\Seen)"),
        [
            r"* 2 FETCH (UID 2 FLAGS (\Seen \Recent) MODSEQ (7))",
            "OK STORE completed",
        ]
    );
    assert_eq!(
        wire.run("SEARCH MODSEQ 6"),
        ["* SEARCH 1 2 3 (MODSEQ 7)", "OK SEARCH completed"]
    );
    // RFC 7162 section 3.1.3: a message that has changed is left alone by all of a pipeline.
    let mut other = Wire::inbox(&server);
    other.run("STORE 3 +FLAGS (work)");
    assert_eq!(
        wire.run("NOOP"),
        [
            r"* 3 FETCH (FLAGS (\Seen work \Recent) MODSEQ (8))",
            "OK NOOP completed",
        ]
    );
}

#[test]
fn ok_qresync() {
    let server = server_with(&["one", "two", "three", "four"]);
    let inbox = server.user("user").unwrap().mailbox("INBOX").unwrap();
    let validity = inbox.uid_validity();
    let mut wire = Wire::inbox(&server);
    let again = format!("SELECT INBOX (QRESYNC ({validity} 5 1:4))");
    assert_eq!(wire.run(&again), ["BAD enable QRESYNC first"]);
    assert_eq!(
        wire.run("ENABLE QRESYNC")[1..],
        ["* ENABLED QRESYNC", "OK ENABLE completed"]
    );
    wire.run(r"UID STORE 1,3 +FLAGS (\Deleted)");
    assert_eq!(
        wire.run("EXPUNGE"),
        ["* VANISHED 1,3", "OK [HIGHESTMODSEQ 7] EXPUNGE completed"]
    );
    // What is gone up to a message that has its number still is known to the client.
    for (known, told) in [
        ("1:2 2,4", None),
        ("1,2 2,3", Some("* VANISHED (EARLIER) 3")),
        (
            "1:4294967295 1:4294967295",
            Some("* VANISHED (EARLIER) 1,3"),
        ),
    ] {
        let answer = wire.run(format!(
            "SELECT INBOX (QRESYNC ({validity} 5 1:4 ({known})))"
        ));
        let vanished = answer.iter().find(|line| line.contains("VANISHED"));
        assert_eq!(vanished.map(String::as_str), told, "{known}");
    }
    wire.run(r"STORE 1 FLAGS (\Seen)");
    let answer = wire.run(&again);
    assert_eq!(answer[0], "* OK [CLOSED] the mailbox before is closed");
    assert_eq!(
        answer[answer.len() - 3..],
        [
            "* VANISHED (EARLIER) 1,3",
            r"* 1 FETCH (UID 2 FLAGS (\Seen) MODSEQ (8))",
            "OK [READ-WRITE] the mailbox is selected",
        ]
    );
    assert_eq!(
        wire.run("UID FETCH 1:* FLAGS (CHANGEDSINCE 7 VANISHED)"),
        [
            r"* 1 FETCH (UID 2 FLAGS (\Seen) MODSEQ (8))",
            "OK FETCH completed",
        ]
    );
    assert_eq!(
        wire.run("UID FETCH 2:* FLAGS (CHANGEDSINCE 6 VANISHED)")[0],
        "* VANISHED (EARLIER) 3"
    );
    assert_eq!(
        wire.run("FETCH 1:* FLAGS (CHANGEDSINCE 6 VANISHED)"),
        ["BAD VANISHED needs UID FETCH, CHANGEDSINCE and QRESYNC"]
    );
    // Another UIDVALIDITY: the client has to begin anew.
    let answer = wire.run("SELECT INBOX (QRESYNC (7 5))");
    assert!(
        !answer.iter().any(|line| line.contains("VANISHED")),
        "{answer:?}"
    );
}

#[test]
fn ok_uid_only() {
    let server = server_with(&["one", "two", "three"]);
    let mut wire = Wire::inbox(&server);
    wire.run("ENABLE UIDONLY");
    assert_eq!(
        wire.run("FETCH 1 FLAGS"),
        ["BAD [UIDREQUIRED] there are no sequence numbers now"]
    );
    assert_eq!(
        wire.run("UID SEARCH 1:2"),
        ["BAD [UIDREQUIRED] there are no sequence numbers now"]
    );
    assert_eq!(
        wire.run("UID FETCH 2 FLAGS"),
        [r"* 2 UIDFETCH (FLAGS (\Recent))", "OK FETCH completed"]
    );
    wire.run(r"UID STORE 2 +FLAGS.SILENT (\Deleted)");
    assert_eq!(
        wire.run("EXPUNGE"),
        ["* VANISHED 2", "OK EXPUNGE completed"]
    );
    let answer = wire.run("SELECT INBOX");
    assert!(
        !answer.iter().any(|line| line.contains("UNSEEN")),
        "{answer:?}"
    );
}

#[test]
fn ok_partial_fetch_and_search() {
    let server = server_with(&["one", "two", "three", "four", "five"]);
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run("UID FETCH 1:* UID (PARTIAL -1:-2)"),
        [
            "* 4 FETCH (UID 4)",
            "* 5 FETCH (UID 5)",
            "OK FETCH completed"
        ]
    );
    assert_eq!(
        wire.run("UID SEARCH RETURN (PARTIAL 2:3) ALL"),
        [
            r#"* ESEARCH (TAG "t4") UID PARTIAL (2:3 2:3)"#,
            "OK SEARCH completed",
        ]
    );
}
