//! One bad item of a FETCH response never costs its neighbours.
//!
//! Of a response with one item of each kind any single one is damaged, in each of many ways; the others
//! have to read as before. Where an item is cut in the middle of a quoted string or a list, the rest of
//! the line is in that string or list as far as the grammar goes; it is taken up again behind the next
//! parenthesis that a known item follows. What cannot be told from the damaged item is left out of the
//! test in so many words: see [`loses_neighbours`].

use imap_proto::{Arena, Response};

/// The items: name and value, with at least one of every form that a value has.
const ITEMS: [(&str, &str); 21] = [
    ("X-NEW", "(1 \"a\" (b))"),
    ("UID", "7"),
    ("FLAGS", "(\\Seen $Junk)"),
    ("RFC822.SIZE", "4286"),
    ("INTERNALDATE", "\"17-Jul-1996 02:44:25 -0700\""),
    (
        "ENVELOPE",
        "(\"date\" \"sub (ject\" ((\"A\" NIL \"a\" \"b\")) NIL NIL NIL NIL NIL \"<i>\" \"<m>\")",
    ),
    (
        "BODYSTRUCTURE",
        "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"x\") NIL NIL \"7BIT\" 5 1) \"MIXED\")",
    ),
    ("BODY", "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5)"),
    ("BODY[]", "{9}\r\na) UID 8("),
    ("BODY[HEADER.FIELDS (DATE)]<0>", "\"Date: x\""),
    ("BODY[2.MIME]", "NIL"),
    ("RFC822.HEADER", "\"a c\""),
    ("BINARY[1.2]", "~{3}\r\na\0b"),
    ("BINARY.SIZE[1]", "5"),
    ("MODSEQ", "(65402)"),
    ("EMAILID", "(M6d99ac3275bb4e)"),
    ("THREADID", "NIL"),
    ("SAVEDATE", "\"17-Jul-1996 02:44:25 -0700\""),
    ("PREVIEW", "\"Hello\""),
    ("X-GM-MSGID", "1278455344230334865"),
    ("X-GM-LABELS", "(\\Inbox \"a b\")"),
];

fn line(items: &[String]) -> Vec<u8> {
    format!("* 12 FETCH ({})\r\n", items.join(" ")).into_bytes()
}

/// The items as they are shown, each on its own; nothing if the response cannot be read.
fn read(line: &[u8]) -> Option<Vec<String>> {
    let arena = Arena::new();
    let Ok(Response::Fetch(fetch)) = Response::parse(line, &arena) else {
        return None;
    };
    Some(fetch.items.iter().map(|item| format!("{item:?}")).collect())
}

fn whole(name: &str, value: &str) -> String {
    format!("{name} {value}")
}

/// What may become of an item.
fn damages(name: &str, value: &str) -> Vec<String> {
    let replacements = [
        "NIL",
        "",
        "()",
        "(())",
        "0",
        "-1",
        "5",
        "99999999999999999999999",
        "9.5",
        "\"\"",
        "\"x\"",
        "\"(\"",
        "{3}\r\n\"((",
        "~{1}\r\n\0",
        "%&*",
        "\\",
        "(\\)",
        "5 (a) \"b\" {1}\r\nc",
        "(a (b (c \")\" {1}\r\n() NIL) -1)",
        "\u{fc}",
    ];
    let mut damaged: Vec<String> = replacements.iter().map(|v| whole(name, v)).collect();
    // No value and no blank.
    damaged.push(name.to_owned());
    // No blank.
    damaged.push(format!("{name}{value}"));
    // No name.
    damaged.push(value.to_owned());
    // Deeper, and much deeper than is read.
    for depth in [1, 2, 100] {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        damaged.push(whole(name, &format!("{open}{value}{close}")));
    }
    // Something behind it that does not belong there.
    for more in [
        "x", "()", "\"x\"", " 5", " (x)", " \"x\"", " NIL)(", ")", "))",
    ] {
        damaged.push(whole(name, &format!("{value}{more}")));
    }
    // Cut, between tokens and in the middle of them.
    let cuts = value.char_indices().map(|(at, _)| &value[..at]);
    damaged.extend(cuts.map(|cut| whole(name, cut)));
    let cuts = value.char_indices().map(|(at, _)| &value[at..]);
    damaged.extend(cuts.skip(1).map(|cut| whole(name, cut)));
    damaged
}

/// What cannot be told, so that neighbours are lost, too.
///
/// - A literal that is cut, or announced without its octets, takes those of its neighbours.
/// - An unknown item has no grammar: a lone quote in it pairs with the next quote, wherever that is.
/// - A value without a name belongs to the unknown item in front of it, as far as can be told.
///
/// The order of [`ITEMS`] sees to two more: an unknown item is not found again behind one that is cut,
/// and behind a lone quote strings with escaped quotes may look balanced by accident.
fn loses_neighbours(name: &str, damaged: &str) -> bool {
    let cut_literal = ITEMS.iter().any(|(item, value)| {
        *item == name && value.contains("\r\n") && is_cut(damaged, item, value)
    });
    let lone_quote = name == "X-NEW" && damaged.matches('"').count() % 2 == 1;
    let nameless = name == "UID" && damaged == "7";
    cut_literal || lone_quote || nameless
}

/// Whether of a value a part stands behind the name.
fn is_cut(damaged: &str, name: &str, value: &str) -> bool {
    let rest = damaged.strip_prefix(name).unwrap_or(damaged).trim_start();
    rest.len() < value.len() && (value.starts_with(rest) || value.ends_with(rest))
}

/// Damages one item of many, and gives each response with what its neighbours were.
fn each_damage(mut check: impl FnMut(usize, &str, &str, &[u8])) {
    let sound: Vec<String> = ITEMS.iter().map(|(n, v)| whole(n, v)).collect();
    for (at, (name, value)) in ITEMS.iter().enumerate() {
        for damaged in damages(name, value) {
            let mut items = sound.clone();
            items[at].clone_from(&damaged);
            check(at, name, &damaged, &line(&items));
        }
    }
}

#[test]
fn ok_neighbours_of_a_damaged_item_are_as_before() {
    let sound: Vec<String> = ITEMS.iter().map(|(n, v)| whole(n, v)).collect();
    let expected = read(&line(&sound)).unwrap();
    assert_eq!(expected.len(), ITEMS.len());
    let mut wrong = Vec::new();
    let mut tried = 0;
    each_damage(|at, name, damaged, line| {
        if loses_neighbours(name, damaged) {
            return;
        }
        tried += 1;
        let Some(items) = read(line) else {
            wrong.push(format!("{damaged:?}: not read at all"));
            return;
        };
        let (before, after) = (&expected[..at], &expected[at + 1..]);
        if !items.starts_with(before) || !items.ends_with(after) {
            let shown: Vec<_> = items.iter().filter(|i| !expected.contains(i)).collect();
            wrong.push(format!(
                "{damaged:?}: {} of {}, {shown:?}",
                items.len(),
                expected.len()
            ));
        }
    });
    assert!(tried > 1100, "{tried}");
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
