//! Items of FETCH, and searches.

mod support;

use std::num::NonZeroU32;

use imap_testserver::TestServer;
use support::{Wire, message, server_with};

const MIXED: &str = "From: Ann <ann@example.org>\r\n\
    Subject: two parts\r\n\
    Message-ID: <1@example.org>\r\n\
    Content-Type: multipart/mixed; boundary=b\r\n\
    \r\n\
    --b\r\n\
    \r\n\
    hello\r\n\
    --b\r\n\
    Content-Type: application/octet-stream\r\n\
    Content-Transfer-Encoding: base64\r\n\
    \r\n\
    AAEC\r\n\
    --b\r\n\
    Content-Transfer-Encoding: x-odd\r\n\
    \r\n\
    ?\r\n\
    --b--\r\n";

fn server() -> TestServer {
    TestServer::builder()
        .user("user", "pass")
        .message("user", "INBOX", MIXED)
        .message("user", "INBOX", message("later"))
        .start()
        .unwrap()
}

#[test]
fn ok_items_from_the_message() {
    let server = server();
    let mut wire = Wire::inbox(&server);
    for (item, value) in [
        (
            "ENVELOPE",
            "(NIL \"two parts\" ((\"Ann\" NIL \"ann\" \"example.org\")) ((\"Ann\" NIL \"ann\" \
             \"example.org\")) ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL NIL NIL \
             \"<1@example.org>\")",
        ),
        (
            "BODY",
            "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 0)",
        ),
        ("BODY.PEEK[1]", "{5}\r\nhello"),
        ("BODY.PEEK[2]<1.2>", "{2}\r\nAE"),
        ("BODY.PEEK[9]", "NIL"),
        (
            "BODY.PEEK[HEADER.FIELDS (SUBJECT)]",
            "{22}\r\nSubject: two parts\r\n\r\n",
        ),
        ("BINARY.PEEK[2]", "~{3}\r\n\0\u{1}\u{2}"),
        ("BINARY.SIZE[2]", "3"),
        ("PREVIEW", "PREVIEW \"hello\""),
        ("RFC822.SIZE", &MIXED.len().to_string()),
    ] {
        let answer = wire.run(format!("FETCH 1 {item}"));
        assert!(answer[0].contains(value), "{item}: {answer:?}");
        assert_eq!(answer.last().unwrap(), "OK FETCH completed");
    }
    let answer = wire.run("FETCH 1:2 (EMAILID SAVEDATE)");
    assert!(answer[0].starts_with("* 1 FETCH (EMAILID (M"), "{answer:?}");
    assert!(answer[0].contains(" SAVEDATE \""));
}

#[test]
fn ok_what_came_with_nul_is_encoded() {
    let server = server();
    let mut wire = Wire::inbox(&server);
    let part = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: ";
    let [came, kept] = [("binary", "a\0b"), ("base64", "YQBi\r\n")].map(|(encoding, body)| {
        format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{part}{encoding}\r\n\r\n{body}\r\n--b--\r\n")
    });
    wire.run(format!("APPEND INBOX ~{{{}+}}\r\n{came}", came.len()));
    for (item, value) in [
        (
            "BODY.PEEK[]",
            format!("BODY[] {{{}}}\r\n{kept}", kept.len()),
        ),
        (
            "RFC822.HEADER",
            format!("RFC822.HEADER {{45}}\r\n{}", &kept[..45]),
        ),
        ("RFC822.SIZE", format!("RFC822.SIZE {}", kept.len())),
        (
            "BODY",
            "BODY ((\"application\" \"octet-stream\" NIL NIL NIL \"base64\" 6) \"mixed\")".into(),
        ),
        ("BODY.PEEK[1]<1.3>", "BODY[1]<1> {3}\r\nQBi".into()),
        ("BINARY.PEEK[1]", "BINARY[1] ~{3}\r\na\0b".into()),
        ("BINARY.SIZE[1]", "BINARY.SIZE[1] 3".into()),
    ] {
        assert_eq!(
            wire.run(format!("FETCH 3 {item}"))[0],
            format!("* 3 FETCH ({value})")
        );
    }
}

#[test]
fn ok_reading_makes_seen() {
    let server = server();
    let mut wire = Wire::inbox(&server);
    wire.run("FETCH 1 (BODY.PEEK[] RFC822.HEADER BINARY.PEEK[2])");
    assert_eq!(wire.run("SEARCH SEEN")[0], "* SEARCH");
    assert_eq!(
        wire.run("FETCH 1 BODY[1]")[0],
        "* 1 FETCH (BODY[1] {5}\r\nhello FLAGS (\\Seen \\Recent))"
    );
    assert_eq!(wire.run("SEARCH SEEN")[0], "* SEARCH 1");
    assert_eq!(
        wire.run("FETCH 1 BODY[1]")[0],
        "* 1 FETCH (BODY[1] {5}\r\nhello)"
    );
}

#[test]
fn ok_searches() {
    let server = server();
    let mut wire = Wire::inbox(&server);
    assert_eq!(
        wire.run("SEARCH CHARSET utf-8 SUBJECT LATER"),
        ["* SEARCH 2", "OK SEARCH completed"]
    );
    assert_eq!(
        wire.run("SEARCH CHARSET koi8-r ALL"),
        ["NO [BADCHARSET (US-ASCII UTF-8)] unknown charset"]
    );
    assert_eq!(
        wire.run("SEARCH RETURN (MIN COUNT) ALL"),
        [
            "* ESEARCH (TAG \"t5\") MIN 1 COUNT 2",
            "OK SEARCH completed"
        ]
    );
    assert_eq!(
        wire.run("UID SEARCH RETURN (SAVE) SUBJECT later"),
        ["OK SEARCH completed"]
    );
    assert_eq!(
        wire.run("FETCH $ UID"),
        ["* 2 FETCH (UID 2)", "OK FETCH completed"]
    );
    assert_eq!(wire.run("SEARCH UID $")[0], "* SEARCH 2");
    assert_eq!(
        wire.run("SORT (REVERSE SUBJECT) UTF-8 ALL"),
        ["* SORT 1 2", "OK SORT completed"]
    );
    assert_eq!(
        wire.run("UID SORT RETURN (ALL COUNT) (SIZE) UTF-8 ALL")[0],
        "* ESEARCH (TAG \"t10\") UID ALL 2,1 COUNT 2"
    );
    assert_eq!(
        wire.run("THREAD REFERENCES UTF-8 ALL"),
        ["* THREAD (1)(2)", "OK THREAD completed"]
    );
    wire.run("ENABLE IMAP4rev2");
    assert_eq!(
        wire.run("SEARCH ALL"),
        ["* ESEARCH (TAG \"t13\") ALL 1:2", "OK SEARCH completed"]
    );
}

#[test]
fn ok_replace() {
    let server = server();
    let mut wire = Wire::inbox(&server);
    let validity = server
        .user("user")
        .unwrap()
        .mailbox("INBOX")
        .unwrap()
        .uid_validity();
    assert_eq!(
        wire.run("REPLACE 1 INBOX {4+}\r\na: b"),
        [
            &format!("* OK [APPENDUID {validity} 3] the new message is there"),
            "* 1 EXPUNGE",
            "* 2 EXISTS",
            "* 2 RECENT",
            "OK REPLACE completed",
        ]
    );
    assert_eq!(
        wire.run("UID REPLACE 1 INBOX {4+}\r\na: b"),
        ["NO [NONEXISTENT] there is no such message"]
    );
}

#[test]
fn ok_message_limit() {
    let server = TestServer::builder()
        .user("user", "pass")
        .message("user", "INBOX", message("one"))
        .message("user", "INBOX", message("two"))
        .message("user", "INBOX", message("three"))
        .message_limit(NonZeroU32::new(2).unwrap())
        .start()
        .unwrap();
    let mut wire = Wire::inbox(&server);
    assert!(wire.run("CAPABILITY")[0].contains(" MESSAGELIMIT=2"));
    assert_eq!(
        wire.run("FETCH 1:* UID"),
        [
            "* 2 FETCH (UID 2)",
            "* 3 FETCH (UID 3)",
            "OK [MESSAGELIMIT 2 2] there are more messages",
        ]
    );
    assert_eq!(
        wire.run("FETCH 1 UID"),
        ["* 1 FETCH (UID 1)", "OK FETCH completed"]
    );
}

#[test]
fn ok_twenty_thousand_messages() {
    let subjects: Vec<String> = (0..20_000).map(|n| n.to_string()).collect();
    let subjects: Vec<&str> = subjects.iter().map(String::as_str).collect();
    let server = server_with(&subjects);
    let mut wire = Wire::inbox(&server);
    let answer = wire.run("FETCH 1:* (UID FLAGS RFC822.SIZE)");
    assert_eq!(answer.len(), 20_001);
    assert_eq!(wire.run("UID SEARCH UNSEEN")[0].split(' ').count(), 20_002);
}
