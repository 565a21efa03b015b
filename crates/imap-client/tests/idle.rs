//! IDLE of the blocking client against servers that follow a script.

mod support;

use std::time::{Duration, Instant};

use imap_client::{Error, Event, Idled, Session, SessionOptions};
use support::{Script, selected};

const GREETING: &str = "
    S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome
";

fn script(lines: &str) -> Script {
    Script::new(&format!("{GREETING}{lines}"))
}

#[test]
fn ok_news_come_one_by_one_until_done() {
    let script = script(
        "C: A1 IDLE
         S: + idling
         S: * 4 EXISTS
         S: * 2 EXPUNGE
         C: DONE
         S: A1 OK done
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let mut idle = client.idle().unwrap();
    assert!(matches!(
        idle.wait(None),
        Ok(Idled::Event(Event::Exists(4)))
    ));
    assert!(matches!(
        idle.wait(None),
        Ok(Idled::Event(Event::Expunge(seq))) if seq.get() == 2
    ));
    idle.done().unwrap();
    client.noop().unwrap();
}

#[test]
fn ok_idle_that_is_dropped_ends_with_the_next_command() {
    let script = script(
        "C: A1 IDLE
         S: + idling
         S: * 4 EXISTS
         C: DONE
         S: * 5 EXISTS
         S: A1 OK done
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let mut idle = client.idle().unwrap();
    idle.wait(None).unwrap();
    drop(idle);
    client.noop().unwrap();
    assert!(matches!(client.next_event(), Some(Event::Exists(5))));
}

#[test]
fn ok_done_waits_until_the_server_is_ready_for_it() {
    let script = script(
        "C: A1 IDLE
         S: * 4 EXISTS
         S: + idling
         C: DONE
         S: A1 OK done",
    );
    let mut client = script.client().unwrap();
    client.idle().unwrap().done().unwrap();
    assert!(matches!(client.next_event(), Some(Event::Exists(4))));
}

#[test]
fn ok_server_that_ends_idle_by_itself_is_told_of() {
    let script = script(
        "C: A1 IDLE
         S: + idling
         S: * 4 EXISTS
         S: A1 OK that is enough
         C: A2 IDLE
         S: + idling
         S: * 5 EXISTS
         C: DONE
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let mut idle = client.idle().unwrap();
    assert!(matches!(
        idle.wait(None),
        Ok(Idled::Event(Event::Exists(4)))
    ));
    assert!(matches!(idle.wait(None), Ok(Idled::Ended)));
    assert!(matches!(idle.wait(None), Ok(Idled::Ended)));
    idle.done().unwrap();
    let mut idle = client.idle().unwrap();
    assert!(matches!(
        idle.wait(None),
        Ok(Idled::Event(Event::Exists(5)))
    ));
    idle.done().unwrap();
}

#[test]
fn err_refused_idle_leaves_the_session_usable() {
    let script = script(
        "C: A1 IDLE
         S: A1 NO not now
         C: A2 NOOP
         S: A2 OK done",
    );
    let mut client = script.client().unwrap();
    let mut idle = client.idle().unwrap();
    assert!(matches!(idle.wait(None), Err(Error::Refused(_))));
    drop(idle);
    client.noop().unwrap();
}

#[test]
fn err_server_that_drops_the_connection_in_idle() {
    let script = script(
        "C: A1 IDLE
         S: + idling",
    );
    let mut client = script.client().unwrap();
    let mut idle = client.idle().unwrap();
    for _ in 0..4 {
        assert!(matches!(idle.wait(None), Err(Error::Closed)));
    }
    drop(idle);
    assert!(matches!(client.noop(), Err(Error::Closed)));
}

#[test]
fn err_server_without_idle_is_not_asked() {
    let mut client = selected("");
    assert!(matches!(client.idle(), Err(Error::Unsupported("IDLE"))));
}

/// Octets that the session has to send, taken as sent.
fn sent(session: &mut Session) -> String {
    let octets = String::from_utf8(session.transmit().to_vec()).unwrap();
    session.transmitted(octets.len());
    octets
}

fn step(session: &mut Session, line: &str) {
    session.receive(line.as_bytes());
    while !matches!(
        session.step().unwrap(),
        imap_client::session::Step::NeedInput
    ) {}
}

#[test]
fn err_nothing_is_said_in_idle_once_the_session_is_over() {
    let mut session = Session::new(SessionOptions::default());
    step(&mut session, "* PREAUTH [CAPABILITY IMAP4rev1 IDLE] hi\r\n");
    session.idle(Instant::now()).unwrap();
    assert_eq!(sent(&mut session), "A1 IDLE\r\n");
    step(&mut session, "+ idling\r\n");
    session.receive(b"* BYE going down\r\n");
    session.step().unwrap_err();
    session.end_idle();
    assert_eq!(sent(&mut session), "");
    assert_eq!(session.poll_timeout(), None);
}

#[test]
fn ok_session_ends_idle_before_the_server_loses_patience() {
    let mut session = Session::new(SessionOptions::default());
    step(
        &mut session,
        "* PREAUTH [CAPABILITY IMAP4rev1 IDLE] hello\r\n",
    );
    let now = Instant::now();
    let ticket = session.idle(now).unwrap();
    assert_eq!(sent(&mut session), "A1 IDLE\r\n");
    assert!(session.is_idle_answer_due());
    step(&mut session, "+ idling\r\n");
    assert!(!session.is_idle_answer_due());

    let deadline = session.poll_timeout().unwrap();
    assert!(deadline < now + Duration::from_secs(29 * 60));
    assert!(!session.handle_timeout(deadline - Duration::from_secs(1)));
    assert_eq!(sent(&mut session), "");
    assert!(session.handle_timeout(deadline));
    assert_eq!(sent(&mut session), "DONE\r\n");
    assert_eq!(session.poll_timeout(), None);
    assert!(session.is_idle_answer_due());
    step(&mut session, "A1 OK done\r\n");
    assert!(session.take(&ticket).unwrap().is_ok());
    assert!(!session.is_idle_answer_due());
}
