//! The harness itself: servers that come and go, and messages put into them.

mod raw;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use imap_interop::{Instance, Kind, Sample, Server, samples};
use raw::{Raw, all, shared, words};

fn start(server: Server) -> Instance {
    server.start().unwrap_or_else(|error| panic!("{error}"))
}

/// Whether the condition comes true within some seconds.
fn eventually(condition: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Whether nobody listens any more and the folder has gone.
fn is_gone(addr: SocketAddr, folder: &Path) -> bool {
    eventually(|| TcpStream::connect(addr).is_err() && !folder.exists())
}

/// The folder of a server, which goes with it.
fn folder(server: &Instance) -> PathBuf {
    server.ca_pem().ancestors().nth(2).unwrap().to_path_buf()
}

/// What the server has to say about a seeded message, to the first session that sees it.
fn fetch_line(number: usize, sample: &Sample) -> String {
    let flags: Vec<&str> = sample
        .message
        .flags
        .iter()
        .map(|flag| flag.as_str())
        .collect();
    format!(
        "* {number} FETCH (UID {number} FLAGS (\\Recent {}) RFC822.SIZE {})",
        flags.join(" "),
        sample.size()
    )
}

fn check_seeded(mailbox: &str, on_the_wire: &str) {
    for server in all() {
        let user = server.user("seed");
        let all: Vec<Sample> = samples(11).take(20).collect();
        let messages = all.iter().map(|sample| sample.message.clone());
        assert_eq!(user.seed(mailbox, messages).unwrap(), 20);

        let mut raw = Raw::login(server, &user);
        let lines = raw.run(&format!("SELECT \"{on_the_wire}\""));
        assert!(
            lines.contains(&"* 20 EXISTS".into()),
            "{lines:?}\n{}",
            server.log_tail()
        );
        let lines = raw.run("FETCH 1:* (UID FLAGS RFC822.SIZE)");
        assert_eq!(lines.len(), 20);
        for (index, (line, sample)) in lines.iter().zip(&all).enumerate() {
            assert_eq!(words(line), words(&fetch_line(index + 1, sample)));
        }
    }
}

#[test]
fn seeded_inbox_has_the_flags_and_sizes_in_order() {
    check_seeded("INBOX", "INBOX");
}

#[test]
fn seeded_japanese_folder_has_the_flags_and_sizes_in_order() {
    check_seeded("日本語/台北", "&ZeVnLIqe-/&U,BTFw-");
}

#[test]
fn seeded_messages_keep_their_dates_and_bytes() {
    for server in all() {
        let user = server.user("dates");
        let mut message = samples(1)
            .find(|sample| sample.kind == Kind::EightBit)
            .unwrap()
            .message;
        message.internal_date = 951_827_696; // 2000-02-29 12:34:56 UTC
        user.seed("INBOX", [message.clone()]).unwrap();

        let mut raw = Raw::login(server, &user);
        raw.run("EXAMINE INBOX");
        assert_eq!(
            raw.run("FETCH 1 INTERNALDATE"),
            ["* 1 FETCH (INTERNALDATE \"29-Feb-2000 12:34:56 +0000\")"]
        );
        raw.send("a FETCH 1 BODY.PEEK[]\r\n");
        assert_eq!(
            raw.line(),
            format!("* 1 FETCH (BODY[] {{{}}}", message.bytes.len())
        );
        let mut bytes = vec![0; message.bytes.len()];
        raw.stream.read_exact(&mut bytes).unwrap();
        assert_eq!(bytes, message.bytes);
    }
}

#[test]
fn later_seeds_come_after_earlier_ones_while_a_client_looks_on() {
    for server in all() {
        let user = server.user("later");
        let mut messages = samples(1).map(|sample| sample.message);
        user.seed("Later", messages.by_ref().take(2)).unwrap();
        let mut raw = Raw::login(server, &user);
        raw.run("SELECT Later");
        user.seed("Later", messages.take(1)).unwrap();
        assert!(raw.run("NOOP").contains(&"* 3 EXISTS".into()));
        assert_eq!(raw.run("FETCH 3 UID"), ["* 3 FETCH (UID 3)"]);
    }
}

#[test]
fn many_equal_messages_are_seeded() {
    for server in all() {
        let user = server.user("equal");
        let message = samples(1).next().unwrap().message;
        let messages = std::iter::repeat_n(message, 1000);
        assert_eq!(user.seed("INBOX", messages).unwrap(), 1000);
        let lines = Raw::login(server, &user).run("SELECT INBOX");
        assert!(lines.contains(&"* 1000 EXISTS".into()), "{lines:?}");
    }
}

#[test]
fn list_shows_seeded_folder_and_special_use() {
    for server in all() {
        let user = server.user("list");
        user.seed("Entwürfe", []).unwrap();
        let lines = Raw::login(server, &user).run("LIST \"\" * RETURN (SPECIAL-USE)");
        let lines: HashSet<String> = lines
            .iter()
            .map(|line| line.replace("\\HasNoChildren", "").to_ascii_lowercase())
            .map(|line| line.replace("( ", "("))
            .collect();
        let expected = [
            "* list () \"/\" entw&apw-rfe",
            "* list () \"/\" inbox",
            "* list (\\drafts) \"/\" drafts",
            "* list (\\sent) \"/\" sent",
            "* list (\\trash) \"/\" trash",
        ];
        assert_eq!(lines, HashSet::from(expected.map(str::to_owned)));
    }
}

#[test]
fn shared_server_is_always_the_same() {
    for server in Server::INSTALLED {
        assert_eq!(shared(server).addr(), shared(server).addr());
        assert_eq!(shared(server).server(), server);
    }
}

#[test]
fn log_tells_who_logged_in() {
    let server = shared(Server::Dovecot);
    let user = server.user("log");
    Raw::login(server, &user).run("LOGOUT");
    let line = format!("Login: user=<{}>", user.name());
    assert!(
        eventually(|| server.log_tail().contains(&line)),
        "{}",
        server.log_tail()
    );
}

#[test]
fn two_servers_run_side_by_side() {
    for server in Server::INSTALLED {
        let (a, b) = (start(server), start(server));
        assert_ne!(a.addr(), b.addr());
        a.user("one")
            .seed("INBOX", samples(1).take(1).map(|sample| sample.message))
            .unwrap();
        for (server, count) in [(&a, 1), (&b, 0)] {
            // The numbers start anew on each server, so this is the user seeded on the first.
            let mut raw = Raw::connect(server.addr());
            raw.run("LOGIN t-one-1 testpw");
            assert!(
                raw.run("SELECT INBOX")
                    .contains(&format!("* {count} EXISTS"))
            );
        }
    }
}

/// How many processes name the folder of a server in their arguments or as where they are.
fn processes_of(folder: &Path) -> usize {
    let about = |process: PathBuf| {
        let arguments = fs::read(process.join("cmdline")).unwrap_or_default();
        let arguments = String::from_utf8_lossy(&arguments);
        arguments.contains(&*folder.to_string_lossy())
            || fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder))
    };
    let entries = fs::read_dir("/proc").unwrap();
    entries
        .filter(|entry| about(entry.as_ref().unwrap().path()))
        .count()
}

#[test]
fn server_is_gone_after_drop() {
    for server in Server::INSTALLED {
        let server = start(server);
        let (addr, folder) = (server.addr(), folder(&server));
        let raw = Raw::login(&server, &server.user("drop"));
        assert!(folder.join("tls").exists());
        assert_ne!(processes_of(&folder), 0);
        drop(server);
        assert!(is_gone(addr, &folder));
        assert!(eventually(|| processes_of(&folder) == 0));
        drop(raw);
    }
}

#[test]
fn server_is_gone_after_panic() {
    let (send, receive) = mpsc::channel();
    let test = thread::spawn(move || {
        let server = start(Server::Cyrus);
        send.send((server.addr(), folder(&server))).unwrap();
        panic!("as a failing test does");
    });
    assert!(test.join().is_err());
    let (addr, folder) = receive.recv().unwrap();
    assert!(is_gone(addr, &folder));
}

#[test]
fn server_is_gone_after_its_process_was_killed() {
    for server in Server::INSTALLED {
        let mut process = Command::new(env!("CARGO_BIN_EXE_interop-server"))
            .arg(server.name())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines: Vec<String> = BufReader::new(process.stdout.take().unwrap())
            .lines()
            .take(4)
            .map(Result::unwrap)
            .collect();
        let addr: SocketAddr = lines[0].strip_prefix("imap ").unwrap().parse().unwrap();
        let ca_pem = Path::new(lines[2].strip_prefix("authority ").unwrap());
        assert!(Raw::connect(addr).greeting.starts_with("* OK "));
        assert!(File::open(ca_pem).is_ok());
        process.kill().unwrap();
        process.wait().unwrap();
        let folder = ca_pem.ancestors().nth(2).unwrap();
        assert!(is_gone(addr, folder));
        assert!(eventually(|| processes_of(folder) == 0));
    }
}

#[test]
fn kept_state_stays() {
    for server in Server::INSTALLED {
        let mut process = Command::new(env!("CARGO_BIN_EXE_interop-server"))
            .arg(server.name())
            .env("IMAP_INTEROP_KEEP", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut text = String::new();
        process
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(process.wait().unwrap().success());
        let ca_pem = text
            .lines()
            .find_map(|line| line.strip_prefix("authority "))
            .unwrap();
        let folder = Path::new(ca_pem).ancestors().nth(2).unwrap();
        assert!(folder.join("output").exists());
        let transcripts = folder.join("conf/log/t-hand-1");
        assert_eq!(transcripts.exists(), server == Server::Cyrus);
        fs::remove_dir_all(folder).unwrap();
    }
}
