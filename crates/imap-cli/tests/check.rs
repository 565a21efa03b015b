//! `imap check` on the test server: nothing is wrong with it, but what it was told to do wrong.

mod support;

use imap_proto::{Mechanism, Quirk};
use imap_testserver::QuirkName;
use serde_json::Value;
use support::{Fixture, ended};

fn check(fixture: &Fixture) -> Vec<Value> {
    let ended = ended(&mut fixture.command(&["check", "--json", "--tls", "none"]));
    assert_eq!(ended.stderr, "");
    let objects = ended.stdout.lines();
    let objects = objects.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found: Vec<Value> = objects
        .filter(|object| object["type"] == "departure")
        .collect();
    assert_eq!(ended.code, Some(i32::from(!found.is_empty())));
    found
}

#[test]
fn ok_nothing_is_wrong_with_the_test_server() {
    let found = check(&Fixture::new(support::with_messages));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn ok_report_for_people() {
    let ended = Fixture::new(support::with_messages).run(&["check"]);
    let last = ended.stdout.lines().last();
    assert_eq!(
        last,
        Some("No departure from the standards was met."),
        "{}",
        ended.stdout
    );
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""));
}

#[test]
fn ok_each_quirk_of_the_test_server_is_named_and_nothing_else() {
    let mut wrong = Vec::new();
    for quirk in QuirkName::all() {
        let fixture = Fixture::new(|builder| {
            support::with_messages(builder.mechanisms(&[Mechanism::Plain])).quirk(quirk.name())
        });
        let found = check(&fixture);
        let names: Vec<&str> = found
            .iter()
            .map(|departure| departure["name"].as_str().unwrap())
            .collect();
        let expected: &[&str] = match quirk.quirk() {
            // It has no text then, nor a code that can be read.
            Quirk::UnclosedCode => &["malformed-item", "missing-text", "unclosed-code"],
            quirk => &[quirk.name()],
        };
        if names != expected {
            wrong.push((quirk.name(), format!("{names:?}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
