//! LIST with options, SPECIAL-USE, and IMAP4rev2.

mod support;

use imap_testserver::TestServer;
use support::Wire;

fn wire(server: &TestServer) -> Wire {
    let mut wire = Wire::log_in(server, "user", "pass");
    for command in [
        "CREATE a/b/c",
        "CREATE d",
        "SUBSCRIBE a/b/c",
        "SUBSCRIBE gone",
    ] {
        wire.run(command);
    }
    wire
}

#[test]
fn ok_special_use() {
    let server = TestServer::start().unwrap();
    let mut wire = wire(&server);
    assert_eq!(
        wire.run("CREATE Later (USE (\\Important))")[0],
        "OK [MAILBOXID (F9)] CREATE completed"
    );
    assert_eq!(
        wire.run("CREATE Every (USE (\\All))"),
        ["NO [USEATTR] no mailbox can be made for this"]
    );
    assert_eq!(
        wire.run("LIST (SPECIAL-USE) \"\" (\"L*\" \"S*\") RETURN (SPECIAL-USE)"),
        [
            r#"* LIST (\HasNoChildren \Important) "/" Later"#,
            r#"* LIST (\HasNoChildren \Sent) "/" Sent"#,
            "OK LIST completed",
        ]
    );
}

#[test]
fn ok_subscribed_and_recursive() {
    let server = TestServer::start().unwrap();
    let mut wire = wire(&server);
    assert_eq!(
        wire.run("LIST (SUBSCRIBED) \"\" *"),
        [
            r#"* LIST (\HasNoChildren \Subscribed) "/" a/b/c"#,
            r#"* LIST (\HasNoChildren \NonExistent \Subscribed) "/" gone"#,
            "OK LIST completed",
        ]
    );
    assert_eq!(
        wire.run("LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %"),
        [
            r#"* LIST (\HasChildren \NonExistent) "/" a ("CHILDINFO" ("SUBSCRIBED"))"#,
            r#"* LIST (\HasNoChildren \NonExistent \Subscribed) "/" gone"#,
            "OK LIST completed",
        ]
    );
    assert_eq!(
        wire.run("LIST \"\" d RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES MAILBOXID))"),
        [
            r#"* LIST (\HasNoChildren) "/" d"#,
            "* STATUS d (MESSAGES 0 MAILBOXID (F8))",
            "OK LIST completed",
        ]
    );
    assert_eq!(
        wire.run("LIST \"\" d RETURN (MYRIGHTS)")[1],
        "* MYRIGHTS d lrswipkxteacd"
    );
    assert_eq!(
        wire.run("LIST (X-NO) \"\" d"),
        ["BAD this selection option is not known here"]
    );
}

#[test]
fn ok_what_imap4rev2_changes() {
    let server = TestServer::start().unwrap();
    let mut wire = wire(&server);
    wire.run("ENABLE IMAP4rev2");
    let answer = wire.run("SELECT d");
    assert!(
        !answer.iter().any(|line| line.contains("RECENT")),
        "{answer:?}"
    );
    assert!(
        answer.contains(&r#"* LIST () "/" d"#.to_owned()),
        "{answer:?}"
    );
    assert_eq!(
        wire.run("NAMESPACE")[0],
        r#"* NAMESPACE (("" "/")) (("Other Users/" "/")) NIL"#
    );
    assert_eq!(wire.run("UNAUTHENTICATE"), ["OK UNAUTHENTICATE completed"]);
    assert_eq!(wire.run("LIST \"\" *"), ["BAD log in first"]);
    assert!(wire.run("LOGIN user pass")[0].starts_with("OK "));
}
