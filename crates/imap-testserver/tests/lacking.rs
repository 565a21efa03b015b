//! Capabilities that a server lacks.

mod support;

use imap_testserver::TestServer;
use support::{Wire, message};

fn server(lacks: &[&str]) -> TestServer {
    let builder = TestServer::builder().jmap_url("https://localhost/");
    let builder = builder.message("user", "INBOX", message("one"));
    let builder = lacks
        .iter()
        .fold(builder, |builder, name| builder.without_capability(name));
    builder.start().unwrap()
}

/// Each with its capability; IMAP4rev2 has some of them too.
const COMMANDS: &[(&str, &str)] = &[
    ("ACL", "GETACL INBOX"),
    ("ACL", "MYRIGHTS INBOX"),
    ("APPENDLIMIT", "STATUS INBOX (APPENDLIMIT)"),
    ("BINARY", "APPEND INBOX ~{1+}\r\nx"),
    ("BINARY", "FETCH 1 (FLAGS BINARY.PEEK[1])"),
    ("CATENATE", "APPEND INBOX CATENATE (TEXT {1+}\r\nx)"),
    ("CONDSTORE", "FETCH 1 MODSEQ"),
    ("CONDSTORE", "FETCH 1 FLAGS (CHANGEDSINCE 1)"),
    ("CONDSTORE", "SEARCH NOT OR SEEN (MODSEQ 1)"),
    ("CONDSTORE", "SELECT INBOX (CONDSTORE)"),
    ("CONDSTORE", "STATUS INBOX (HIGHESTMODSEQ)"),
    ("CONDSTORE", "STORE 1 (UNCHANGEDSINCE 1) FLAGS ()"),
    ("CREATE-SPECIAL-USE", "CREATE a (USE (\\Sent))"),
    ("ENABLE", "ENABLE CONDSTORE"),
    ("ESEARCH", "UID SEARCH RETURN () ALL"),
    ("ESORT", "SORT RETURN () (SUBJECT) UTF-8 ALL"),
    ("ID", "ID NIL"),
    ("IDLE", "IDLE"),
    ("JMAPACCESS", "GETJMAPACCESS"),
    ("LIST-EXTENDED", "LIST (SUBSCRIBED) \"\" *"),
    ("LIST-EXTENDED", "LIST \"\" (a b)"),
    ("LIST-EXTENDED", "LIST \"\" * RETURN (CHILDREN)"),
    ("LIST-METADATA", "LIST \"\" * RETURN (METADATA (/shared/a))"),
    ("LIST-MYRIGHTS", "LIST \"\" * RETURN (MYRIGHTS)"),
    ("LIST-STATUS", "LIST \"\" * RETURN (STATUS (UNSEEN))"),
    ("METADATA", "GETMETADATA \"\" /shared/a"),
    ("MOVE", "UID MOVE 1 Trash"),
    ("MULTIAPPEND", "APPEND INBOX {1+}\r\nx {1+}\r\ny"),
    ("MULTISEARCH", "ESEARCH IN (personal) ALL"),
    ("NAMESPACE", "NAMESPACE"),
    ("OBJECTID", "FETCH 1 EMAILID"),
    ("OBJECTID", "SEARCH THREADID T1"),
    ("OBJECTID", "LIST \"\" * RETURN (STATUS (MAILBOXID))"),
    ("PARTIAL", "UID FETCH 1 FLAGS (PARTIAL 1:2)"),
    ("PARTIAL", "SEARCH RETURN (PARTIAL 1:2) ALL"),
    ("PREVIEW", "FETCH 1 PREVIEW"),
    ("QUOTA", "GETQUOTAROOT INBOX"),
    ("QUOTA", "SETQUOTA user (STORAGE 100)"),
    ("QUOTA=RES-MESSAGE", "STATUS INBOX (DELETED)"),
    ("QUOTA=RES-STORAGE", "STATUS INBOX (DELETED-STORAGE)"),
    ("QUOTASET", "SETQUOTA user (STORAGE 100)"),
    ("REPLACE", "REPLACE 1 INBOX {1+}\r\nx"),
    ("SAVEDATE", "FETCH 1 SAVEDATE"),
    ("SAVEDATE", "SEARCH SAVEDON 1-Jan-2001"),
    ("SEARCH=FUZZY", "SEARCH FUZZY SUBJECT x"),
    ("SEARCHRES", "SEARCH RETURN (SAVE) ALL"),
    ("SEARCHRES", "FETCH $ FLAGS"),
    ("SEARCHRES", "SEARCH NOT UID $"),
    ("SORT", "SORT (DATE) UTF-8 ALL"),
    ("SORT=DISPLAY", "SORT (DATE REVERSE DISPLAYTO) UTF-8 ALL"),
    ("SPECIAL-USE", "LIST (SPECIAL-USE) \"\" *"),
    ("SPECIAL-USE", "LIST \"\" * RETURN (SPECIAL-USE)"),
    ("STATUS=SIZE", "STATUS INBOX (SIZE)"),
    ("THREAD", "THREAD REFS UTF-8 ALL"),
    ("THREAD=REFERENCES", "THREAD REFERENCES UTF-8 ALL"),
    ("UIDPLUS", "UID EXPUNGE 1"),
    ("UNSELECT", "UNSELECT"),
    ("WITHIN", "SEARCH YOUNGER 100"),
    ("UNAUTHENTICATE", "UNAUTHENTICATE"),
    ("COMPRESS=DEFLATE", "COMPRESS DEFLATE"),
];

const LACKING: &str = "BAD the server lacks what this needs";

#[test]
fn err_what_belongs_to_a_capability_that_the_server_lacks() {
    for (capability, command) in COMMANDS {
        // QRESYNC has what CONDSTORE has.
        let server = server(&[capability, "IMAP4rev2", "QRESYNC"]);
        let answer = Wire::inbox(&server).run(command);
        assert_eq!(answer, [LACKING], "{command}");
    }
}

#[test]
fn ok_what_belongs_to_capabilities_that_the_server_has() {
    let server = server(&[]);
    for (_, command) in COMMANDS {
        let mut wire = Wire::inbox(&server);
        if *command == "IDLE" {
            wire.send("x IDLE\r\n");
            assert_eq!(wire.line(), "+ idling");
            continue;
        }
        let answer = wire.run(command);
        let end = answer.last().unwrap();
        assert!(!end.starts_with("BAD "), "{command}: {end}");
    }
}

#[test]
fn ok_another_capability_has_it() {
    let server = server(&["MOVE", "CONDSTORE", "UIDPLUS"]);
    let mut wire = Wire::inbox(&server);
    for command in ["FETCH 1 MODSEQ", "UID EXPUNGE 1", "MOVE 1 Trash"] {
        let answer = wire.run(command);
        assert!(answer.last().unwrap().starts_with("OK "), "{answer:?}");
    }
}

#[test]
fn err_before_the_login() {
    let server = server(&["STARTTLS", "SASL-IR", "IMAP4rev2"]);
    let mut wire = Wire::connect(&server);
    for command in ["STARTTLS", "AUTHENTICATE PLAIN AHVzZXIAcGFzcw=="] {
        assert_eq!(wire.run(command), [LACKING]);
    }
}

#[test]
fn ok_a_capability_that_is_lacking_is_not_enabled() {
    let server = server(&["QRESYNC", "UTF8=ACCEPT"]);
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run("ENABLE QRESYNC UTF8=ACCEPT"),
        ["* ENABLED", "OK ENABLE completed"]
    );
    assert_eq!(wire.run("SELECT INBOX (QRESYNC (1 1))"), [LACKING]);
    let append = "APPEND INBOX UTF8 (~{1+}\r\nx)";
    assert_eq!(wire.run(append), [LACKING]);
}
