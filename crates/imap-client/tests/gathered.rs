//! FETCH responses that a session keeps: they are read together, and once.

use allocation_counter::{AllocationInfo, measure};
use imap_client::exchange::{Fetched, UidSearch};
use imap_client::session::{Step, Ticket};
use imap_client::{Error, Event, Session, SessionOptions};
use imap_proto::command::{Enable, Fetch, Search, Select};
use imap_proto::{
    Capability, FetchItemName, FetchItems, Mailbox, Options, Quirks, SearchKey, Section, Uid,
    UidSetBuf,
};

const ENVELOPE: FetchItemName<'_> = FetchItemName::Envelope;
const FLAGS: FetchItemName<'_> = FetchItemName::Flags;
const BODY: FetchItemName<'_> = FetchItemName::BodySection {
    section: Section::ALL,
    peek: true,
    partial: None,
};

/// Takes in octets from the server, in pieces of this size.
fn hear(session: &mut Session, octets: &[u8], piece: usize) {
    let sent = session.transmit().len();
    session.transmitted(sent);
    for octets in octets.chunks(piece) {
        session.receive(octets);
        while !matches!(session.step(), Ok(Step::NeedInput) | Err(_)) {}
    }
}

fn selected(options: SessionOptions) -> Session {
    let mut session = Session::new(options);
    hear(&mut session, b"* PREAUTH [CAPABILITY IMAP4rev1] a\r\n", 99);
    let select = Select {
        mailbox: Mailbox::INBOX,
        parameters: &[],
    };
    let ticket = session.submit(&select).unwrap();
    hear(&mut session, b"* 999999 EXISTS\r\nA1 OK done\r\n", 99);
    session.take(&ticket).unwrap().unwrap();
    session
}

fn uids(first: u32, last: u32) -> UidSetBuf {
    let uid = |n| Uid::try_from(n).unwrap();
    UidSetBuf::range(uid(first), uid(last))
}

/// The answer to a UID FETCH with this set, of which this is heard; and what else there was.
fn fetch(
    session: &mut Session,
    set: &UidSetBuf,
    item: FetchItemName<'_>,
    octets: &[u8],
    piece: usize,
) -> (Fetched, Vec<Event>) {
    let command: Fetch<'_, Uid> = Fetch {
        set: set.as_set().unwrap(),
        items: FetchItems::List(&[item]),
        modifiers: &[],
    };
    let ticket = session.submit(&command).unwrap();
    hear(session, octets, piece);
    let fetched = session.take(&ticket).unwrap().unwrap();
    (fetched, events(session))
}

fn events(session: &mut Session) -> Vec<Event> {
    std::iter::from_fn(|| session.poll_event()).collect()
}

fn envelope(n: u32) -> String {
    format!("* {n} FETCH (UID {n} ENVELOPE (NIL \"{n}\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n")
}

/// Responses of which some are kept, with others between them and among those that are read together.
fn mixed() -> String {
    let mut text = String::new();
    for n in 1..=2000 {
        text += &envelope(n);
        if n % 300 == 0 {
            text += &format!("* {n} FETCH (UID {n} FLAGS (\\Seen))\r\n");
            text += &format!("* {n} FETCH nothing\r\n");
            text += &envelope(n + 5000);
        }
        if n % 700 == 0 {
            text += &format!("* {} EXISTS\r\n", n + 3000);
        }
        if n % 1000 == 0 {
            let large = "x".repeat(40_000);
            text += &format!(
                "* {n} FETCH (UID {n} ENVELOPE (NIL {{40000}}\r\n{large} NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"
            );
        }
    }
    text + "A2 OK done\r\n"
}

fn shown(events: &[Event]) -> String {
    let show = |event: &Event| match event {
        Event::Fetch(fetch) => format!("{} {} ", fetch.fetch().number, fetch.fetch().items.len()),
        Event::Exists(n) => format!("exists {n} "),
        Event::Unreadable(line) => format!("unreadable {} ", line.frame.len()),
        other => panic!("{other:?}"),
    };
    events.iter().map(show).collect()
}

#[test]
fn ok_what_is_not_kept_becomes_events_in_its_order() {
    let text = mixed();
    let mut last = None;
    for piece in [1 << 20, 1000, 7] {
        let mut session = selected(SessionOptions::default());
        let (fetched, events) = fetch(
            &mut session,
            &uids(1, 2000),
            ENVELOPE,
            text.as_bytes(),
            piece,
        );
        let numbers = fetched.iter().map(|fetch| fetch.number.get());
        let expected =
            (1..=2000).flat_map(|n| std::iter::repeat_n(n, 1 + usize::from(n % 1000 == 0)));
        assert!(numbers.eq(expected));
        let large = fetched.iter().filter_map(|fetch| fetch.envelope()?.subject);
        assert_eq!(large.filter(|text| text.0.len() == 40_000).count(), 2);
        let shown = shown(&events);
        assert!(
            shown.starts_with("300 2 unreadable 21 5300 2 600 2 unreadable 21 5600 2 exists 3700 "),
            "{shown}"
        );
        assert_eq!(last.get_or_insert_with(|| shown.clone()), &shown);
    }
}

#[test]
fn ok_a_command_beside_keeps_its_answer() {
    let mut session = selected(SessionOptions::default());
    let set = uids(1, 9);
    let command: Fetch<'_, Uid> = Fetch {
        set: set.as_set().unwrap(),
        items: FetchItems::List(&[FLAGS]),
        modifiers: &[],
    };
    let fetch = session.submit(&command).unwrap();
    let search = Search {
        return_options: None,
        charset: None,
        keys: &[SearchKey::All],
    };
    let search = session.submit(&UidSearch(search)).unwrap();
    hear(
        &mut session,
        b"* 1 FETCH (UID 1 FLAGS ())\r\n* SEARCH 1 2\r\nA3 OK done\r\n\
          * 2 FETCH (UID 2 FLAGS ())\r\nA2 OK done\r\n",
        99,
    );
    assert_eq!(session.take(&search).unwrap().unwrap().all.len(), 2);
    assert_eq!(session.take(&fetch).unwrap().unwrap().len(), 2);
}

#[test]
fn ok_what_came_before_the_end_becomes_events() {
    for is_broken in [false, true] {
        let mut session = selected(SessionOptions::default());
        let set = uids(1, 9);
        let command: Fetch<'_, Uid> = Fetch {
            set: set.as_set().unwrap(),
            items: FetchItems::List(&[ENVELOPE]),
            modifiers: &[],
        };
        let ticket = session.submit(&command).unwrap();
        let text = envelope(1) + "* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n";
        hear(&mut session, text.as_bytes(), 99);
        assert!(events(&mut session).is_empty());
        if is_broken {
            session.failed(Error::Timeout);
        } else {
            assert!(session.received_end().is_err());
        }
        assert_eq!(shown(&events(&mut session)), "2 2 ");
        assert!(matches!(session.take(&ticket), Some(Err(_))));
    }
}

#[test]
fn err_an_answer_over_the_limit_ends_the_session() {
    let mut options = SessionOptions::default();
    options.max_answer = 100;
    let mut session = selected(options);
    let set = uids(1, 9);
    let command: Fetch<'_, Uid> = Fetch {
        set: set.as_set().unwrap(),
        items: FetchItems::List(&[ENVELOPE]),
        modifiers: &[],
    };
    let ticket: Ticket<_> = session.submit(&command).unwrap();
    hear(&mut session, (envelope(1) + &envelope(2)).as_bytes(), 99);
    hear(&mut session, b"A2 OK done\r\n", 99);
    assert!(matches!(
        session.take(&ticket),
        Some(Err(Error::TooLarge("FETCH")))
    ));
}

/// A head that was asked about must not be taken, for the whole message follows.
#[test]
fn ok_a_kept_message_in_chunks_is_kept_once() {
    let body = "y".repeat(50_000);
    let text = format!("* 1 FETCH (UID 7 BODY[] {{50000}}\r\n{body})\r\nA2 OK done\r\n");
    for threshold in [None, Some(10)] {
        let mut session = selected(SessionOptions::default());
        session.set_stream_threshold(threshold);
        let (fetched, events) = fetch(&mut session, &uids(7, 7), BODY, text.as_bytes(), 999);
        let bodies = fetched.iter().map(|fetch| fetch.section(Section::ALL));
        assert!(bodies.eq([Some(body.as_bytes())]), "{threshold:?}");
        assert!(events.is_empty());
    }
}

/// Whatever is kept is read as the session reads it.
#[test]
fn ok_events_are_read_with_the_options_of_the_session() {
    let news = "* LIST () \"/\" \"ü\"\r\n".as_bytes();
    let quirks = |session: &mut Session| {
        hear(session, news, 99);
        match events(session).pop() {
            Some(Event::Response(response)) => response.used_quirks().count(),
            other => panic!("{other:?}"),
        }
    };
    let mut session = selected(SessionOptions::default());
    assert_eq!(*session.state().parse_options(), Options::lenient());
    assert_eq!(quirks(&mut session), 1);
    let enable = Enable {
        capabilities: &[Capability::Imap4Rev2],
    };
    let mut options = SessionOptions::default();
    options.quirks = Quirks::strict();
    let mut session = Session::new(options);
    hear(
        &mut session,
        b"* PREAUTH [CAPABILITY IMAP4rev1 ENABLE IMAP4rev2] a\r\n",
        99,
    );
    session.submit(&enable).unwrap();
    hear(&mut session, b"* ENABLED IMAP4rev2\r\nA1 OK done\r\n", 99);
    assert_eq!(quirks(&mut session), 0);
    assert_eq!(
        *session.state().parse_options(),
        Options::strict().with_utf8(true)
    );
}

/// 20,000 responses with flags.
fn flags() -> Vec<u8> {
    let line = |n| format!("* {n} FETCH (UID {n} FLAGS (\\Seen))\r\n");
    let mut text: String = (1..=MANY).map(line).collect();
    text += "A2 OK done\r\n";
    text.into_bytes()
}

const MANY: u32 = 20_000;

fn kept(make: impl FnOnce() -> Fetched) -> (Fetched, AllocationInfo) {
    let mut fetched = None;
    let info = measure(|| fetched = Some(make()));
    (fetched.unwrap(), info)
}

#[test]
fn ok_kept_flags_take_little_memory_and_few_allocations() {
    let octets = flags();
    let mut session = selected(SessionOptions::default());
    let set = uids(1, MANY);
    let (fetched, info) = kept(|| fetch(&mut session, &set, FLAGS, &octets, 16 << 10).0);
    assert_eq!(fetched.len(), MANY as usize);
    let octets = info.bytes_current as f64 / f64::from(MANY);
    assert!(octets <= 200.0, "{octets} octets for each");
    let allocations = info.count_total as f64 / f64::from(MANY);
    assert!(allocations <= 0.05, "{allocations} for each");
}

#[test]
fn ok_kept_flags_that_come_one_by_one_take_no_more() {
    let octets = flags();
    let line = octets.iter().position(|b| *b == b'\n').unwrap();
    let mut session = selected(SessionOptions::default());
    let set = uids(1, MANY);
    let (_fetched, info) = kept(|| fetch(&mut session, &set, FLAGS, &octets, line + 3).0);
    let octets = info.bytes_current as f64 / f64::from(MANY);
    assert!(octets <= 200.0, "{octets} octets for each");
    let allocations = info.count_total as f64 / f64::from(MANY);
    assert!(allocations <= 0.05, "{allocations} for each");
}
