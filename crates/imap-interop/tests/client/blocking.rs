//! The suite with the blocking client.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use imap_client::blocking::{Client, Idle};
use imap_client::{Error, Event, Idled};

use crate::scenario::Run;

/// What a method of the client gives: here it is there already.
macro_rules! wait {
    ($call:expr) => {
        $call
    };
}

#[path = "suite/mod.rs"]
pub(crate) mod suite;

/// Runs a scenario, which never waits outside of the client.
fn drive(run: Run<'_>) {
    let done = pin!(run).poll(&mut Context::from_waker(Waker::noop()));
    assert!(done.is_ready());
}

fn idled(idle: &mut Idle<'_>) -> Result<Idled, Error> {
    idle.wait(Some(PATIENCE))
}

fn event(client: &mut Client) -> Result<Option<Event>, Error> {
    client.wait_event(Some(PATIENCE))
}

const PATIENCE: Duration = Duration::from_secs(30);
