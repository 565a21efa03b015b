//! The same work on few things and on many: how its cost grows.

use std::hint::black_box;

use imap_client::exchange::{Exchange, FetchEach, Fetched, ListEntry};
use imap_client::session::{Step, Ticket};
use imap_client::{Session, SessionOptions};
use imap_codec::{EncodeOptions, encode_command};
use imap_proto::command::{Fetch, List, Select};
use imap_proto::{
    Arena, FetchItemName, FetchItems, Limits, Mailbox, Options, Response, Tag, Uid, UidSetBuf,
};

use crate::corpora;

/// How many things there are.
pub const COUNTS: [(&str, usize); 4] = [
    ("10³", 1_000),
    ("10⁴", 10_000),
    ("10⁵", 100_000),
    ("10⁶", 1_000_000),
];

/// What the work is done on.
pub struct Things {
    /// How many.
    pub count: usize,
    /// FETCH responses, some of them, to be taken in again and again: like what comes from a socket,
    /// they stay in the caches of the processor.
    flags: Vec<u8>,
    /// How often.
    rounds: usize,
    mailboxes: Vec<u8>,
    ranges: Vec<u8>,
    numbers: String,
    set: UidSetBuf,
    arena: Arena,
}

/// Work whose cost should be the same for each thing, however many there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Work {
    /// A session takes in FETCH responses and gives them out one by one.
    FetchEach,
    /// A session takes in FETCH responses and keeps them for one answer.
    FetchCollected,
    /// A session takes in LIST responses and keeps them for one answer.
    ListCollected,
    /// An ESEARCH response with many ranges is parsed.
    ParseEsearch,
    /// A sequence set is parsed.
    ParseSet,
    /// A command with the set is written.
    EncodeSet,
    /// Each number is looked up in the set: the one that may grow, with the logarithm.
    SetContains,
    /// The numbers of the set are counted one by one.
    SetNumbers,
}

impl Work {
    /// All, in the order of the tables.
    pub const ALL: [Self; 8] = [
        Self::FetchEach,
        Self::FetchCollected,
        Self::ListCollected,
        Self::ParseEsearch,
        Self::ParseSet,
        Self::EncodeSet,
        Self::SetContains,
        Self::SetNumbers,
    ];

    /// What the tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FetchEach => "FETCH, one by one",
            Self::FetchCollected => "FETCH, collected",
            Self::ListCollected => "LIST, collected",
            Self::ParseEsearch => "ESEARCH, parsed",
            Self::ParseSet => "set, parsed",
            Self::EncodeSet => "set, written",
            Self::SetContains => "set, looked up",
            Self::SetNumbers => "set, counted through",
        }
    }

    /// Does it once. Returns how many things it was done on.
    pub fn run(self, things: &mut Things) -> usize {
        match self {
            Self::FetchEach => fetch_each(things),
            Self::FetchCollected => black_box(fetch_collected(things)).len(),
            Self::ListCollected => black_box(list_collected(&things.mailboxes)).len(),
            Self::ParseEsearch => parse_esearch(&things.ranges, &mut things.arena),
            Self::ParseSet => {
                let set: UidSetBuf = things.numbers.parse().expect("legal");
                black_box(set).ranges().len()
            }
            Self::EncodeSet => encode_set(&things.set),
            Self::SetContains => {
                let uids = (1..=things.count as u32).filter_map(|n| Uid::try_from(2 * n).ok());
                uids.filter(|uid| things.set.contains(*uid)).count()
            }
            Self::SetNumbers => things.set.numbers(Uid::MAX).map(black_box).count(),
        }
    }
}

impl Things {
    /// So many of each: up to a thousand, or thousands.
    pub fn new(count: usize) -> Self {
        let numbers = corpora::many_numbers(count);
        let block = count.min(1_000);
        Self {
            count,
            flags: corpora::many_flags(block),
            rounds: count / block,
            mailboxes: corpora::many_mailboxes(count),
            ranges: corpora::many_ranges(count),
            set: numbers.parse().expect("legal"),
            numbers,
            arena: Arena::new(),
        }
    }
}

/// A million ranges are more than the usual limits allow.
const LIMITS: Limits = Limits {
    max_elements: 2_000_000,
    max_arena: 256 << 20,
    ..Limits::DEFAULT
};

/// A session in which a mailbox is selected.
fn selected() -> Session {
    let mut session = Session::new(SessionOptions::default());
    hear(
        &mut session,
        b"* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n",
    );
    let select = Select {
        mailbox: Mailbox::INBOX,
        parameters: &[],
    };
    let ticket = say(&mut session, &select);
    hear(&mut session, b"* 1000000 EXISTS\r\nA1 OK selected\r\n");
    let answer = session.take(&ticket).expect("it has come");
    answer.expect("it is OK");
    session
}

/// Sends a command.
fn say<C: Exchange>(session: &mut Session, command: &C) -> Ticket<C::Answer> {
    let ticket = session.submit(command).expect("allowed");
    let octets = session.transmit().len();
    session.transmitted(octets);
    ticket
}

/// Takes in octets as a driver does, and returns how many FETCH responses were given out.
fn hear(session: &mut Session, octets: &[u8]) -> usize {
    let mut given = 0;
    for piece in octets.chunks(16 << 10) {
        session.receive(piece);
        loop {
            match session.step().expect("no fault") {
                Step::NeedInput => break,
                Step::Fetch(fetch) => {
                    black_box(fetch.uid());
                    given += 1;
                }
                _ => {}
            }
        }
    }
    given
}

const FLAGS: FetchItems<'_> = FetchItems::List(&[FetchItemName::Uid, FetchItemName::Flags]);

/// `UID FETCH 1:* (UID FLAGS)`
fn fetch(set: &UidSetBuf) -> Fetch<'_, Uid> {
    Fetch {
        set: set.as_set().expect("not empty"),
        items: FLAGS,
        modifiers: &[],
    }
}

fn fetch_each(things: &Things) -> usize {
    let mut session = selected();
    say(&mut session, &FetchEach(fetch(&UidSetBuf::all())));
    let rounds = 0..things.rounds;
    rounds.map(|_| hear(&mut session, &things.flags)).sum()
}

fn fetch_collected(things: &Things) -> Fetched {
    let mut session = selected();
    let ticket = say(&mut session, &fetch(&UidSetBuf::all()));
    for _ in 0..things.rounds {
        hear(&mut session, &things.flags);
    }
    hear(&mut session, b"A2 OK fetched\r\n");
    let answer = session.take(&ticket).expect("it has come");
    answer.expect("it is OK")
}

fn list_collected(mailboxes: &[u8]) -> Vec<ListEntry> {
    let mut session = selected();
    let ticket = say(&mut session, &List::new("".into(), "*".into()));
    hear(&mut session, mailboxes);
    hear(&mut session, b"A2 OK listed\r\n");
    let answer = session.take(&ticket).expect("it has come");
    answer.expect("it is OK")
}

fn parse_esearch(ranges: &[u8], arena: &mut Arena) -> usize {
    arena.reset();
    let options = Options::lenient().with_limits(LIMITS);
    match Response::parse_with(ranges, arena, &options).expect("legal") {
        Response::UidEsearch(esearch) => {
            black_box(esearch).all().map_or(0, |set| set.ranges().len())
        }
        other => unreachable!("{other:?}"),
    }
}

fn encode_set(set: &UidSetBuf) -> usize {
    let tag = Tag::try_from("A1").expect("legal");
    let encoded = encode_command(tag, &fetch(set), EncodeOptions::CLIENT).expect("legal");
    black_box(encoded);
    set.ranges().len()
}
