//! Questions about the server, and one that no server knows.

use imap_proto::{Capability, Response};

use super::departure::Behaviour;
use super::reply::{Outcome, Reply};
use super::{Checker, capabilities};
use crate::error::Failure;

/// Asks what every server, or who offers it, has to tell before a mailbox is selected.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let reply = checker.ask("CAPABILITY")?;
    let is_told = reply.has(|response| matches!(response, Response::Capability(_)));
    checker.want(&reply, is_told, Behaviour::MissingData, "CAPABILITY");
    capabilities::judge(checker, &reply);
    checker.ask("NOOP")?;
    if checker.has(Capability::Id) {
        for command in ["ID NIL", "ID (\"name\" \"imap check\")"] {
            let reply = checker.ask_offered(command)?;
            once(checker, &reply, "ID", |response| {
                matches!(response, Response::Id(_))
            });
        }
    }
    if checker.has_or_rev2(Capability::Namespace) {
        let reply = checker.ask_offered("NAMESPACE")?;
        let is = |response: Response<'_>| matches!(response, Response::Namespace(_));
        once(checker, &reply, "NAMESPACE", is);
    }
    if checker.has(Capability::Language) {
        let reply = checker.ask_offered("LANGUAGE")?;
        let is = |response: Response<'_>| matches!(response, Response::Language(_));
        once(checker, &reply, "LANGUAGE", is);
    }
    if checker.has(Capability::I18nLevel(2)) {
        let reply = checker.ask_offered("COMPARATOR")?;
        let is = |response: Response<'_>| matches!(response, Response::Comparator(_));
        once(checker, &reply, "COMPARATOR", is);
    }
    if checker.has(Capability::JmapAccess) {
        let reply = checker.ask_offered("GETJMAPACCESS")?;
        let is = |response: Response<'_>| matches!(response, Response::JmapAccess(_));
        once(checker, &reply, "JMAPACCESS", is);
    }
    unknown_command(checker)
}

/// No server knows this command.
fn unknown_command(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let reply = checker.ask("XNOSUCHCOMMAND")?;
    if matches!(reply.outcome(), Outcome::Ok | Outcome::No) {
        let note = "answered with another word than BAD";
        checker.note(Behaviour::UnknownCommandTaken, &reply, note);
    }
    Ok(())
}

/// Wants a response of a kind once in a reply that says OK.
pub(super) fn once(
    checker: &mut Checker<'_>,
    reply: &Reply,
    name: &str,
    is: impl Fn(Response<'_>) -> bool,
) {
    let count = reply.responses().filter(|response| is(*response)).count();
    checker.want(reply, count > 0, Behaviour::MissingData, name);
    if count > 1 {
        checker.note(
            Behaviour::DuplicateData,
            reply,
            format!("{name} comes {count} times"),
        );
    }
}
