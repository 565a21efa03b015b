//! `imap export` and `imap import`.

mod support;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use imap_client::AppendOptions;
use imap_client::blocking::{Client, Config};
use imap_proto::command::StoreAction;
use imap_proto::{Flag, InternalDate, Uid};
use imap_testserver::TestServer;
use support::relay::{Fate, Relay};
use support::{Fixture, PASSWORD, ended, names};

const DATE: &[u8] = b"17-Jul-1996 02:44:25 -0700";

/// A server with two users: `ann`, who has messages, and `bob`, who has none.
fn fixture(count: usize) -> Fixture {
    let fixture = Fixture::new(|builder| builder.user("bob", PASSWORD).mailbox("ann", AWKWARD));
    let mut ann = log_in(&fixture.server, "ann");
    for n in 0..count {
        append(&mut ann, "INBOX", &text(n), r"(\Seen work)");
    }
    append(&mut ann, AWKWARD, &text(0), r"($Forwarded \Flagged)");
    ann.logout().unwrap();
    fixture
}

const AWKWARD: &str = "..cur/& Entwürfe";

/// A message; each third one is the same.
fn text(n: usize) -> Vec<u8> {
    let n = if n % 3 == 2 { 0 } else { n };
    format!("Subject: message {n}\r\n\r\nFrom me\r\n>From you\r\n{n}\r\n").into_bytes()
}

fn log_in(server: &TestServer, user: &str) -> Client {
    let address = server.address();
    let host = address.ip().to_string();
    let mut client = Client::connect_plain(&host, address.port(), &Config::default()).unwrap();
    client.login(user, PASSWORD).unwrap();
    client
}

fn append(client: &mut Client, mailbox: &str, message: &[u8], flags: &str) {
    let options = AppendOptions {
        flags: &Flag::parse_list(flags.as_bytes()).unwrap(),
        date: Some(InternalDate::parse(DATE).unwrap()),
    };
    client.append(mailbox, message, options).unwrap();
}

/// What there is in a mailbox: octets, flags and dates.
fn kept(server: &TestServer, user: &str, mailbox: &str) -> Vec<(Vec<u8>, Vec<String>, String)> {
    let mailbox = server.user(user).unwrap().mailbox(mailbox).unwrap();
    let messages = mailbox.messages();
    let kept = messages.iter().map(|message| {
        let mut flags = message.flags().to_vec();
        flags.retain(|flag| flag != "\\Recent");
        flags.sort();
        let date = message.internal_date().to_string();
        (message.octets().to_vec(), flags, date)
    });
    kept.collect()
}

/// The command for the other user.
fn as_bob(fixture: &Fixture, arguments: &[&str]) -> Command {
    let mut command = fixture.command(arguments);
    let address = format!("imap://bob@{}/", fixture.server.address());
    command.env("IMAP_ACCOUNT", address);
    command
}

/// What a run printed that ended well.
#[track_caller]
fn printed(command: &mut Command) -> String {
    let ended = ended(command);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
    ended.stdout
}

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
