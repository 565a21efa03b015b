//! Commands that wait for news, and the end of a session.

use std::time::Duration;

use imap_client::{Error, Idled};
use imap_proto::response::{Status, StatusResponse};
use imap_proto::{Capability, Response};

use super::Checker;
use super::departure::Behaviour;
use crate::error::Failure;

/// Idles for a moment, leaves the mailbox and logs out.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    checker.ask("CHECK")?;
    if checker.has_or_rev2(Capability::Idle) {
        idle(checker)?;
    }
    if checker.has_or_rev2(Capability::Unselect) {
        checker.ask_offered("UNSELECT")?;
        checker.examined = None;
    }
    log_out(checker)
}

fn idle(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let result = idle_for_a_moment(checker);
    let result = result?;
    let reply = checker.finish(result)?;
    let is_continued = reply.has(|response| matches!(response, Response::Continue(_)));
    checker.want(&reply, is_continued, Behaviour::MissingContinuation, "+");
    Ok(())
}

fn idle_for_a_moment(checker: &mut Checker<'_>) -> Result<Result<(), Error>, Failure> {
    let client = checker.client()?;
    let mut idle = match client.idle() {
        Ok(idle) => idle,
        Err(error) => return Ok(Err(error)),
    };
    Ok(match idle.wait(Some(MOMENT)) {
        Ok(Idled::Event(_) | Idled::Elapsed) => idle.done(),
        Ok(_) => idle.done(),
        Err(error) => Err(error),
    })
}

/// Ends the session, which has to be told by BYE.
pub(super) fn log_out(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let result = checker.client()?.logout().map(|_| ());
    let reply = checker.finish(result)?;
    let is_bye = |response: Response<'_>| {
        matches!(
            response,
            Response::Status(StatusResponse {
                status: Status::Bye,
                ..
            })
        )
    };
    let has_bye = reply.has(is_bye);
    checker.want(&reply, has_bye, Behaviour::MissingBye, "BYE");
    checker.client = None;
    checker.examined = None;
    Ok(())
}

/// How long to wait for news.
const MOMENT: Duration = Duration::from_millis(100);
