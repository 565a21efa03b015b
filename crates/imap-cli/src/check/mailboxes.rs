//! The mailboxes: lists of them in all forms, and what is told of each.

use std::collections::BTreeMap;

use imap_proto::response::List;
use imap_proto::{Capability, MailboxAttribute, Response, StatusItem};

use super::Checker;
use super::departure::Behaviour;
use super::reply::{Outcome, Reply};
use crate::error::Failure;

/// A mailbox as LIST tells of it.
#[derive(Clone, Debug)]
struct Listed {
    name: Vec<u8>,
    delimiter: Option<u8>,
    is_selectable: bool,
    has_children: Option<bool>,
}

/// Asks for lists of mailboxes, and for the counts of some.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    checker.ask("LIST \"\" \"\"")?;
    let reply = checker.ask("LIST \"\" \"*\"")?;
    let all = listed(&reply);
    compare(checker, &reply, &all);
    let reply = checker.ask("LIST \"\" \"%\"")?;
    top_level(checker, &reply);
    checker.ask("LSUB \"\" \"*\"")?;
    checker.ask("LSUB \"\" \"%\"")?;
    checker.ask("LIST \"\" \"NO-SUCH-MAILBOX-4711\"")?;
    extended(checker)?;
    if checker.has(Capability::XList) {
        checker.ask_offered("XLIST \"\" \"*\"")?;
    }
    if checker.has(Capability::MailboxReferrals) {
        checker.ask_offered("RLIST \"\" \"%\"")?;
        checker.ask_offered("RLSUB \"\" \"%\"")?;
    }
    let selectable = all.iter().filter(|listed| listed.is_selectable);
    for Listed { name, .. } in selectable.take(MAILBOXES) {
        status(checker, name)?;
    }
    Ok(())
}

/// LIST with options.
fn extended(checker: &mut Checker<'_>) -> Result<(), Failure> {
    if !checker.has_or_rev2(Capability::ListExtended) {
        return Ok(());
    }
    let mut returns = vec!["CHILDREN", "SUBSCRIBED"];
    if checker.has_or_rev2(Capability::SpecialUse) {
        returns.push("SPECIAL-USE");
        checker.ask_offered("LIST (SPECIAL-USE) \"\" \"*\"")?;
    }
    if checker.has_or_rev2(Capability::ListStatus) {
        returns.push("STATUS (MESSAGES UNSEEN UIDNEXT UIDVALIDITY)");
    }
    if checker.has(Capability::ListMyRights) {
        returns.push("MYRIGHTS");
    }
    let returns = returns.join(" ");
    for command in [
        format!("LIST \"\" (INBOX \"%\") RETURN ({returns})"),
        "LIST (SUBSCRIBED) \"\" \"*\" RETURN (CHILDREN)".to_owned(),
        "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" \"%\"".to_owned(),
        "LIST (REMOTE) \"\" \"%\"".to_owned(),
    ] {
        checker.ask_offered(command)?;
    }
    Ok(())
}

/// The mailboxes that a reply tells of.
fn listed(reply: &Reply) -> Vec<Listed> {
    reply
        .responses()
        .filter_map(|response| match response {
            Response::List(list) => Some(Listed::new(&list)),
            _ => None,
        })
        .collect()
}

impl Listed {
    fn new(list: &List<'_>) -> Self {
        let has = |attribute| list.attributes.contains(&attribute);
        Self {
            name: list.mailbox.as_bytes().to_vec(),
            delimiter: list.delimiter,
            is_selectable: !has(MailboxAttribute::NoSelect) && !has(MailboxAttribute::NonExistent),
            has_children: match (
                has(MailboxAttribute::HasChildren),
                has(MailboxAttribute::HasNoChildren) || has(MailboxAttribute::NoInferiors),
            ) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            },
        }
    }

    /// Whether a mailbox is below.
    fn is_above(&self, other: &Self) -> bool {
        let Some(delimiter) = self.delimiter else {
            return false;
        };
        let rest = other.name.strip_prefix(&*self.name);
        rest.is_some_and(|rest| rest.first() == Some(&delimiter))
    }

    fn shown(&self) -> String {
        self.name.escape_ascii().to_string()
    }
}

/// Whether the mailboxes of a full list fit together.
fn compare(checker: &mut Checker<'_>, reply: &Reply, all: &[Listed]) {
    if reply.outcome() != Outcome::Ok || reply.is_damaged() {
        return;
    }
    let mut seen = BTreeMap::new();
    for listed in all {
        let shown = listed.shown();
        if seen.insert(&listed.name, ()).is_some() {
            let note = format!("{shown} is listed twice");
            checker.note(Behaviour::InconsistentList, reply, note);
        }
        let children = all.iter().filter(|other| listed.is_above(other)).count();
        let note = match (listed.has_children, children) {
            (Some(true), 0) => format!("{shown} has children, of which none is listed"),
            (Some(false), 1..) => format!("{shown} has no children, and some are listed"),
            _ => continue,
        };
        checker.note(Behaviour::InconsistentList, reply, note);
    }
    let has_inbox = |listed: &Listed| listed.name.eq_ignore_ascii_case(b"INBOX");
    let is_told = all.iter().any(has_inbox);
    checker.want(reply, is_told, Behaviour::InconsistentList, "INBOX");
}

/// `%` stands for names of one level.
fn top_level(checker: &mut Checker<'_>, reply: &Reply) {
    for listed in listed(reply) {
        let delimiter = listed.delimiter;
        let is_deep = delimiter.is_some_and(|delimiter| listed.name.contains(&delimiter));
        if is_deep && !reply.is_damaged() {
            let note = format!("% matches {}", listed.shown());
            checker.note(Behaviour::InconsistentList, reply, note);
        }
    }
}

/// Asks for all counts of a mailbox.
fn status(checker: &mut Checker<'_>, name: &[u8]) -> Result<(), Failure> {
    let Some(quoted) = quoted(name) else {
        return Ok(());
    };
    let items = status_items(checker);
    let mut command = b"STATUS ".to_vec();
    command.extend_from_slice(&quoted);
    command.extend_from_slice(format!(" ({})", items.join(" ")).as_bytes());
    let reply = checker.ask(command)?;
    let told: Vec<Vec<&str>> = reply
        .responses()
        .filter_map(|response| match response {
            Response::MailboxStatus(status) if is_same(status.mailbox.as_bytes(), name) => {
                Some(status.items.iter().map(item_name).collect())
            }
            _ => None,
        })
        .collect();
    checker.want(&reply, !told.is_empty(), Behaviour::MissingData, "STATUS");
    if told.len() > 1 {
        let note = format!("STATUS comes {} times", told.len());
        checker.note(Behaviour::DuplicateData, &reply, note);
    }
    if let Some(told) = told.first() {
        for item in items {
            let is_told = told.contains(&item);
            checker.want(&reply, is_told, Behaviour::MissingStatusItem, item);
        }
    }
    Ok(())
}

/// The items of STATUS that the server offers.
fn status_items(checker: &Checker<'_>) -> Vec<&'static str> {
    let mut items = vec!["MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN"];
    let is_rev1 = checker.has(Capability::Imap4Rev1);
    let is_rev2 = checker.has(Capability::Imap4Rev2);
    let size = is_rev2 || checker.has(Capability::StatusSize);
    let mod_seq = checker.has(Capability::CondStore) || checker.has(Capability::QResync);
    for (item, offered) in [
        ("RECENT", is_rev1),
        ("DELETED", is_rev2),
        ("SIZE", size),
        ("HIGHESTMODSEQ", mod_seq),
        ("MAILBOXID", checker.has(Capability::ObjectId)),
        ("APPENDLIMIT", checker.has(Capability::AppendLimit(None))),
    ] {
        if offered {
            items.push(item);
        }
    }
    items
}

fn item_name(item: &StatusItem<'_>) -> &'static str {
    match item {
        StatusItem::AppendLimit(_) => "APPENDLIMIT",
        StatusItem::Deleted(_) => "DELETED",
        StatusItem::HighestModSeq(_) => "HIGHESTMODSEQ",
        StatusItem::MailboxId(_) => "MAILBOXID",
        StatusItem::Messages(_) => "MESSAGES",
        StatusItem::Recent(_) => "RECENT",
        StatusItem::Size(_) => "SIZE",
        StatusItem::UidNext(_) => "UIDNEXT",
        StatusItem::UidValidity(_) => "UIDVALIDITY",
        StatusItem::Unseen(_) => "UNSEEN",
        _ => "",
    }
}

/// Whether two names on the wire are those of the same mailbox.
pub(super) fn is_same(told: &[u8], asked: &[u8]) -> bool {
    told == asked || (is_inbox(told) && is_inbox(asked))
}

fn is_inbox(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"INBOX")
}

/// A name as a quoted string; nothing where it cannot be one.
pub(super) fn quoted(name: &[u8]) -> Option<Vec<u8>> {
    let mut quoted = vec![b'"'];
    for octet in name.iter().copied() {
        if !matches!(octet, b'\t' | b' '..=b'~') {
            return None;
        }
        if matches!(octet, b'"' | b'\\') {
            quoted.push(b'\\');
        }
        quoted.push(octet);
    }
    quoted.push(b'"');
    Some(quoted)
}

/// Mailboxes whose counts are asked for.
const MAILBOXES: usize = 20;
