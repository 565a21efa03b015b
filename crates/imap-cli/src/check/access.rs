//! Quotas, rights and annotations of the mailbox.

use imap_proto::{Capability, Response};

use super::Checker;
use super::server::once;
use crate::error::Failure;

/// Asks what the server offers of them.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let name = checker.mailbox();
    if checker.has(Capability::Quota) {
        quotas(checker, &name)?;
    }
    if checker.has(Capability::Acl) {
        rights(checker, &name)?;
    }
    if checker.has(Capability::Metadata) {
        let entries = "(/shared/comment /private/comment)";
        checker.ask_offered(format!("GETMETADATA {name} {entries}"))?;
        checker.ask_offered(format!("GETMETADATA (MAXSIZE 1024) {name} {entries}"))?;
        checker.ask_offered(format!("GETMETADATA (DEPTH infinity) {name} {entries}"))?;
    }
    if checker.has(Capability::Metadata) || checker.has(Capability::MetadataServer) {
        checker.ask_offered("GETMETADATA \"\" (/shared/comment /shared/admin)")?;
    }
    if checker.has(Capability::AnnotateMore) {
        checker.ask_offered(format!("GETANNOTATION {name} \"/comment\" \"value.priv\""))?;
    }
    Ok(())
}

fn quotas(checker: &mut Checker<'_>, name: &str) -> Result<(), Failure> {
    let reply = checker.ask_offered(format!("GETQUOTAROOT {name}"))?;
    let is = |response: Response<'_>| matches!(response, Response::QuotaRoot(_));
    once(checker, &reply, "QUOTAROOT", is);
    let root = reply.responses().find_map(|response| match response {
        Response::QuotaRoot(told) => told.roots.first().copied(),
        _ => None,
    });
    let root = root.and_then(|root| super::mailboxes::quoted(root.as_bytes()));
    if let Some(root) = root {
        let mut command = b"GETQUOTA ".to_vec();
        command.extend(root);
        let reply = checker.ask_offered(command)?;
        let is = |response: Response<'_>| matches!(response, Response::Quota(_));
        once(checker, &reply, "QUOTA", is);
    }
    Ok(())
}

fn rights(checker: &mut Checker<'_>, name: &str) -> Result<(), Failure> {
    let reply = checker.ask_offered(format!("MYRIGHTS {name}"))?;
    let is = |response: Response<'_>| matches!(response, Response::MyRights(_));
    once(checker, &reply, "MYRIGHTS", is);
    let reply = checker.ask_offered(format!("GETACL {name}"))?;
    let is = |response: Response<'_>| matches!(response, Response::Acl(_));
    once(checker, &reply, "ACL", is);
    let reply = checker.ask_offered(format!("LISTRIGHTS {name} anyone"))?;
    let is = |response: Response<'_>| matches!(response, Response::ListRights(_));
    once(checker, &reply, "LISTRIGHTS", is);
    Ok(())
}
