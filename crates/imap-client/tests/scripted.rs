//! The blocking client against servers that follow a script.

mod support;

use imap_client::{AppendOptions, ConnectionState, Error, Event};
use imap_proto::command::StoreAction;
use imap_proto::{
    Arena, Capability, Code, FetchItemName, Flag, Response, SearchKey, Section, StatusItemName,
    UidSetBuf,
};
use support::{LOGGED_IN, SELECTED, Script, chain, selected, seq, uid};

/// An empty line of a script, which would be trimmed otherwise.
const EMPTY: &str = "";

#[test]
fn ok_login_asks_capabilities_where_they_are_not_told() {
    let script = Script::new(
        "S: * OK ready
         C: A1 CAPABILITY
         S: * CAPABILITY IMAP4rev1
         S: A1 OK done
         C: A2 LOGIN ann \"se cret\"
         S: A2 OK welcome
         C: A3 CAPABILITY
         S: * CAPABILITY IMAP4rev1 IDLE
         S: A3 OK done",
    );
    let mut client = script.client().unwrap();
    assert!(!client.state().has(Capability::Idle));
    client.login("ann", "se cret").unwrap();
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
    assert!(client.state().has(Capability::Idle));
}

#[test]
fn ok_login_with_capabilities_told_is_one_write_and_one_read() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1] ready
         C: A1 LOGIN ann secret
         S: A1 OK [CAPABILITY IMAP4rev1 IDLE] welcome",
    );
    let reads = script.reads();
    let mut client = script.client().unwrap();
    assert_eq!(*reads.lock().unwrap(), 1);
    client.login("ann", "secret").unwrap();
    assert_eq!(*reads.lock().unwrap(), 2);
    assert!(client.state().has(Capability::Idle));
}

#[test]
fn err_login_refused_leaves_the_session_usable() {
    let script = Script::new(
        "S: * OK [CAPABILITY IMAP4rev1] ready
         C: A1 LOGIN ann wrong
         S: A1 NO [AUTHENTICATIONFAILED] no such user or password
         C: A2 LOGIN ann right
         S: A2 OK [CAPABILITY IMAP4rev1] welcome",
    );
    let mut client = script.client().unwrap();
    let error = client.login("ann", "wrong").unwrap_err();
    assert!(!error.is_fatal());
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.code(), Some(Code::AuthenticationFailed));
    assert_eq!(refusal.text(), "no such user or password");
    assert_eq!(
        error.to_string(),
        "server refused: NO [AUTHENTICATIONFAILED] no such user or password"
    );
    client.login("ann", "right").unwrap();
}

#[test]
fn err_login_is_not_sent_where_it_is_disabled() {
    let script = Script::new("S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready");
    let heard = script.heard();
    let mut client = script.client().unwrap();
    assert!(matches!(
        client.login("ann", "secret"),
        Err(Error::Unsupported(_))
    ));
    assert!(heard.lock().unwrap().is_empty());
}

#[test]
fn ok_greeting_is_kept() {
    let client = Script::new(LOGGED_IN).client().unwrap();
    assert_eq!(client.state().greeting(), "welcome");
}

#[test]
fn err_greeting() {
    for (greeting, expected) in [
        (
            "S: * BYE overloaded",
            "server ended the session: BYE overloaded",
        ),
        (
            "S: +OK POP3 ready",
            "no greeting of IMAP: \"+OK POP3 ready\": \
             expected OK, NO, BAD, BYE or PREAUTH at byte 0 of greeting",
        ),
        (
            "S: * 3 EXISTS",
            "no greeting of IMAP: \"* 3 EXISTS\": \
             expected OK, NO, BAD, BYE or PREAUTH at byte 2 of greeting",
        ),
        (
            "S: * BAD too many from here",
            "server does not want this client: BAD too many from here",
        ),
        (
            "S: * NO [UNAVAILABLE] later",
            "server does not want this client: NO [UNAVAILABLE] later",
        ),
        ("S: * OK cut~", "server closed the connection"),
    ] {
        let error = Script::new(greeting).client().unwrap_err();
        assert_eq!(chain(&error), expected);
        assert!(error.is_fatal());
        let refuses = ["BAD", "BYE", "NO "]
            .iter()
            .any(|word| greeting.contains(word));
        assert_eq!(error.refusal().is_some(), refuses);
    }
}

#[test]
fn ok_select_mirrors_the_mailbox() {
    let mut client = selected(
        "C: A2 NOOP
         S: * 5 EXISTS
         S: * 2 EXPUNGE
         S: * OK [ALERT] going down soon
         S: A2 OK done",
    );
    let mailbox = client.state().selected().unwrap().clone();
    assert_eq!((mailbox.exists, mailbox.recent), (3, Some(1)));
    assert_eq!(mailbox.uid_validity.map(u32::from), Some(42));
    assert_eq!(mailbox.uid_next, Some(uid(10)));
    assert!(mailbox.flags.contains(Flag::Draft));
    assert!(mailbox.permanent_flags.unwrap().contains(Flag::Any));
    assert!(!mailbox.read_only);
    client.noop().unwrap();
    assert_eq!(client.state().selected().unwrap().exists, 4);
    assert!(matches!(client.next_event(), Some(Event::Exists(5))));
    assert!(matches!(client.next_event(), Some(Event::Expunge(n)) if n == seq(2)));
    assert!(matches!(client.next_event(), Some(Event::Alert(text)) if text == "going down soon"));
    assert!(client.next_event().is_none());
}

#[test]
fn err_select_refused_leaves_the_selected_mailbox() {
    let mut client = selected(
        "C: A2 SELECT nowhere
         S: A2 NO [NONEXISTENT] no such mailbox",
    );
    let error = client.select("nowhere").unwrap_err();
    assert!(error.refusal().unwrap().is(b"nonexistent"));
    assert_eq!(client.state().connection(), ConnectionState::Authenticated);
    assert!(client.state().selected().is_none());
    let error = client.expunge().unwrap_err();
    assert_eq!(
        error.to_string(),
        "EXPUNGE is not allowed in the authenticated state"
    );
}

#[test]
fn ok_examine_is_read_only_though_the_server_does_not_say_so() {
    let script = format!("{LOGGED_IN}C: A1 EXAMINE \"Lunch plans\"\nS: * 0 EXISTS\nS: A1 OK done");
    let mut client = Script::new(&script).client().unwrap();
    assert!(client.examine("Lunch plans").unwrap().read_only);
}

#[test]
fn ok_list_has_names_as_people_read_them() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 LIST \"\" *
         S: * LIST (\\HasNoChildren \\Sent) \"/\" Gesendet
         S: * LIST (\\Noselect) NIL \"Entw&APw-rfe\"
         S: * LIST () \"/\" {{5}}
         S: a\"b c~
         S: {EMPTY}
         S: A1 OK done
         C: A2 SELECT Entw&APw-rfe
         S: A2 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let mailboxes = client.list("", "*").unwrap();
    let names: Vec<&str> = mailboxes.iter().map(|m| m.name()).collect();
    assert_eq!(names, ["Gesendet", "Entwürfe", "a\"b c"]);
    assert!(mailboxes[0].has(imap_proto::MailboxAttribute::Sent));
    assert_eq!(mailboxes[0].delimiter(), Some('/'));
    assert_eq!(mailboxes[1].delimiter(), None);
    client.select(mailboxes[1].mailbox()).unwrap();
}

#[test]
fn ok_status() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 STATUS \"a b\" (MESSAGES UIDNEXT)
         S: * STATUS other (MESSAGES 1)
         S: * STATUS \"a b\" (MESSAGES 231 UIDNEXT 44292 SIZE 5 DELETED 2 HIGHESTMODSEQ 7)
         S: A1 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let items = [StatusItemName::Messages, StatusItemName::UidNext];
    let status = client.status("a b", &items).unwrap();
    assert_eq!(
        (status.messages, status.uid_next, status.unseen),
        (Some(231), Some(uid(44292)), None)
    );
    assert_eq!(
        (status.size, status.deleted, status.highest_mod_seq),
        (Some(5), Some(2), Some(7))
    );
    let Some(Event::Response(other)) = client.next_event() else {
        panic!("no event")
    };
    assert!(matches!(other.response(), Response::MailboxStatus(_)));
}

#[test]
fn ok_status_has_all_items() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 STATUS a (MESSAGES)
         S: * STATUS a (APPENDLIMIT NIL DELETED-STORAGE 9 MAILBOXID (F1) RECENT 2 X-NEW (a) UNSEEN -1)
         S: A1 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let status = client.status("a", &[StatusItemName::Messages]).unwrap();
    assert_eq!(status.append_limit, Some(None));
    assert_eq!((status.deleted_storage, status.recent), (Some(9), Some(2)));
    assert_eq!(status.mailbox_id.as_deref(), Some("F1"));
    assert_eq!(status.others["X-NEW"], b"(a)");
    assert_eq!(status.others["UNSEEN"], b"-1");
    assert_eq!((status.unseen, status.others.len()), (None, 2));
}

#[test]
fn ok_fetch_each_and_uid_store() {
    let mut client = selected(
        "C: A2 UID FETCH 5:* (FLAGS)
         S: * 2 FETCH (FLAGS (\\Seen) UID 7)
         S: * 3 FETCH (UID 8 FLAGS ())
         S: A2 OK done
         C: A3 UID STORE 7 +FLAGS (\\Deleted)
         S: * 2 FETCH (UID 7 FLAGS (\\Seen \\Deleted))
         S: A3 OK done
         C: A4 UID EXPUNGE 7
         S: * 2 EXPUNGE
         S: A4 OK done",
    );
    let mut seen = Vec::new();
    let set = UidSetBuf::starting_at(uid(5));
    client
        .uid_fetch_each(set, &[FetchItemName::Flags], |f| seen.push(f.uid()))
        .unwrap();
    assert_eq!(seen, [Some(uid(7)), Some(uid(8))]);
    let stored = client
        .uid_store(uid(7), StoreAction::Add, &[Flag::Deleted])
        .unwrap();
    assert_eq!(
        stored.fetched.iter().next().unwrap().flags(),
        Some(&[Flag::Seen, Flag::Deleted][..])
    );
    assert_eq!(client.uid_expunge(uid(7)).unwrap().seq_nums, [seq(2)]);
    assert_eq!(client.state().selected().unwrap().exists, 2);
}

#[test]
fn ok_fetch_to_writes_large_and_small_contents() {
    let large = "x".repeat(100_000);
    let script = format!(
        "C: A2 FETCH 1 (BODY.PEEK[])
         S: * 1 FETCH (FLAGS (\\Seen))
         S: * 1 FETCH (BODY[] {{100000}}
         S: {large}~
         S:  UID 7)
         S: A2 OK done
         C: A3 UID FETCH 7 (BODY.PEEK[TEXT])
         S: * 1 FETCH (UID 7 BODY[TEXT] {{3}}
         S: abc)
         S: A3 OK done
         C: A4 FETCH 2 (BODY.PEEK[9])
         S: * 2 FETCH (BODY[9] NIL)
         S: A4 OK done"
    );
    let mut client = selected(&script);
    let mut out = Vec::new();
    assert_eq!(
        client.fetch_to(seq(1), Section::ALL, &mut out).unwrap(),
        Some(100_000)
    );
    assert_eq!(out, large.as_bytes());
    out.clear();
    assert_eq!(
        client
            .uid_fetch_to(uid(7), Section::TEXT, &mut out)
            .unwrap(),
        Some(3)
    );
    assert_eq!(out, b"abc");
    let arena = Arena::new();
    let ninth = Section::part(imap_proto::Part::parse("9", &arena).unwrap());
    assert_eq!(client.fetch_to(seq(2), ninth, &mut out).unwrap(), None);
}

#[test]
fn ok_raw_gives_all_that_came() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 XLIST \"\" {{1}}
         S: + go on
         C: *
         S: * XLIST (\\Inbox) \"/\" INBOX
         S: A1 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    let reply = client.run_raw("XLIST", b"\"\" {1}\r\n*").unwrap();
    assert_eq!(reply.text, "done");
    assert_eq!(
        reply.responses[0].frame(),
        b"* XLIST (\\Inbox) \"/\" INBOX\r\n"
    );
}

#[test]
fn ok_logout_by_bye_and_end() {
    let script = format!("{LOGGED_IN}C: A1 LOGOUT\nS: * BYE see you");
    let mut client = Script::new(&script).client().unwrap();
    client.logout().unwrap();
    let error = client.noop().unwrap_err();
    assert_eq!(error.to_string(), "NOOP is not allowed in the logout state");
}

#[test]
fn err_bye_ends_the_session_for_ever() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 NOOP
         S: * BYE idle for too long
         S: * BYE idle for too long"
    );
    let mut client = Script::new(&script).client().unwrap();
    for _ in 0..3 {
        let error = client.noop().unwrap_err();
        assert_eq!(
            error.to_string(),
            "server ended the session: BYE idle for too long"
        );
        assert!(error.is_fatal());
    }
}

#[test]
fn err_end_of_connection_is_never_an_empty_answer() {
    let mut client = selected("C: A2 SEARCH ALL\nS: * SEARCH 1 2");
    assert!(matches!(
        client.search(&[SearchKey::All]),
        Err(Error::Closed)
    ));
    assert!(matches!(client.noop(), Err(Error::Closed)));
}

#[test]
fn err_tagged_response_to_no_command_is_fatal() {
    let script = format!("{LOGGED_IN}C: A1 NOOP\nS: A7 OK done\nS: A1 OK done");
    let mut client = Script::new(&script).client().unwrap();
    assert!(matches!(client.noop(), Err(Error::Protocol(_))));
}

#[test]
fn ok_unreadable_lines_are_events() {
    let script = format!(
        "{LOGGED_IN}
         C: A1 NOOP
         S: Server Unavailable. {{5}}
         S: {EMPTY}
         S: * LIST broken
         S: * OK fine
         S: A1 OK done"
    );
    let mut client = Script::new(&script).client().unwrap();
    client.noop().unwrap();
    let Some(Event::Unreadable(first)) = client.next_event() else {
        panic!("no event")
    };
    assert_eq!(&first.frame[..], b"Server Unavailable. {5}\r\n");
    let Some(Event::Unreadable(second)) = client.next_event() else {
        panic!("no event")
    };
    assert_eq!(second.error.offset, 7);
    assert!(matches!(client.next_event(), Some(Event::Response(_))));
    assert!(client.next_event().is_none());
}

#[test]
fn ok_pieces_of_any_size_make_no_difference() {
    for piece in [1, 7, 64] {
        let mut script = Script::new(
            "S: * OK [CAPABILITY IMAP4rev1] ready
             C: A1 LOGIN ann secret
             S: A1 OK [CAPABILITY IMAP4rev1] welcome
             C: A2 SELECT INBOX
             S: * 1 EXISTS
             S: A2 OK [READ-WRITE] done
             C: A3 FETCH 1 (BODY.PEEK[])
             S: * 1 FETCH (BODY[] {6}
             S: a)
             S: b) UID 3)
             S: A3 OK done",
        );
        script.piece = piece;
        let mut client = script.client().unwrap();
        client.login("ann", "secret").unwrap();
        client.select("INBOX").unwrap();
        let mut out = Vec::new();
        client.fetch_to(seq(1), Section::ALL, &mut out).unwrap();
        assert_eq!(out, b"a)\r\nb)", "pieces of {piece}");
    }
}

#[test]
fn err_line_breaks_and_nul_in_any_argument_are_refused_before_an_octet_is_sent() {
    for evil in ["a\r\nA9 DELETE INBOX", "a\rb", "a\nb", "a\0b"] {
        let script = Script::new("S: * OK [CAPABILITY IMAP4rev1 LITERAL+] ready");
        let heard = script.heard();
        let mut client = script.client().unwrap();
        refused(client.login(evil, "x"), "user name");
        refused(client.login("x", evil), "password");
        refused(client.run_raw("XFOO", evil.as_bytes()), "arguments");
        assert!(heard.lock().unwrap().is_empty());

        let script = Script::new(LOGGED_IN);
        let heard = script.heard();
        let mut client = script.client().unwrap();
        refused(client.select(evil), "mailbox");
        refused(client.examine(evil), "mailbox");
        refused(client.create(evil), "mailbox");
        refused(client.delete(evil), "mailbox");
        refused(client.rename(evil, "x"), "mailbox");
        refused(client.rename("x", evil), "new mailbox name");
        refused(client.subscribe(evil), "mailbox");
        refused(client.unsubscribe(evil), "mailbox");
        refused(client.list(evil, "*"), "reference");
        refused(client.list("", evil), "pattern");
        refused(client.lsub("", evil), "pattern");
        refused(client.status(evil, &[StatusItemName::Messages]), "mailbox");
        refused(
            client.append(evil, b"x", AppendOptions::default()),
            "mailbox",
        );
        assert!(heard.lock().unwrap().is_empty());

        let script = Script::new(SELECTED);
        let heard = script.heard();
        let mut client = script.client().unwrap();
        client.select("INBOX").unwrap();
        let before = heard.lock().unwrap().len();
        refused(
            client.search(&[SearchKey::Not(&SearchKey::Text(evil.into()))]),
            "search text",
        );
        refused(client.copy(seq(1), evil), "mailbox");
        refused(client.uid_copy(uid(1), evil), "mailbox");
        let fields = [evil.into()];
        let section = Section {
            text: Some(imap_proto::SectionText::HeaderFields(&fields)),
            ..Section::ALL
        };
        let item = FetchItemName::BodySection {
            section,
            peek: true,
            partial: None,
        };
        refused(client.fetch(seq(1), &[item]), "header field name");
        assert_eq!(heard.lock().unwrap().len(), before);
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, argument: &str) {
    match result {
        Err(Error::Argument(error)) => {
            assert_eq!(error.argument, argument);
            assert!(error.offset <= 1, "offset of the first bad octet");
        }
        other => panic!("{argument} was let through: {other:?}"),
    }
}
