//! `imap check` on a server that does one thing wrong: it names that, and nothing else.

mod support;
#[path = "../../imap-proto/tests/support/mod.rs"]
mod vectors;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;

use imap_proto::{Mechanism, Quirk};
use serde_json::Value;
use support::misprint::{self, Change};
use support::{Fixture, PASSWORD, ended, imap};
use vectors::Role;

/// A server with messages of all sorts, to which one logs in quickly.
fn fixture() -> Fixture {
    Fixture::new(|builder| support::with_messages(builder.mechanisms(&[Mechanism::Plain])))
}

/// What a report names of a server whose words are changed.
fn names(fixture: &Fixture, change: Change) -> BTreeSet<String> {
    let address = misprint::start(fixture.server.address(), change);
    let account = format!("imap://ann@{address}/");
    let arguments = [
        "check",
        "--json",
        "--tls",
        "none",
        "--timeout",
        "10",
        "--account",
        &account,
    ];
    let mut command = imap(fixture.folder.path(), &arguments);
    let ended = ended(command.env("IMAP_PASSWORD", PASSWORD));
    assert_eq!(ended.stderr, "");
    let objects = ended.stdout.lines();
    let objects = objects.map(|line| serde_json::from_str::<Value>(line).unwrap());
    objects
        .filter(|object| object["type"] == "departure")
        .map(|object| object["name"].as_str().unwrap().to_owned())
        .collect()
}

/// A change that is made the first time that it can be made.
fn once(change: impl Fn(&str, &[u8]) -> Option<Vec<u8>> + Send + Sync + 'static) -> Change {
    let is_done = Mutex::new(false);
    Arc::new(move |said, message| {
        let mut is_done = is_done.lock().unwrap();
        let changed = if *is_done {
            None
        } else {
            change(said, message)
        };
        *is_done |= changed.is_some();
        changed.unwrap_or_else(|| message.to_vec())
    })
}

/// A message with each quirk, and as few others as the samples have, which are told, too.
fn samples() -> BTreeMap<Quirk, (BTreeSet<Quirk>, Vec<u8>)> {
    let mut samples = BTreeMap::new();
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../imap-proto/tests/vectors/servers"
    );
    for file in vectors::files(folder.as_ref()) {
        let text = fs::read_to_string(&file).unwrap();
        for vector in vectors::parse_all(&file, &text).1 {
            let used = vector
                .outcome
                .lines()
                .find_map(|line| line.strip_prefix("~ "));
            let quirks = used.unwrap_or_default().split(", ");
            let quirks: BTreeSet<Quirk> = quirks
                .filter_map(|used| vectors::quirk(used.split('@').next()?))
                .collect();
            if vector.role != Role::Server || vector.utf8 {
                continue;
            }
            for quirk in &quirks {
                let sample = (quirks.clone(), vector.frame.clone());
                match samples.entry(*quirk) {
                    Entry::Vacant(entry) => drop(entry.insert(sample)),
                    Entry::Occupied(mut entry) if entry.get().0.len() > quirks.len() => {
                        entry.insert(sample);
                    }
                    Entry::Occupied(_) => {}
                }
            }
        }
    }
    samples
}

/// Says a sample where it can come: by itself, while a mailbox is selected, or in the place of a message
/// of its kind.
fn says(sample: Vec<u8>) -> Change {
    once(move |said, message| {
        let tag = said.split(' ').next()?;
        let is_end = message.starts_with(format!("{tag} ").as_bytes());
        if sample.starts_with(b"+") {
            let is_place = said.ends_with(" IDLE") && message.starts_with(b"+");
            return is_place.then(|| sample.clone());
        }
        if let Some(rest) = sample.strip_prefix(b"a1 ") {
            let is_place = said.ends_with(" LOGOUT") && message.starts_with(b"* BYE");
            return is_place.then(|| [tag.as_bytes(), b" ", rest].concat());
        }
        let is_place = said.ends_with(" CHECK") && is_end;
        is_place.then(|| [&sample, message].concat())
    })
}

#[test]
fn ok_each_quirk_is_named_and_nothing_else() {
    let samples = samples();
    assert_eq!(samples.len(), Quirk::ALL.len(), "each has a sample");
    let fixture = fixture();
    let left = Mutex::new(samples.into_iter());
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some((quirk, (quirks, sample))) = left.lock().unwrap().next() else {
                        return;
                    };
                    let shown = sample.escape_ascii().to_string();
                    let names = names(&fixture, says(sample));
                    let wanted = quirks.iter().map(|quirk| quirk.name().to_owned());
                    if names != wanted.collect() {
                        wrong.lock().unwrap().push((quirk, shown, names));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is made of a message that comes for a command; nothing leaves it as it is.
type Make = fn(&str, &str) -> Option<String>;

/// A message without a part of it, if it has that part.
fn without(message: &str, start: &str, end: &str) -> Option<String> {
    let place = message.find(start)?;
    let length = message[place + start.len()..].find(end)? + start.len();
    Some(format!(
        "{}{}",
        &message[..place],
        &message[place + length..]
    ))
}

/// A message with another word, if it has the word.
fn with(message: &str, word: &str, other: &str) -> Option<String> {
    message
        .contains(word)
        .then(|| message.replacen(word, other, 1))
}

/// No message, if it is the one that is meant.
fn nothing_if(is_meant: bool) -> Option<String> {
    is_meant.then(String::new)
}

/// The answer to a command in place of its end.
fn end(said: &str, message: &str, command: &str, answer: &str) -> Option<String> {
    let (tag, rest) = said.split_once(' ')?;
    let is_end = message.starts_with(&format!("{tag} "));
    (is_end && rest.starts_with(command)).then(|| format!("{tag} {answer}\r\n"))
}

/// What a server does wrong without breaking the grammar, and what that is called.
const WRONGS: [(&str, Make); 32] = [
    ("conflicting-capabilities", |said, message| {
        let is_asked = said.ends_with(" CAPABILITY");
        with(message, "UTF8=ACCEPT", "UTF8=ACCEPT UTF8=ONLY").filter(|_| is_asked)
    }),
    ("connection-lost", |said, message| {
        end(said, message, "CHECK", "OK").map(|_| "* BYE tired\r\n".to_owned())
    }),
    ("duplicate-data", |said, message| {
        let is_meant = said.ends_with(" SEARCH ALL") && message.starts_with("* SEARCH");
        is_meant.then(|| message.repeat(2))
    }),
    ("esearch-without-tag", |_, message| {
        without(message, " (TAG", ")").map(|m| m.replacen(')', "", 1))
    }),
    ("inconsistent-list", |said, message| {
        let is_asked = said.ends_with("LIST \"\" \"*\"");
        with(message, "\\HasNoChildren", "\\HasChildren").filter(|_| is_asked)
    }),
    ("missing-bye", |_, message| {
        nothing_if(message.starts_with("* BYE"))
    }),
    ("missing-capability", |said, message| {
        let is_asked = said.ends_with(" CAPABILITY") && message.starts_with("* CAPABILITY");
        let message = with(message, " IMAP4rev2", "")?;
        with(&message, " ESEARCH", "").filter(|_| is_asked)
    }),
    ("missing-data", |_, message| {
        nothing_if(message.starts_with("* NAMESPACE"))
    }),
    ("missing-exists", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.ends_with(" EXISTS\r\n"))
    }),
    // What is known of Yandex: the contents of a message lack.
    ("missing-fetch-item", |said, message| {
        without(message, " RFC822.SIZE", ")").filter(|_| said.contains(" FETCH 1:5 "))
    }),
    ("missing-flags", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.starts_with("* FLAGS"))
    }),
    ("missing-message", |said, message| {
        nothing_if(said.ends_with(" (ENVELOPE)") && message.starts_with("* 3 FETCH"))
    }),
    ("missing-permanent-flags", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.contains("[PERMANENTFLAGS"))
    }),
    ("missing-read-only", |said, message| {
        with(message, "[READ-ONLY] ", "").filter(|_| said.contains(" EXAMINE "))
    }),
    ("missing-recent", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.ends_with(" RECENT\r\n"))
    }),
    ("missing-section", |said, message| {
        nothing_if(said.contains("BODY.PEEK[1]") && message.starts_with("* "))
    }),
    ("missing-status-item", |said, message| {
        without(message, " UIDNEXT", " UID")
            .or_else(|| without(message, " UIDNEXT", ")"))
            .filter(|_| said.contains(" STATUS \""))
    }),
    ("missing-uid", |said, message| {
        with(message, "UID 1 ", "").filter(|_| said.contains(" UID FETCH 1:5 (FLAGS RFC822"))
    }),
    ("missing-uid-next", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.contains("[UIDNEXT"))
    }),
    ("missing-uid-validity", |said, message| {
        nothing_if(said.contains(" EXAMINE ") && message.contains("[UIDVALIDITY"))
    }),
    ("no-answer", |said, message| {
        end(said, message, "CHECK", "OK").map(|_| String::new())
    }),
    ("offer-refused", |said, message| {
        end(said, message, "NAMESPACE", "BAD what?")
    }),
    ("search-for-esearch", |_, message| {
        message
            .starts_with("* ESEARCH")
            .then(|| "* SEARCH 1 2\r\n".to_owned())
    }),
    ("unknown-charset-taken", |said, message| {
        end(said, message, "SEARCH CHARSET X-NO", "OK found")
    }),
    ("unknown-command-taken", |said, message| {
        end(said, message, "XNOSUCH", "OK done")
    }),
    ("unreadable-line", |said, message| {
        end(said, message, "CHECK", "OK").map(|_| format!("Server unavailable.\r\n{message}"))
    }),
    ("unsorted-uids", |said, message| {
        let is_asked = said.contains(" FETCH 1:5 (UID") && message.starts_with("* 2 FETCH");
        with(message, "UID 2 ", "UID 1 ").filter(|_| is_asked)
    }),
    ("wrong-count", |said, message| {
        let is_asked = said.ends_with("(MESSAGES UIDNEXT UIDVALIDITY)");
        with(message, "MESSAGES 5", "MESSAGES 6").filter(|_| is_asked)
    }),
    ("wrong-octets", |said, message| {
        let is_asked = said.contains("BODY.PEEK[TEXT]");
        let place = message.find("BODY[TEXT] {")?;
        let (before, text) = message.split_at(place);
        with(text, "\r\nn", "\r\nm")
            .map(|text| format!("{before}{text}"))
            .filter(|_| is_asked)
    }),
    ("wrong-part-size", |said, message| {
        let is_asked = said.ends_with("(RFC822.SIZE BODYSTRUCTURE)");
        with(message, " 11 1", " 12 1").filter(|_| is_asked)
    }),
    ("wrong-search", |said, message| {
        let is_asked = said.ends_with(" SEARCH SEEN");
        (is_asked && message.starts_with("* SEARCH")).then(|| "* SEARCH 1\r\n".to_owned())
    }),
    ("wrong-size", |said, message| {
        let is_asked = said.ends_with("(RFC822.SIZE BODYSTRUCTURE)");
        with(message, "RFC822.SIZE ", "RFC822.SIZE 1").filter(|_| is_asked)
    }),
];

#[test]
fn ok_each_behaviour_is_named_and_nothing_else() {
    let fixture = fixture();
    let mut wrong = Vec::new();
    for (name, make) in WRONGS {
        let change = once(move |said, message| {
            let message = str::from_utf8(message).ok()?;
            make(said, message).map(String::into_bytes)
        });
        let names = names(&fixture, change);
        if names != BTreeSet::from([name.to_owned()]) {
            wrong.push((name, names));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ok_next_uid_that_was_given_already_is_named() {
    // In STATUS and EXAMINE, which agree.
    let names = names(
        &fixture(),
        Arc::new(|_, message| {
            let is_lower = |message: &str| with(message, "UIDNEXT 6", "UIDNEXT 3");
            let changed = str::from_utf8(message).ok().and_then(is_lower);
            changed.map_or_else(|| message.to_vec(), String::into_bytes)
        }),
    );
    assert_eq!(names, BTreeSet::from(["wrong-uid-next".to_owned()]));
}
