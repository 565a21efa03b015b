//! The answers of the test server beside those of real ones, for the same messages.
//!
//! What differs is listed in `answers/differences.rs` with the rule that decides. A difference that is not
//! listed fails, and so does one that is listed and not there.

mod answers;

use std::collections::BTreeSet;

use answers::corpus::{ITEMS, SEARCHES, messages};
use answers::differences::{DIFFERENCES, Difference};
use answers::normal::normal;
use answers::wire::Wire;
use imap_interop::Server;
use imap_testserver::TestServer;

#[test]
fn ok_answers_as_those_of_dovecot() {
    compare(Server::Dovecot);
}

#[test]
fn ok_answers_as_those_of_cyrus() {
    compare(Server::Cyrus);
}

/// Asks both servers the same questions.
fn compare(kind: Server) {
    let server = TestServer::start().unwrap();
    let mut ours = Wire::log_in(server.address(), "user", "pass");
    let real = kind.shared().unwrap_or_else(|error| panic!("{error}"));
    let user = real.user("answers");
    let mut theirs = Wire::log_in(real.addr(), user.name(), user.password());
    for wire in [&mut ours, &mut theirs] {
        for (date, octets) in messages() {
            wire.append("INBOX", &date, &octets);
        }
        wire.run("SELECT INBOX");
    }

    let fetches = (1..=messages().len()).flat_map(|n| ITEMS.iter().map(move |item| (n, *item)));
    let questions = fetches.chain(SEARCHES.iter().map(|search| (0, *search)));
    let mut found = BTreeSet::new();
    let mut shown = String::new();
    let listed = listed(kind);
    for (n, question) in questions {
        let command = match n {
            0 => question.to_owned(),
            n => format!("FETCH {n} {question}"),
        };
        let (ours, theirs) = (normal(&ours.run(&command)), normal(&theirs.run(&command)));
        if ours != theirs {
            if !listed.contains(&(n, question)) {
                shown += &format!("{command}\n  ours   {ours}\n  theirs {theirs}\n");
            }
            found.insert((n, question));
        }
    }
    assert!(shown.is_empty(), "not listed for {}:\n{shown}", kind.name());
    let missing: Vec<_> = listed.difference(&found).collect();
    assert!(missing.is_empty(), "the same by now: {missing:?}");
}

/// The questions to which answers differ: the number of a message, or 0, and what is asked.
fn listed(kind: Server) -> BTreeSet<(usize, &'static str)> {
    let of_server = DIFFERENCES
        .iter()
        .filter(|difference| difference.server == kind);
    let pairs = |difference: &'static Difference| {
        assert!(!difference.rule.is_empty());
        let messages = difference.messages.iter();
        messages.flat_map(|n| difference.questions.iter().map(|question| (*n, *question)))
    };
    of_server.flat_map(pairs).collect()
}
