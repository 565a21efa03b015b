//! METADATA, on the wire.

mod support;

use imap_testserver::TestServer;
use support::Wire;

#[test]
fn ok_annotations_of_mailboxes_and_of_the_server() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::inbox(&server);
    assert!(wire.run("CAPABILITY")[0].contains(" METADATA"));
    let set = r#"SETMETADATA INBOX (/private/comment "mine" /shared/Comment "ours")"#;
    assert_eq!(wire.run(set), ["OK SETMETADATA completed"]);
    wire.run(r#"SETMETADATA "" (/shared/vendor/x/y "server's")"#);
    for (command, expected) in [
        (
            "GETMETADATA INBOX /shared/comment",
            "* METADATA INBOX (/shared/Comment \"ours\")",
        ),
        (
            "GETMETADATA \"INBOX\" (/shared/comment /private/comment /private/x)",
            "* METADATA INBOX (/shared/Comment \"ours\" /private/comment \"mine\" /private/x NIL)",
        ),
        (
            "GETMETADATA (DEPTH infinity) \"\" (/shared/vendor)",
            "* METADATA \"\" (/shared/vendor/x/y \"server's\")",
        ),
    ] {
        assert_eq!(wire.run(command), [expected, "OK GETMETADATA completed"]);
    }
    let below = wire.run("GETMETADATA (DEPTH 1) \"\" (/shared/vendor)");
    assert_eq!(below, ["OK GETMETADATA completed"]);
    let long = wire.run("GETMETADATA (MAXSIZE 3) INBOX (/private/comment)");
    assert_eq!(long, ["OK [METADATA LONGENTRIES 4] GETMETADATA completed"]);

    wire.run("SETMETADATA INBOX (/private/comment NIL)");
    let gone = wire.run("GETMETADATA INBOX /private/comment");
    assert_eq!(gone[0], "* METADATA INBOX (/private/comment NIL)");
}

#[test]
fn ok_annotations_go_with_the_mailbox() {
    let server = TestServer::start().unwrap();
    let mut wire = Wire::inbox(&server);
    wire.run("CREATE old");
    wire.run("SETMETADATA old (/private/comment \"x\")");
    wire.run("RENAME old new");
    let values = |wire: &mut Wire, mailbox| {
        let command = format!("GETMETADATA {mailbox} /private/comment");
        wire.run(command).remove(0)
    };
    assert_eq!(
        values(&mut wire, "new"),
        "* METADATA new (/private/comment \"x\")"
    );
    wire.run("DELETE new");
    wire.run("CREATE new");
    assert_eq!(
        values(&mut wire, "new"),
        "* METADATA new (/private/comment NIL)"
    );

    // RFC 5464 4.1: those of INBOX stay, and are copied.
    wire.run("SETMETADATA INBOX (/private/comment \"y\")");
    wire.run("RENAME INBOX moved");
    assert_eq!(
        values(&mut wire, "moved"),
        "* METADATA moved (/private/comment \"y\")"
    );
    assert_eq!(
        values(&mut wire, "INBOX"),
        "* METADATA INBOX (/private/comment \"y\")"
    );
}

#[test]
fn err_annotations_that_cannot_be() {
    let server = TestServer::start().unwrap();
    server.add_user("ann", "pass");
    let mut wire = Wire::inbox(&server);
    for command in [
        "SETMETADATA INBOX (/private/comment \"x\" /other/comment \"y\")",
        "GETMETADATA INBOX /shared//x",
        "GETMETADATA (WHAT 1) INBOX /shared/x",
    ] {
        let answer = wire.run(command);
        assert!(answer[0].starts_with("BAD "), "{command}: {answer:?}");
    }
    // All or nothing.
    let kept = wire.run("GETMETADATA INBOX /private/comment");
    assert_eq!(kept[0], "* METADATA INBOX (/private/comment NIL)");
    let long = format!(
        "SETMETADATA INBOX (/private/x {{{0}+}}\r\n{1})",
        65_537,
        "x".repeat(65_537)
    );
    assert!(wire.run(long)[0].starts_with("NO [METADATA MAXSIZE 65536] "));
    assert!(wire.run("GETMETADATA nowhere /private/x")[0].starts_with("NO [NONEXISTENT] "));

    wire.run("SETMETADATA \"\" (/private/comment \"x\" /shared/comment \"y\")");
    let mut other = Wire::log_in(&server, "ann", "pass");
    let seen = other.run("GETMETADATA \"\" (/private/comment /shared/comment)");
    assert_eq!(
        seen[0],
        "* METADATA \"\" (/private/comment NIL /shared/comment \"y\")"
    );
}
