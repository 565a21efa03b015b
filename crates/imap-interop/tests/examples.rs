//! The examples of the client, run as a user runs them.

mod example;
mod raw;

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use example::program;
use imap_interop::{Instance, Kind, Message, Sample, Server, SystemFlag, User, samples};
use raw::{Raw, all, shared, words};

/// An example with the option that makes it trust the server, and the address of the user.
fn example(name: &str, server: &Instance, user: &User) -> Command {
    let mut command = Command::new(program("imap-client", name));
    command
        .arg("--ca")
        .arg(server.ca_pem())
        .arg(address("imaps", server.imaps_port(), user))
        .env("IMAP_PASSWORD", user.password());
    command
}

fn address(scheme: &str, port: u16, user: &User) -> String {
    format!("{scheme}://{}@localhost:{port}", user.name())
}

/// Runs an example to its good end, and gives the lines that it printed.
fn lines(command: &mut Command) -> Vec<String> {
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", output.status);
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.lines().map(str::to_owned).collect()
}

/// An example that goes on until it is dropped.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            lines: stdout.lines(),
        }
    }

    fn line(&mut self) -> String {
        self.lines.next().expect("a line").unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A message with a subject and one line of text, sent on a day of January 2001.
fn message(subject: &str, day: i64, flags: &[SystemFlag]) -> Message {
    let text = format!(
        "Date: {day} Jan 2001 00:00:00 +0000\r\nFrom: ann@example.org\r\nSubject: {subject}\r\n\
         \r\nText of {subject}.\r\n"
    );
    Message {
        bytes: text.into_bytes(),
        flags: flags.to_vec(),
        internal_date: 978_307_200 + (day - 1) * 86_400,
    }
}

#[test]
fn ok_fetch_unread_leaves_them_unread() {
    for server in all() {
        let user = server.user("unread");
        let messages = [
            message("one", 1, &[]),
            message("two", 2, &[SystemFlag::Seen]),
            message("=?utf-8?Q?K=C3=A4se?=", 3, &[SystemFlag::Flagged]),
        ];
        user.seed("INBOX", messages).unwrap();
        for _ in 0..2 {
            assert_eq!(
                lines(&mut example("fetch_unread", server, &user)),
                [
                    "2 unread",
                    "one: Text of one.",
                    "Käse: Text of =?utf-8?Q?K=C3=A4se?=."
                ]
            );
        }
    }
}

#[test]
fn ok_search_sort_lists_the_newest_first() {
    for server in all() {
        let user = server.user("sort");
        let messages = [
            message("second", 20, &[]),
            message("other", 25, &[SystemFlag::Deleted]),
            message("first", 30, &[]),
            message("third", 10, &[]),
        ];
        user.seed("INBOX", messages).unwrap();
        let mut search = example("search_sort", server, &user);
        assert_eq!(
            lines(search.arg("UNDELETED FROM \"ann\"")),
            ["3 found", "3\tfirst", "1\tsecond", "4\tthird"]
        );
        let mut nothing = example("search_sort", server, &user);
        assert_eq!(lines(nothing.arg("SUBJECT nonsense")), ["0 found"]);
    }
}

#[test]
fn err_search_sort_says_where_the_keys_are_wrong() {
    let server = shared(Server::Dovecot);
    let output = example("search_sort", server, &server.user("keys"))
        .arg("SUBJECT")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with("Error: argument cannot be sent: "),
        "{error}"
    );
}

#[test]
fn ok_append_makes_the_mailbox() {
    for server in all() {
        let user = server.user("append");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "Subject: x\n\none\r\ntwo").unwrap();
        for uid in ["1", "2"] {
            let mut append = example("append", server, &user);
            append.arg(file.path()).args(["--mailbox", "Neu/Entwürfe"]);
            assert_eq!(lines(&mut append), [format!("Neu/Entwürfe: message {uid}")]);
        }
        let mut raw = Raw::login(server, &user);
        raw.run("SELECT \"Neu/Entw&APw-rfe\"");
        let fetched = raw.run("FETCH 1 (FLAGS RFC822.SIZE)");
        assert!(words(&fetched[0]).contains(&"\\Seen"), "{fetched:?}");
        assert!(words(&fetched[0]).contains(&"22"), "{fetched:?}");
    }
}

/// Has the server itself put a message into a mailbox.
///
/// One that comes as a file in the moment in which Dovecot looks is seen by its next look only, for which
/// nothing may give cause.
fn deliver(server: &Instance, user: &User, mailbox: &str, subject: &str) {
    let text = String::from_utf8(message(subject, 2, &[]).bytes).unwrap();
    let length = text.len();
    Raw::login(server, user).run(&format!("APPEND {mailbox} {{{length}+}}\r\n{text}"));
}

#[test]
fn ok_idle_tells_of_new_messages() {
    for server in all() {
        let user = server.user("idle");
        user.seed("INBOX", [message("old", 1, &[])]).unwrap();
        let mut watcher = Running::start(&mut example("idle", server, &user));
        assert_eq!(watcher.line(), "INBOX: 1 messages");
        for subject in ["first", "second"] {
            deliver(server, &user, "INBOX", subject);
            assert_eq!(watcher.line(), format!("new: {subject}"));
        }
    }
}

#[test]
fn ok_idle_tokio_watches_several_mailboxes() {
    for server in all() {
        let user = server.user("watch");
        user.seed("仕事", [message("old", 1, &[])]).unwrap();
        let mut watch = example("idle_tokio", server, &user);
        let mut watcher = Running::start(watch.args(["INBOX", "仕事", "Nowhere"]));
        let mut told = [watcher.line(), watcher.line(), watcher.line()];
        told.sort();
        assert_eq!(told[0], "INBOX: 0 messages");
        assert!(told[1].starts_with("Nowhere: server refused: "), "{told:?}");
        assert_eq!(told[2], "仕事: 1 messages");
        let work = ("仕事", "&TtVOiw-");
        let inbox = ("INBOX", "INBOX");
        for ((mailbox, encoded), count) in [(work, 2), (inbox, 1), (work, 3)] {
            deliver(server, &user, encoded, "new");
            assert_eq!(watcher.line(), format!("{mailbox}: {count} messages"));
        }
    }
}

#[test]
fn ok_oauth2_logs_in_with_a_token() {
    let server = shared(Server::Dovecot);
    let user = server.user("token");
    let messages = [message("a", 1, &[SystemFlag::Seen]), message("b", 2, &[])];
    user.seed("INBOX", messages).unwrap();
    let mut oauth2 = example("oauth2", server, &user);
    oauth2.env("IMAP_TOKEN", server.bearer_token(&user));
    let counted = format!("{}: 2 messages, 1 unread", user.name());
    assert_eq!(lines(&mut oauth2), [counted]);
}

#[test]
fn err_oauth2_with_a_bad_token() {
    let server = shared(Server::Dovecot);
    let mut oauth2 = example("oauth2", server, &server.user("bad"));
    let output = oauth2.env("IMAP_TOKEN", "nonsense").output().unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with("Error: the token is not good: "),
        "{error}"
    );
}

#[test]
fn ok_starttls_encrypts() {
    for server in all() {
        let user = server.user("starttls");
        let mut starttls = Command::new(program("imap-client", "starttls"));
        starttls
            .arg("--ca")
            .arg(server.ca_pem())
            .arg(address("imap", server.imap_port(), &user))
            .env("IMAP_PASSWORD", user.password());
        let printed = lines(&mut starttls);
        assert_eq!(printed[0], "encrypted: true");
        assert!(printed.iter().any(|line| line == "IDLE"), "{printed:?}");
    }
}

#[test]
fn ok_pipeline_tells_of_all_mailboxes() {
    for server in all() {
        let user = server.user("pipeline");
        let messages = [message("a", 1, &[SystemFlag::Seen]), message("b", 2, &[])];
        for n in 1..=60 {
            user.seed(&format!("Box/{n}"), messages.clone()).unwrap();
        }
        let printed = lines(&mut example("pipeline", server, &user));
        for mailbox in (1..=60).map(|n| format!("Box/{n}\t2\t1")) {
            assert!(printed.contains(&mailbox), "{mailbox} in {printed:?}");
        }
        assert!(
            printed.iter().any(|line| line == "INBOX\t0\t0"),
            "{printed:?}"
        );
    }
}

#[test]
fn ok_attachments_come_alone() {
    for server in all() {
        let user = server.user("attachments");
        let kinds = [
            Kind::Plain,
            Kind::Attachments,
            Kind::Forward,
            Kind::LargeAttachment,
        ];
        let sent: Vec<Sample> = samples(5)
            .take(15)
            .filter(|sample| kinds.contains(&sample.kind))
            .collect();
        let hostile = "Subject: only a file\r\nMIME-Version: 1.0\r\n\
            Content-Type: application/x-tar; name=\"../../etc/pass\twd\"\r\n\
            Content-Disposition: attachment; filename*0=\"../../K\"; filename*1*=%C3%A4se\r\n\
            Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n";
        let hostile = Message {
            bytes: hostile.into(),
            ..message("x", 1, &[])
        };
        let all = sent.iter().map(|sample| sample.message.clone());
        user.seed("INBOX", all.chain([hostile])).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut attachments = example("attachments", server, &user);
        let printed = lines(attachments.arg(folder.path()));
        // The names are safe, and all that tells of a file is put together.
        let expected = [
            "2-2-scan-0.png: 28587 octets",
            "2-3-scan-1.png: 23868 octets",
            "3-2-large.bin: 5242880 octets",
            "5-1-.._.._Käse: 5 octets",
        ];
        assert_eq!(printed, expected);
        for line in expected {
            let (name, length) = line.rsplit_once(": ").unwrap();
            let file = std::fs::read(folder.path().join(name)).unwrap();
            assert_eq!(format!("{} octets", file.len()), length);
        }
        let last = std::fs::read(folder.path().join("5-1-.._.._Käse")).unwrap();
        assert_eq!(last, b"hello");
        let mut again = example("attachments", server, &user);
        assert!(lines(again.arg(folder.path())).is_empty());
    }
}

#[test]
fn ok_child_process_needs_no_login() {
    let server = shared(Server::Dovecot);
    let user = server.user("child");
    user.seed("仕事", [message("a", 1, &[])]).unwrap();
    let state = server.ca_pem().ancestors().nth(2).unwrap();
    // Where root runs it, Dovecot takes a socket for one of inetd.
    let script = "doveadm -c \"$0\" exec imap -u \"$1\" | cat";
    let mut child = Command::new(program("imap-client", "child_process"));
    child.args(["sh", "-c", script]);
    child.arg(state.join("dovecot.conf")).arg(user.name());
    let printed = lines(&mut child);
    for mailbox in ["INBOX", "Sent", "仕事"] {
        assert!(printed.iter().any(|line| line == mailbox), "{printed:?}");
    }
}

/// What there is in a mailbox: internal date, flags but `\\Recent`, and octets of each message.
fn contents(server: &Instance, user: &User, mailbox: &str) -> Vec<String> {
    let mut raw = Raw::login(server, user);
    raw.run(&format!("EXAMINE {mailbox}"));
    let ids = raw.run("FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE)");
    let told = |line: &String| {
        // One digit of a day has a blank in front on one server, a zero on the other.
        let line = line.replace("\" ", "\"0");
        let mut words = words(&line);
        words.retain(|word| *word != "\\Recent");
        words.join(" ")
    };
    ids.iter()
        .filter(|line| line.contains(" FETCH "))
        .map(told)
        .collect()
}

#[test]
fn ok_copy_account_copies_what_is_missing() {
    let from = shared(Server::Dovecot);
    for to in all() {
        let (ours, theirs) = (from.user("from"), to.user("to"));
        let sent: Vec<Message> = samples(9).take(30).map(|sample| sample.message).collect();
        ours.seed("INBOX", sent.clone()).unwrap();
        ours.seed("Archive/仕事", sent[..3].to_vec()).unwrap();
        // Two that are alike, of which one is there already, and another without an id.
        let alike = message("alike", 4, &[SystemFlag::Seen]);
        ours.seed("Alike", [alike.clone(), alike.clone()]).unwrap();
        theirs.seed("Alike", [alike]).unwrap();
        let mut copy = example("copy_account", from, &ours);
        copy.arg("--ca")
            .arg(to.ca_pem())
            .arg(address("imaps", to.imaps_port(), &theirs))
            .env("IMAP_PASSWORD_TO", theirs.password());
        let printed = lines(&mut copy);
        for line in [
            "INBOX: 30 copied",
            "Archive/仕事: 3 copied",
            "Alike: 1 copied",
        ] {
            assert!(printed.iter().any(|printed| printed == line), "{printed:?}");
        }
        for mailbox in ["INBOX", "\"Archive/&TtVOiw-\"", "Alike"] {
            assert_eq!(
                contents(to, &theirs, mailbox),
                contents(from, &ours, mailbox),
                "{mailbox}"
            );
        }
        let printed = lines(&mut copy);
        let nothing = |line: &String| line.ends_with(": 0 copied");
        assert!(printed.iter().all(nothing), "{printed:?}");
    }
}
