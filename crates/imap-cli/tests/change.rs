//! Commands that change: `copy`, `move`, `flag` and `append`.

mod support;

use std::process::Stdio;

use support::Fixture;

/// A server with three messages in INBOX.
fn fixture() -> Fixture {
    Fixture::new(|builder| {
        ["one", "two", "three"]
            .into_iter()
            .fold(builder, |builder, subject| {
                builder.message("ann", "INBOX", format!("Subject: {subject}\r\n\r\nx\r\n"))
            })
    })
}

/// The subjects of the messages in a mailbox.
fn subjects(fixture: &Fixture, mailbox: &str) -> Vec<String> {
    let mailbox = fixture
        .server
        .user("ann")
        .unwrap()
        .mailbox(mailbox)
        .unwrap();
    let subject = |octets: &[u8]| {
        let text = String::from_utf8_lossy(octets);
        let line = text.lines().find_map(|line| line.strip_prefix("Subject: "));
        line.unwrap_or_default().to_owned()
    };
    mailbox
        .messages()
        .iter()
        .map(|message| subject(message.octets()))
        .collect()
}

fn flags(fixture: &Fixture) -> Vec<String> {
    let inbox = fixture
        .server
        .user("ann")
        .unwrap()
        .mailbox("INBOX")
        .unwrap();
    inbox
        .messages()
        .iter()
        .map(|message| message.flags().join(" "))
        .collect()
}

#[test]
fn ok_copy() {
    let fixture = fixture();
    assert_eq!(
        fixture.printed(&["copy", "--to", "Archive", "2:9"]),
        "2 messages copied from INBOX to Archive\n"
    );
    assert_eq!(subjects(&fixture, "Archive"), ["two", "three"]);
    assert_eq!(subjects(&fixture, "INBOX").len(), 3);
    assert_eq!(
        fixture.printed(&[
            "copy",
            "--json",
            "--to",
            "Archive",
            "--search",
            "subject one"
        ]),
        "{\"messages\":1,\"from\":\"INBOX\",\"to\":\"Archive\",\"uids\":[[1,3]]}\n"
    );
}

#[test]
fn ok_move_with_and_without_the_command() {
    for without in ["XNONE", "MOVE"] {
        let builder = |builder: imap_testserver::Builder| {
            builder
                .without_capability(without)
                .without_capability(if without == "MOVE" {
                    "IMAP4rev2"
                } else {
                    without
                })
                .message("ann", "INBOX", "Subject: a\r\n\r\nx\r\n")
                .message("ann", "INBOX", "Subject: b\r\n\r\nx\r\n")
        };
        let fixture = Fixture::new(builder);
        assert_eq!(
            fixture.printed(&["move", "--to", "Trash", "1"]),
            "1 message moved from INBOX to Trash\n"
        );
        assert_eq!(subjects(&fixture, "Trash"), ["a"]);
        assert_eq!(subjects(&fixture, "INBOX"), ["b"]);
    }
}

#[test]
fn ok_move_makes_the_mailbox() {
    let fixture = fixture();
    let ended = fixture.run(&["move", "--to", "Archiv", "1"]);
    assert_eq!(ended.code, Some(66));
    assert_eq!(
        ended.stderr,
        "imap: no mailbox `Archiv`\nhint: is `Archive` meant?; --create makes it\n"
    );
    fixture.printed(&["move", "--to", "Archiv", "--create", "1"]);
    assert_eq!(subjects(&fixture, "Archiv"), ["one"]);
}

#[test]
fn err_nothing_is_done_to_nothing() {
    let fixture = fixture();
    for arguments in [
        &["copy", "--to", "Archive", "77"][..],
        &["move", "--to", "Archive", "77"],
        &["flag", "77", "+seen"],
    ] {
        assert_eq!(fixture.run(arguments).code, Some(66), "{arguments:?}");
    }
}

#[test]
fn ok_flag() {
    let fixture = fixture();
    assert_eq!(
        fixture.printed(&["flag", "1,3", "+seen", "+$Work"]),
        "      1 \\Seen $Work\n      3 \\Seen $Work\n"
    );
    assert_eq!(flags(&fixture), ["\\Seen $Work", "", "\\Seen $Work"]);
    assert_eq!(
        fixture.printed(&["flag", "--json", "3", "+flagged", "-seen", "-$Work"]),
        "{\"uid\":3,\"flags\":[\"\\\\Flagged\"]}\n"
    );
    fixture.printed(&["flag", "--search", "seen", "--", "-seen"]);
    assert_eq!(flags(&fixture), ["$Work", "", "\\Flagged"]);
}

#[test]
fn ok_append_files() {
    let fixture = fixture();
    let path = |name: &str| fixture.folder.path().join(name);
    std::fs::write(
        path("a.eml"),
        "Subject: a\nDate: 1 Jan 2020 00:00:00 +0000\n\nx\n",
    )
    .unwrap();
    std::fs::write(path("b.eml"), "Subject: b\r\n\r\nx").unwrap();
    assert_eq!(
        fixture.printed(&[
            "append", "-m", "New/Böx", "--create", "-f", "draft", "a.eml", "b.eml"
        ]),
        "a.eml is in New/Böx as UID 1\nb.eml is in New/Böx as UID 2\n"
    );
    let mailbox = fixture
        .server
        .user("ann")
        .unwrap()
        .mailbox("New/Böx")
        .unwrap();
    let messages = mailbox.messages();
    assert_eq!(
        &messages[0].octets()[..],
        b"Subject: a\r\nDate: 1 Jan 2020 00:00:00 +0000\r\n\r\nx\r\n"
    );
    assert_eq!(&messages[1].octets()[..], b"Subject: b\r\n\r\nx");
    assert_eq!(messages[0].flags(), ["\\Draft"]);
    let dated = fixture.printed(&["search", "-m", "New/Böx", "--json", "before 2-Jan-2020"]);
    assert!(
        dated.contains("\"received\":\"2020-01-01T00:00:00+00:00\""),
        "{dated}"
    );
}

#[test]
fn ok_append_from_standard_input() {
    let fixture = fixture();
    let mut child = fixture
        .command(&["append", "--json", "--date", "1-Feb-2020 00:00:00 +0000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"Subject: four\n\nx\n").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let begin = "{\"file\":\"-\",\"mailbox\":\"INBOX\",\"uid\":4,\"uid_validity\":";
    assert!(printed.starts_with(begin), "{printed}");
    assert_eq!(subjects(&fixture, "INBOX"), ["one", "two", "three", "four"]);
    assert_eq!(
        fixture.printed(&["search", "--uids", "on 1-Feb-2020"]),
        "4\n"
    );
}
