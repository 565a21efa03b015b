//! Searching, sorting and threads, in all forms that the server offers.

use std::collections::BTreeSet;

use imap_proto::response::{Esearch, SearchReturnData};
use imap_proto::{Capability, MessageNumber, Response};

use super::Checker;
use super::departure::Behaviour;
use super::reply::{Outcome, Reply};
use super::server::once;
use crate::error::Failure;

/// Searches.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    plain(checker)?;
    charsets(checker)?;
    if checker.has_or_rev2(Capability::ESearch) {
        extended(checker)?;
    }
    for (capability, command) in [
        (Capability::Within, "SEARCH YOUNGER 3600"),
        (Capability::CondStore, "SEARCH MODSEQ 1"),
        (Capability::CondStore, "UID SEARCH MODSEQ 1"),
        (Capability::ObjectId, "SEARCH EMAILID X-NO-SUCH-ID"),
        (Capability::SaveDate, "SEARCH SAVEDSINCE 1-Jan-2000"),
        (Capability::SearchFuzzy, "SEARCH FUZZY SUBJECT \"meeting\""),
    ] {
        if checker.has(capability) {
            let reply = checker.ask_offered(command)?;
            once(checker, &reply, "SEARCH", is_search);
        }
    }
    if checker.has(Capability::Sort) {
        sorts(checker)?;
    }
    threads(checker)?;
    if checker.has(Capability::MultiSearch) {
        let name = checker.mailbox();
        checker.ask_offered(format!("ESEARCH IN (mailboxes {name}) RETURN (COUNT) ALL"))?;
    }
    if checker.has(Capability::UidBatches) {
        checker.ask_offered("UIDBATCHES 100")?;
    }
    Ok(())
}

fn is_search(response: Response<'_>) -> bool {
    // A server that knows IMAP4rev2 only has no other answer.
    matches!(
        response,
        Response::Search(_) | Response::Esearch(_) | Response::UidEsearch(_)
    )
}

fn is_sort(response: Response<'_>) -> bool {
    matches!(response, Response::Sort(_))
}

/// Searches by the usual keys.
fn plain(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let all = found(checker, "SEARCH ALL")?;
    let by_uid = found(checker, "UID SEARCH ALL")?;
    let seen = found(checker, "SEARCH SEEN")?;
    let unseen = found(checker, "SEARCH UNSEEN")?;
    for command in [
        "SEARCH NOT ALL",
        "SEARCH NOT DELETED LARGER 1 SINCE 1-Jan-1990",
        "SEARCH OR FROM \"a\" SUBJECT \"e\"",
        "UID SEARCH UID 1:* HEADER Message-ID \"\"",
        "SEARCH 1 TEXT \"e\"",
        // The server has to say that it waits.
        "SEARCH SUBJECT {1}\r\ne",
        "UID SEARCH SENTBEFORE 1-Jan-1990",
    ] {
        found(checker, command)?;
    }
    let (Some(all), Some(by_uid), Some(seen), Some(unseen)) = (all, by_uid, seen, unseen) else {
        return Ok(());
    };
    let reply = checker.ask("NOOP")?;
    let examined = checker.examined.as_ref();
    let examined = examined.filter(|examined| !examined.has_changed);
    let Some(exists) = examined.and_then(|examined| examined.exists) else {
        return Ok(());
    };
    let exists = exists as usize;
    let notes = [
        (
            all.len() != exists,
            format!("{exists} messages, and SEARCH ALL finds {}", all.len()),
        ),
        (
            by_uid.len() != exists,
            format!(
                "{exists} messages, and UID SEARCH ALL finds {}",
                by_uid.len()
            ),
        ),
        (
            &seen | &unseen != all || seen.intersection(&unseen).next().is_some(),
            "SEEN and UNSEEN together are not ALL".to_owned(),
        ),
    ];
    for (is_wrong, note) in notes {
        if is_wrong {
            checker.note(Behaviour::WrongSearch, &reply, note);
        }
    }
    Ok(())
}

/// The numbers that a search finds; nothing if that is not certain.
fn found(checker: &mut Checker<'_>, command: &str) -> Result<Option<BTreeSet<u32>>, Failure> {
    let reply = checker.ask(command)?;
    once(checker, &reply, "SEARCH", is_search);
    if reply.outcome() != Outcome::Ok || reply.is_damaged() {
        return Ok(None);
    }
    let mut numbers = BTreeSet::new();
    for response in reply.responses() {
        match response {
            Response::Search(found) => numbers.extend(found.numbers),
            Response::Esearch(_) | Response::UidEsearch(_) => return Ok(None),
            _ => {}
        }
    }
    Ok(Some(numbers))
}

/// Charsets that are known, and one that is not.
fn charsets(checker: &mut Checker<'_>) -> Result<(), Failure> {
    checker.ask("SEARCH CHARSET US-ASCII SUBJECT \"e\"")?;
    checker.ask("SEARCH CHARSET UTF-8 SUBJECT \"e\"")?;
    let reply = checker.ask("SEARCH CHARSET X-NO-SUCH-CHARSET SUBJECT \"e\"")?;
    if matches!(reply.outcome(), Outcome::Ok | Outcome::Bad) {
        let note = match reply.outcome() {
            Outcome::Ok => "answered with OK",
            _ => "answered with BAD",
        };
        checker.note(Behaviour::UnknownCharsetTaken, &reply, note);
    }
    Ok(())
}

/// Searches with RETURN.
fn extended(checker: &mut Checker<'_>) -> Result<(), Failure> {
    for returns in ["", "MIN", "COUNT", "MIN MAX COUNT ALL", "MAX"] {
        for command in ["SEARCH", "UID SEARCH"] {
            let reply = checker.ask_offered(format!("{command} RETURN ({returns}) ALL"))?;
            judge_extended(checker, &reply);
        }
    }
    let reply = checker.ask_offered("SEARCH RETURN (MIN MAX ALL COUNT) NOT ALL")?;
    judge_extended(checker, &reply);
    if checker.has(Capability::CondStore) {
        let reply = checker.ask_offered("SEARCH RETURN (ALL COUNT) MODSEQ 1")?;
        judge_extended(checker, &reply);
    }
    if checker.has(Capability::Partial) || checker.has(Capability::ContextSearch) {
        let reply = checker.ask_offered("UID SEARCH RETURN (PARTIAL 1:10) ALL")?;
        judge_extended(checker, &reply);
    }
    if checker.has_or_rev2(Capability::SearchRes) {
        checker.ask_offered("SEARCH RETURN (SAVE) 1:* UID 1:*")?;
        checker.ask_offered("FETCH $ (UID)")?;
        checker.ask_offered("SEARCH $ SEEN")?;
    }
    Ok(())
}

/// Whether a search with RETURN is answered by one ESEARCH with the right tag.
fn judge_extended(checker: &mut Checker<'_>, reply: &Reply) {
    let is_old =
        |response: Response<'_>| matches!(response, Response::Search(_) | Response::Sort(_));
    if reply.has(is_old) {
        let note = "SEARCH or SORT where RETURN asks for ESEARCH";
        checker.note(Behaviour::SearchForEsearch, reply, note);
        return;
    }
    let is_new =
        |response: Response<'_>| matches!(response, Response::Esearch(_) | Response::UidEsearch(_));
    once(checker, reply, "ESEARCH", is_new);
    for response in reply.responses() {
        match response {
            Response::Esearch(found) => judge_found(checker, reply, &found),
            Response::UidEsearch(found) => judge_found(checker, reply, &found),
            _ => {}
        }
    }
}

fn judge_found<N: MessageNumber>(checker: &mut Checker<'_>, reply: &Reply, found: &Esearch<'_, N>) {
    if reply.is_damaged() {
        return;
    }
    let tag = found.tag();
    if tag.is_none() || tag.map(|tag| tag.as_str()) != reply.tag() {
        let note = match tag {
            Some(tag) => format!("the tag is {tag}"),
            None => "there is no tag".to_owned(),
        };
        checker.note(Behaviour::EsearchWithoutTag, reply, note);
    }
    let finds = found.data.iter().any(|data| {
        matches!(
            data,
            SearchReturnData::Min(_) | SearchReturnData::Max(_) | SearchReturnData::All(_)
        )
    });
    if found.count() == Some(0) && finds {
        checker.note(
            Behaviour::WrongSearch,
            reply,
            "COUNT is 0, and there are messages",
        );
    }
}

/// Sorts by all keys.
fn sorts(checker: &mut Checker<'_>) -> Result<(), Failure> {
    for command in [
        "SORT (DATE) UTF-8 ALL",
        "SORT (REVERSE ARRIVAL SUBJECT) US-ASCII ALL",
        "UID SORT (FROM TO CC SIZE) UTF-8 NOT DELETED",
        "SORT (SUBJECT) UTF-8 NOT ALL",
    ] {
        let reply = checker.ask_offered(command)?;
        once(checker, &reply, "SORT", is_sort);
    }
    if checker.has(Capability::SortDisplay) {
        let reply = checker.ask_offered("SORT (DISPLAYFROM DISPLAYTO) UTF-8 ALL")?;
        once(checker, &reply, "SORT", is_sort);
    }
    if checker.has(Capability::ESort) {
        let reply = checker.ask_offered("UID SORT RETURN (MIN MAX COUNT ALL) (DATE) UTF-8 ALL")?;
        judge_extended(checker, &reply);
    }
    Ok(())
}

/// Threads by all algorithms that are offered.
fn threads(checker: &mut Checker<'_>) -> Result<(), Failure> {
    for algorithm in checker.thread_algorithms() {
        for command in ["THREAD", "UID THREAD"] {
            let reply = checker.ask_offered(format!("{command} {algorithm} UTF-8 ALL"))?;
            let is = |response: Response<'_>| matches!(response, Response::Thread(_));
            once(checker, &reply, "THREAD", is);
        }
    }
    Ok(())
}
