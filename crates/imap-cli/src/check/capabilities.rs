//! Capabilities that cannot be there together, and those that need each other.

use imap_proto::{Capability, Response};

use super::Checker;
use super::departure::Behaviour;
use super::reply::Reply;

/// Looks at what the server offers to who is logged in.
pub(super) fn judge(checker: &mut Checker<'_>, reply: &Reply) {
    let offered: Vec<Capability<'_>> = reply
        .responses()
        .filter_map(|response| match response {
            Response::Capability(offered) => Some(offered),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    let has = |capability| offered.contains(&capability);
    for (capability, needed) in NEEDED {
        if has(capability) && !has(needed) && !has(Capability::Imap4Rev2) {
            let note = format!("{capability} without {needed}");
            checker.note(Behaviour::MissingCapability, reply, note);
        }
    }
    // RFC 6855 6: at most one of them.
    if has(Capability::Utf8Accept) && has(Capability::Utf8Only) {
        let note = "UTF8=ACCEPT and UTF8=ONLY together";
        checker.note(Behaviour::ConflictingCapabilities, reply, note);
    }
    // RFC 9051 6.2.1: not after it has begun.
    if has(Capability::StartTls) && checker.is_encrypted() {
        let note = "STARTTLS where TLS has begun";
        checker.note(Behaviour::ConflictingCapabilities, reply, note);
    }
}

/// What needs something else to be offered, too.
const NEEDED: [(Capability<'static>, Capability<'static>); 4] = [
    // RFC 5267 3.
    (Capability::ContextSort, Capability::Sort),
    // RFC 7162 3.2.3.
    (Capability::QResync, Capability::Enable),
    // RFC 5182 2.1.
    (Capability::SearchRes, Capability::ESearch),
    // RFC 6855 3.
    (Capability::Utf8Accept, Capability::Enable),
];
