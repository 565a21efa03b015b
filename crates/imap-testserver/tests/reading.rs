//! FETCH of all items, SEARCH, SORT and THREAD, on the wire.

mod support;

use std::num::NonZeroU32;

use imap_testserver::TestServer;
use support::Wire;

const MESSAGE: &str = "Date: 3 Jan 1970 00:00:00 +0000\r
From: Ann <ann@example.org>\r
Subject: two parts\r
Message-ID: <1@x>\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Transfer-Encoding: base64\r
\r
aGVsbG8=\r
--b\r
Content-Type: application/octet-stream\r
Content-Transfer-Encoding: x-what\r
\r
x\r
--b--\r
";

/// A session with three messages, the first of which has two parts.
fn session() -> (TestServer, Wire) {
    let answer = "Date: 2 Jan 1970 00:00:00 +0000\r\nSubject: re: two parts\r\n\
        In-Reply-To: <1@x>\r\nMessage-ID: <2@x>\r\n\r\nanswer";
    let other = "Date: 1 Jan 1970 00:00:00 +0000\r\nSubject: Gr\u{fc}\u{df}e\r\n\r\n";
    let builder = TestServer::builder().user("user", "pass");
    let builder = builder.message("user", "INBOX", MESSAGE);
    let builder = builder.message("user", "INBOX", answer);
    let server = builder.message("user", "INBOX", other).start().unwrap();
    let wire = Wire::inbox(&server);
    (server, wire)
}

#[test]
fn ok_items_of_a_message() {
    let (_server, mut wire) = session();
    for (items, expected) in [
        (
            "(ENVELOPE)",
            "ENVELOPE (\"3 Jan 1970 00:00:00 +0000\" \"two parts\" ((\"Ann\" NIL \"ann\" \"example.org\")) \
             ((\"Ann\" NIL \"ann\" \"example.org\")) ((\"Ann\" NIL \"ann\" \"example.org\")) NIL NIL NIL NIL \"<1@x>\")",
        ),
        (
            "BODY",
            "BODY ((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"base64\" 8 0)\
             (\"application\" \"octet-stream\" NIL NIL NIL \"x-what\" 1) \"mixed\")",
        ),
        ("BODY.PEEK[1]<2.3>", "BODY[1]<2> {3}\r\nVsb"),
        (
            "BODY.PEEK[HEADER.FIELDS (Subject)]",
            "BODY[HEADER.FIELDS (Subject)] {22}\r\nSubject: two parts\r\n\r\n",
        ),
        ("BODY.PEEK[3]", "BODY[3] NIL"),
        ("BINARY.PEEK[1]", "BINARY[1] {5}\r\nhello"),
        ("BINARY.SIZE[1]", "BINARY.SIZE[1] 5"),
        ("PREVIEW", "PREVIEW \"hello\""),
    ] {
        let answer = wire.run(format!("FETCH 1 {items}"));
        let line = format!("* 1 FETCH ({expected}");
        assert!(answer[0].starts_with(&line), "{answer:?}\n{line}");
        assert_eq!(answer.len(), 2, "{answer:?}");
    }
    let refused = wire.run("FETCH 1 BINARY.PEEK[2]");
    assert!(refused[0].starts_with("NO [UNKNOWN-CTE] "), "{refused:?}");
    let ids = wire.run("FETCH 1 EMAILID");
    assert!(ids[0].starts_with("* 1 FETCH (EMAILID (M"), "{ids:?}");
    let threads = wire.run("FETCH 1:2 THREADID");
    let id = |line: &str| line.split_once("THREADID (T").unwrap().1.to_owned();
    assert_eq!(id(&threads[0]), id(&threads[1]));
}

#[test]
fn ok_only_a_part_of_the_messages() {
    let (_server, mut wire) = session();
    let numbers = |lines: Vec<String>| -> Vec<String> {
        let fetches = lines.iter().filter(|line| line.starts_with("* "));
        fetches.map(|line| line[2..3].to_owned()).collect()
    };
    let last = wire.run("UID FETCH 1:* FLAGS (PARTIAL -1:-2)");
    assert_eq!(numbers(last), ["2", "3"]);
    assert_eq!(
        numbers(wire.run("UID FETCH 1:* FLAGS (PARTIAL 1:1)")),
        ["1"]
    );
}

#[test]
fn ok_searches() {
    let (_server, mut wire) = session();
    assert_eq!(
        wire.run("SEARCH SUBJECT parts"),
        ["* SEARCH 1 2", "OK SEARCH completed"]
    );
    assert_eq!(wire.run("UID SEARCH TEXT nothing")[0], "* SEARCH");
    let extended = wire.run("SEARCH RETURN (MIN COUNT) ALL");
    assert_eq!(extended[0], "* ESEARCH (TAG \"t5\") MIN 1 COUNT 3");
    let uids = wire.run("UID SEARCH RETURN () CHARSET UTF-8 SUBJECT {6+}\r\ngr\u{fc}\u{df}");
    assert_eq!(uids[0], "* ESEARCH (TAG \"t6\") UID ALL 3");
    assert_eq!(wire.run("SEARCH RETURN (SAVE) SUBJECT parts").len(), 1);
    assert_eq!(wire.run("SEARCH NOT $")[0], "* SEARCH 3");
    assert_eq!(wire.run("FETCH $ UID").len(), 3);
    let charset = wire.run("SEARCH RETURN (SAVE) CHARSET KOI8-R ALL");
    assert!(
        charset[0].starts_with("NO [BADCHARSET (US-ASCII UTF-8)]"),
        "{charset:?}"
    );
    assert_eq!(wire.run("SEARCH $")[0], "* SEARCH");
    assert!(wire.run("SEARCH X-GM-RAW x")[0].starts_with("BAD unsupported"));
    assert!(wire.run("SEARCH RETURN (ALL PARTIAL 1:2) ALL")[0].starts_with("BAD "));
    let mod_seq = wire.run("SEARCH MODSEQ 1");
    assert!(
        mod_seq[1].starts_with("* SEARCH 1 2 3 (MODSEQ "),
        "{mod_seq:?}"
    );

    wire.run("ENABLE IMAP4rev2");
    assert_eq!(wire.run("SEARCH 2:*")[0], "* ESEARCH (TAG \"t16\") ALL 2:3");
}

#[test]
fn ok_sorts_and_threads() {
    let (_server, mut wire) = session();
    assert_eq!(wire.run("SORT (DATE) UTF-8 ALL")[0], "* SORT 3 2 1");
    assert_eq!(
        wire.run("UID SORT (REVERSE DATE) UTF-8 2:3")[0],
        "* SORT 2 3"
    );
    let extended = wire.run("SORT RETURN (ALL MIN) (DATE) UTF-8 ALL");
    assert_eq!(extended[0], "* ESEARCH (TAG \"t5\") ALL 3,2,1 MIN 3");
    assert_eq!(
        wire.run("THREAD REFERENCES UTF-8 ALL")[0],
        "* THREAD (3)(1 2)"
    );
    assert_eq!(
        wire.run("THREAD ORDEREDSUBJECT UTF-8 ALL")[0],
        "* THREAD (3)(2 1)"
    );
    assert_eq!(wire.run("UID THREAD REFS UTF-8 2:3")[0], "* THREAD (2)(3)");
    assert!(wire.run("THREAD WHAT UTF-8 ALL")[0].starts_with("BAD "));
    assert!(wire.run("SORT (SIZE) X ALL")[0].starts_with("NO [BADCHARSET "));
}

#[test]
fn ok_how_far_a_command_is() {
    let step = NonZeroU32::new(2).unwrap();
    let messages = ["1", "2", "3", "4", "5"];
    let builder = TestServer::builder()
        .user("user", "pass")
        .progress_step(step);
    let builder = messages.iter().fold(builder, |builder, subject| {
        builder.message("user", "INBOX", support::message(subject))
    });
    let server = builder.start().unwrap();
    let mut wire = Wire::inbox(&server);
    assert!(wire.run("CAPABILITY")[0].contains(" INPROGRESS"));
    let steps = |tag| {
        let step = |n| format!("* OK [INPROGRESS (\"{tag}\" {n} 5)] still at it");
        [step(2), step(4)]
    };
    let search = wire.run("SEARCH SUBJECT 3");
    assert_eq!(search[..2], steps("t4"));
    assert_eq!(search[2], "* SEARCH 3");
    assert_eq!(wire.run("COPY 1:5 Archive")[..2], steps("t5"));
}

#[test]
fn ok_where_the_mail_is_in_jmap() {
    let url = "https://example.org/.well-known/jmap";
    let server = TestServer::builder().user("user", "pass").jmap_url(url);
    let server = server.start().unwrap();
    let mut wire = Wire::inbox(&server);
    assert!(wire.run("CAPABILITY")[0].contains(" JMAPACCESS"));
    let answer = wire.run("GETJMAPACCESS");
    assert_eq!(answer[0], format!("* JMAPACCESS \"{url}\""));

    let (_server, mut wire) = session();
    assert!(wire.run("GETJMAPACCESS")[0].starts_with("NO "));
}
