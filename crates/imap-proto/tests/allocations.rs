//! In steady state parsing takes no memory, and what is kept takes little.

use std::fmt::Write as _;
use std::ptr;

use allocation_counter::measure;
use imap_proto::{Arena, Command, CompactFetches, Fetches, FetchesBuilder, Response};

/// Parses some times with one arena, then once more with a count of the allocations.
fn count(frames: &[Vec<u8>], parse: impl Fn(&[u8], &Arena)) -> u64 {
    let mut arena = Arena::new();
    let mut run = |rounds| {
        for frame in frames.iter().cycle().take(frames.len() * rounds) {
            arena.reset();
            parse(frame, &arena);
        }
    };
    run(20);
    measure(|| run(3)).count_total
}

fn response(frame: &[u8], arena: &Arena) {
    Response::parse(frame, arena).unwrap();
}

fn command(frame: &[u8], arena: &Arena) {
    Command::parse(frame, arena).unwrap();
}

fn flags(n: u32) -> Vec<u8> {
    format!("* {n} FETCH (UID {n} FLAGS (\\Seen))\r\n").into()
}

fn full() -> Vec<u8> {
    let addresses = "(\"A \\\"b\\\" \\\\c\" NIL \"m\" \"h\")".repeat(40);
    let part =
        "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"NAME\" \"a\\\\b\") NIL NIL \"7BIT\" 5 1)";
    let parts = part.repeat(20);
    format!(
        "* 5 FETCH (UID 7 FLAGS (\\Seen $a $b) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
         RFC822.SIZE 4286 ENVELOPE (\"d\" \"s \\\"x\\\"\" ({addresses}) NIL NIL ({addresses}) NIL NIL NIL \
         \"<i>\") BODYSTRUCTURE ({parts}({parts} \"ALTERNATIVE\") \"MIXED\" (\"BOUNDARY\" \"x\") \
         (\"inline\" NIL) (\"en\" \"de\") NIL))\r\n"
    )
    .into()
}

/// A message as most are: one sender, a few receivers, a text in two forms and an attachment.
fn usual() -> Vec<u8> {
    let address = "(\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")";
    let text = |kind| {
        format!(
            "(\"TEXT\" \"{kind}\" (\"CHARSET\" \"UTF-8\") NIL NIL \"QUOTED-PRINTABLE\" 2152 56 NIL NIL NIL \
             NIL)"
        )
    };
    let file = "(\"APPLICATION\" \"PDF\" (\"NAME\" \"minutes.pdf\") NIL NIL \"BASE64\" 48332 NIL \
                (\"ATTACHMENT\" (\"FILENAME\" \"minutes.pdf\")) NIL NIL)";
    let (plain, html) = (text("PLAIN"), text("HTML"));
    format!(
        "* 5 FETCH (UID 7 FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 \
         ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" \
         ({address}) ({address}) ({address}) ({address}{address}) ({address}) NIL NIL \
         \"<B27397-0100000@cac.washington.edu>\") BODYSTRUCTURE (({plain}{html} \"ALTERNATIVE\" \
         (\"BOUNDARY\" \"b1\") NIL NIL NIL){file} \"MIXED\" (\"BOUNDARY\" \"b2\") NIL NIL NIL))\r\n"
    )
    .into()
}

fn search(count: u32) -> Vec<u8> {
    let mut line = String::from("* SEARCH");
    for n in 0..count {
        write!(line, " {}", n * 3 + 1).unwrap();
    }
    line.push_str("\r\n");
    line.into()
}

/// A response with so many ranges at its end.
fn ranges(before: &str, count: u32) -> Vec<u8> {
    let mut line = format!("{before} 1:2");
    for n in 1..count {
        write!(line, ",{}:{}", n * 4 + 1, n * 4 + 2).unwrap();
    }
    line.push_str("\r\n");
    line.into()
}

/// A THREAD response with so many threads, some of which are deep.
fn thread(count: u32) -> Vec<u8> {
    let mut line = String::from("* THREAD ");
    for n in 1..=count {
        write!(line, "({n})({n} 6 (4 23)({n} 7 96 (1 (2)(3))(5)))").unwrap();
    }
    line.push_str("\r\n");
    line.into()
}

#[test]
fn ok_rare_responses_take_no_memory_in_steady_state() {
    let namespace = "(\"\" \"/\" \"X-PARAM\" (\"a\" \"b \\\"c\\\"\"))".repeat(40);
    let resources = " MESSAGE 5 10".repeat(40);
    let entries = " /shared/a \"b \\\"c\\\"\" /private/b {3}\r\nabc /shared/c NIL".repeat(40);
    let texts = [
        format!("* METADATA INBOX (/shared/comment \"x\"{entries})\r\n"),
        "* METADATA \"\" /shared/comment /private/comment\r\n".into(),
        format!("* NAMESPACE ({namespace}) NIL ((\"#shared/\" NIL))\r\n"),
        format!("* QUOTA \"a \\\"b\\\"\" (STORAGE 10 512{resources})\r\n"),
        "* QUOTAROOT INBOX \"\" user.ann \"a \\\"b\\\"\"\r\n".into(),
        "* THREAD\r\n".into(),
    ];
    let long = [
        ranges("* ESEARCH (TAG \"a1\") UID MIN 1 COUNT 40000 ALL", 20_000),
        ranges("* VANISHED (EARLIER)", 20_000),
        thread(5_000),
    ];
    for frame in texts.into_iter().map(String::into_bytes).chain(long) {
        let shown = frame[..frame.len().min(40)].escape_ascii().to_string();
        assert_eq!(count(&[frame], response), 0, "{shown}");
    }
}

#[test]
fn ok_responses_take_no_memory_in_steady_state() {
    let body = format!(
        "* 1 FETCH (UID 7 BODY[] {{65536}}\r\n{})\r\n",
        "x".repeat(65_536)
    );
    let list = "* LIST (\\HasNoChildren \\Sent) \"/\" \"a \\\"b\\\"\"\r\n";
    let status = "* STATUS \"x y\" (MESSAGES 231 UIDNEXT 44292 UIDVALIDITY 1 UNSEEN 0 X 1)\r\n";
    let codes = [
        "a1 OK [READ-WRITE] SELECT completed\r\n",
        "* OK [UIDNEXT 4392] Predicted next UID\r\n",
        "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited\r\n",
        "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN LITERAL+ MOVE UIDPLUS ID ENABLE X Y] x\r\n",
        "a2 OK [COPYUID 38505 304,319:320 3956:3958] Done\r\n",
        "a3 NO [OVERQUOTA] x\r\n",
        "* OK [XUNKNOWN (a b)] x\r\n",
        "* OK\r\n",
    ];
    let all = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    let cases: [(&str, Vec<Vec<u8>>); 9] = [
        ("flags", (1..100).map(flags).collect()),
        ("full, long lists", [full()].into()),
        ("full", [usual()].into()),
        ("body", [body.into_bytes()].into()),
        ("LIST", all(&[list])),
        ("STATUS", all(&[status])),
        ("SEARCH 10", [search(10)].into()),
        ("SEARCH 200,000", [search(200_000)].into()),
        ("codes", all(&codes)),
    ];
    for (name, frames) in cases {
        assert_eq!(count(&frames, response), 0, "{name}");
    }
}

#[test]
fn ok_commands_take_no_memory_in_steady_state() {
    let keys = " FROM \"a b\" NOT SEEN OR TEXT x (SINCE 1-Feb-1994 2,4:*) KEYWORD c".repeat(5);
    let texts = [
        "a1 LOGIN ann \"se \\\"cre\\\" t\"\r\n",
        "a2 SELECT \"my box\"\r\n",
        "a3 UID FETCH 1:*,5 (UID FLAGS BODY.PEEK[1.2.HEADER.FIELDS (DATE FROM)]<0.100>)\r\n",
        "a4 STORE 2:4 +FLAGS.SILENT (\\Deleted $x)\r\n",
        &format!("a5 SEARCH{keys}\r\n"),
    ];
    for text in texts {
        assert_eq!(count(&[text.as_bytes().to_vec()], command), 0, "{text}");
    }
}

/// 100,000 FETCH responses with a UID and flags.
const MANY: u32 = 100_000;

fn many() -> FetchesBuilder {
    let mut builder = FetchesBuilder::new();
    for n in 1..=MANY {
        builder.push(&flags(n)).unwrap();
    }
    builder
}

#[test]
fn ok_repeated_addresses_take_memory_once() {
    let arena = Arena::new();
    let frame = b"* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) \
        ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL))\r\n";
    let Ok(Response::Fetch(fetch)) = Response::parse(frame, &arena) else {
        panic!("no FETCH response");
    };
    let envelope = fetch.envelope().unwrap();
    assert_eq!(envelope.from, envelope.to);
    assert!(ptr::eq(envelope.from, envelope.sender));
    assert!(ptr::eq(envelope.from, envelope.reply_to));
}

/// Octets that a value keeps, for each of [`MANY`].
fn kept<T>(make: impl FnOnce() -> T) -> (T, f64) {
    let mut value = None;
    let info = measure(|| value = Some(make()));
    (value.unwrap(), info.bytes_current as f64 / f64::from(MANY))
}

#[test]
fn ok_fetches_keep_two_hundred_octets_for_each() {
    let (fetches, octets) = kept(|| many().finish());
    assert!(octets <= 200.0, "{octets} octets for each");
    assert_eq!(fetches.len(), MANY as usize);
    check(&fetches);
}

fn check(fetches: &Fetches) {
    for (fetch, n) in fetches.iter().zip(1..) {
        assert_eq!(fetch.number.get(), n);
        assert_eq!(fetch.uid().map(u32::from), Some(n));
    }
}

#[test]
fn ok_compact_fetches_keep_sixty_four_octets_for_each() {
    let (fetches, octets): (CompactFetches, f64) = kept(|| many().finish_compact());
    assert!(octets <= 64.0, "{octets} octets for each");
    let mut arena = Arena::new();
    let mut count = 0;
    let info = measure(|| {
        fetches.for_each(&mut arena, |fetch| {
            count += 1;
            assert_eq!(fetch.uid().map(u32::from), Some(count));
        });
    });
    assert_eq!(count, MANY);
    // The arena's first memory, and nothing after it.
    assert!(info.count_total <= 1, "{} allocations", info.count_total);
}

#[test]
fn ok_full_fetches_keep_little_more_than_their_octets() {
    let frame = usual();
    let build = || {
        let mut builder = FetchesBuilder::new();
        for _ in 0..1000 {
            builder.push(&frame).unwrap();
        }
        builder
    };
    let wire = (frame.len() * 1000) as f64;
    let info = |make: &dyn Fn() -> Box<dyn std::any::Any>| {
        let mut value = None;
        let info = measure(|| value = Some(make()));
        info.bytes_current as f64 / wire
    };
    let parsed = info(&|| Box::new(build().finish()));
    let compact = info(&|| Box::new(build().finish_compact()));
    assert!(compact <= 1.1, "{compact} times the octets of the wire");
    assert!(parsed <= 3.0, "{parsed} times the octets of the wire");
}
