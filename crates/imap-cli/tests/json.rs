//! `--json` where a run does not come to its end.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::relay::{Fate, Relay};
use support::{Ended, Fixture, ended, imap, names};

/// The lines that a run printed.
fn lines(ended: &Ended) -> Vec<Value> {
    let lines = ended.stdout.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().unwrap()
}

/// The run failed with this code and this kind of error, which is told in both places; gives the last line.
#[track_caller]
fn failure(ended: &Ended, code: i32, kind: &str) -> Value {
    assert_eq!(ended.code, Some(code), "{ended:?}");
    let last = lines(ended).pop().unwrap();
    assert_eq!(
        (&last["status"], &last["error"]["kind"]),
        (&json!("failed"), &json!(kind))
    );
    let message = last["error"]["message"].as_str().unwrap();
    let hint = match last["error"]["hint"].as_str() {
        Some(hint) => format!("hint: {hint}\n"),
        None => String::new(),
    };
    let told = format!("imap: {message}\n{hint}");
    assert!(ended.stderr.ends_with(&told), "{ended:?}");
    last
}

/// A server with so many messages of 1018 octets.
fn fixture(count: usize) -> Fixture {
    let message = b"Subject: message\r\n".repeat(56).into_iter();
    let message: Vec<u8> = message.chain(*b"\r\nx\r\n\r\nx\r\n").collect();
    Fixture::new(|builder| {
        let message = || message.clone();
        (0..count).fold(builder, |builder, _| {
            builder.message("ann", "INBOX", message())
        })
    })
}

/// What a run says whose connections are all cut after so many octets.
fn cut(fixture: &Fixture, octets: usize, arguments: &[&str]) -> Ended {
    let relay = Relay::start(fixture.server.address(), vec![Fate::CutAfter(octets); 9]);
    let address = format!("imap://ann@{}/", relay.address);
    ended(fixture.command(arguments).env("IMAP_ACCOUNT", address))
}

#[test]
fn err_refused_log_in() {
    let fixture = fixture(0);
    for arguments in [&["list", "--json"][..], &["fetch", "--json", "1"]] {
        let ended = ended(fixture.command(arguments).env("IMAP_PASSWORD", "not mine"));
        let last = failure(&ended, 77, "log_in");
        assert_eq!(lines(&ended).len(), 1);
        let message = last["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with("127.0.0.1 does not let ann in: "),
            "{message}"
        );
        assert!(!ended.stdout.contains("not mine"));
    }
    let arguments = ["export", "--json", "mail"];
    let ended = ended(fixture.command(&arguments).env("IMAP_PASSWORD", "not mine"));
    let last = failure(&ended, 77, "log_in");
    assert_eq!(
        (&last["mailboxes"], &last["octets"]),
        (&json!([]), &json!(0))
    );
}

#[test]
fn err_wrong_usage() {
    let fixture = fixture(0);
    let ended = fixture.run(&["lst", "--json"]);
    let last = failure(&ended, 2, "usage");
    assert_eq!(last["error"]["hint"], "a similar subcommand exists: 'list'");
    let mut command = imap(fixture.folder.path(), &["lst"]);
    assert_eq!(support::ended(&mut command).stdout, "");
}

#[test]
fn err_export_tells_what_was_done() {
    let fixture = fixture(40);
    let arguments = [
        "export",
        "--json",
        "-m",
        "INBOX",
        "mail",
        "--retries",
        "0",
        "--connections",
        "1",
    ];
    let ended = cut(&fixture, 20_000, &arguments);
    let last = failure(&ended, 69, "unreachable");
    let there = names(&fixture.folder.path().join("mail/cur")).len();
    assert!(0 < there && there < 40, "{there}");
    let mailbox = &last["mailboxes"][0];
    assert_eq!(
        (&mailbox["mailbox"], &mailbox["exported"]),
        (&json!("INBOX"), &json!(there))
    );
    assert_eq!(last["octets"], 1018 * there);
    let ended = fixture.run(&arguments);
    assert_eq!(lines(&ended)[0]["status"], "done");
}

#[test]
fn err_import_tells_what_was_done() {
    let fixture = Fixture::new(|builder| builder.append_limit(1000));
    let mail = fixture.folder.path().join("mail");
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(mail.join(part)).unwrap();
    }
    for n in 10..25 {
        let size = if n < 13 { 10 } else { 2000 };
        fs::write(mail.join(format!("cur/{n}.a")), "x".repeat(size)).unwrap();
    }
    let ended = fixture.run(&["import", "--json", "mail"]);
    let last = failure(&ended, 76, "refused");
    let mailbox = &last["mailboxes"][0];
    assert_eq!(
        (&mailbox["imported"], &last["octets"]),
        (&json!(3), &json!(30))
    );
    assert_eq!(mailbox["failed"].as_array().unwrap().len(), 9);
    for n in 14..25 {
        fs::remove_file(mail.join(format!("cur/{n}.a"))).unwrap();
    }
    let ended = fixture.run(&["import", "--json", "mail"]);
    assert_eq!(
        (ended.code, &lines(&ended)[0]["status"]),
        (Some(1), &json!("partial"))
    );
}

#[test]
fn err_fetch_tells_what_was_done() {
    let fixture = fixture(40);
    let ended = cut(
        &fixture,
        20_000,
        &["fetch", "--json", "--save", "mail", "1:*"],
    );
    failure(&ended, 69, "unreachable");
    let mut saved = lines(&ended);
    saved.pop();
    let files: Vec<&str> = saved
        .iter()
        .map(|line| line["file"].as_str().unwrap())
        .collect();
    let there = names(&fixture.folder.path().join("mail"));
    assert!(!there.is_empty() && there.len() == files.len(), "{files:?}");
}
