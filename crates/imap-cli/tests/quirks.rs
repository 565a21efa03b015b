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
    let arguments = ["check", "--json", "--tls", "none", "--account", &account];
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
