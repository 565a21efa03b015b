//! Searches of several mailboxes.

mod support;

use imap_proto::Rights;
use imap_testserver::TestServer;
use support::{Wire, message};

/// A server on which everybody has a message with "lunch" here and there.
fn server() -> TestServer {
    let mailboxes = ["INBOX", "Work", "Work/2024", "Work/2024/May", "Workshop"];
    let mut builder = TestServer::builder().user("user", "pass");
    for (n, mailbox) in mailboxes.into_iter().enumerate() {
        // As many others in front as the mailbox has ones before it.
        for _ in 0..n {
            builder = builder.message("user", mailbox, message("other"));
        }
        builder = builder.message("user", mailbox, message("lunch"));
    }
    builder = builder.user("ann", "pass");
    builder = builder.message("ann", "Plans", message("lunch"));
    builder.start().unwrap()
}

/// The mailboxes in which something is found, with what is told of it.
fn found(wire: &mut Wire, command: &str) -> Vec<String> {
    let mut answer = wire.run(command);
    assert_eq!(answer.pop().unwrap(), "OK ESEARCH completed", "{command}");
    let told = answer.iter().map(|line| {
        let (_, rest) = line.split_once(" MAILBOX ").unwrap();
        let (mailbox, rest) = rest.split_once(" UIDVALIDITY ").unwrap();
        let (_, data) = rest.split_once(") UID ").unwrap();
        format!("{mailbox} {data}")
    });
    told.collect()
}

#[test]
fn ok_mailboxes_by_filters() {
    let server = server();
    let ann = server.user("ann").unwrap().mailbox("Plans").unwrap();
    let mut wire = Wire::inbox(&server);
    wire.run("SUBSCRIBE Work");
    wire.run("SUBSCRIBE Nowhere");
    for (filters, expected) in [
        ("selected", &["INBOX ALL 1"][..]),
        ("inboxes", &["INBOX ALL 1"]),
        ("subscribed", &["Work ALL 2"]),
        (
            "subtree work mailboxes (Workshop inbox Trash)",
            &["INBOX ALL 1", "Workshop ALL 5"],
        ),
        (
            "subtree Work selected",
            &[
                "INBOX ALL 1",
                "Work ALL 2",
                "Work/2024 ALL 3",
                "Work/2024/May ALL 4",
            ],
        ),
        ("subtree-one Work", &["Work ALL 2", "Work/2024 ALL 3"]),
        ("mailboxes \"Other Users/ann/Plans\"", &[]),
        (
            "personal",
            &[
                "INBOX ALL 1",
                "Work ALL 2",
                "Work/2024 ALL 3",
                "Work/2024/May ALL 4",
                "Workshop ALL 5",
            ],
        ),
    ] {
        let command = format!("ESEARCH IN ({filters}) SUBJECT lunch");
        assert_eq!(found(&mut wire, &command), expected, "{filters}");
    }
    assert_eq!(found(&mut wire, "ESEARCH ALL"), ["INBOX ALL 1"]);
    ann.share("user", Rights::READ);
    let named = "ESEARCH IN (mailboxes \"Other Users/ann/Plans\") ALL";
    assert_eq!(found(&mut wire, named), ["\"Other Users/ann/Plans\" ALL 1"]);
    // What is not named has to be visible, too.
    let below = "ESEARCH IN (subtree \"Other Users\") ALL";
    assert!(found(&mut wire, below).is_empty());
    ann.share("user", Rights::READ.with(Rights::LOOKUP));
    assert_eq!(found(&mut wire, below).len(), 1);
}

#[test]
fn ok_what_is_told() {
    let server = server();
    let user = server.user("user").unwrap();
    let validity = user.mailbox("Work").unwrap().uid_validity();
    let mut wire = Wire::log_in(&server, "user", "pass");
    assert_eq!(
        wire.run("ESEARCH IN (mailboxes (Work Trash)) RETURN (MIN COUNT) 2:9"),
        [
            format!("* ESEARCH (TAG \"t2\" MAILBOX Work UIDVALIDITY {validity}) UID MIN 2 COUNT 1"),
            "OK ESEARCH completed".to_owned(),
        ]
    );
    // Where nothing is found nothing is told, not even that it is nothing.
    let none = "ESEARCH IN (personal) RETURN (COUNT) DELETED";
    assert_eq!(wire.run(none), ["OK ESEARCH completed"]);
    wire.run("SELECT Work");
    let saved = "ESEARCH RETURN (SAVE ALL) SUBJECT lunch";
    assert_eq!(found(&mut wire, saved), ["Work ALL 2"]);
    assert_eq!(wire.run("UID FETCH $ UID")[0], "* 2 FETCH (UID 2)");
    let changed = wire.run("ESEARCH IN (subtree Work) RETURN (MAX) MODSEQ 1");
    assert!(changed[0].ends_with(" UID MAX 2 MODSEQ 3"), "{changed:?}");
    assert!(
        changed[3].starts_with("* OK [HIGHESTMODSEQ "),
        "{changed:?}"
    );
}

#[test]
fn err_what_cannot_be_searched() {
    let server = server();
    let mut wire = Wire::log_in(&server, "user", "pass");
    for command in ["ESEARCH ALL", "ESEARCH IN (selected) ALL"] {
        assert_eq!(wire.run(command), ["BAD select a mailbox first"]);
    }
    wire.run("SELECT INBOX");
    for (command, answer) in [
        (
            "ESEARCH IN (selected personal) RETURN (SAVE) ALL",
            "BAD only what is found in the selected mailbox can be saved",
        ),
        (
            "ESEARCH IN (odd) ALL",
            "BAD this kind of mailboxes is not known here",
        ),
        (
            "ESEARCH IN (selected (odd)) ALL",
            "BAD this scope option is not known here",
        ),
        (
            "ESEARCH IN (mailboxes &) ALL",
            "BAD the name is not in modified UTF-7",
        ),
        (
            "ESEARCH IN (selected) CHARSET koi8-r ALL",
            "NO [BADCHARSET (US-ASCII UTF-8)] unknown charset",
        ),
    ] {
        assert_eq!(wire.run(command), [answer], "{command}");
    }
}
