//! Servers that mean harm, or that have lost their mind: refused by a clear error, or passed on as events
//! within bounds.

mod support;

use std::time::Instant;

use allocation_counter::measure;
use imap_client::blocking::Blocking;
use imap_client::exchange::Ask;
use imap_client::session::Step;
#[cfg(feature = "tokio")]
use imap_client::tokio::Tokio;
use imap_client::{AppendOptions, Config, ConnectionState, Error, Event, Session, SessionOptions};
use imap_proto::command::Enable;
use imap_proto::{Capability, FetchItemName, SearchKey, StatusItemName};
use support::play::Play;
use support::{LOGGED_IN, Script, events, logged_in, selected, seq};

/// Connects, and says NOOP; in both drivers the outcome is the same.
fn noop(script: &str) -> String {
    let outcome = noop_by::<Blocking>(script);
    #[cfg(feature = "tokio")]
    assert_eq!(noop_by::<Tokio>(script), outcome);
    outcome
}

fn noop_by<D: Play>(script: &str) -> String {
    let result = D::connect(Script::new(script), &Config::default()).and_then(|mut client| {
        let result = D::now(client.noop());
        if let Err(error) = &result {
            assert!(error.is_fatal());
            let later = D::now(client.noop()).unwrap_err();
            assert_eq!(later.to_string(), error.to_string());
        }
        result
    });
    result.map_or_else(|error| error.to_string(), |()| "OK".to_owned())
}

/// A session in which a user has logged in.
fn session(options: SessionOptions) -> Session {
    let mut session = Session::new(options);
    hear(
        &mut session,
        b"* PREAUTH [CAPABILITY IMAP4rev1 IDLE] hi\r\n",
    )
    .unwrap();
    session
}

/// Takes in octets, and everything that can be made of them.
fn hear(session: &mut Session, octets: &[u8]) -> Result<(), Error> {
    session.receive(octets);
    loop {
        if let Step::NeedInput = session.step()? {
            return Ok(());
        }
    }
}

/// Takes in the octets again and again, and gives how many octets of memory were in use at most.
fn flood(session: &mut Session, octets: &[u8], times: usize) -> (Result<(), Error>, u64) {
    let mut result = Ok(());
    let used = measure(|| {
        for _ in 0..times {
            result = hear(session, octets);
            if result.is_err() {
                return;
            }
        }
    });
    (result, used.bytes_max)
}

const MIB: usize = 1 << 20;

#[test]
fn err_greetings_that_are_none() {
    for greeting in [
        "S: +OK POP3 ready",
        "S: HTTP/1.1 400 Bad Request",
        "S: 220 mail.example.com ESMTP",
        "S: SSH-2.0-OpenSSH_9.9",
        "S: a1 OK done",
        "S: + go on",
        "S: \u{0}\u{1}\u{15}\u{3}",
    ] {
        let error = noop(greeting);
        assert!(error.starts_with("no greeting of IMAP: "), "{error}");
    }
}

#[test]
fn err_tagged_answer_to_what_was_not_sent() {
    for answer in ["A2 OK done", "A0 OK", "a1 OK done", "B OK done", "A2 NO"] {
        let error = noop(&format!("{LOGGED_IN}C: A1 NOOP\nS: {answer}"));
        assert_eq!(
            error,
            "protocol violated by the server: tagged response to a command not sent"
        );
    }
}

#[test]
fn err_tagged_ok_to_a_command_that_waits_for_its_turn() {
    let mut session = session(SessionOptions::default());
    session.submit(&Ask::NOOP).unwrap();
    let logout = session.submit(&Ask::LOGOUT).unwrap();
    assert_eq!(session.transmit(), b"A1 NOOP\r\n");
    let error = hear(&mut session, b"A2 OK done\r\n").unwrap_err();
    assert!(matches!(error, Error::Protocol(_)), "{error:?}");
    assert!(session.take(&logout).unwrap().is_err());
    assert_eq!(session.transmit(), b"", "nothing goes out any more");
}

#[test]
fn err_tagged_ok_while_a_literal_is_waited_for() {
    let mut client = logged_in("C: A1 APPEND INBOX {1}\nS: A1 OK [APPENDUID 1 1] done");
    let error = client.append("INBOX", b"x", AppendOptions::default());
    assert!(matches!(error, Err(Error::Protocol(_))), "{error:?}");
}

#[test]
fn ok_requests_to_go_on_where_nothing_waits_say_nothing() {
    let script = format!(
        "{LOGGED_IN}{}C: A1 NOOP\nS: A1 OK done",
        "S: + more\n".repeat(1000)
    );
    assert_eq!(noop(&script), "OK");
    let mut session = session(SessionOptions::default());
    session.submit(&Ask::NOOP).unwrap();
    session.transmitted(usize::MAX);
    let (result, used) = flood(&mut session, b"+ more\r\n+\r\n", 100_000);
    result.unwrap();
    assert!(used < MIB as u64 && session.transmit().is_empty(), "{used}");
}

#[test]
fn ok_an_authentication_is_cancelled_once() {
    use imap_client::exchange::Authenticate;
    use imap_client::sasl::Plain;
    let mut session = Session::new(SessionOptions::default());
    hear(
        &mut session,
        b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n",
    )
    .unwrap();
    let plain = Plain::new("ann", "secret").unwrap();
    let command = Authenticate::new(Box::new(plain), session.state());
    session.submit(&command).unwrap();
    session.transmitted(usize::MAX);
    hear(&mut session, &b"+ \r\n".repeat(1000)).unwrap();
    assert_eq!(session.transmit(), b"AGFubgBzZWNyZXQ=\r\n*\r\n");
}

#[test]
fn ok_nothing_is_an_answer_to_a_command_that_waits_for_its_turn() {
    use imap_client::exchange::Authenticate;
    use imap_client::sasl::Plain;
    let mut session = Session::new(SessionOptions::default());
    hear(&mut session, b"* OK [CAPABILITY IMAP4rev1] hi\r\n").unwrap();
    session.submit(&Ask::NOOP).unwrap();
    let plain = Plain::new("ann", "secret").unwrap();
    let command = Authenticate::new(Box::new(plain), session.state());
    session.submit(&command).unwrap();
    session.transmitted(usize::MAX);
    // The password would go out, and nobody knows where to.
    hear(&mut session, b"+ \r\n").unwrap();
    assert_eq!(session.transmit(), b"");
    hear(&mut session, b"A1 OK done\r\n").unwrap();
    assert_eq!(session.transmit(), b"A2 AUTHENTICATE PLAIN\r\n");

    let mut session = self::session(SessionOptions::default());
    let capabilities = &[Capability::CondStore];
    session.submit(&Enable { capabilities }).unwrap();
    let namespace = session.submit(&Ask::NAMESPACE).unwrap();
    let idle = session.idle(Instant::now()).unwrap();
    session.end_idle();
    assert_eq!(session.transmit(), b"A1 ENABLE CONDSTORE\r\n");
    session.transmitted(usize::MAX);
    hear(
        &mut session,
        b"+ \r\n* NAMESPACE NIL NIL NIL\r\nA1 OK done\r\n",
    )
    .unwrap();
    assert!(matches!(session.poll_event(), Some(Event::Response(_))));
    assert_eq!(session.transmit(), b"A2 NAMESPACE\r\n");
    session.transmitted(usize::MAX);
    hear(&mut session, b"A2 OK done\r\n").unwrap();
    assert!(
        session.take(&namespace).unwrap().is_err(),
        "no data of its own"
    );
    assert_eq!(session.transmit(), b"A3 IDLE\r\n", "DONE has to wait");
    assert!(session.take(&idle).is_none());
}

#[test]
fn err_line_without_end() {
    let mut options = SessionOptions::default();
    options.limits.max_line = MIB;
    let mut session = session(options);
    let noop = session.submit(&Ask::NOOP).unwrap();
    session.transmitted(usize::MAX);
    hear(&mut session, b"* OK ").unwrap();
    let (result, used) = flood(&mut session, &[b'x'; 10_000], 10_000);
    result.unwrap();
    assert!(used < 4 * MIB as u64, "{used}");
    assert!(matches!(session.poll_event(), Some(Event::TooLarge(_))));
    assert!(session.poll_event().is_none(), "it is told once");
    session.received_end().unwrap_err();
    assert!(matches!(session.take(&noop), Some(Err(Error::Closed))));
}

#[test]
fn err_literals_without_end() {
    let list = "* LIST () \"/\" ";
    for (size, is_fatal) in [("2000000000", false), ("999999999999", true)] {
        let mut session = session(SessionOptions::default());
        let line = format!("{list}{{{size}}}\r\n");
        let (result, used) = flood(&mut session, line.as_bytes(), 1);
        assert_eq!(result.is_err(), is_fatal);
        assert!(used < MIB as u64, "{used}");
        let (result, used) = flood(&mut session, &[b'x'; 10_000], 10_000);
        assert_eq!(result.is_err(), is_fatal);
        assert!(used < MIB as u64, "{used}");
    }
    // With more digits than any number has it is none.
    let line = format!("S: {list}{{999999999999999999999}}");
    let script = format!("{LOGGED_IN}C: A1 NOOP\n{line}\nS: A1 OK done");
    assert_eq!(noop(&script), "OK");
}

#[test]
fn ok_flood_of_events_is_bounded() {
    let mut options = SessionOptions::default();
    options.max_events = 100;
    let line = b"* LIST () \"/\" \"a rather long name of a mailbox\"\r\n* 3 EXISTS\r\n";
    let mut session = session(options);
    let (result, used) = flood(&mut session, line, 20_000);
    result.unwrap();
    assert!(used < MIB as u64, "{used}");
    assert!(matches!(session.poll_event(), Some(Event::Dropped(39_900))));
    assert_eq!(std::iter::from_fn(|| session.poll_event()).count(), 100);
}

#[test]
fn ok_octets_of_events_are_bounded() {
    let mut options = SessionOptions::default();
    options.max_event_octets = MIB;
    let mut session = session(options);
    let fetch = |size| format!("* 1 FETCH (BODY[] {{{size}}}\r\n{})\r\n", "x".repeat(size));
    let (result, used) = flood(&mut session, fetch(100_000).as_bytes(), 200);
    result.unwrap();
    assert!(used < 3 * MIB as u64, "{used}");
    assert!(matches!(session.poll_event(), Some(Event::Dropped(190))));
    // One that is over the bound alone is not lost.
    hear(&mut session, fetch(2_000_000).as_bytes()).unwrap();
    assert!(matches!(session.poll_event(), Some(Event::Dropped(10))));
    assert!(matches!(session.poll_event(), Some(Event::Fetch(_))));
    assert!(session.poll_event().is_none());
}

#[test]
fn err_answer_without_end() {
    let mut options = SessionOptions::default();
    options.max_answer = MIB as u64;
    let mut session = session(options);
    let arena = imap_proto::Arena::new();
    let command = imap_proto::Command::parse(b"a LIST \"\" *\r\n", &arena).unwrap();
    let imap_proto::Command::List(list) = command.command else {
        panic!("not LIST")
    };
    let list = session.submit(&list).unwrap();
    session.transmitted(usize::MAX);
    let (result, used) = flood(&mut session, b"* LIST () \"/\" mailbox\r\n", 100_000);
    assert_eq!(
        result.unwrap_err().to_string(),
        "answer to LIST over the limit"
    );
    assert!(used < 30 * MIB as u64, "{used}");
    assert!(matches!(
        session.take(&list),
        Some(Err(Error::TooLarge("LIST")))
    ));
}

#[test]
fn ok_parentheses_without_end_cost_no_stack() {
    for (open, close) in [("(", ")"), ("(\"x\" (", "))")] {
        let nested = format!("{}{}", open.repeat(200_000), close.repeat(200_000));
        for response in ["1 FETCH (BODYSTRUCTURE", "THREAD", "NAMESPACE", "LIST", "X"] {
            let script = format!("{LOGGED_IN}C: A1 NOOP\nS: * {response} {nested})\nS: A1 OK done");
            assert_eq!(noop(&script), "OK");
        }
    }
}

#[test]
fn err_bye_without_end() {
    let bye = "S: * BYE go away\n".repeat(100);
    let expected = "server ended the session: BYE go away";
    assert_eq!(noop(&format!("{LOGGED_IN}C: A1 NOOP\n{bye}")), expected);
    assert_eq!(noop(&format!("{LOGGED_IN}{bye}C: A1 NOOP")), expected);
}

#[test]
fn ok_logout_does_not_wait_through_bye_without_end() {
    let bye = "S: * BYE go away\n".repeat(100);
    let mut client = logged_in(&format!("C: A1 LOGOUT\n{bye}S: * OK still here\n"));
    client.logout().unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Logout);
    assert!(matches!(client.noop(), Err(Error::State { .. })));
}

#[test]
fn err_whoever_waits_beside_logout_waits_in_vain() {
    for script in ["C: A1 NOOP", "C: A1 NOOP\nS: A1 OK done\nC: A2 LOGOUT"] {
        let mut client = logged_in(script);
        let noop = client.submit(&Ask::NOOP).unwrap();
        let logout = client.submit(&Ask::LOGOUT).unwrap();
        client.answer(logout).unwrap();
        let is_answered = script.contains("OK");
        assert_eq!(client.answer(noop).is_ok(), is_answered, "{script}");
    }
    let mut client = logged_in("C: A1 LOGOUT\nS: * BYE\nS: A1 OK done");
    client.logout().unwrap();
    assert!(matches!(client.wait_event(None), Err(Error::Closed)));
}

#[test]
fn ok_literal_where_none_may_be() {
    let mut client = selected(
        "C: A2 NOOP
         S: * OK see {5}
         S: * 4 EXISTS {5}
         S: * 5 E~
         S: XISTS
         S: * FLAGS (\\Seen {1}
         S: x)
         S: + {7}
         S: A2 OK done {9}
         C: A3 NOOP
         S: A3 OK done",
    );
    client.noop().unwrap();
    // What follows a marker belongs to the response, and the stream is in step behind it.
    let said = events(&mut client);
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[1].contains("* 4 EXISTS {5}\\r\\n* 5 EXISTS"),
        "{said:?}"
    );
    client.noop().unwrap();
    assert!(client.next_event().is_none());
}

#[test]
fn ok_nul_in_responses() {
    let mut client = logged_in(
        "C: A1 LIST \"\" *
         S: * LIST () \"/\" a\u{0}b
         S: * OK \u{0}
         S: \u{0}
         S: * LIST () \"/\" c
         S: A1 OK \u{0}done
         C: A2 NOOP
         S: A2 OK done",
    );
    let listed = client.list("", "*").unwrap();
    assert_eq!(listed.last().unwrap().name(), "c");
    client.noop().unwrap();
}

#[test]
fn ok_the_mirror_never_underflows() {
    let expunges = "S: * 1 EXPUNGE\n".repeat(100_000);
    let mut client = selected(&format!(
        "C: A2 NOOP
         {expunges}
         S: * VANISHED 1:4294967295
         S: * 4294967295 EXPUNGE
         S: A2 OK done
         C: A3 NOOP
         S: * 4294967295 EXISTS
         S: * 4294967295 RECENT
         S: * 4294967296 EXISTS
         S: A3 OK done"
    ));
    client.noop().unwrap();
    assert_eq!(client.state().selected().unwrap().exists, 0);
    client.noop().unwrap();
    assert_eq!(client.state().selected().unwrap().exists, u32::MAX);
}

#[test]
fn ok_capabilities_without_end() {
    let mut words = String::from("IMAP4rev1");
    for n in 0..100_000 {
        words.push_str(&format!(" X{n}"));
    }
    let line = format!("* CAPABILITY {words}\r\n");
    let mut session = session(SessionOptions::default());
    let (result, used) = flood(&mut session, line.as_bytes(), 20);
    result.unwrap();
    assert!(used < 64 * MIB as u64, "{used}");
    assert!(session.state().has(Capability::Imap4Rev1));
}

#[test]
fn ok_capabilities_that_change_change_the_next_command() {
    let mut client = logged_in(
        "C: A1 NOOP
         S: * CAPABILITY IMAP4rev1 LITERAL+
         S: A1 OK done
         C: A2 APPEND a {1+}
         C: x
         S: * CAPABILITY IMAP4rev1
         S: A2 OK done
         C: A3 APPEND a {1}
         S: + go on
         C: x
         S: A3 OK [CAPABILITY IMAP4rev1 LITERAL-] done
         C: A4 APPEND a {1+}
         C: x
         S: A4 OK done",
    );
    client.noop().unwrap();
    for _ in 0..3 {
        client.append("a", b"x", AppendOptions::default()).unwrap();
    }
}

#[test]
fn ok_enabled_unasked_changes_nothing() {
    let mut client = logged_in(
        "C: A1 NOOP
         S: * ENABLED UTF8=ACCEPT IMAP4rev2 CONDSTORE
         S: A1 OK done
         C: A2 CREATE Entw&APw-rfe
         S: A2 OK done",
    );
    client.noop().unwrap();
    assert!(!client.state().utf8());
    assert!(!client.state().enabled().has(Capability::CondStore));
    client.create("Entwürfe").unwrap();
    assert_eq!(events(&mut client).len(), 1);
}

/// What is in no answer of those below.
const INJECTED: &str = "
    S: * 2 FETCH (FLAGS (\\Deleted))
    S: * LIST () \"/\" evil
    S: * LSUB () \"/\" evil
    S: * STATUS evil (MESSAGES 1)
    S: * SEARCH 1 2 3
    S: * SORT 3 2 1
    S: * ESEARCH (TAG \"A9\") ALL 1:3
    S: * QUOTA evil (STORAGE 1 1)
    S: * ACL evil ann lrs
    S: * METADATA evil /private/comment
    S: * THREAD (1)(2)
";

#[test]
fn ok_data_that_nobody_asked_for_are_in_no_answer() {
    let script = |command: &str, own: &str| {
        format!("C: A2 {command}\n{INJECTED}{own}\n{INJECTED}S: A2 OK done")
    };
    let mut client = selected(&script("CREATE a", ""));
    client.create("a").unwrap();
    assert_eq!(events(&mut client).len(), 22);

    let mut client = selected(&script("STATUS a (MESSAGES)", "S: * STATUS a (MESSAGES 7)"));
    let status = client.status("a", &[StatusItemName::Messages]).unwrap();
    assert_eq!(status.messages, Some(7));
    assert_eq!(events(&mut client).len(), 22);

    let mut client = selected(&script("FETCH 1 (FLAGS)", "S: * 1 FETCH (FLAGS ())"));
    let fetched = client.fetch(seq(1), &[FetchItemName::Flags]).unwrap();
    assert_eq!(fetched.len(), 1);
    assert_eq!(events(&mut client).len(), 22);

    let mut client = selected(&script("GETACL a", "S: * ACL a bob l"));
    assert_eq!(client.get_acl("a").unwrap().len(), 1);
    assert_eq!(events(&mut client).len(), 22);

    // A second set of numbers cannot be told from the first.
    let mut client = selected(&script("SEARCH ALL", ""));
    client.search(&[SearchKey::All]).unwrap();
    assert_eq!(events(&mut client).len(), 18);
}

#[test]
fn err_refusal_over_the_default_limits_ends_the_session() {
    let mut config = Config::default();
    config.session.limits.max_elements = 3_000_000;
    let words = " X".repeat(1_500_000);
    let script = format!(
        "{LOGGED_IN}C: A1 NOOP\nS: A1 NO [BADCHARSET ({})] no",
        &words[1..]
    );
    let mut client = Blocking::connect(Script::new(&script), &config).unwrap();
    assert!(client.noop().unwrap_err().is_fatal());
    assert!(client.noop().unwrap_err().is_fatal());
}
