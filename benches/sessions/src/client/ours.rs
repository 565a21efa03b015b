//! Our blocking client.

use anyhow::Result;
use imap_client::blocking::{Client, Config};
use imap_proto::{FetchItemName as Name, Section, SequenceSetBuf, Uid};

use super::{HOST, PASSWORD, Task, USER};
use crate::contender::Form;
use crate::load::Scenario;
use crate::proof::{Proof, Sink};
use crate::replay::add;

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(form: Form, task: &Task) -> Result<Proof> {
    let mut client = Client::connect_plain(HOST, task.port, &Config::default())?;
    client.login(USER, PASSWORD)?;
    client.select("INBOX")?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match (scenario, form) {
        (Scenario::Empty, _) => {}
        (Scenario::Large, Form::Streamed) => {
            let mut sink = Sink::default();
            client.uid_fetch_to(Uid::MIN, Section::ALL, &mut sink)?;
            proof.add(1, sink.total());
        }
        (Scenario::Noop, _) => {
            for _ in 0..task.load.count {
                client.noop()?;
                proof.count += 1;
            }
        }
        (Scenario::Search, _) => {
            let found = client.uid_search("ALL")?;
            proof = Proof::of_numbers(found.all.iter().map(Uid::get));
        }
        (_, Form::Kept) => {
            let fetched = client.fetch(SequenceSetBuf::all(), items(scenario))?;
            for fetch in &fetched {
                add(scenario, fetch, &mut proof);
            }
        }
        (_, Form::Streamed) => {
            client.fetch_each(SequenceSetBuf::all(), items(scenario), |fetch| {
                add(scenario, fetch, &mut proof);
            })?;
        }
    }
    client.logout()?;
    Ok(proof)
}

/// What FETCH asks for.
pub(super) const fn items(scenario: Scenario) -> &'static [Name<'static>] {
    match scenario {
        Scenario::Flags => &[Name::Uid, Name::Flags],
        Scenario::Full => &[
            Name::Uid,
            Name::Flags,
            Name::InternalDate,
            Name::Rfc822Size,
            Name::Envelope,
            Name::BodyStructure,
        ],
        _ => &[
            Name::Uid,
            Name::BodySection {
                section: Section::ALL,
                peek: true,
                partial: None,
            },
        ],
    }
}
