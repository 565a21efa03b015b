//! Ctrl-C: what a run leaves that the user wants to end.

#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;

use serde_json::json;
use support::relay::{Fate, Relay};
use support::running::Running;
use support::{Fixture, names};

/// A server with a small message and a large one.
fn fixture() -> Fixture {
    let large = b"Subject: large\r\n\r\n".repeat(200_000);
    Fixture::new(|builder| {
        builder
            .message("ann", "INBOX", "Subject: small\r\n\r\nx\r\n")
            .message("ann", "INBOX", large)
    })
}

/// What becomes of a connection half-way through the large message: silence, or more of the same.
const FATES: [Fate; 2] = [Fate::HeldAfter(1 << 20), Fate::SlowFrom(1 << 20)];

/// Starts a command over a connection with this fate.
fn start(fixture: &Fixture, fate: Fate, arguments: &[&str]) -> Running {
    let relay = Relay::start(fixture.server.address(), vec![fate]);
    let address = format!("imap://ann@{}/", relay.address);
    Running::start(fixture.command(arguments).env("IMAP_ACCOUNT", &address))
}

/// Whether all that comes of the large message is in a file of the folder; the rest is commands and the like.
fn is_half_there(folder: &Path) -> bool {
    let size = |name: &String| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    names(folder)
        .iter()
        .any(|name| size(name) > (1 << 20) - (8 << 10))
}

#[test]
fn ok_fetch_leaves_nothing_half() {
    for fate in FATES {
        let fixture = fixture();
        let mut fetch = start(&fixture, fate, &["fetch", "--save", "mail", "1:*"]);
        assert_eq!(fetch.line(), "mail/1.eml  21 B");
        let mail = fixture.folder.path().join("mail");
        fetch.wait_until(|| is_half_there(&mail));
        fetch.interrupt();
        let ended = fetch.end();
        assert_eq!(ended, (Some(130), "imap: interrupted\n".to_owned()));
        assert_eq!(names(&mail), ["1.eml"]);
    }
}

#[test]
fn ok_fetch_tells_it_as_json() {
    for fate in FATES {
        let fixture = fixture();
        let arguments = ["fetch", "--json", "--save", "mail", "1:*"];
        let mut fetch = start(&fixture, fate, &arguments);
        assert_eq!(fetch.json()["file"], "mail/1.eml");
        let mail = fixture.folder.path().join("mail");
        fetch.wait_until(|| is_half_there(&mail));
        fetch.interrupt();
        let error = json!({"kind": "interrupted", "message": "interrupted", "hint": null});
        assert_eq!(fetch.json(), json!({"status": "failed", "error": error}));
        assert_eq!(fetch.end().0, Some(130));
    }
}

#[test]
fn ok_fetch_ends_at_once_the_second_time() {
    let fixture = fixture();
    let arguments = ["fetch", "--save", "mail", "2"];
    let mut fetch = start(&fixture, FATES[0], &arguments);
    let mail = fixture.folder.path().join("mail");
    fetch.wait_until(|| is_half_there(&mail));
    fetch.interrupt_until_it_ends();
    assert_eq!(fetch.end(), (Some(130), String::new()));
    assert!(names(&mail).is_empty());
}

#[test]
fn ok_export_leaves_nothing_half() {
    for fate in FATES {
        let fixture = fixture();
        let arguments = ["export", "-m", "INBOX", "mail", "--connections", "1"];
        let mut export = start(&fixture, fate, &arguments);
        let mail = fixture.folder.path().join("mail");
        let (tmp, cur) = (mail.join("tmp"), mail.join("cur"));
        export.wait_until(|| is_half_there(&tmp) && !names(&cur).is_empty());
        export.interrupt();
        let (code, told) = export.end();
        assert_eq!(code, Some(130), "{told}");
        assert!(told.starts_with("imap: interrupted"), "{told}");
        assert_eq!((names(&tmp).len(), names(&cur).len()), (0, 1));
    }
}

#[test]
fn ok_export_says_how_to_go_on() {
    let fixture = Fixture::new(|builder| {
        (0..300).fold(builder, |builder, n| {
            let message = format!("Subject: message {n}\r\n\r\n{}\r\n", "x".repeat(100));
            builder.message("ann", "INBOX", message)
        })
    });
    // The list of messages has some 30,000 octets, and they come with the next 50,000.
    let arguments = ["export", "-m", "INBOX", "mail", "--connections", "1"];
    let mut export = start(&fixture, Fate::HeldAfter(45_000), &arguments);
    let cur = fixture.folder.path().join("mail/cur");
    export.wait_until(|| !names(&cur).is_empty());
    export.interrupt();
    let (code, told) = export.end();
    assert_eq!(code, Some(130), "{told}");
    assert!(told.starts_with("imap: interrupted"), "{told}");
    let hint = "\nhint: run the same command again to go on\n";
    assert!(told.ends_with(hint), "{told}");
    let there = names(&cur).len();
    let out = fixture.printed(&["export", "-m", "INBOX", "mail"]);
    let counts = format!("INBOX: {} exported, {there} there already\n", 300 - there);
    assert!(out.starts_with(&counts), "{out}");
}
