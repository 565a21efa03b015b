//! What there is on a terminal only: the prompt for the password, and that of `raw`.

#![cfg(unix)]

mod support;

use std::fs;
use std::thread;
use std::time::Duration;

use support::terminal::Terminal;
use support::{Fixture, PASSWORD};

/// A run without a password, that is asked for it.
fn asked(fixture: &Fixture, arguments: &[&str]) -> Terminal {
    let mut command = fixture.command(arguments);
    let mut terminal = Terminal::start(command.env_remove("IMAP_PASSWORD"));
    terminal.wait_for("password of ann at 127.0.0.1:");
    // It is turned off when the prompt is there already.
    while terminal.has_echo() {
        thread::sleep(Duration::from_millis(1));
    }
    terminal
}

fn fixture() -> Fixture {
    Fixture::new(|builder| builder.message("ann", "INBOX", "Subject: two\r\n\r\nx\r\n"))
}

#[test]
fn ok_password_is_asked_for_and_not_shown() {
    let fixture = fixture();
    let mut terminal = asked(&fixture, &["list"]);
    terminal.type_in("a mistake\u{15}a secref\x7ft\r");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.shown());
    let shown = terminal.shown();
    assert!(shown.contains("\nINBOX "), "{shown}");
    assert!(
        !shown.contains(PASSWORD) && !shown.contains("mistake"),
        "{shown}"
    );
    assert!(terminal.has_echo());
}

#[test]
fn err_password_that_is_wrong() {
    let fixture = fixture();
    let mut terminal = asked(&fixture, &["list"]);
    terminal.type_in("another\r");
    assert_eq!(terminal.end(), Some(77));
    let shown = terminal.shown();
    assert!(
        shown.contains("\nimap: 127.0.0.1 does not let ann in: "),
        "{shown}"
    );
    assert!(!shown.contains("another"), "{shown}");
}

#[test]
fn err_interrupted_at_the_password() {
    for arguments in [&["list"][..], &["export", "mail"]] {
        let fixture = fixture();
        let mut terminal = asked(&fixture, arguments);
        terminal.type_in("a se\x03");
        assert_eq!(terminal.end(), Some(130), "{}", terminal.shown());
        let shown = terminal.shown();
        assert!(shown.ends_with("\nimap: interrupted"), "{shown}");
        assert!(terminal.has_echo());
    }
}

#[test]
fn ok_raw_has_a_prompt_and_a_history() {
    let fixture = fixture();
    let mut terminal = Terminal::start(&fixture.command(&["raw"]));
    terminal.wait_for("imap>");
    terminal.type_in("examine INBOX\r");
    terminal.wait_for("imap>");
    terminal.type_in("noop\r");
    terminal.wait_for("imap>");
    // The arrows go up twice and down once.
    terminal.type_in("\x1b[A\x1b[A\x1b[B");
    terminal.wait_for(" noop");
    terminal.type_in("\r");
    terminal.wait_for("imap>");
    terminal.type_in("\x04");
    assert_eq!(terminal.end(), Some(0));
    let shown = terminal.shown();
    for line in [
        "C: A2 examine INBOX\nS: ",
        "C: A3 noop\nS: A3 OK ",
        "C: A4 noop\nS: A4 OK ",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn ok_raw_asks_for_literals() {
    let fixture = fixture();
    let mut terminal = Terminal::start(&fixture.command(&["raw"]));
    terminal.wait_for("imap>");
    terminal.type_in("examine INBOX\r");
    terminal.wait_for("imap>");
    terminal.type_in("search subject {3}\r");
    terminal.wait_for("3 octets>");
    terminal.type_in("two\r");
    terminal.wait_for("\n  ...");
    terminal.type_in(" all\r");
    terminal.wait_for("imap>");
    terminal.type_in("logout\r");
    assert_eq!(terminal.end(), Some(0));
    let shown = terminal.shown();
    assert!(
        shown.contains("\nSearch(Search { numbers: [1], "),
        "{shown}"
    );
}

#[test]
fn ok_raw_remembers_no_password() {
    let fixture = fixture();
    let mut terminal = Terminal::start(&fixture.command(&["raw", "--no-login"]));
    terminal.wait_for("imap>");
    for command in ["capability", "login ann {8}"] {
        terminal.type_in(&format!("{command}\r"));
        terminal.wait_for(">");
    }
    terminal.type_in(&format!("{PASSWORD}\r"));
    terminal.wait_for("\n  ...");
    terminal.type_in("\r");
    terminal.wait_for("imap>");
    // Ctrl-C ends it as Ctrl-D does.
    terminal.type_in("\x03");
    assert_eq!(terminal.end(), Some(0));
    assert!(
        terminal.shown().contains("S: A2 OK "),
        "{}",
        terminal.shown()
    );
    let history = fixture.folder.path().join(".local/share/imap/history");
    let history = fs::read_to_string(history).unwrap();
    assert!(history.contains("capability\n"), "{history}");
    assert!(
        !history.contains("login") && !history.contains(PASSWORD),
        "{history}"
    );
}
