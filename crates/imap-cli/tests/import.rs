//! `imap import`: each message once.

mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use imap_proto::Flag;
use imap_proto::command::StoreAction;
use support::account::{append, as_bob, fixture, kept, log_in, printed, text};
use support::relay::{Fate, Relay};
use support::running::Running;
use support::{Fixture, PASSWORD, ended, misprint, names};

/// The journal of an import into the mailbox of a user.
fn import_journal(maildir: &Path) -> PathBuf {
    let names = names(maildir);
    let name = names.iter().find(|name| name.starts_with("imap-import-"));
    maildir.join(name.unwrap())
}

#[test]
fn ok_import_finds_what_a_killed_run_has_sent() {
    for hidden in [&[][..], &["MULTIAPPEND"], &["MULTIAPPEND", "LITERAL+"]] {
        let fixture = Fixture::new(|builder| {
            let builder = builder.user("bob", PASSWORD);
            hidden
                .iter()
                .fold(builder, |builder, name| builder.without_capability(name))
        });
        let mut ann = log_in(&fixture.server, "ann");
        (0..130).for_each(|n| append(&mut ann, "INBOX", &text(n), "(work)"));
        fixture.printed(&["export", "-m", "INBOX", "mail"]);
        let import = || printed(&mut as_bob(&fixture, &["import", "mail"]));
        assert!(import().starts_with("INBOX: 130 imported, 0 there already\n"));
        let journal = import_journal(&fixture.folder.path().join("mail"));
        let lines = fs::read_to_string(&journal).unwrap();
        // Killed between the server's word and the journal, after others have sent something, too.
        let last = lines.trim_end().rfind('\n').unwrap() + 1;
        fs::write(&journal, &lines[..last + 7]).unwrap();
        let bob = fixture
            .server
            .user("bob")
            .unwrap()
            .mailbox("INBOX")
            .unwrap();
        bob.append(text(0)).unwrap();
        bob.append("Subject: of another size\r\n\r\n").unwrap();
        let out = import();
        assert!(
            out.starts_with("INBOX: 0 imported, 130 there already\n"),
            "{out}"
        );
        assert_eq!(bob.messages().len(), 132);
    }
}

#[test]
fn ok_import_sends_again_what_did_not_arrive() {
    let fixture = fixture(3);
    fixture.printed(&["export", "-m", "INBOX", "mail"]);
    let mail = fixture.folder.path().join("mail");
    printed(&mut as_bob(&fixture, &["import", "mail"]));
    let journal = import_journal(&mail);
    let lines = fs::read_to_string(&journal).unwrap();
    let last = lines.trim_end().rfind('\n').unwrap() + 1;
    fs::write(&journal, &lines[..last]).unwrap();
    // Two of three did not arrive, and the one that did is like one of them.
    let mut bob = log_in(&fixture.server, "bob");
    bob.select("INBOX").unwrap();
    let gone = "1:2".parse::<imap_proto::UidSetBuf>().unwrap();
    bob.uid_store(&gone, StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    bob.expunge().unwrap();
    let out = printed(&mut as_bob(&fixture, &["import", "mail"]));
    assert!(
        out.starts_with("INBOX: 2 imported, 1 there already\n"),
        "{out}"
    );
    let mut texts: Vec<_> = kept(&fixture.server, "bob", "INBOX")
        .into_iter()
        .map(|m| m.0)
        .collect();
    texts.sort();
    assert_eq!(texts, [text(0), text(0), text(1)]);
}

#[test]
fn ok_import_into_a_mailbox_that_was_made_anew() {
    let fixture = fixture(2);
    fixture.printed(&["export", "-m", "INBOX", "mail"]);
    let import = &["import", "mail", "--mailbox", "Box", "--state", "."];
    printed(&mut as_bob(&fixture, import));
    let mut bob = log_in(&fixture.server, "bob");
    bob.delete("Box").unwrap();
    bob.create("Box").unwrap();
    let ended = ended(&mut as_bob(&fixture, import));
    assert_eq!(
        ended.stderr,
        "imap: Box is another mailbox now: all is imported anew\n"
    );
    assert_eq!(kept(&fixture.server, "bob", "Box").len(), 2);
}

#[test]
fn err_import_tells_of_refused_messages() {
    let fixture = Fixture::new(|builder| builder.append_limit(1000));
    let folder = fixture.folder.path();
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder.join("mail").join(part)).unwrap();
    }
    for (name, size) in [("1.a", 10), ("2.b", 2000), ("3.c", 20)] {
        let path = folder.join("mail/cur").join(name);
        File::create(path)
            .unwrap()
            .write_all(&b"x".repeat(size))
            .unwrap();
    }
    let ended = ended(&mut fixture.command(&["import", "mail"]));
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .stderr
            .starts_with("imap: 2.b: server refused: NO [TOOBIG]"),
        "{}",
        ended.stderr
    );
    assert!(
        ended
            .stdout
            .starts_with("INBOX: 2 imported, 0 there already, 1 not imported\n")
    );
    assert_eq!(kept(&fixture.server, "ann", "INBOX").len(), 2);
}

/// Mailboxes, of which some are within others.
const MAILBOXES: [&str; 4] = ["A", "A/B", "A/B/C", "D"];

/// A server with nothing, and Maildirs for these mailboxes with so many messages each.
fn maildirs(count: usize) -> Fixture {
    let fixture = Fixture::new(|builder| builder.user("bob", PASSWORD));
    for mailbox in MAILBOXES {
        let maildir = format!("mail/.{}", mailbox.replace('/', "."));
        let maildir = fixture.folder.path().join(maildir);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(maildir.join(part)).unwrap();
        }
        for n in 0..count {
            fs::write(maildir.join(format!("cur/{}.a", 1000 + n)), text(n)).unwrap();
        }
    }
    fixture
}

/// How many messages there are in a mailbox.
fn count(fixture: &Fixture, mailbox: &str) -> usize {
    let mailbox = fixture.server.user("ann").unwrap().mailbox(mailbox);
    mailbox.map_or(0, |mailbox| mailbox.messages().len())
}

/// All messages are in their mailboxes, once and in their order.
#[track_caller]
fn assert_all(fixture: &Fixture, count: usize) {
    let expected: Vec<_> = (0..count).map(text).collect();
    for mailbox in MAILBOXES {
        let kept = kept(&fixture.server, "ann", mailbox);
        let texts: Vec<_> = kept.into_iter().map(|message| message.0).collect();
        assert!(texts == expected, "{mailbox}: {}", texts.len());
    }
}

#[test]
fn ok_mailboxes_are_imported_at_the_same_time() {
    let fixture = maildirs(150);
    // Nothing is said any more where one of them is selected.
    let is_silent = Arc::new(AtomicBool::new(true));
    let silent = is_silent.clone();
    let change: misprint::Change = Arc::new(move |said, message| {
        while said.ends_with("SELECT A/B") && silent.load(Ordering::SeqCst) {
            thread::park();
        }
        message.to_vec()
    });
    let address = misprint::start(fixture.server.address(), change);
    let address = format!("imap://ann@{address}/");
    let mut command = fixture.command(&["import", "mail"]);
    let command = command.env("IMAP_ACCOUNT", address);
    let mut import = Running::start(command);
    let others = ["A", "A/B/C", "D"];
    import.wait_until(|| others.iter().all(|name| count(&fixture, name) == 150));
    assert_eq!(count(&fixture, "A/B"), 0);
    drop(import);

    is_silent.store(false, Ordering::SeqCst);
    let out = printed(command);
    assert!(
        out.contains("A/B: 150 imported, 0 there already\n"),
        "{out}"
    );
    assert!(out.contains("\n150 messages imported, "), "{out}");
    assert_all(&fixture, 150);
}

#[test]
fn ok_connections_that_are_lost_or_refused_are_made_up_for() {
    let refused = vec![Fate::CutAfter(0); 3];
    let one = [vec![Fate::CutAfter(usize::MAX)], refused].concat();
    let lost = [4000, 2000, 2500, 1500, 3000, 1800].map(Fate::CutAfter);
    for fates in [one, lost.to_vec()] {
        let fixture = maildirs(150);
        let relay = Relay::start(fixture.server.address(), fates);
        let address = format!("imap://ann@{}/", relay.address);
        let mut import = fixture.command(&["import", "mail"]);
        let import = import.env("IMAP_ACCOUNT", address);
        printed(import);
        assert_all(&fixture, 150);
        let out = printed(import);
        assert!(out.ends_with("0 messages imported, 0 B\n"), "{out}");
    }
}
