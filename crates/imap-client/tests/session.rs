//! The session without a driver: pipelining, waiting for the server, and broken answers.

use imap_client::exchange::{Exchange, MoveByCopy, UidSearch, Unauthenticate};
use imap_client::session::{Step, Ticket};
use imap_client::{Error, Session, SessionOptions};
use imap_proto::command::{
    Append, AppendMessage, Compress, Enable, Fetch, GetAcl, GetQuota, List, ListReturnOption, Move,
    MyRights, Search, Select, Status,
};
use imap_proto::{
    Capability, FetchItemName, FetchItems, SearchKey, SeqNum, SequenceSetBuf, StatusItemName, Uid,
    UidSetBuf,
};

const GREETING: &[u8] = b"* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n";
const SELECT: Select<'_> = Select {
    mailbox: imap_proto::Mailbox::INBOX,
    parameters: &[],
};

/// A session in which INBOX is selected.
fn selected() -> Session {
    let mut session = Session::new(SessionOptions::default());
    hear(&mut session, GREETING);
    let ticket = session.submit(&SELECT).unwrap();
    assert_eq!(say(&mut session), "A1 SELECT INBOX\r\n");
    hear(&mut session, b"* 9 EXISTS\r\nA1 OK [READ-WRITE] done\r\n");
    session.take(&ticket).unwrap().unwrap();
    session
}

/// Takes in octets from the server.
fn hear(session: &mut Session, octets: &[u8]) {
    session.receive(octets);
    while !matches!(session.step(), Ok(Step::NeedInput) | Err(_)) {}
}

/// What goes to the server now.
fn say(session: &mut Session) -> String {
    let text = String::from_utf8(session.transmit().to_vec()).unwrap();
    session.transmitted(text.len());
    text
}

fn submit<C: Exchange>(session: &mut Session, command: &C) -> Ticket<C::Answer> {
    session.submit(command).unwrap()
}

fn flags_of(set: &SequenceSetBuf) -> Fetch<'_> {
    Fetch {
        set: set.as_set().unwrap(),
        items: FetchItems::List(&[FetchItemName::Flags]),
        modifiers: &[],
    }
}

fn list(pattern: &str) -> List<'_> {
    List::new("".into(), pattern.into())
}

fn status(mailbox: &str) -> Status<'_> {
    Status {
        mailbox: mailbox.into(),
        items: &[StatusItemName::Messages],
    }
}

const ALL: Search<'_> = Search {
    return_options: None,
    charset: None,
    keys: &[SearchKey::All],
};

#[test]
fn ok_commands_that_cannot_be_confused_go_out_together() {
    let mut session = selected();
    let one = SequenceSetBuf::from(SeqNum::MIN);
    let fetch = submit(&mut session, &flags_of(&one));
    let search = submit(&mut session, &ALL);
    assert_eq!(say(&mut session), "A2 FETCH 1 (FLAGS)\r\nA3 SEARCH ALL\r\n");
    hear(
        &mut session,
        b"* SEARCH 1 2\r\nA3 OK done\r\n* 1 FETCH (FLAGS ())\r\n",
    );
    assert!(session.take(&fetch).is_none());
    assert_eq!(session.take(&search).unwrap().unwrap().all.len(), 2);
    hear(&mut session, b"A2 OK done\r\n");
    assert_eq!(session.take(&fetch).unwrap().unwrap().len(), 1);
}

#[test]
fn ok_commands_that_could_be_confused_wait() {
    let one = SequenceSetBuf::from(SeqNum::MIN);
    // The same kind of data.
    let mut session = selected();
    let (first, second) = (
        submit(&mut session, &ALL),
        submit(&mut session, &UidSearch(ALL)),
    );
    assert_eq!(say(&mut session), "A2 SEARCH ALL\r\n");
    hear(&mut session, b"* SEARCH 1\r\nA2 OK done\r\n");
    assert_eq!(say(&mut session), "A3 UID SEARCH ALL\r\n");
    hear(&mut session, b"* SEARCH 7\r\nA3 OK done\r\n");
    assert_eq!(session.take(&first).unwrap().unwrap().count, Some(1));
    assert_eq!(session.take(&second).unwrap().unwrap().all.to_string(), "7");
    // Sequence numbers that an EXPUNGE could move: UID SEARCH allows one.
    let _ = submit(&mut session, &UidSearch(ALL));
    let _ = submit(&mut session, &flags_of(&one));
    assert_eq!(say(&mut session), "A4 UID SEARCH ALL\r\n");
    hear(&mut session, b"A4 OK done\r\n");
    assert_eq!(say(&mut session), "A5 FETCH 1 (FLAGS)\r\n");
}

#[test]
fn ok_questions_about_mailboxes_go_out_together_unless_their_data_are_alike() {
    let mut session = selected();
    let mailbox = "a".into();
    let _ = submit(&mut session, &GetAcl { mailbox });
    let _ = submit(&mut session, &GetQuota { root: "".into() });
    let rights = submit(&mut session, &MyRights { mailbox });
    let with_rights = List {
        return_options: Some(&[ListReturnOption::MyRights]),
        ..list("%")
    };
    let entries = submit(&mut session, &with_rights);
    assert_eq!(
        say(&mut session),
        "A2 GETACL a\r\nA3 GETQUOTA \"\"\r\nA4 MYRIGHTS a\r\n"
    );
    hear(&mut session, b"* MYRIGHTS a lr\r\nA4 OK done\r\n");
    assert_eq!(session.take(&rights).unwrap().unwrap().to_string(), "lr");
    assert_eq!(say(&mut session), "A5 LIST \"\" % RETURN (MYRIGHTS)\r\n");
    hear(
        &mut session,
        b"* LIST () NIL a\r\n* MYRIGHTS a lrs\r\nA5 OK done\r\n",
    );
    let entries = session.take(&entries).unwrap().unwrap();
    assert_eq!(entries[0].my_rights().unwrap().to_string(), "lrs");
}

#[test]
fn ok_nothing_goes_out_beside_enable() {
    let mut session = Session::new(SessionOptions::default());
    hear(&mut session, GREETING);
    let capabilities = &[Capability::Utf8Accept];
    let _ = submit(&mut session, &Enable { capabilities });
    let _ = submit(&mut session, &list("%"));
    assert_eq!(say(&mut session), "A1 ENABLE UTF8=ACCEPT\r\n");
    hear(&mut session, b"* ENABLED UTF8=ACCEPT\r\nA1 OK done\r\n");
    assert_eq!(say(&mut session), "A2 LIST \"\" %\r\n");
}

#[test]
fn err_unauthenticate_while_all_is_compressed() {
    let mut session = Session::new(SessionOptions::default());
    hear(
        &mut session,
        b"* PREAUTH [CAPABILITY IMAP4rev1 COMPRESS=DEFLATE] welcome\r\n",
    );
    let compress = submit(&mut session, &Compress::Deflate);
    assert_eq!(say(&mut session), "A1 COMPRESS DEFLATE\r\n");
    hear(&mut session, b"A1 OK done\r\n");
    session.take(&compress).unwrap().unwrap();
    assert!(session.state().is_compressed());
    assert!(matches!(
        session.submit(&Unauthenticate),
        Err(Error::Unsupported(_))
    ));
}

#[test]
fn ok_commands_of_one_answer_go_before_all_that_wait() {
    let mut session = selected();
    let set = UidSetBuf::from(Uid::MIN);
    let moving = MoveByCopy(Move {
        set: set.as_set().unwrap(),
        mailbox: "x".into(),
    });
    let moved = submit(&mut session, &moving);
    let _ = submit(&mut session, &SELECT);
    let listed = submit(&mut session, &list("%"));
    assert_eq!(say(&mut session), "A2 UID COPY 1 x\r\n");
    hear(&mut session, b"A2 OK copied\r\n");
    assert_eq!(
        say(&mut session),
        "A5 UID STORE 1 +FLAGS.SILENT (\\Deleted)\r\n"
    );
    hear(&mut session, b"A5 OK stored\r\n");
    assert_eq!(say(&mut session), "A6 UID EXPUNGE 1\r\n");
    assert!(session.take(&moved).is_none());
    hear(&mut session, b"* 1 EXPUNGE\r\nA6 OK gone\r\n");
    assert_eq!(
        session
            .take(&moved)
            .unwrap()
            .unwrap()
            .expunged
            .seq_nums
            .len(),
        1
    );
    assert_eq!(say(&mut session), "A3 SELECT INBOX\r\n");
    hear(&mut session, b"A3 OK done\r\n");
    assert_eq!(say(&mut session), "A4 LIST \"\" %\r\n");
    hear(&mut session, b"A4 OK done\r\n");
    assert!(session.take(&listed).unwrap().is_ok());
}

#[test]
fn ok_an_abandoned_move_by_copy_is_finished() {
    let mut session = selected();
    let set = UidSetBuf::from(Uid::MIN);
    let moving = MoveByCopy(Move {
        set: set.as_set().unwrap(),
        mailbox: "x".into(),
    });
    let moved = submit(&mut session, &moving);
    session.abandon(&moved);
    hear(&mut session, b"A2 OK copied\r\n");
    hear(&mut session, b"A3 OK stored\r\n");
    hear(&mut session, b"A4 OK gone\r\n");
    assert!(say(&mut session).ends_with("A4 UID EXPUNGE 1\r\n"));
    assert!(session.take(&moved).is_none());
}

#[test]
fn ok_nothing_is_sent_while_a_literal_waits() {
    let mut session = selected();
    let message = AppendMessage::new(b"hello");
    let append = Append::one("Sent".into(), &message);
    let first = submit(&mut session, &append);
    let second = submit(&mut session, &list("%"));
    assert_eq!(say(&mut session), "A2 APPEND Sent {5}\r\n");
    hear(&mut session, b"* 10 EXISTS\r\n");
    assert_eq!(say(&mut session), "");
    hear(&mut session, b"+ go on\r\n");
    assert_eq!(say(&mut session), "hello\r\nA3 LIST \"\" %\r\n");
    hear(&mut session, b"A3 OK done\r\nA2 OK done\r\n");
    assert!(session.take(&first).unwrap().is_ok());
    assert!(session.take(&second).unwrap().is_ok());
}

#[test]
fn ok_a_refused_literal_is_not_sent() {
    let mut session = selected();
    let message = AppendMessage::new(b"hello");
    let append = Append::one("Sent".into(), &message);
    let first = submit(&mut session, &append);
    let _ = submit(&mut session, &list("%"));
    assert_eq!(say(&mut session), "A2 APPEND Sent {5}\r\n");
    hear(&mut session, b"A2 NO [OVERQUOTA] full\r\n");
    assert_eq!(say(&mut session), "A3 LIST \"\" %\r\n");
    assert!(matches!(session.take(&first), Some(Err(Error::Refused(_)))));
}

#[test]
fn ok_an_abandoned_answer_is_thrown_away() {
    let mut session = selected();
    let lost = submit(&mut session, &status("a"));
    session.abandon(&lost);
    let kept = submit(&mut session, &list("%"));
    hear(
        &mut session,
        b"* STATUS a (MESSAGES 3)\r\nA2 OK done\r\nA3 OK done\r\n",
    );
    assert!(session.take(&lost).is_none());
    assert!(session.take(&kept).unwrap().is_ok());
    assert!(session.poll_event().is_none());
}

#[test]
fn err_every_command_in_flight_gets_the_fatal_error() {
    let mut session = selected();
    let (first, second) = (
        submit(&mut session, &status("a")),
        submit(&mut session, &list("%")),
    );
    hear(&mut session, b"* BYE down\r\n");
    assert!(matches!(session.take(&first), Some(Err(Error::Bye(_)))));
    assert!(matches!(session.take(&second), Some(Err(Error::Bye(_)))));
    assert!(matches!(session.submit(&list("%")), Err(Error::Bye(_))));
    assert!(matches!(session.step(), Err(Error::Bye(_))));
    assert!(session.transmit().is_empty());
}

#[test]
fn err_a_broken_end_of_a_command_is_fatal() {
    let mut session = selected();
    let ticket = submit(&mut session, &list("%"));
    hear(&mut session, b"A2 FINE\r\n");
    let Some(Err(Error::Parse(unreadable))) = session.take(&ticket) else {
        panic!("no error")
    };
    assert_eq!(&unreadable.frame[..], b"A2 FINE\r\n");
    assert_eq!(unreadable.error.offset, 3);
}

#[test]
fn ok_events_are_bounded() {
    let mut options = SessionOptions::default();
    options.max_events = 10;
    let mut session = Session::new(options);
    hear(&mut session, GREETING);
    for n in 0..100 {
        hear(&mut session, format!("* {n} EXISTS\r\n").as_bytes());
    }
    let first = session.poll_event();
    assert!(
        matches!(first, Some(imap_client::Event::Dropped(90))),
        "{first:?}"
    );
    assert!(matches!(
        session.poll_event(),
        Some(imap_client::Event::Exists(90))
    ));
}

#[test]
fn ok_a_response_over_the_limits_is_an_event_and_the_session_goes_on() {
    let mut options = SessionOptions::default();
    options.limits.max_literal = 100;
    let mut session = Session::new(options);
    hear(&mut session, GREETING);
    let ticket = submit(&mut session, &list("%"));
    let mut octets = b"* LIST () \"/\" {200}\r\n".to_vec();
    octets.extend([b'x'; 200]);
    octets.extend(b"\r\n* LIST () \"/\" b\r\nA1 OK done\r\n");
    hear(&mut session, &octets);
    let listed = session.take(&ticket).unwrap().unwrap();
    assert_eq!(listed.len(), 1);
    assert!(matches!(
        session.poll_event(),
        Some(imap_client::Event::TooLarge(_))
    ));
}

#[test]
fn ok_sessions_and_clients_can_be_sent_to_other_threads() {
    fn send<T: Send>() {}
    send::<Session>();
    send::<imap_client::blocking::Client>();
    send::<Error>();
    send::<imap_client::Event>();
}
