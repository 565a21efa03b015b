//! Python's imaplib and this client go through two fresh accounts of one server in the same steps, are
//! given the same, and leave the same behind.
//!
//! `live.py` is run by the `python3` of the machine.

mod ours;
mod table;

use std::process::Command;
use std::sync::OnceLock;

use imap_client::blocking::{Client, Config};
use imap_interop::{Instance, Server, User};
use imap_proto::{FetchItemName, Section, SequenceSetBuf};
use ours::Seen;

/// What came of the steps on one server.
struct Compared {
    server: &'static Instance,
    python: (User, Seen),
    ours: (User, Seen),
}

/// The comparison on each server, which is made once.
fn compared() -> &'static [Compared] {
    static COMPARED: OnceLock<Vec<Compared>> = OnceLock::new();
    COMPARED.get_or_init(|| Server::ALL.into_iter().map(compare).collect())
}

fn compare(server: Server) -> Compared {
    let server = server.shared().unwrap_or_else(|error| panic!("{error}"));
    let (python, ours) = (server.user("python"), server.user("ours"));
    let seen = run_python(server, &python);
    let seen_by_ours = ours::run(server, &ours);
    Compared {
        server,
        python: (python, seen),
        ours: (ours, seen_by_ours),
    }
}

fn run_python(server: &Instance, user: &User) -> Seen {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/imaplib/live.py");
    let output = Command::new("python3")
        .args([script, server.host(), &server.imap_port().to_string()])
        .args([user.name(), user.password()])
        .output()
        .expect("python3 is needed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}\n{}", server.log_tail());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The steps give the same, `count` of them.
fn assert_same(steps: &[&str]) {
    for Compared {
        server,
        python,
        ours,
    } in compared()
    {
        for step in steps {
            // imaplib does not look for IMAP4rev2.
            if *step == "version" && server.server() == Server::InMemory {
                continue;
            }
            let (theirs, ours) = (python.1.get(*step), ours.1.get(*step));
            assert!(theirs.is_some(), "imaplib did not do {step:?}");
            assert_eq!(ours, theirs, "{step:?} on {:?}", server.server());
        }
    }
}

#[test]
fn ok_every_step_is_made_by_both() {
    for Compared { python, ours, .. } in compared() {
        assert!(ours.1.keys().eq(python.1.keys()));
        assert_eq!(ours.1.len(), 75);
    }
}

#[test]
fn ok_session_as_with_imaplib() {
    assert_same(&[
        "version",
        "login",
        "login again",
        "noop",
        "check",
        "xatom",
        "proxyauth",
        "state",
    ]);
}

#[test]
fn ok_mailboxes_as_with_imaplib() {
    assert_same(&[
        "create Archive",
        "create \"New folder\"",
        "create Entw&APw-rfe",
        "create Archive/2024",
        "create Rubbish",
        "create \"say \\\"&-\\\"\"",
        "create twice",
        "subscribe",
        "subscribe another",
        "unsubscribe",
        "rename",
        "delete",
        "delete nothing",
        "select nothing",
        "select",
        "examine",
        "close",
        "unselect",
    ]);
}

#[test]
fn ok_lists_as_with_imaplib() {
    assert_same(&["status", "list", "list one level", "lsub", "namespace"]);
}

#[test]
fn ok_messages_as_with_imaplib() {
    for number in 1..=6 {
        assert_same(&[&format!("append {number}")]);
    }
    assert_same(&[
        "append nowhere",
        "fetch too early",
        "fetch",
        "fetch size",
        "fetch text",
        "fetch date",
        "uid fetch",
        "partial",
        "copy",
        "copy nowhere",
        "uid copy",
        "uid move",
    ]);
}

#[test]
fn ok_flags_and_expunges_as_with_imaplib() {
    assert_same(&[
        "store",
        "store other",
        "store silent",
        "store deleted",
        "store read only",
        "uid store",
        "uid store deleted",
        "expunge",
        "uid expunge",
    ]);
}

#[test]
fn ok_searches_as_with_imaplib() {
    assert_same(&[
        "search",
        "search nothing",
        "search charset",
        "uid search",
        "sort",
        "uid sort",
        "thread",
        "uid thread",
    ]);
}

#[test]
fn ok_administration_as_with_imaplib() {
    assert_same(&[
        "setacl",
        "getacl",
        "deleteacl",
        "myrights",
        "getquotaroot",
        "getquota nothing",
        "setquota",
        "setannotation",
        "getannotation",
    ]);
}

#[test]
fn ok_both_leave_the_same_mailboxes() {
    for Compared {
        server,
        python,
        ours,
    } in compared()
    {
        let (theirs, ours) = (left_by(server, &python.0), left_by(server, &ours.0));
        assert!(ours.iter().any(|line| line.contains("Subject: number 6")));
        assert_eq!(ours, theirs, "on {:?}", server.server());
    }
}

/// All mailboxes of an account with the UIDs, flags, dates and octets of their messages.
fn left_by(server: &Instance, user: &User) -> Vec<String> {
    let mut client =
        Client::connect_plain(server.host(), server.imap_port(), &Config::default()).unwrap();
    client.login(user.name(), user.password()).unwrap();
    let body = FetchItemName::BodySection {
        section: Section::ALL,
        peek: true,
        partial: None,
    };
    let items = [
        FetchItemName::Uid,
        FetchItemName::Flags,
        FetchItemName::InternalDate,
        body,
    ];
    let mut left = Vec::new();
    for entry in client.list("", "*").unwrap() {
        let exists = client.examine(entry.mailbox()).unwrap().exists;
        left.push(format!("{} {exists}", entry.name()));
        if exists == 0 {
            continue;
        }
        for fetch in client.fetch(SequenceSetBuf::all(), &items).unwrap().iter() {
            let mut flags: Vec<String> = fetch
                .flags()
                .unwrap()
                .iter()
                .map(ToString::to_string)
                .collect();
            flags.retain(|flag| flag != "\\Recent");
            flags.sort_unstable();
            let octets = String::from_utf8_lossy(fetch.section(Section::ALL).unwrap());
            let (uid, date) = (fetch.uid().unwrap(), fetch.internal_date().unwrap());
            left.push(format!("{uid} {flags:?} {date} {octets}"));
        }
    }
    let subscribed = client.lsub("", "*").unwrap();
    left.extend(
        subscribed
            .iter()
            .map(|entry| format!("subscribed {}", entry.name())),
    );
    left
}
