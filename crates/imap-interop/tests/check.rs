//! `imap check` on real servers: it names what they do wrong, and nothing else.

mod example;

use std::collections::BTreeMap;
use std::process::Command;

use example::binary;
use imap_interop::{Message, Server, User, samples};
use serde_json::Value;

/// Messages that are wrong in themselves, which a server has to tell of all the same.
const AWKWARD: [&str; 8] = [
    // Nothing at all, and nothing but a body.
    "\r\n",
    "\r\nbody\r\n",
    "Subject: Entw\u{fc}rfe \"quoted\" \\ and \u{1}\r\nFrom: J\u{f6}rg <j@example.org>\r\n\r\nGr\u{fc}\u{df}e\r\n",
    "From: (nobody) <>\r\nTo: , ,\r\nCc: a b c\r\nDate: yesterday\r\nSubject:\r\n\r\n",
    // A multipart without parts, and one whose parts have none of what they announce.
    "Content-Type: multipart/mixed\r\n\r\nno boundary\r\n",
    "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n",
    "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n--x\r\n\
     Content-Type: image\r\nContent-Disposition: ; filename=\r\nContent-Language: ,\r\n\r\n--x\r\n\r\n--x--\r\n",
    "Content-Type: text/plain; name=\"a\"b\"; charset\r\nContent-Transfer-Encoding: x y\r\n\
     Content-ID: ()\r\n\r\nx\r\n",
];

fn seed(user: &User) {
    let awkward = AWKWARD.iter().map(|text| {
        let latin1 = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap());
        Message {
            bytes: latin1.collect(),
            flags: Vec::new(),
            internal_date: 1_700_000_000,
        }
    });
    let usual = samples(7).filter(|sample| sample.size() < 1 << 20);
    let usual = usual.take(30).map(|sample| sample.message);
    user.seed("INBOX", usual.chain(awkward)).unwrap();
}

/// What the report names, with the samples.
fn departures(server: Server) -> BTreeMap<String, Value> {
    let instance = server.shared().unwrap();
    let user = instance.user("check");
    seed(&user);
    let address = format!(
        "imaps://{}@localhost:{}",
        user.name(),
        instance.imaps_port()
    );
    let output = Command::new(binary("imap-cli", "imap"))
        .args(["check", "--json", "--account", &address, "--ca"])
        .arg(instance.ca_pem())
        .env("IMAP_PASSWORD", user.password())
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    let objects = stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let departures: BTreeMap<String, Value> = objects
        .filter(|object| object["type"] == "departure")
        .map(|object| (object["name"].as_str().unwrap().to_owned(), object))
        .collect();
    let exit = i32::from(!departures.is_empty());
    assert_eq!(output.status.code(), Some(exit), "{stderr}");
    departures
}

/// The commands and what is said of them in the samples of a departure, without tags.
fn samples_of(departure: &Value) -> Vec<(String, String)> {
    let samples = departure["samples"].as_array().unwrap().iter();
    let said = |sample: &Value| {
        let command = sample["command"].as_str().unwrap();
        let said = sample["note"].as_str().or_else(|| sample["line"].as_str());
        let (_, command) = command.split_once(' ').unwrap();
        (command.to_owned(), said.unwrap().to_owned())
    };
    samples.map(said).collect()
}

fn pairs<const N: usize>(pairs: [[&str; 2]; N]) -> Vec<(String, String)> {
    let pairs = pairs.into_iter();
    pairs
        .map(|[command, said]| (command.to_owned(), said.to_owned()))
        .collect()
}

#[test]
fn ok_departures_of_cyrus() {
    let found = departures(Server::Cyrus);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["missing-data", "unknown-charset-taken", "wrong-octets"]
    );
    // S: A252 OK Completed (0 msgs in 0.000 secs)
    assert_eq!(
        samples_of(&found["missing-data"]),
        pairs([["SEARCH FUZZY SUBJECT \"meeting\"", "SEARCH is missing"]])
    );
    // S: A234 BAD Unrecognized character set
    assert_eq!(
        samples_of(&found["unknown-charset-taken"]),
        pairs([[
            "SEARCH CHARSET X-NO-SUCH-CHARSET SUBJECT \"e\"",
            "answered with BAD"
        ]])
    );
    // S: * 36 FETCH (... BODY[] {52 octets} BODY[HEADER] {45 octets} BODY[TEXT] "" BODY[]<0> {16 octets})
    // for the two messages whose multipart has no parts.
    assert_eq!(found["wrong-octets"]["count"], 2);
    let what = samples_of(&found["wrong-octets"]);
    assert!(what.iter().all(|(command, said)| {
        (command.starts_with("FETCH 36 (") || command.starts_with("FETCH 35 ("))
            && said == "BODY[HEADER] and BODY[TEXT] are not BODY[]"
    }));
}

#[test]
fn ok_departures_of_dovecot() {
    let found = departures(Server::Dovecot);
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    // Only the form of PREVIEW that drafts had is answered in another way; Dovecot offers both.
    assert_eq!(names, ["fuzzy-preview"]);
    assert_eq!(found["fuzzy-preview"]["count"], 38);
    let [(command, line)] = &samples_of(&found["fuzzy-preview"])[..] else {
        panic!("{found:?}");
    };
    assert_eq!(command, "FETCH 1:38 (PREVIEW (FUZZY))");
    assert!(line.starts_with("* 1 FETCH (PREVIEW (FUZZY \"xxxx "));
}
