//! APPEND from a reader by the blocking client, against servers that follow a script.

mod support;

use std::io::{self, Read};

use imap_client::{AppendOptions, Error};
use support::Script;

const GREETING: &str = "
    S: * PREAUTH [CAPABILITY IMAP4rev1] welcome
";

fn script(lines: &str) -> Script {
    Script::new(&format!("{GREETING}{lines}"))
}

#[test]
fn ok_octets_go_out_once_the_server_agrees() {
    let script = script(
        "C: A1 APPEND Sent {14}
         S: + go on
         C: Subject: hello
         S: A1 OK [APPENDUID 1 7] done
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let message = &mut &b"Subject: hello"[..];
    let appended = client
        .append_from("Sent", message, 14, AppendOptions::default())
        .unwrap();
    assert_eq!(appended.unwrap().uids.to_string(), "7");
    client.noop().unwrap();
}

#[test]
fn ok_octets_go_out_at_once_where_the_server_allows_it() {
    let script = Script::new(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] welcome
         C: A1 APPEND Sent {14+}
         C: Subject: hello
         S: A1 OK done",
    );
    let mut client = script.client().unwrap();
    let message = &mut &b"Subject: hello"[..];
    client
        .append_from("Sent", message, 14, AppendOptions::default())
        .unwrap();
}

#[test]
fn err_refused_before_the_octets_leaves_the_session_usable() {
    let script = script(
        "C: A1 APPEND Sent {14}
         S: A1 NO [TRYCREATE] no such mailbox
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let message = &mut &b"Subject: hello"[..];
    let error = client.append_from("Sent", message, 14, AppendOptions::default());
    assert!(error.unwrap_err().refusal().unwrap().is(b"TRYCREATE"));
    assert_eq!(message.len(), 14);
    client.noop().unwrap();
}

#[test]
fn err_refused_among_the_octets_sends_the_rest_all_the_same() {
    let script = Script::new(
        "S: * PREAUTH [CAPABILITY IMAP4rev1 LITERAL+] welcome
         C: A1 APPEND Sent {14+}
         S: A1 NO [OVERQUOTA] full
         C: Subject: hello
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let message = &mut &b"Subject: hello"[..];
    let error = client.append_from("Sent", message, 14, AppendOptions::default());
    assert!(error.unwrap_err().refusal().unwrap().is(b"OVERQUOTA"));
    client.noop().unwrap();
}

#[test]
fn err_message_that_is_too_short_ends_the_session() {
    let script = script(
        "C: A1 APPEND Sent {14}
         S: + go on
         C: Subject~",
    );
    let mut client = script.client().unwrap();
    let message = &mut &b"Subject"[..];
    let error = client.append_from("Sent", message, 14, AppendOptions::default());
    assert!(matches!(error, Err(Error::Io(error)) if error.kind() == io::ErrorKind::UnexpectedEof));
    assert!(matches!(client.noop(), Err(Error::Abandoned("APPEND"))));
}

#[test]
fn err_nul_and_failing_readers_end_the_session() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }
    let lines = "C: A1 APPEND Sent {4}
         S: + go on";
    let mut client = script(lines).client().unwrap();
    let error = client.append_from("Sent", &mut &b"a\0bc"[..], 4, AppendOptions::default());
    assert!(matches!(error, Err(Error::Argument(error)) if error.offset == 1));
    assert!(matches!(client.noop(), Err(Error::Abandoned("APPEND"))));

    let mut client = script(lines).client().unwrap();
    let error = client.append_from("Sent", &mut Broken, 4, AppendOptions::default());
    assert!(
        matches!(error, Err(Error::Io(error)) if error.kind() == io::ErrorKind::PermissionDenied)
    );
    assert!(matches!(client.noop(), Err(Error::Abandoned("APPEND"))));
}
