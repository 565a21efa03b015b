//! The crate `imap`.

use std::net::TcpStream;

use anyhow::Result;
use peer_imap::types::Fetch;

use super::{BODY, FLAGS, FULL, HOST, PASSWORD, Task, USER};
use crate::contender::Form;
use crate::load::Scenario;
use crate::proof::{Proof, Sample};

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(_: Form, task: &Task) -> Result<Proof> {
    let stream = TcpStream::connect((HOST, task.port))?;
    stream.set_nodelay(true)?;
    let mut client = peer_imap::Client::new(stream);
    client.read_greeting()?;
    let mut session = client.login(USER, PASSWORD).map_err(|(error, _)| error)?;
    session.select("INBOX")?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match scenario {
        Scenario::Empty => {}
        Scenario::Noop => {
            for _ in 0..task.load.count {
                session.noop()?;
                proof.count += 1;
            }
        }
        Scenario::Search => proof = Proof::of_numbers(session.uid_search("ALL")?),
        Scenario::Bodies | Scenario::Flags | Scenario::Full | Scenario::Large => {
            for fetch in session.fetch("1:*", items(scenario))?.iter() {
                let uid = fetch.uid.unwrap_or(0);
                proof.add(uid.into(), content(scenario, fetch));
            }
        }
    }
    session.logout()?;
    Ok(proof)
}

/// What FETCH asks for.
pub(super) const fn items(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Flags => FLAGS,
        Scenario::Full => FULL,
        _ => BODY,
    }
}

fn content(scenario: Scenario, fetch: &Fetch<'_>) -> u64 {
    match scenario {
        Scenario::Flags => fetch.flags().len() as u64,
        Scenario::Full => fetch.size.unwrap_or(0).into(),
        _ => fetch.body().map_or(0, Sample::of),
    }
}
