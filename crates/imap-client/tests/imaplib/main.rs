//! What imaplib says and gives, and what this client does.
//!
//! `vectors/imaplib.json` has what `vectors/record_imaplib.py` made Python's imaplib do with a server
//! in memory: a call, what the server said, the octets that imaplib sent, what it gave, and its state
//! afterwards. Here the same server talks to this client. `vectors/differences.json` is the list of
//! all differences that are meant, each with its reason; a difference that is not in it fails, and so
//! does a row of it that nothing needs.

mod fold;
mod memory;
mod ours;

use std::collections::BTreeMap;

use imap_client::blocking::{Client, Config};
use imap_client::{ConnectionState, Error};
use memory::{Memory, Sent};
use serde_json::Value;

/// What was seen of a case: octets sent, results, state.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    sent: String,
    gives: String,
    state: String,
}

impl Seen {
    fn of_python(case: &Value) -> Self {
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        Self {
            sent: text("sent"),
            gives: fold::to_text(serde_json::from_value(case["gives"].clone()).unwrap()),
            state: text("state"),
        }
    }

    /// Plays the case with this client.
    fn of_ours(case: &Value) -> Self {
        let (name, sent) = (case["name"].as_str().unwrap(), Sent::default());
        let turns = texts(&case["setup"]).chain(texts(&case["server"]));
        let connected = Client::with_stream(Memory::new(turns, sent.clone()), &Config::default())
            .and_then(|mut client| {
                if case["start"] == "SELECTED" {
                    client.select("INBOX")?;
                }
                Ok(client)
            });
        let mut client = match connected {
            Ok(client) => client,
            Err(error) => return Self::of_failure(&error),
        };
        while client.next_event().is_some() {}
        sent.clear();
        let gives = ours::call(name, &mut client);
        let state = match client.state().connection() {
            ConnectionState::Greeting => "GREETING",
            ConnectionState::NotAuthenticated => "NONAUTH",
            ConnectionState::Authenticated => "AUTH",
            ConnectionState::Selected => "SELECTED",
            ConnectionState::Logout => "LOGOUT",
        };
        Self {
            sent: sent.take(),
            gives: fold::to_text(gives),
            state: state.to_owned(),
        }
    }

    /// There was no connection.
    fn of_failure(error: &Error) -> Self {
        Self {
            gives: fold::to_text(vec![fold::error(error)]),
            ..Self::default()
        }
    }

    fn fields(self) -> [(&'static str, String); 3] {
        [
            ("sent", self.sent),
            ("gives", self.gives),
            ("state", self.state),
        ]
    }
}

#[test]
fn ok_as_imaplib_but_for_the_differences_that_are_meant() {
    let file: Value = serde_json::from_str(include_str!("../vectors/imaplib.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 136, "number of cases");
    let mut differences = differences();
    let mut faults = Vec::new();
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let python = Seen::of_python(case).fields();
        let ours = Seen::of_ours(case).fields();
        for ((field, python), (_, ours)) in python.into_iter().zip(ours) {
            if python == ours {
                continue;
            }
            let listed = differences.remove(&[name.to_owned(), field.to_owned()]);
            if listed.as_ref() != Some(&ours) {
                let row = Value::from([name, field, &*ours].map(Value::from).to_vec());
                faults.push(format!("{row},\n     where imaplib has {python:?}"));
            }
        }
    }
    let unneeded = differences.keys().map(|row| format!("not needed: {row:?}"));
    faults.extend(unneeded);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What this client does in a field of a case, where that is not what imaplib does.
fn differences() -> BTreeMap<[String; 2], String> {
    let file: Value = serde_json::from_str(include_str!("../vectors/differences.json")).unwrap();
    let mut table = BTreeMap::new();
    for group in file.as_array().unwrap() {
        assert!(!group["reason"].as_str().unwrap().is_empty());
        for row in group["rows"].as_array().unwrap() {
            let [name, field, ours]: [String; 3] = serde_json::from_value(row.clone()).unwrap();
            let twice = table.insert([name, field], ours);
            assert_eq!(twice, None, "row is there twice");
        }
    }
    table
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    let texts = list.as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap().to_owned())
}
