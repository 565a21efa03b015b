//! `raw`, `completions` and `man`.

mod support;

use std::io::Write as _;
use std::process::Stdio;

use support::{Ended, Fixture, ended, imap};

/// What comes of these lines.
fn raw(fixture: &Fixture, arguments: &[&str], lines: &str) -> Ended {
    let mut child = fixture
        .command(&[&["raw"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(lines.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn fixture() -> Fixture {
    Fixture::new(|builder| builder.message("ann", "INBOX", "Subject: two\r\n\r\nx\r\n"))
}

#[test]
fn ok_wire_and_parsed_answers() {
    let ended = raw(&fixture(), &[], "status INBOX (MESSAGES)\n");
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "C: A2 status INBOX (MESSAGES)",
            "S: * STATUS INBOX (MESSAGES 1)"
        ]
    );
    assert!(lines[2].starts_with("S: A2 OK "), "{lines:?}");
    assert_eq!(
        lines[3..],
        [r#"MailboxStatus(MailboxStatus { mailbox: Mailbox("INBOX"), items: [Messages(1)] })"#]
    );
}

#[test]
fn ok_literals_and_logout() {
    let lines = "EXAMINE INBOX\nSEARCH SUBJECT {3}\ntwo\nLOGOUT\nNOOP\n";
    let ended = raw(&fixture(), &["--json"], lines);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    let objects: Vec<serde_json::Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects.len(), 3);
    assert_eq!(objects[1]["command"], "SEARCH SUBJECT {3}\r\ntwo");
    assert_eq!(objects[1]["ok"], true);
    assert_eq!(
        objects[1]["parsed"][0],
        "Search(Search { numbers: [1], mod_seq: None })"
    );
}

#[test]
fn ok_literals_keep_their_blanks_and_what_follows() {
    for (lines, command) in [
        (
            "SEARCH SUBJECT {4}\n two FROM ann\n",
            "SEARCH SUBJECT {4}\r\n two FROM ann",
        ),
        // There is no line end at the end of the input, and the literal looks like one more marker.
        ("SEARCH SUBJECT {3}\n{5}", "SEARCH SUBJECT {3}\r\n{5}"),
    ] {
        let ended = raw(&fixture(), &["--json"], &format!("EXAMINE INBOX\n{lines}"));
        assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
        let last = ended.stdout.lines().last().unwrap();
        let object: serde_json::Value = serde_json::from_str(last).unwrap();
        assert_eq!(object["command"], command);
        assert_eq!(object["ok"], true);
    }
}

#[test]
fn ok_refused_commands_are_told_by_the_code() {
    let ended = raw(&fixture(), &[], "BOGUS\nIDLE\nNOOP\n");
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.stdout.contains("C: A2 BOGUS\nS: A2 BAD "),
        "{ended:?}"
    );
    assert!(ended.stdout.contains("C: A3 NOOP\nS: A3 OK "), "{ended:?}");
    assert_eq!(
        ended.stderr,
        "imap: IDLE changes how the connection is used\nhint: use `imap watch`\n"
    );
}

#[test]
fn err_input_ends_inside_of_a_literal() {
    let ended = raw(&fixture(), &[], "SEARCH SUBJECT {9}\ntwo");
    assert_eq!(ended.code, Some(2));
    assert_eq!(ended.stderr, "imap: the input ends inside of a literal\n");
}

#[test]
fn ok_completions_of_each_shell() {
    let folder = tempfile::TempDir::new().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ended = ended(&mut imap(folder.path(), &["completions", shell]));
        assert_eq!(ended.code, Some(0), "{shell}");
        for word in ["search", "insecure-plaintext"] {
            assert!(ended.stdout.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn ok_manual() {
    let folder = tempfile::TempDir::new().unwrap();
    let printed = ended(&mut imap(folder.path(), &["man"])).stdout;
    assert!(printed.contains(".TH imap 1"), "{printed}");
    assert!(
        printed.contains("a certificate that cannot be trusted"),
        "{printed}"
    );
    assert_eq!(
        ended(&mut imap(folder.path(), &["man", "--dir", "man1"])).code,
        Some(0)
    );
    for name in ["imap.1", "imap-fetch.1", "imap-watch.1"] {
        assert!(folder.path().join("man1").join(name).exists(), "{name}");
    }
}
