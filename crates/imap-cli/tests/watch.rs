//! `watch`: what happens in a mailbox, also over a connection that is lost.

mod support;

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::json;
use support::Fixture;
use support::running::Running;

fn fixture() -> Fixture {
    Fixture::new(|builder| {
        builder
            .message("ann", "INBOX", "Subject: one\r\n\r\nx\r\n")
            .message("ann", "INBOX", "Subject: two\r\n\r\nx\r\n")
    })
}

fn arrive(fixture: &Fixture, subject: &str) {
    let inbox = fixture
        .server
        .user("ann")
        .unwrap()
        .mailbox("INBOX")
        .unwrap();
    let message = format!("From: Bob <bob@example.org>\r\nSubject: {subject}\r\n\r\nx\r\n");
    inbox.append(message).unwrap();
}

#[test]
fn ok_arrivals_flags_and_what_goes() {
    let fixture = fixture();
    let mut watch = Running::start(&mut fixture.command(&["watch", "--json", "--count", "3"]));
    assert_eq!(
        watch.json(),
        json!({"event": "watching", "mailbox": "INBOX", "messages": 2})
    );
    arrive(&fixture, "three");
    let new = watch.json();
    assert_eq!((&new["event"], &new["uid"]), (&"new".into(), &3.into()));
    assert_eq!(new["subject"], "three");
    fixture.printed(&["flag", "2", "+flagged"]);
    assert_eq!(
        watch.json(),
        json!({"event": "flags", "uid": 2, "flags": ["\\Flagged"]})
    );
    fixture.printed(&["move", "--to", "Trash", "2"]);
    // Servers without MOVE of their own tell of the flag first.
    assert_eq!(watch.json(), json!({"event": "gone", "uid": 2}));
    assert_eq!(watch.end(), (Some(0), String::new()));
}

#[test]
fn ok_lines_for_people() {
    let fixture = fixture();
    let mut watch = Running::start(&mut fixture.command(&["watch", "-n", "1"]));
    assert_eq!(watch.line(), "watching INBOX: 2 messages");
    arrive(&fixture, "three");
    let line = watch.line();
    assert!(line.starts_with("new         3 N "), "{line}");
    assert!(line.ends_with("Bob                       three"), "{line}");
    assert_eq!(watch.end(), (Some(0), String::new()));
}

#[test]
#[cfg(unix)]
fn ok_runs_a_command_at_each_arrival() {
    let fixture = fixture();
    let told = "echo $IMAP_MAILBOX $IMAP_UID \"$IMAP_FROM\" \"$IMAP_SUBJECT\" > told";
    let mut watch = Running::start(&mut fixture.command(&["watch", "-n", "1", "--exec", told]));
    watch.line();
    arrive(&fixture, "$(three)");
    watch.line();
    assert_eq!(watch.end(), (Some(0), String::new()));
    let told = std::fs::read_to_string(fixture.folder.path().join("told")).unwrap();
    assert_eq!(told, "INBOX 3 Bob <bob@example.org> $(three)\n");
}

#[test]
#[cfg(unix)]
fn ok_interrupted_watch_logs_out() {
    let fixture = fixture();
    let mut watch = Running::start(&mut fixture.command(&["watch", "-v"]));
    assert_eq!(watch.line(), "watching INBOX: 2 messages");
    watch.interrupt();
    let (code, stderr) = watch.end();
    assert_eq!(code, Some(130));
    assert!(stderr.contains(" LOGOUT\n"), "{stderr}");
    assert!(stderr.lines().last().unwrap().contains(" OK "), "{stderr}");
}

#[test]
fn err_mailbox_that_is_not_there() {
    let fixture = fixture();
    let ended = fixture.run(&["watch", "-m", "archiv"]);
    assert_eq!(ended.code, Some(66));
    assert_eq!(
        ended.stderr,
        "imap: no mailbox `archiv`\nhint: is `Archive` meant?\n"
    );
}

/// Somebody on the way to a server, who can cut connections.
struct Way {
    address: SocketAddr,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Way {
    fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let way = Self {
            address: listener.local_addr().unwrap(),
            open: Arc::default(),
        };
        let open = Arc::clone(&way.open);
        thread::spawn(move || {
            for near in listener.incoming() {
                let (near, far) = (near.unwrap(), TcpStream::connect(server).unwrap());
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                    thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                open.lock().unwrap().push(near);
            }
        });
        way
    }

    fn cut(&self) {
        for stream in self.open.lock().unwrap().drain(..) {
            stream.shutdown(Shutdown::Both).unwrap();
        }
    }
}

#[test]
fn ok_connects_again_and_tells_what_happened_meanwhile() {
    let fixture = fixture();
    let way = Way::to(fixture.server.address());
    let account = format!("imap://ann@{}/", way.address);
    let mut watch =
        Running::start(&mut fixture.command(&["watch", "--json", "-n", "2", "-a", &account]));
    assert_eq!(watch.json()["event"], "watching");
    way.cut();
    fixture.printed(&["move", "--to", "Trash", "1"]);
    arrive(&fixture, "three");
    assert_eq!(
        watch.json(),
        json!({"event": "watching", "mailbox": "INBOX", "messages": 2})
    );
    assert_eq!(watch.json(), json!({"event": "gone", "uid": 1}));
    let new = watch.json();
    assert_eq!((&new["event"], &new["uid"]), (&"new".into(), &3.into()));
    let (code, stderr) = watch.end();
    assert_eq!(code, Some(0));
    assert_eq!(
        stderr,
        "imap: server closed the connection\nimap: connecting again in 1 s\n"
    );
}

#[test]
fn ok_asks_a_server_that_does_not_tell() {
    let fixture = Fixture::new(|builder| {
        builder
            .without_capability("IDLE")
            .without_capability("IMAP4rev2")
    });
    let arguments = ["watch", "-n", "1", "--interval", "1"];
    let mut watch = Running::start(&mut fixture.command(&arguments));
    assert_eq!(watch.line(), "watching INBOX: 0 messages");
    arrive(&fixture, "one");
    let line = watch.line();
    assert!(line.ends_with(" one"), "{line}");
    assert_eq!(watch.end(), (Some(0), String::new()));
}
