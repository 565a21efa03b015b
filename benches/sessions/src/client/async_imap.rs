//! The crate `async-imap`, with tokio.

use anyhow::Result;
use futures_util::TryStreamExt as _;
use peer_async_imap::types::Fetch;
use tokio::net::TcpStream;

use super::imap::items;
use super::{HOST, PASSWORD, Task, USER, block_on};
use crate::contender::Form;
use crate::load::Scenario;
use crate::proof::{Proof, Sample};

/// Runs a whole session, and tells what it found.
///
/// # Errors
///
/// If the session fails.
pub fn run(form: Form, task: &Task) -> Result<Proof> {
    block_on(session(form, task))
}

async fn session(form: Form, task: &Task) -> Result<Proof> {
    let stream = TcpStream::connect((HOST, task.port)).await?;
    stream.set_nodelay(true)?;
    let mut client = peer_async_imap::Client::new(stream);
    client.read_response().await?;
    let session = client.login(USER, PASSWORD).await;
    let mut session = session.map_err(|(error, _)| error)?;
    session.select("INBOX").await?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match (scenario, form) {
        (Scenario::Empty, _) => {}
        (Scenario::Noop, _) => {
            for _ in 0..task.load.count {
                session.noop().await?;
                proof.count += 1;
            }
        }
        (Scenario::Search, _) => proof = Proof::of_numbers(session.uid_search("ALL").await?),
        (_, Form::Kept) => {
            let messages = session.fetch("1:*", items(scenario)).await?;
            let messages: Vec<_> = messages.try_collect().await?;
            for fetch in &messages {
                add(scenario, fetch, &mut proof);
            }
        }
        (_, Form::Streamed) => {
            let mut messages = session.fetch("1:*", items(scenario)).await?;
            while let Some(fetch) = messages.try_next().await? {
                add(scenario, &fetch, &mut proof);
            }
        }
    }
    session.logout().await?;
    Ok(proof)
}

fn add(scenario: Scenario, fetch: &Fetch, proof: &mut Proof) {
    let content = match scenario {
        Scenario::Flags => fetch.flags().count() as u64,
        Scenario::Full => fetch.size.unwrap_or(0).into(),
        _ => fetch.body().map_or(0, Sample::of),
    };
    proof.add(fetch.uid.unwrap_or(0).into(), content);
}
