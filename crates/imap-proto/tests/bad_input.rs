//! Input that nobody means: nothing panics, nothing overflows the stack, neighbours stay intact.

mod support;

use imap_proto::{Arena, Command, FetchItem, Flag, Options, ParseError, Response};
use proptest::prelude::*;
use support::{Role, parse};

const RICH: [(Role, &str); 4] = [
    (
        Role::Server,
        "* 12 FETCH (UID 7 FLAGS (\\Seen $x) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
         RFC822.SIZE 4286 ENVELOPE (\"d\" \"s\\\"t\" ((\"n\" NIL \"m\" \"h\")) NIL NIL NIL NIL NIL NIL \
         {3}\r\n<i>) BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 5 1 NIL \
         (\"inline\" NIL) (\"en\" \"de\") NIL)(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"8BIT\" 9 (NIL NIL NIL \
         NIL NIL NIL NIL NIL NIL NIL) (\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) 2) \"MIXED\" (\"B\" \"y\")) \
         BODY[1.HEADER.FIELDS (A B)]<3> {2}\r\nhi X-Y (1 \"a\" (b)))\r\n",
    ),
    (
        Role::Server,
        "a1 OK [COPYUID 38505 304,319:320 3956:3958] Done [x] {5}\r\n",
    ),
    (
        Role::Server,
        "* LIST (\\HasNoChildren \\Sent) \"/\" {3}\r\na b (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n",
    ),
    (
        Role::Client,
        "a1 UID SEARCH CHARSET UTF-8 OR (FROM \"a\" 2,4:*) NOT SINCE 1-Feb-1994 TEXT {2}\r\nab X \"y\" \
         HEADER A b KEYWORD c\r\n",
    ),
];

fn options() -> [Options; 3] {
    let lenient = Options::lenient();
    [lenient, Options::strict(), lenient.with_utf8(true)]
}

/// Parses in all ways; checks what holds for any input.
fn check(role: Role, frame: &[u8]) {
    let [lenient, strict, utf8] = options().map(|options| parse(role, frame, &options));
    for error in [&lenient, &strict, &utf8]
        .into_iter()
        .filter_map(|r| r.as_ref().err())
    {
        assert!(
            error.offset <= frame.len(),
            "{error} of {}",
            frame.escape_ascii()
        );
        assert!(error.render(frame).contains('^'));
    }
    if let Ok(value) = strict {
        assert_eq!(lenient, Ok(value), "{}", frame.escape_ascii());
    }
}

#[test]
fn ok_each_octet_may_be_any_other() {
    for (role, frame) in RICH {
        assert!(
            parse(role, frame.as_bytes(), &Options::strict()).is_ok(),
            "{frame}"
        );
        let mut octets = frame.as_bytes().to_vec();
        for n in 0..octets.len() {
            let before = octets[n];
            for octet in (0..=255u8).filter(|o| o.is_ascii_punctuation() || o % 16 < 4) {
                octets[n] = octet;
                check(role, &octets);
            }
            octets[n] = before;
        }
    }
}

#[test]
fn ok_each_octet_may_lack_or_come_twice() {
    for (role, frame) in RICH {
        for n in 0..frame.len() {
            let (before, after) = frame.as_bytes().split_at(n);
            check(role, &[before, &after[1..]].concat());
            check(role, &[before, &after[..1], after].concat());
        }
    }
}

#[test]
fn ok_damage_to_an_item_leaves_its_neighbours_alone() {
    let values = [
        "ENVELOPE (\"d\" \"s\" ((\"n\" NIL \"m\" \"h\")) NIL NIL NIL NIL NIL NIL \"<i>\")",
        "BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 5 1) \"MIXED\")",
        "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"",
        "RFC822.SIZE 4286",
        "BODY[1.HEADER.FIELDS (A B)]<3> \"hi\"",
        "FLAGS (\\Seen $x)",
        "X-Y (1 \"a\" (b))",
    ];
    for value in values {
        let start = value.find(' ').unwrap() + 1;
        for n in start..value.len() {
            let mut octets = value.as_bytes().to_vec();
            // What stands for structure stays.
            if matches!(octets[n], b'(' | b')' | b'"' | b' ' | b'[' | b']') {
                continue;
            }
            for octet in OCTETS {
                // An escaped quote would not end its string.
                if octet == b'\\' && value.as_bytes().get(n + 1) == Some(&b'"') {
                    continue;
                }
                octets[n] = octet;
                neighbours_of(&octets);
            }
        }
    }
}

const OCTETS: [u8; 13] = *b"\0\x01\t!*+0<A\\~\x80\xff";

fn neighbours_of(value: &[u8]) {
    let frame = [
        b"* 1 FETCH (UID 7 ",
        value,
        b" RFC822 \"x\" FLAGS (\\Draft))\r\n",
    ]
    .concat();
    let arena = Arena::new();
    let shown = frame.escape_ascii();
    let fetch = match Response::parse(&frame, &arena) {
        Ok(Response::Fetch(fetch)) => fetch,
        other => panic!("{shown}: {other:?}"),
    };
    assert_eq!(fetch.uid().map(u32::from), Some(7), "{shown}");
    let [
        ..,
        FetchItem::Rfc822(Some(text)),
        FetchItem::Flags([Flag::Draft]),
    ] = fetch.items
    else {
        panic!("{shown}: {fetch:?}");
    };
    assert_eq!(*text, "x");
}

/// Runs with a stack on which 20,000 levels of recursion have no room.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(run);
    thread.unwrap().join().unwrap();
}

#[test]
fn ok_twenty_thousand_levels_overflow_no_stack() {
    const LEVELS: usize = 20_000;
    let nest = |before: &str, open: &str, inner: &str, close: &str, after: &str| {
        let (open, close) = (open.repeat(LEVELS), close.repeat(LEVELS));
        format!("{before}{open}{inner}{close}{after}\r\n")
    };
    let part = "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)";
    let message = "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 1 () ";
    let cases = [
        (
            Role::Server,
            nest("* 1 FETCH (BODYSTRUCTURE ", "(", part, " \"M\")", ")"),
        ),
        (
            Role::Server,
            nest("* 1 FETCH (BODYSTRUCTURE ", message, part, " 1)", ")"),
        ),
        (
            Role::Server,
            nest("* 1 FETCH (BODYSTRUCTURE ", "(", "", "", ""),
        ),
        (Role::Server, nest("* 1 FETCH (X ", "(", "", ")", ")")),
        (Role::Server, nest("* 1 FETCH (", "(", "UID 1", ")", ")")),
        (Role::Server, nest("* 1 FETCH (X[", "(", "", ")", "] 1)")),
        (Role::Server, nest("* STATUS x (X ", "(", "", ")", ")")),
        (Role::Server, nest("* XNEWS ", "(", "", ")", "")),
        (Role::Server, nest("* OK [X ", "(", "", ")", "] x")),
        (Role::Server, nest("* OK [X ", "[", "", "]", "] x")),
        (Role::Server, nest("* LIST () NIL x (X ", "(", "", ")", ")")),
        (Role::Client, nest("a XNEWS ", "(", "", ")", "")),
        (Role::Client, nest("a SEARCH ", "(", "ALL", ")", "")),
        (Role::Client, nest("a SEARCH ", "NOT ", "ALL", "", "")),
        (Role::Client, nest("a SEARCH ", "OR ALL ", "ALL", "", "")),
        (Role::Client, nest("a FETCH 1 (X ", "(", "", ")", ")")),
    ];
    on_a_small_stack(move || {
        for (role, message) in cases {
            check(role, message.as_bytes());
        }
    });
}

#[test]
fn ok_the_deepest_values_are_shown_and_compared() {
    on_a_small_stack(|| {
        let depth = 63;
        let (open, close) = ("(".repeat(depth), " \"M\")".repeat(depth));
        let part = "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)";
        let body = format!("* 1 FETCH (BODY {open}{part}{close})\r\n");
        let keys = format!("a SEARCH {}ALL\r\n", "NOT ".repeat(depth));
        let arena = Arena::new();
        let [one, two] = [(); 2].map(|()| Response::parse(body.as_bytes(), &arena).unwrap());
        assert_eq!(one, two);
        assert!(format!("{one:?} {one:#?}").len() > 63);
        let [one, two] = [(); 2].map(|()| Command::parse(keys.as_bytes(), &arena).unwrap());
        assert_eq!(one, two);
        assert!(format!("{one:?} {one:#?}").len() > 63);
    });
}

#[test]
fn ok_items_that_are_not_balanced_are_given_up_in_the_end() {
    for item in [
        "X (( ) UID 1 ",
        "RFC822 \"( ) UID 1 RFC822 ( ",
        "BODY[( ) UID 1 ",
    ] {
        let frame = format!(
            "* 1 FETCH ({}UID 7)\r\n",
            item.repeat((1 << 20) / item.len())
        );
        let arena = Arena::new();
        let Ok(Response::Fetch(fetch)) = Response::parse(frame.as_bytes(), &arena) else {
            panic!("no FETCH");
        };
        assert!(fetch.items.len() < 100, "{} items", fetch.items.len());
    }
}

#[test]
fn err_literals_with_wrong_lengths() {
    let huge = format!("{}", u64::MAX);
    let cases = [
        "4",
        "1000",
        "4294967296",
        &huge,
        "99999999999999999999",
        "-1",
        "",
        "3 ",
        "0x3",
    ];
    for length in cases {
        for (role, before, after) in [
            (Role::Server, "* LIST () NIL ", ""),
            (Role::Client, "a SELECT ", ""),
            (Role::Client, "a APPEND x ", ""),
        ] {
            let frame = format!("{before}{{{length}}}\r\nabc{after}\r\n");
            check(role, frame.as_bytes());
            assert!(
                parse(role, frame.as_bytes(), &Options::strict()).is_err(),
                "{frame}"
            );
        }
    }
    // One octet short: the rest is not what has to follow.
    let error = Response::parse(b"* LIST () NIL {2}\r\nabc\r\n", &Arena::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected end of line at byte 21 of LIST response"
    );
}

#[test]
fn ok_long_lists() {
    let arena = Arena::new();
    let frame = format!("* FLAGS ({}b)\r\n", "a ".repeat(99_999));
    let Ok(Response::Flags(flags)) = Response::parse(frame.as_bytes(), &arena) else {
        panic!("no flags");
    };
    assert_eq!(flags.len(), 100_000);
    let numbers: Vec<u32> = (1..=200_000).map(|n| n * 20_000).collect();
    let text: Vec<String> = numbers.iter().map(u32::to_string).collect();
    let frame = format!("* SEARCH {}\r\n", text.join(" "));
    let Ok(Response::Search(search)) = Response::parse(frame.as_bytes(), &arena) else {
        panic!("no search");
    };
    assert_eq!(search.numbers, numbers);
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Client), Just(Role::Greeter), Just(Role::Server)]
}

/// Pieces of messages.
fn piece() -> impl Strategy<Value = &'static [u8]> {
    let pieces: Vec<&'static [u8]> = vec![
        b"* ",
        b"a ",
        b"+ ",
        b" ",
        b"(",
        b")",
        b"[",
        b"]",
        b"\"",
        b"\\",
        b"{1}\r\n",
        b"~{2}\r\n",
        b"\r\n",
        b"NIL",
        b"1",
        b"0",
        b"4294967295",
        b"*",
        b":",
        b",",
        b"$",
        b"\0",
        b"\xff",
        b"\xc3\xbc",
        b"<1>",
        b"OK ",
        b"BYE ",
        b"[ALERT] ",
        b"[UIDNEXT 5] ",
        b"[COPYUID 1 2 3]",
        b"CAPABILITY ",
        b"IMAP4rev1",
        b"FETCH (",
        b"FLAGS (",
        b"\\Seen",
        b"UID ",
        b"ENVELOPE (",
        b"BODY",
        b"BODYSTRUCTURE (",
        b"TEXT",
        b"HEADER.FIELDS (",
        b"LIST (",
        b"\"/\" ",
        b"STATUS ",
        b"MESSAGES ",
        b"SEARCH ",
        b"(MODSEQ 9)",
        b"EXISTS",
        b"\"a b\"",
        b"RFC822.SIZE ",
        b"INTERNALDATE ",
        b"\"17-Jul-1996 02:44:25 -0700\"",
        b"LOGIN ",
        b"APPEND ",
        b"STORE ",
        b"NOT ",
        b"OR ",
        b"ALL",
        b"SINCE 1-Feb-1994",
        b"\"TEXT\" ",
    ];
    proptest::sample::select(pieces)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn ok_any_octets(role in role(), octets in proptest::collection::vec(any::<u8>(), 0..80)) {
        check(role, &octets);
        let line = [&octets[..], b"\r\n"].concat();
        check(role, &line);
    }

    #[test]
    fn ok_any_pieces(role in role(), pieces in proptest::collection::vec(piece(), 0..24)) {
        let start: &[u8] = if role == Role::Client { b"a " } else { b"* " };
        let line = [start, &pieces.concat(), b"\r\n"].concat();
        check(role, &line);
    }
}

#[test]
fn err_an_error_needs_no_input_to_be_shown() {
    let error: ParseError = Response::parse(b"", &Arena::new()).unwrap_err();
    assert_eq!(
        error.render(b""),
        "expected tag at byte 0 of tagged response, found the end\n\n^"
    );
}
