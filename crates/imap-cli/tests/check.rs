//! `imap check` on the test server: nothing is wrong with it, but what it was told to do wrong.

mod support;

use serde_json::Value;
use support::Fixture;

fn check(fixture: &Fixture) -> Vec<Value> {
    let ended = fixture.run(&["check", "--json"]);
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
