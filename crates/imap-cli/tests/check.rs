//! `imap check` on the test server: nothing is wrong with it, but what it was told to do wrong.

mod support;

use serde_json::Value;
use support::Fixture;

/// Messages of all sorts: plain, with parts, an attached message, a thread, letters of all sorts.
const MESSAGES: [&str; 5] = [
    "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\
     Date: Mon, 2 Feb 2026 10:00:00 +0100\r\n\r\nHello Bob!\r\n",
    "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>\r\nTo: ann@example.org, friends: bob@example.org,\r\n \
     \"Eve \\\"E\\\" X\" <eve@example.org>;\r\nSubject: Re: hello\r\nMessage-ID: <2@example.org>\r\n\
     In-Reply-To: <1@example.org>\r\nReferences: <1@example.org>\r\n\
     Date: Mon, 2 Feb 2026 11:00:00 +0100\r\nMIME-Version: 1.0\r\n\
     Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
     Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n\
     Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
     Sch=C3=B6n\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>Schoen</p>\r\n--y--\r\n--x\r\n\
     Content-Type: image/png; name=\"a.png\"\r\nContent-Disposition: attachment; filename=\"a.png\"\r\n\
     Content-Transfer-Encoding: base64\r\nContent-Language: en, de\r\nContent-MD5: Q2hlY2s=\r\n\r\niVBORw0KGgo=\r\n--x--\r\n",
    "From: bob@example.org\r\nSubject: Fwd: hello\r\nMessage-ID: <3@example.org>\r\n\
     Date: Tue, 3 Feb 2026 9:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsee\r\n\
     --x\r\nContent-Type: message/rfc822\r\n\r\nFrom: ann@example.org\r\nSubject: inner\r\n\r\ninner text\r\n\
     --x--\r\n",
    "From: eve@example.org\r\nSubject: =?utf-8?b?R3LDvMOfZQ==?=\r\nMessage-ID: <4@example.org>\r\n\
     References: <1@example.org> <2@example.org>\r\n\r\nno date\r\n",
    "\r\nno header\r\n",
];

fn check(fixture: &Fixture) -> Vec<Value> {
    let ended = fixture.run(&["check", "--json"]);
    assert_eq!(ended.stderr, "");
    let objects = ended.stdout.lines();
    let objects = objects.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found: Vec<Value> = objects
        .filter(|object| object["type"] == "departure")
        .collect();
    assert_eq!(ended.code, Some(i32::from(!found.is_empty())));
    found
}

fn with_messages(builder: imap_testserver::Builder) -> imap_testserver::Builder {
    let messages = MESSAGES.iter();
    messages.fold(builder, |builder, message| {
        builder.message("ann", "INBOX", message.as_bytes())
    })
}

#[test]
fn ok_nothing_is_wrong_with_the_test_server() {
    let found = check(&Fixture::new(with_messages));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn ok_report_for_people() {
    let ended = Fixture::new(with_messages).run(&["check"]);
    let last = ended.stdout.lines().last();
    assert_eq!(
        last,
        Some("No departure from the standards was met."),
        "{}",
        ended.stdout
    );
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
}
