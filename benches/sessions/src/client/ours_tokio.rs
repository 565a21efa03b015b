//! Our client for tokio.

use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use anyhow::Result;
use imap_client::tokio::{Client, Config};
use imap_proto::{Section, SequenceSetBuf, Uid};
use tokio::io::AsyncWrite;

use super::ours::items;
use super::{HOST, PASSWORD, Task, USER, block_on};
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
    block_on(session(form, task))
}

async fn session(form: Form, task: &Task) -> Result<Proof> {
    let mut client = Client::connect_plain(HOST, task.port, &Config::default()).await?;
    client.login(USER, PASSWORD).await?;
    client.select("INBOX").await?;
    let (scenario, mut proof) = (task.load.scenario, Proof::default());
    match (scenario, form) {
        (Scenario::Empty, _) => {}
        (Scenario::Large, Form::Streamed) => {
            let mut sink = Sink::default();
            let all = Section::ALL;
            client.uid_fetch_to(Uid::MIN, all, &mut sink).await?;
            proof.add(1, sink.total());
        }
        (Scenario::Noop, _) => {
            for _ in 0..task.load.count {
                client.noop().await?;
                proof.count += 1;
            }
        }
        (Scenario::Search, _) => {
            let found = client.uid_search("ALL").await?;
            proof = Proof::of_numbers(found.all.iter().map(Uid::get));
        }
        (_, Form::Kept) => {
            let all = SequenceSetBuf::all();
            for fetch in &client.fetch(all, items(scenario)).await? {
                add(scenario, fetch, &mut proof);
            }
        }
        (_, Form::Streamed) => {
            let mut stream = client.fetch_stream(SequenceSetBuf::all(), items(scenario))?;
            while let Some(fetch) = stream.next().await {
                add(scenario, &fetch?.fetch(), &mut proof);
            }
        }
    }
    client.logout().await?;
    Ok(proof)
}

impl AsyncWrite for Sink {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Poll::Ready(self.write(octets))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
