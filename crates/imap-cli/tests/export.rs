//! `imap export`, and what comes back by `imap import`.

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use imap_proto::command::StoreAction;
use imap_proto::{Flag, Uid};
use support::account::{AWKWARD, append, as_bob, fixture, kept, log_in, printed, text};
use support::relay::{Fate, Relay};
use support::{ended, names};

/// The place of the only file in a folder.
fn only(folder: &Path) -> PathBuf {
    let [name] = &*names(folder) else {
        panic!("{folder:?}: {:?}", names(folder));
    };
    folder.join(name)
}

#[test]
fn ok_account_comes_back_from_each_format() {
    for arguments in [
        &["--layout", "maildir++"][..],
        &["--layout", "nested"],
        &["--format", "mbox"],
    ] {
        let fixture = fixture(7);
        let export = [&["export", "mail"], arguments].concat();
        let out = fixture.printed(&export);
        assert!(
            out.contains("INBOX: 7 exported, 0 there already\n"),
            "{out}"
        );
        assert!(out.ends_with("8 messages exported, 360 B\n"), "{out}");
        assert!(
            fixture
                .printed(&export)
                .ends_with("0 messages exported, 0 B\n")
        );

        let out = printed(&mut as_bob(&fixture, &["import", "mail"]));
        assert!(
            out.ends_with("8 messages imported, 360 B\n") || export.contains(&"mbox"),
            "{out}"
        );
        let out = printed(&mut as_bob(&fixture, &["import", "mail"]));
        assert!(out.ends_with("0 messages imported, 0 B\n"), "{out}");
        for mailbox in ["INBOX", AWKWARD] {
            let mut ours = kept(&fixture.server, "ann", mailbox);
            if export.contains(&"mbox") {
                // It has no room for a zone.
                for (_, _, date) in &mut ours {
                    *date = "\"17-Jul-1996 09:44:25 +0000\"".to_owned();
                }
            }
            assert_eq!(kept(&fixture.server, "bob", mailbox), ours, "{arguments:?}");
        }
    }
}

#[test]
fn ok_maildir_is_as_others_read_it() {
    let fixture = fixture(1);
    fixture.printed(&["export", "mail"]);
    let maildir = fixture.folder.path().join("mail");
    let expected = ["cur", "dovecot-keywords", "imap-export", "new", "tmp"];
    assert_eq!(names(&maildir)[names(&maildir).len() - 5..], expected);
    assert_eq!(
        fs::read_to_string(maildir.join("dovecot-keywords")).unwrap(),
        "0 work\n"
    );
    let path = only(&maildir.join("cur"));
    assert_eq!(fs::read(&path).unwrap(), text(0));
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(
        modified.duration_since(UNIX_EPOCH).unwrap().as_secs(),
        837_596_665
    );
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(
        name.starts_with("837596665.V") && name.ends_with(",S=45:2,Sa"),
        "{name}"
    );
    let awkward = maildir.join(".%2E%2Ecur.&- Entw&APw-rfe/cur");
    assert!(only(&awkward).to_str().unwrap().ends_with(":2,FP"));
}

#[test]
fn ok_nothing_is_changed_on_the_server() {
    let fixture = fixture(0);
    let mut ann = log_in(&fixture.server, "ann");
    append(&mut ann, "INBOX", &text(1), "()");
    fixture.printed(&["export", "mail"]);
    assert_eq!(kept(&fixture.server, "ann", "INBOX")[0].1, [""; 0]);
}

#[test]
fn ok_changed_flags_and_new_messages_follow() {
    let fixture = fixture(3);
    fixture.printed(&["export", "mail"]);
    let mut ann = log_in(&fixture.server, "ann");
    ann.select("INBOX").unwrap();
    let second = Uid::try_from(2).unwrap();
    let flags = Flag::parse_list(br"(\Answered later)").unwrap();
    ann.uid_store(second, StoreAction::Replace, &flags).unwrap();
    append(&mut ann, "INBOX", &text(3), "()");
    let out = fixture.printed(&["export", "-m", "inbox", "mail"]);
    let expected = "INBOX: 1 exported, 3 there already, 1 with other flags now\n\
                    1 message exported, 45 B\n";
    assert_eq!(out, expected);
    let cur = names(&fixture.folder.path().join("mail/cur"));
    let letters: Vec<&str> = cur
        .iter()
        .map(|name| name.split_once(":2,").unwrap().1)
        .collect();
    assert_eq!(letters, ["Sa", "Rb", "Sa", ""]);
}

#[test]
fn ok_files_tell_what_is_there_without_the_journal() {
    let fixture = fixture(3);
    fixture.printed(&["export", "-m", "INBOX", "mail"]);
    let mail = fixture.folder.path().join("mail");
    let before = names(&mail.join("cur"));
    fs::remove_file(mail.join("imap-export")).unwrap();
    // Another program has shown a message and moved it, and the power was cut over a third one.
    fs::rename(
        mail.join("cur").join(&before[0]),
        mail.join("new").join(before[0].replace("Sa", "F")),
    )
    .unwrap();
    File::create(mail.join("cur").join(&before[2])).unwrap();
    let out = fixture.printed(&["export", "-m", "INBOX", "mail"]);
    assert!(
        out.starts_with("INBOX: 1 exported, 2 there already, 1 with other flags now\n"),
        "{out}"
    );
    assert_eq!(names(&mail.join("cur")), before);
    assert_eq!(
        fs::read(mail.join("cur").join(&before[2])).unwrap(),
        text(2)
    );
}

#[test]
fn ok_new_uid_validity_begins_anew() {
    for format in ["maildir", "mbox"] {
        let fixture = fixture(0);
        let mut ann = log_in(&fixture.server, "ann");
        let export = &["export", "-m", "Box", "mail", "--format", format];
        let mut validities = Vec::new();
        for _ in 0..2 {
            ann.create("Box").unwrap();
            append(&mut ann, "Box", &text(1), "()");
            let ended = ended(&mut fixture.command(export));
            assert_eq!(ended.code, Some(0));
            validities.push(ended.stderr);
            ann.delete("Box").unwrap();
        }
        assert_eq!(validities[0], "");
        let told = "imap: the UIDVALIDITY of Box changed from ";
        assert!(validities[1].starts_with(told), "{validities:?}");
        let mail = fixture.folder.path().join("mail");
        match format {
            "maildir" => assert_eq!(names(&mail.join(".Box/cur")).len(), 2),
            _ => {
                let files = names(&mail);
                let kept = files.iter().filter(|name| name.starts_with("Box.mbox"));
                assert_eq!(kept.count(), 3, "{files:?}");
            }
        }
    }
}

#[test]
fn ok_mbox_that_was_torn_is_mended() {
    let fixture = fixture(4);
    let export = &["export", "-m", "INBOX", "mail", "--format", "mbox"];
    fixture.printed(export);
    let path = fixture.folder.path().join("mail/INBOX.mbox");
    let journal = fixture.folder.path().join("mail/INBOX.mbox.imap-export");
    let (whole, lines) = (
        fs::read(&path).unwrap(),
        fs::read_to_string(&journal).unwrap(),
    );
    // Without what was said of the last message; a part of its text is there, or all of it.
    let last = lines.trim_end().rfind('\n').unwrap() + 1;
    for length in [whole.len(), whole.len() - 3, whole.len() - 60] {
        fs::write(&path, &whole[..length]).unwrap();
        fs::write(&journal, &lines[..last + 5]).unwrap();
        let out = fixture.printed(export);
        assert!(
            out.starts_with("INBOX: 1 exported, 3 there already\n"),
            "{out}"
        );
        assert!(fs::read(&path).unwrap() == whole);
    }
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    let ended = ended(&mut fixture.command(export));
    assert_eq!(ended.code, Some(74));
    let told = "imap: mail/INBOX.mbox was changed by another program\nhint: move it ";
    assert!(ended.stderr.starts_with(told), "{}", ended.stderr);
    assert_eq!(fs::read(&path).unwrap().len(), whole.len() - 1);
}

#[test]
fn ok_large_messages_pass_through() {
    let fixture = fixture(0);
    let large: Vec<u8> = b"Subject: x\r\n\r\n"
        .iter()
        .copied()
        .chain(b"From a line\r\n".repeat(300_000))
        .collect();
    let mut ann = log_in(&fixture.server, "ann");
    append(&mut ann, "INBOX", &large, r"(\Seen)");
    for format in ["maildir", "mbox"] {
        let export = ["export", "-m", "INBOX", "mail", "--layout", "nested"];
        fixture.printed(&[&export[..], &["--format", format]].concat());
    }
    printed(&mut as_bob(
        &fixture,
        &["import", "mail/INBOX", "--mailbox", "INBOX"],
    ));
    let path = "mail/INBOX.mbox";
    printed(&mut as_bob(
        &fixture,
        &["import", path, "--mailbox", "From mbox"],
    ));
    for mailbox in ["INBOX", "From mbox"] {
        let kept = kept(&fixture.server, "bob", mailbox);
        assert_eq!(kept.len(), 1, "{mailbox}");
        assert!(kept[0].0 == large, "{mailbox}");
    }
}

#[test]
fn ok_lost_connections_are_made_anew() {
    let fixture = fixture(60);
    let relay = Relay::start(
        fixture.server.address(),
        [3000, 9000, 4000, 1000, 2000].map(Fate::CutAfter).to_vec(),
    );
    let address = format!("imap://ann@{}/", relay.address);
    let mut export = fixture.command(&["export", "-m", "INBOX", "mail", "--connections", "2"]);
    let out = printed(export.env("IMAP_ACCOUNT", &address));
    assert!(
        out.starts_with("INBOX: 60 exported, 0 there already\n"),
        "{out}"
    );

    let relay = Relay::start(
        fixture.server.address(),
        [2500, 3000].map(Fate::CutAfter).to_vec(),
    );
    let address = format!("imap://bob@{}/", relay.address);
    let mut import = fixture.command(&["import", "mail"]);
    printed(import.env("IMAP_ACCOUNT", &address));
    let ours = kept(&fixture.server, "ann", "INBOX");
    assert_eq!(kept(&fixture.server, "bob", "INBOX"), ours);
}

#[test]
fn err_lost_for_good_says_how_to_go_on() {
    let fixture = fixture(60);
    let relay = Relay::start(fixture.server.address(), vec![Fate::CutAfter(5000); 9]);
    let address = format!("imap://ann@{}/", relay.address);
    let mut export = fixture.command(&["export", "-m", "INBOX", "mail", "--retries", "1"]);
    let ended = ended(export.env("IMAP_ACCOUNT", &address));
    assert_eq!(ended.code, Some(69), "{}", ended.stderr);
    assert!(
        ended
            .stderr
            .ends_with("run the same command again to go on\n"),
        "{}",
        ended.stderr
    );
    fixture.printed(&["export", "-m", "INBOX", "mail"]);
    assert_eq!(names(&fixture.folder.path().join("mail/cur")).len(), 60);
}

#[test]
fn err_places_that_are_none() {
    let fixture = fixture(1);
    fs::write(fixture.folder.path().join("file"), "x").unwrap();
    fs::create_dir(fixture.folder.path().join("empty")).unwrap();
    for (arguments, code, told) in [
        (
            &["export", "file"][..],
            74,
            "imap: cannot export to file: not a directory\n",
        ),
        (
            &["export", "/proc/no"],
            74,
            "imap: cannot create /proc/no: no such file or directory\n",
        ),
        (
            &["import", "none"],
            74,
            "imap: cannot read none: no such file or directory\n",
        ),
        (
            &["import", "empty"],
            74,
            "imap: no Maildir and no mbox file in empty\n",
        ),
        (
            &["export", "-m", "Inbx", "mail"],
            66,
            "imap: no mailbox `Inbx`\nhint: is `INBOX` meant?\n",
        ),
    ] {
        let ended = ended(&mut fixture.command(arguments));
        assert_eq!(
            (ended.code, &*ended.stderr),
            (Some(code), told),
            "{arguments:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn err_full_disk_leaves_nothing_half() {
    let fixture = fixture(2);
    let large = b"Subject: x\r\n\r\n".repeat(10_000);
    let mut ann = log_in(&fixture.server, "ann");
    append(&mut ann, "INBOX", &large, "()");
    let full = |format: &str| {
        let mut shell = fixture.command(&[]);
        let program = shell.get_program().to_owned();
        // A limit for files is the disk that is full soonest.
        let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";
        let mut limited = Command::new("sh");
        limited.args(["-c", script, "sh"]).arg(program);
        limited.args(["export", "-m", "INBOX", "mail", "--format", format]);
        limited.current_dir(fixture.folder.path()).env_clear();
        limited.envs(
            shell
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        shell = limited;
        ended(&mut shell)
    };
    let failed = full("maildir");
    assert_eq!(failed.code, Some(74), "{}", failed.stderr);
    let told = failed.stderr.starts_with("imap: cannot write mail/tmp/");
    assert!(
        told && failed.stderr.contains(": file too large"),
        "{}",
        failed.stderr
    );
    let mail = fixture.folder.path().join("mail");
    assert!(names(&mail.join("tmp")).is_empty());
    assert_eq!(names(&mail.join("cur")).len(), 2);
    let out = fixture.printed(&["export", "-m", "INBOX", "mail"]);
    assert!(
        out.starts_with("INBOX: 1 exported, 2 there already\n"),
        "{out}"
    );

    let failed = full("mbox");
    assert_eq!(failed.code, Some(74), "{}", failed.stderr);
    let told = failed
        .stderr
        .starts_with("imap: cannot write mail/INBOX.mbox: file too large");
    assert!(told, "{}", failed.stderr);
    let mbox = ["export", "-m", "INBOX", "mail", "--format", "mbox"];
    assert!(
        fixture
            .printed(&mbox)
            .starts_with("INBOX: 1 exported, 2 there already\n")
    );
}
