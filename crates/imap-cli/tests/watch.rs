//! `watch`: what happens in a mailbox, also over a connection that is lost.

mod support;

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use imap_proto::Mechanism;
use imap_testserver::Received;
use serde_json::{Value, json};
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
    /// Where new connections lead.
    server: Arc<Mutex<SocketAddr>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
    /// Nobody gets through while this is locked.
    gate: Arc<Mutex<()>>,
}

impl Way {
    fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let way = Self {
            address: listener.local_addr().unwrap(),
            server: Arc::new(Mutex::new(server)),
            open: Arc::default(),
            gate: Arc::default(),
        };
        let server = Arc::clone(&way.server);
        let (open, gate) = (Arc::clone(&way.open), Arc::clone(&way.gate));
        thread::spawn(move || {
            for near in listener.incoming() {
                drop(gate.lock().unwrap());
                let server = *server.lock().unwrap();
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
    for is_without in [&[][..], &["CONDSTORE", "QRESYNC", "IMAP4rev2"]] {
        let fixture = Fixture::new(|builder| {
            let builder = (1..=4).fold(builder, |builder, n| {
                builder.message("ann", "INBOX", format!("Subject: {n}\r\n\r\nx\r\n"))
            });
            let hidden = is_without.iter();
            hidden.fold(builder, |builder, name| builder.without_capability(name))
        });
        let way = Way::to(fixture.server.address());
        let account = format!("imap://ann@{}/", way.address);
        let arguments = ["watch", "--json", "-n", "6", "-a", &account];
        let mut watch = Running::start(&mut fixture.command(&arguments));
        assert_eq!(watch.json()["event"], "watching");
        fixture.printed(&["flag", "2", "+flagged", "+later"]);
        assert_eq!(watch.json()["uid"], 2);
        fixture.printed(&["flag", "3", "+seen"]);
        assert_eq!(watch.json()["uid"], 3);
        let closed = way.gate.lock().unwrap();
        way.cut();
        fixture.printed(&["move", "--to", "Trash", "1"]);
        fixture.printed(&["flag", "3,4", "+answered"]);
        arrive(&fixture, "five");
        drop(closed);
        assert_eq!(
            watch.json(),
            json!({"event": "watching", "mailbox": "INBOX", "messages": 4})
        );
        assert_eq!(watch.json(), json!({"event": "gone", "uid": 1}));
        // The other flags are as they were told.
        for (uid, flags) in [(3, &["\\Answered", "\\Seen"][..]), (4, &["\\Answered"])] {
            let mut told = watch.json();
            told["flags"]
                .as_array_mut()
                .unwrap()
                .sort_by_key(Value::to_string);
            assert_eq!(told, json!({"event": "flags", "uid": uid, "flags": flags}));
        }
        let new = watch.json();
        assert_eq!((&new["event"], &new["uid"]), (&"new".into(), &5.into()));
        let (code, stderr) = watch.end();
        assert_eq!(code, Some(0));
        assert_eq!(
            stderr,
            "imap: server closed the connection\nimap: connecting again in 1 s\n"
        );
        let received = fixture.server.received();
        let has_asked = |sent: &Received| sent.command().contains("CHANGEDSINCE");
        assert_eq!(received.iter().any(has_asked), is_without.is_empty());
    }
}

#[test]
#[cfg(unix)]
fn ok_asks_for_a_token_again_when_it_has_expired() {
    let with_token = |token: &str| {
        Fixture::new(|builder| {
            let builder = builder.mechanisms(&[Mechanism::OAuthBearer]);
            builder.token("ann", token)
        })
    };
    let (before, after) = (with_token("one"), with_token("two"));
    let way = Way::to(before.server.address());
    let account = format!("imap://ann@{}/", way.address);
    let command = "echo >> calls; test $(wc -l < calls) = 1 && echo one || echo two";
    let arguments = [
        "watch",
        "-n",
        "1",
        "-a",
        &account,
        "--token-command",
        command,
    ];
    let mut watch = Running::start(&mut before.command(&arguments));
    let calls = || {
        std::fs::read(before.folder.path().join("calls"))
            .unwrap()
            .len()
    };
    assert_eq!(watch.line(), "watching INBOX: 0 messages");
    way.cut();
    assert_eq!(watch.line(), "watching INBOX: 0 messages");
    assert_eq!(calls(), 1);
    *way.server.lock().unwrap() = after.server.address();
    way.cut();
    assert_eq!(watch.line(), "watching INBOX: 0 messages");
    arrive(&after, "new");
    assert!(watch.line().ends_with(" new"));
    assert_eq!((watch.end().0, calls()), (Some(0), 2));
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
