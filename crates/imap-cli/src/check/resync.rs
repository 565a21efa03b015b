//! A second session, in which extensions are enabled that change what the server sends.

use imap_proto::{Response, UidValidity};

use super::Checker;
use super::news::log_out;
use super::reply::Outcome;
use super::server::once;
use crate::error::Failure;

/// Enables what the server offers, and asks what changed in the mailbox since its beginning.
pub(super) fn probe(
    checker: &mut Checker<'_>,
    uid_validity: Option<UidValidity>,
) -> Result<(), Failure> {
    let reply = checker.ask_offered("ENABLE CONDSTORE QRESYNC")?;
    let is = |response: Response<'_>| matches!(response, Response::Enabled(_));
    once(checker, &reply, "ENABLED", is);
    let name = checker.mailbox();
    let parameter = match uid_validity {
        Some(uid_validity) => format!("(QRESYNC ({uid_validity} 1))"),
        None => "(CONDSTORE)".to_owned(),
    };
    let reply = checker.ask_offered(format!("EXAMINE {name} {parameter}"))?;
    if reply.outcome() == Outcome::Ok {
        checker.ask_offered("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)")?;
    }
    log_out(checker)
}
