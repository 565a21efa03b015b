//! The suite with the client for tokio.

use std::time::Duration;

use ::tokio::runtime::Builder;
use ::tokio::time::timeout;
use imap_client::tokio::{Client, Idle};
use imap_client::{Error, Event, Idled};

use crate::scenario::Run;

/// What a method of the client gives: here it has to be waited for.
macro_rules! wait {
    ($call:expr) => {
        $call.await
    };
}

#[expect(clippy::duplicate_mod, reason = "one source for both clients")]
#[path = "suite/mod.rs"]
pub(crate) mod suite;

fn drive(run: Run<'_>) {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(run);
}

async fn idled(idle: &mut Idle<'_>) -> Result<Idled, Error> {
    idle.wait_for(PATIENCE).await
}

async fn event(client: &mut Client) -> Result<Option<Event>, Error> {
    match timeout(PATIENCE, client.wait_event()).await {
        Ok(event) => event.map(Some),
        Err(_) => Ok(None),
    }
}

const PATIENCE: Duration = Duration::from_secs(30);
