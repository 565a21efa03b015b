//! The document that says what is proven where.
//!
//! With `UPDATE_INTEROP=1` in the environment it is written, for review.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use imap_interop::Server;

use crate::scenario::Scenario;
use crate::{blocking, capabilities, differences, tokio};

/// Where something is proven, and by which scenarios.
#[derive(Default)]
struct Proof {
    servers: BTreeSet<&'static str>,
    scenarios: BTreeSet<String>,
}

/// The proofs of what `names` finds in scenarios, by name.
fn proofs(
    suite: &[(&str, &'static [Scenario])],
    names: impl Fn(&'static Scenario) -> &'static [&'static str],
) -> BTreeMap<&'static str, Proof> {
    let mut proofs: BTreeMap<_, Proof> = BTreeMap::new();
    for (file, scenarios) in suite {
        for scenario in *scenarios {
            for name in names(scenario) {
                let proof = proofs.entry(*name).or_default();
                proof.servers.extend(scenario.servers().map(Server::name));
                proof.scenarios.insert(format!("{file}::{}", scenario.name));
            }
        }
    }
    proofs
}

fn write_row(out: &mut String, name: &str, marks: [&str; 3], proof: &Proof) {
    let scenarios = Vec::from_iter(proof.scenarios.iter().map(|name| format!("`{name}`")));
    let (marks, scenarios) = (marks.join(" | "), scenarios.join(", "));
    writeln!(out, "| `{name}` | {marks} | {scenarios} |").unwrap();
}

fn document(suite: &[(&str, &'static [Scenario])]) -> String {
    let mut out = String::from(INTRODUCTION);
    for (name, proof) in proofs(suite, |scenario| scenario.proves) {
        let mark = |server: Server| match proof.servers.contains(server.name()) {
            true => "yes",
            false => "",
        };
        write_row(&mut out, name, Server::ALL.map(mark), &proof);
    }
    out.push_str(CAPABILITIES);
    let mut proofs = proofs(suite, |scenario| scenario.needs);
    for (name, _) in capabilities::OFFERED {
        let proof = proofs.remove(name).unwrap_or_default();
        let mark = |server: Server| match capabilities::offers(server, name) {
            true if proof.servers.contains(server.name()) => "yes",
            true => "offered",
            false => "",
        };
        write_row(&mut out, name, Server::ALL.map(mark), &proof);
    }
    out.push_str(DIFFERENCES);
    for difference in differences::ALL {
        let (name, answers) = (difference.scenario, difference.answers.join(" | "));
        writeln!(out, "| `{name}` | {answers} | {} |", difference.rule).unwrap();
    }
    out
}

#[test]
fn ok_the_document_says_what_the_scenarios_prove() {
    let document = document(blocking::suite::ALL);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/INTEROP.md");
    if std::env::var_os("UPDATE_INTEROP").is_some() {
        fs::write(&path, &document).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == document,
        "UPDATE_INTEROP=1 writes {}; read it",
        path.display()
    );
}

#[test]
fn ok_both_clients_have_the_same_scenarios() {
    let names = |suite: &[(&str, &[Scenario])]| {
        let scenarios = suite.iter().flat_map(|(_, scenarios)| *scenarios);
        Vec::from_iter(scenarios.map(|scenario| scenario.name))
    };
    assert_eq!(names(blocking::suite::ALL), names(tokio::suite::ALL));
}

const INTRODUCTION: &str = "\
# Interoperability

What the client was seen to do with servers: Cyrus 3.6, Dovecot 2.3, and `imap-testserver`, which is of this
project and meant to answer as they do. A test of `imap-interop` writes this file from its scenarios, each of which runs with the blocking client and with the one for tokio:
`UPDATE_INTEROP=1 cargo test -p imap-interop --test client document`.

## Commands

A server is named where it said OK to the command, which the test reads from the wire.

| Command | Cyrus | Dovecot | Test server | Scenarios |
|---|---|---|---|---|
";

const CAPABILITIES: &str = "
## Capabilities

`yes` where a scenario needs the capability, `offered` where the server has it and no scenario needs it. A
test checks that each server names these and no others.

| Capability | Cyrus | Dovecot | Test server | Scenarios |
|---|---|---|---|---|
";

const DIFFERENCES: &str = "
## Differences

What servers answer differently, by scenario; all others get the same answers from each. A test checks that
these scenarios, and no others, look which server it is.

| Scenario | Cyrus | Dovecot | Test server | What decides |
|---|---|---|---|---|
";
