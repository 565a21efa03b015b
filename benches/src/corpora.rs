//! The messages that everything is measured on, made by one generator from a seed.
//!
//! Every message is legal, and of the forms that all contenders read, but for some that only we read.

mod command;
mod full;
mod mailbox;
mod rare;

pub use mailbox::{Asked, mailbox};

use self::mailbox::Numbers;
use crate::random::Random;

/// Messages of one kind.
pub struct Corpus {
    /// What the tables call it.
    pub name: &'static str,
    /// Who sends it.
    pub side: Side,
    /// Whether the peers read it.
    pub common: bool,
    /// The messages, each whole, with its line end and literals.
    pub frames: Vec<Vec<u8>>,
}

/// Which side of a connection sends a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// A command.
    Client,
    /// A response.
    Server,
}

impl Corpus {
    /// Octets of all messages.
    pub fn octets(&self) -> usize {
        self.frames.iter().map(Vec::len).sum()
    }
}

/// Where the generator starts.
const SEED: u64 = 0x1a1a_9051;

/// How a corpus is made.
struct Recipe {
    name: &'static str,
    side: Side,
    common: bool,
    count: usize,
    frame: fn(&mut Random) -> String,
}

/// All corpora, in the order of the tables.
const RECIPES: &[Recipe] = &[
    Recipe::server("FETCH flags", 256, fetch_flags),
    Recipe::server("FETCH full", 128, full::fetch_full),
    Recipe::server("FETCH BODY[] 64 KiB", 8, fetch_body),
    Recipe::server("LIST", 256, list),
    Recipe::server("SEARCH 200,000", 1, search),
    Recipe::server("status", 256, status),
    Recipe::server("ESEARCH 20,000", 1, esearch).ours_alone(),
    Recipe::server("rare", 64, rare::response).ours_alone(),
    Recipe::client("LOGIN", command::login),
    Recipe::client("SELECT", command::select),
    Recipe::client("UID FETCH", command::uid_fetch),
    Recipe::client("STORE", command::store),
    Recipe::client("SEARCH of 20 keys", command::search),
];

impl Recipe {
    const fn server(name: &'static str, count: usize, frame: fn(&mut Random) -> String) -> Self {
        Self {
            name,
            side: Side::Server,
            common: true,
            count,
            frame,
        }
    }

    const fn client(name: &'static str, frame: fn(&mut Random) -> String) -> Self {
        Self {
            side: Side::Client,
            ..Self::server(name, 64, frame)
        }
    }

    /// Peers don't read it.
    const fn ours_alone(self) -> Self {
        Self {
            common: false,
            ..self
        }
    }

    fn make(&self) -> Corpus {
        let mut random = Random::new(SEED);
        let frames = (0..self.count).map(|_| (self.frame)(&mut random).into_bytes());
        Corpus {
            name: self.name,
            side: self.side,
            common: self.common,
            frames: frames.collect(),
        }
    }
}

/// All corpora, in the order of the tables.
pub fn all() -> Vec<Corpus> {
    RECIPES.iter().map(Recipe::make).collect()
}

/// The names of all corpora.
pub fn names() -> impl Iterator<Item = &'static str> {
    RECIPES.iter().map(|recipe| recipe.name)
}

/// The corpus of that name.
pub fn named(name: &str) -> Option<Corpus> {
    let recipe = RECIPES.iter().find(|recipe| recipe.name == name);
    recipe.map(Recipe::make)
}

/// A response with one literal of 16 MiB, for what depends on the size of a literal.
pub fn large_literal() -> Vec<u8> {
    fetch_literal(&mut Random::new(SEED), 16 << 20).into_bytes()
}

/// So many FETCH responses with UIDs from 1 up, and flags.
pub fn many_flags(count: usize) -> Vec<u8> {
    let mut random = Random::new(SEED);
    let line = |n| format!("* {n} FETCH (UID {n} FLAGS ({}))\r\n", flags(&mut random));
    (1..=count).map(line).collect::<String>().into_bytes()
}

/// So many LIST responses, each of another mailbox.
pub fn many_mailboxes(count: usize) -> Vec<u8> {
    let line = |n| format!("* LIST (\\HasNoChildren) \"/\" Archive/{n}\r\n");
    (0..count).map(line).collect::<String>().into_bytes()
}

/// Every other number, so many of them: `2,4,6`.
pub fn many_numbers(count: usize) -> String {
    let numbers: Vec<_> = (1..=count).map(|n| (2 * n).to_string()).collect();
    numbers.join(",")
}

/// `* 12345 FETCH (UID 234567 FLAGS (\Seen))`
fn fetch_flags(random: &mut Random) -> String {
    let seq = random.range(1_000, 99_999);
    let uid = seq + random.range(0, 200_000);
    flags_of(random, Numbers { seq, uid })
}

fn flags_of(random: &mut Random, Numbers { seq, uid }: Numbers) -> String {
    format!("* {seq} FETCH (UID {uid} FLAGS ({}))\r\n", flags(random))
}

fn flags(random: &mut Random) -> &'static str {
    random.pick(&[
        "",
        "\\Seen",
        "\\Seen",
        "\\Seen",
        "\\Seen \\Answered",
        "\\Flagged \\Seen",
        "\\Seen $Forwarded",
        "\\Recent",
    ])
}

/// A whole message in a literal of 64 KiB.
fn fetch_body(random: &mut Random) -> String {
    fetch_literal(random, 65_536)
}

fn fetch_literal(random: &mut Random, octets: usize) -> String {
    let body = body(random, octets);
    let (seq, uid) = (random.range(1, 9_999), random.range(1, 99_999));
    body_of(&body, Numbers { seq, uid })
}

fn body_of(body: &str, Numbers { seq, uid }: Numbers) -> String {
    let octets = body.len();
    format!("* {seq} FETCH (UID {uid} BODY[] {{{octets}}}\r\n{body})\r\n")
}

/// Lines of a message, so many octets in all.
fn body(random: &mut Random, octets: usize) -> String {
    let mut body = String::with_capacity(octets + 80);
    while body.len() < octets {
        for _ in 0..9 {
            body.push_str(&format!("{:08x}", random.next() as u32));
        }
        body.push_str("\r\n");
    }
    body.truncate(octets);
    body
}

/// `* LIST (\HasNoChildren) "/" "Projects/Alpha/2024"`
fn list(random: &mut Random) -> String {
    const WORDS: &[&str] = &[
        "INBOX",
        "Archive",
        "Projects",
        "Alpha",
        "2024",
        "Lists",
        "rust",
        "Invoices",
        "Old mail",
        "Entw&APw-rfe",
        "Team",
        "Travel",
    ];
    let attributes = random.pick(&[
        "\\HasNoChildren",
        "\\HasNoChildren",
        "\\HasNoChildren",
        "\\HasChildren",
        "\\HasChildren",
        "\\Noselect \\HasChildren",
        "\\HasNoChildren \\Sent",
        "\\HasNoChildren \\Marked",
    ]);
    let mut name = String::from(random.pick(WORDS));
    for _ in 0..random.range(0, 4) {
        name.push('/');
        name.push_str(random.pick(WORDS));
    }
    let quoted = name.contains(' ') || random.chance(1, 2);
    let quote = if quoted { "\"" } else { "" };
    format!("* LIST ({attributes}) \"/\" {quote}{name}{quote}\r\n")
}

/// One line of 1.4 MB with ascending UIDs.
fn search(random: &mut Random) -> String {
    search_of(random, 200_000)
}

/// A line with so many ascending UIDs.
fn search_of(random: &mut Random, numbers: usize) -> String {
    let mut uid = 100_000;
    let mut line = String::from("* SEARCH");
    for _ in 0..numbers {
        uid += random.range(1, 8);
        line.push_str(&format!(" {uid}"));
    }
    line.push_str("\r\n");
    line
}

/// One line of 300 kB with ascending ranges.
fn esearch(random: &mut Random) -> String {
    esearch_ranges(random, 20_000)
}

/// An ESEARCH response with so many ascending ranges.
pub fn many_ranges(count: usize) -> Vec<u8> {
    esearch_ranges(&mut Random::new(SEED), count).into_bytes()
}

fn esearch_ranges(random: &mut Random, count: usize) -> String {
    let mut uid = 100_000;
    let mut line = String::from("* ESEARCH (TAG \"A0001\") UID COUNT 100000 ALL");
    for n in 0..count {
        let first = uid + random.range(2, 8);
        uid = first + random.range(1, 8);
        let separator = if n == 0 { ' ' } else { ',' };
        line.push_str(&format!("{separator}{first}:{uid}"));
    }
    line.push_str("\r\n");
    line
}

/// What SELECT, APPEND, COPY and others are answered with.
fn status(random: &mut Random) -> String {
    let n = random.range(1, 4_000_000_000);
    let small = random.range(1, 99_999);
    let tag = format!("A{:04}", random.range(1, 9_999));
    match random.range(0, 11) {
        0 => format!("* OK [UIDVALIDITY {n}] UIDs valid\r\n"),
        1 => format!("* OK [UIDNEXT {small}] Predicted next UID\r\n"),
        2 => format!("* OK [HIGHESTMODSEQ {n}] Highest\r\n"),
        3 => format!("* OK [UNSEEN {small}] First unseen.\r\n"),
        4 => {
            let flags = "\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded \\*";
            format!("* OK [PERMANENTFLAGS ({flags})] Flags permitted.\r\n")
        }
        5 => format!("{tag} OK [READ-WRITE] Select completed (0.00{small} + 0.000 secs).\r\n"),
        6 => {
            let last = small + 2;
            format!("{tag} OK [COPYUID {n} {small}:{last} 3956:3958] Copy completed\r\n")
        }
        7 => format!("{tag} OK [APPENDUID {n} {small}] Append completed\r\n"),
        8 => format!("{tag} NO [TRYCREATE] Mailbox doesn't exist: {small}\r\n"),
        9 => format!("{tag} OK Fetch completed (0.00{small} + 0.000 secs).\r\n"),
        _ => {
            let list = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN";
            format!("{tag} OK [CAPABILITY {list}] Logged in\r\n")
        }
    }
}
