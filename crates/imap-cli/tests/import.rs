//! `imap import`: each message once.

mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use imap_proto::Flag;
use imap_proto::command::StoreAction;
use support::account::{append, as_bob, fixture, kept, log_in, printed, text};
use support::{Fixture, PASSWORD, ended, names};

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
