//! APPEND against servers that follow a script.

mod support;

use imap_client::{AppendOptions, Error};
use imap_proto::command::{AppendData, AppendMessage, CatenatePart};
use imap_proto::{Capability, Flag};
use support::{LOGGED_IN, Script, logged_in, uid};

/// An empty line of a script, which would be trimmed otherwise.
const EMPTY: &str = "";

#[test]
fn ok_append_waits_for_the_server_where_it_must() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 APPEND Sent (\\Seen) {{10}}
         S: + go on
         C: a: b
         C: {EMPTY}
         C: hi
         S: A1 OK [APPENDUID 38505 3955] done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let options = AppendOptions {
        flags: &[Flag::Seen],
        date: None,
    };
    let appended = client
        .append("Sent", b"a: b\r\n\r\nhi", options)
        .unwrap()
        .unwrap();
    assert_eq!(appended.uid_validity.get(), 38505);
    assert_eq!(appended.uids, uid(3955).into());
}

#[test]
fn err_append_refused_sends_no_message() {
    let mut client = logged_in(
        "C: A1 APPEND Sent {5}
         S: A1 NO [TRYCREATE] no such mailbox
         C: A2 NOOP
         S: A2 OK done",
    );
    let error = client
        .append("Sent", b"hello", AppendOptions::default())
        .unwrap_err();
    assert!(error.refusal().unwrap().is(b"TRYCREATE"));
    client.noop().unwrap();
}

#[test]
fn ok_append_of_several_messages() {
    let mut client = logged_in(
        "C: A1 APPEND Entw&APw-rfe {1}
         S: + go on
         C: a (\\Seen) {1}
         S: + go on
         C: b
         S: * 7 EXISTS
         S: A1 OK [APPENDUID 38505 3955:3956] done",
    );
    let second = AppendMessage {
        flags: &[Flag::Seen],
        ..AppendMessage::new(b"b")
    };
    let messages = [AppendMessage::new(b"a"), second];
    let appended = client.append_messages("Entwürfe", &messages).unwrap();
    assert_eq!(appended.unwrap().uids.len(), Some(2));
    let nothing = client.append_messages("Sent", &[]);
    assert!(matches!(nothing, Err(Error::Argument(_))));
}

#[test]
fn ok_append_of_parts() {
    let mut client = logged_in(
        "C: A1 APPEND Drafts CATENATE (URL /Drafts/;UID=20/;section=HEADER TEXT {2}
         S: + go on
         C: hi)
         S: A1 NO [BADURL \"/Drafts/;UID=20/;section=HEADER\"] no such message",
    );
    let parts = [
        CatenatePart::Url("/Drafts/;UID=20/;section=HEADER".into()),
        CatenatePart::Text("hi".into()),
    ];
    let message = AppendMessage {
        data: AppendData::Catenate(&parts),
        ..AppendMessage::new(b"")
    };
    let error = client.append_messages("Drafts", &[message]).unwrap_err();
    assert!(error.refusal().unwrap().is(b"BADURL"));
}

#[test]
fn ok_append_chooses_the_form_that_the_message_needs() {
    let mut client = Script::new(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT BINARY LITERAL+] welcome
         C: A1 APPEND Sent {11+}
         C: Subject: ä
         S: A1 OK done
         C: A2 ENABLE UTF8=ACCEPT
         S: * ENABLED UTF8=ACCEPT
         S: A2 OK done
         C: A3 APPEND Sent UTF8 (~{11+}
         C: Subject: ä)
         S: A3 OK done
         C: A4 APPEND Sent ~{3+}
         C: a\0b
         S: A4 OK done",
    )
    .client()
    .unwrap();
    let (utf8, options) = ("Subject: ä".as_bytes(), AppendOptions::default());
    client.append("Sent", utf8, options).unwrap();
    client.enable(&[Capability::Utf8Accept]).unwrap();
    client.append("Sent", utf8, options).unwrap();
    client.append("Sent", b"a\0b", options).unwrap();
}
