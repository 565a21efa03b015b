//! `imap export` and `imap import` with real servers, killed half-way.

mod example;
mod raw;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use example::binary;
use imap_interop::{Instance, Message, Server, SystemFlag, User};
use raw::{Raw, shared};
use serde_json::Value;

/// The command with an account, up to its own arguments.
fn imap(server: &Instance, user: &User, command: &str) -> Command {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| binary("imap-cli", "imap"));
    let account = format!("imaps://{}@localhost:{}/", user.name(), server.imaps_port());
    let mut program = Command::new(&*PROGRAM);
    program
        .env_clear()
        .env("IMAP_PASSWORD", user.password())
        .args(["--json", "--account", &account, "--ca"])
        .arg(server.ca_pem())
        .arg(command);
    program
}

/// Runs a command to its good end, and gives what it did with a mailbox.
fn summary(command: &mut Command, mailbox: &str) -> Value {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    let output = output.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", output.status);
    let summary: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mailboxes = summary["mailboxes"].as_array().unwrap();
    let found = mailboxes.iter().find(|found| found["mailbox"] == mailbox);
    found.expect("the mailbox").clone()
}

/// A command that is killed if it is dropped.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }

    /// Kills it as soon as `enough` holds, which has to be before it ends by itself.
    fn kill_when(mut self, mut enough: impl FnMut() -> bool) {
        while !enough() {
            let ended = self.0.try_wait().unwrap();
            assert!(ended.is_none(), "ended before it was killed: {ended:?}");
            thread::sleep(Duration::from_millis(2));
        }
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Small messages, no two alike in flags, dates and texts, but for each hundredth that has a twin.
fn messages(count: usize) -> impl Iterator<Item = Message> {
    const FLAGS: [SystemFlag; 5] = [
        SystemFlag::Answered,
        SystemFlag::Deleted,
        SystemFlag::Draft,
        SystemFlag::Flagged,
        SystemFlag::Seen,
    ];
    (0..count).map(|n| {
        let n = if n % 100 == 99 { n - 1 } else { n };
        let text = format!(
            "Subject: message {n}\r\nMessage-ID: <{n}@example.org>\r\n\r\nFrom me\r\n{}",
            "text of a line\r\n".repeat(n % 7)
        );
        let flags = (0..5).filter(|bit| n >> bit & 1 == 1).map(|bit| FLAGS[bit]);
        Message {
            bytes: text.into_bytes(),
            flags: flags.collect(),
            internal_date: 1_000_000_000 + i64::try_from(n).unwrap() * 977,
        }
    })
}

/// How many files there are in a folder.
fn files(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

/// What is in the name, the age and the contents of a message of a Maildir.
#[derive(Debug, Eq, PartialEq)]
struct Kept {
    flags: Vec<String>,
    date: std::time::SystemTime,
    octets: Vec<u8>,
}

/// The messages of a Maildir by their UIDs, of which there must be one each.
fn kept(maildir: &Path) -> BTreeMap<u32, Kept> {
    let keywords = fs::read_to_string(maildir.join("dovecot-keywords")).unwrap_or_default();
    let keywords: BTreeMap<char, &str> = keywords
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(n, name)| ((b'a' + n.parse::<u8>().unwrap()).into(), name))
        .collect();
    let mut kept = BTreeMap::new();
    for file in fs::read_dir(maildir.join("cur")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (base, letters) = name.split_once(":2,").unwrap();
        let uid = base.split_once('U').unwrap().1.split('.').next().unwrap();
        let flag = |letter| {
            keywords
                .get(&letter)
                .map_or_else(|| letter.to_string(), |k| (*k).to_owned())
        };
        let mut flags: Vec<String> = letters.chars().map(flag).collect();
        flags.sort();
        let message = Kept {
            flags,
            date: fs::metadata(&path).unwrap().modified().unwrap(),
            octets: fs::read(&path).unwrap(),
        };
        let before = kept.insert(uid.parse().unwrap(), message);
        assert!(before.is_none(), "{uid} is there twice");
    }
    assert_eq!(files(&maildir.join("tmp")), 0);
    kept
}

/// The number behind a word of the answer to `STATUS`; 0 if there is no such mailbox.
fn status(raw: &mut Raw<std::net::TcpStream>, item: &str) -> usize {
    let lines = raw.run(&format!("STATUS INBOX ({item})"));
    let line = lines
        .iter()
        .find(|line| line.starts_with("* STATUS "))
        .unwrap();
    let number = line.rsplit_once(&format!("{item} ")).unwrap().1;
    number.trim_end_matches(')').parse().unwrap()
}

/// A folder that goes when the test ends: in memory where that is possible, since some disks take a minute
/// to remove so many files.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    };
    let path = folder.path().join("mail");
    (folder, path)
}

#[test]
fn ok_20_000_messages_survive_kills_and_come_back_from_another_server() {
    const COUNT: usize = 20_000;
    let (dovecot, cyrus) = (shared(Server::Dovecot), shared(Server::Cyrus));
    let (ours, theirs) = (dovecot.user("export"), cyrus.user("import"));
    ours.seed("INBOX", messages(COUNT)).unwrap();
    let mut raw = Raw::login(dovecot, &ours);
    raw.run("SELECT INBOX");
    for (set, keyword) in [
        ("1:7000", "work"),
        ("5000:9000", "$Forwarded"),
        ("8000:*", "$Junk"),
    ] {
        raw.run(&format!("STORE {set} +FLAGS.SILENT ({keyword})"));
    }
    let recent = status(&mut raw, "UNSEEN");

    let (_first, exported) = folder();
    let mut export = imap(dovecot, &ours, "export");
    export.arg(&exported);
    Running::start(&mut export).kill_when(|| files(&exported.join("cur")) > COUNT / 2);
    let there = files(&exported.join("cur"));
    assert!(there < COUNT, "{there}");
    let done = summary(&mut export, "INBOX");
    assert_eq!(done["present"], there);
    assert_eq!(done["exported"], COUNT - there);
    let before = kept(&exported);
    assert!(before.keys().copied().eq(1..=u32::try_from(COUNT).unwrap()));
    for (kept, message) in before.values().zip(messages(COUNT)) {
        assert!(kept.octets == message.bytes);
    }
    assert_eq!(
        status(&mut raw, "UNSEEN"),
        recent,
        "nothing is marked as read"
    );

    let mut import = imap(cyrus, &theirs, "import");
    import.arg(&exported);
    let mut watcher = Raw::login(cyrus, &theirs);
    Running::start(&mut import).kill_when(|| status(&mut watcher, "MESSAGES") > COUNT / 2);
    assert!(status(&mut watcher, "MESSAGES") < COUNT);
    let done = summary(&mut import, "INBOX");
    assert!(done["present"].as_u64().unwrap() > 0);
    assert_eq!(done["failed"].as_array().unwrap().len(), 0);
    assert_eq!(status(&mut watcher, "MESSAGES"), COUNT);
    assert_eq!(summary(&mut import, "INBOX")["imported"], 0);

    let (_second, again) = folder();
    let done = summary(imap(cyrus, &theirs, "export").arg(&again), "INBOX");
    assert_eq!(done["exported"], COUNT);
    let after = kept(&again);
    assert_eq!(after.len(), before.len());
    for ((uid, after), before) in after.iter().zip(before.values()) {
        assert_eq!(after, before, "{uid}");
    }
}
