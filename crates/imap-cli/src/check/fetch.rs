//! Data of many messages: every item that the server offers.

use std::collections::{BTreeMap, BTreeSet};

use imap_proto::{Capability, FetchItem, Response, SectionText, Uid};

use super::Checker;
use super::departure::Behaviour;
use super::reply::{Outcome, Reply};
use crate::error::Failure;

/// Asks for the data of the messages, some at a time.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let Some((first, last)) = checker.range() else {
        return none(checker);
    };
    let mut uids = BTreeMap::new();
    for (first, last) in chunks(first, last) {
        for items in offered(checker) {
            let reply = checker.ask(format!("FETCH {first}:{last} ({items})"))?;
            judge(checker, &reply, items, Some((first, last)));
            uids.extend(numbered(&reply));
        }
    }
    for macro_name in ["FAST", "ALL", "FULL"] {
        checker.ask(format!("FETCH {last} {macro_name}"))?;
    }
    sorted(checker, &uids)?;
    by_uid(checker, &uids)
}

/// There are no messages to ask for.
fn none(checker: &mut Checker<'_>) -> Result<(), Failure> {
    checker.ask("UID FETCH 1:* (FLAGS)").map(|_| ())
}

/// The same data by UID.
fn by_uid(checker: &mut Checker<'_>, uids: &BTreeMap<u32, Uid>) -> Result<(), Failure> {
    let mut known = uids.values().rev().take(CHUNK as usize);
    let (Some(last), first) = (known.next(), known.next_back()) else {
        return Ok(());
    };
    let first = first.unwrap_or(last);
    let items = "FLAGS RFC822.SIZE INTERNALDATE";
    let reply = checker.ask(format!("UID FETCH {first}:{last} ({items})"))?;
    judge(checker, &reply, items, None);
    for fetch in fetches(&reply) {
        let has_uid = fetch.iter().any(|item| matches!(item, FetchItem::Uid(_)));
        checker.want(&reply, has_uid, Behaviour::MissingUid, "UID");
    }
    // A UID that is not there is no error.
    let reply = checker.ask("UID FETCH 4294967295 (FLAGS)")?;
    if reply.outcome() == Outcome::Bad {
        let note = "a UID that no message has is answered with BAD";
        checker.note(Behaviour::OfferRefused, &reply, note);
    }
    if checker.has(Capability::CondStore) || checker.has(Capability::QResync) {
        checker.ask_offered(format!("UID FETCH {first}:{last} (FLAGS) (CHANGEDSINCE 1)"))?;
    }
    Ok(())
}

/// Whether the UIDs grow, and whether UIDNEXT is above them.
fn sorted(checker: &mut Checker<'_>, uids: &BTreeMap<u32, Uid>) -> Result<(), Failure> {
    let reply = checker.ask("NOOP")?;
    let pairs = uids.values().zip(uids.values().skip(1));
    if let Some((uid, next)) = pairs.into_iter().find(|(uid, next)| uid >= next) {
        let note = format!("UID {uid} in front of {next}");
        checker.note(Behaviour::UnsortedUids, &reply, note);
    }
    let Some(examined) = &checker.examined else {
        return Ok(());
    };
    let highest = uids.values().max();
    if let (Some(next), Some(highest), false) = (examined.uid_next, highest, examined.has_changed)
        && next <= *highest
    {
        let note = format!("UIDNEXT {next} and UID {highest}");
        checker.note(Behaviour::WrongUidNext, &reply, note);
    }
    Ok(())
}

/// The UIDs in a reply by sequence number.
fn numbered(reply: &Reply) -> impl Iterator<Item = (u32, Uid)> {
    reply.responses().filter_map(|response| match response {
        Response::Fetch(fetch) => Some((fetch.number.get(), fetch.uid()?)),
        _ => None,
    })
}

/// Items to ask for together.
fn offered(checker: &Checker<'_>) -> Vec<&'static str> {
    let mut offered = vec![
        "UID FLAGS INTERNALDATE RFC822.SIZE",
        "ENVELOPE",
        "BODY",
        "BODYSTRUCTURE",
    ];
    let mod_seq = checker.has(Capability::CondStore) || checker.has(Capability::QResync);
    for (items, is_offered) in [
        ("MODSEQ", mod_seq),
        ("EMAILID THREADID", checker.has(Capability::ObjectId)),
        ("SAVEDATE", checker.has(Capability::SaveDate)),
        ("PREVIEW", checker.has(Capability::Preview)),
        ("PREVIEW (LAZY)", checker.has(Capability::Preview)),
        ("PREVIEW (FUZZY)", checker.has(Capability::PreviewFuzzy)),
        ("SNIPPET (FUZZY)", checker.has(Capability::SnippetFuzzy)),
        (
            "X-GM-MSGID X-GM-THRID X-GM-LABELS",
            checker.has(Capability::XGmExt1),
        ),
    ] {
        if is_offered {
            offered.push(items);
        }
    }
    offered
}

/// Whether a reply has all items of all messages that were asked for.
pub(super) fn judge(
    checker: &mut Checker<'_>,
    reply: &Reply,
    items: &str,
    range: Option<(u32, u32)>,
) {
    let mut told: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for response in reply.responses() {
        if let Response::Fetch(fetch) = response {
            let names = fetch.items.iter().map(item_name);
            told.entry(fetch.number.get()).or_default().extend(names);
        }
    }
    let has_changed = checker
        .examined
        .as_ref()
        .is_some_and(|examined| examined.has_changed);
    if let (Some((first, last)), false) = (range, has_changed) {
        for number in first..=last {
            let is_told = told.contains_key(&number);
            let what = format!("message {number}");
            checker.want(reply, is_told, Behaviour::MissingMessage, &what);
        }
    }
    let wanted: Vec<String> = wanted(items).collect();
    // What comes unasked of other messages has the flags only.
    let is_asked = |number: u32| range.is_none_or(|(first, last)| (first..=last).contains(&number));
    for (number, told) in told.iter().filter(|(number, _)| is_asked(**number)) {
        for item in &wanted {
            let is_told = told.contains(item);
            let what = format!("{item} of message {number}");
            checker.want(reply, is_told, Behaviour::MissingFetchItem, &what);
        }
    }
}

/// How the items of a command are called in its responses.
fn wanted(items: &str) -> impl Iterator<Item = String> {
    let mut depth = 0_usize;
    let is_between = move |c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ' ' && depth == 0
    };
    items
        .split(is_between)
        .filter(|item| !item.starts_with('('))
        .map(|item| {
            let item = item.replace(".PEEK", "");
            match item.split_once(" (") {
                // Which fields, the response can tell in another way.
                Some((section, _)) => format!("{section}]"),
                None if item.ends_with('>') => origin(&item),
                None => item,
            }
        })
}

/// `BODY[]<0.16>` is `BODY[]<0>` in the response.
fn origin(item: &str) -> String {
    match item.rsplit_once('.') {
        Some((before, _)) => format!("{before}>"),
        None => item.to_owned(),
    }
}

/// What an item is called, without the names of fields in its section.
fn item_name(item: &FetchItem<'_>) -> String {
    match item {
        FetchItem::BodySection(body) => {
            let part = body.section.part.to_string();
            let text = match body.section.text {
                None => "",
                Some(SectionText::Header) => "HEADER",
                Some(SectionText::HeaderFields(_)) => "HEADER.FIELDS",
                Some(SectionText::HeaderFieldsNot(_)) => "HEADER.FIELDS.NOT",
                Some(SectionText::Mime) => "MIME",
                Some(SectionText::Text) => "TEXT",
            };
            let dot = if part.is_empty() || text.is_empty() {
                ""
            } else {
                "."
            };
            let origin = body.origin.map(|origin| format!("<{origin}>"));
            format!("BODY[{part}{dot}{text}]{}", origin.unwrap_or_default())
        }
        FetchItem::Binary(binary) => format!("BINARY[{}]", binary.part),
        FetchItem::BinarySize(size) => format!("BINARY.SIZE[{}]", size.part),
        FetchItem::Body(_) => "BODY".to_owned(),
        FetchItem::BodyStructure(_) => "BODYSTRUCTURE".to_owned(),
        FetchItem::EmailId(_) => "EMAILID".to_owned(),
        FetchItem::Envelope(_) => "ENVELOPE".to_owned(),
        FetchItem::Flags(_) => "FLAGS".to_owned(),
        FetchItem::InternalDate(_) => "INTERNALDATE".to_owned(),
        FetchItem::ModSeq(_) => "MODSEQ".to_owned(),
        FetchItem::Preview(_) => "PREVIEW".to_owned(),
        FetchItem::Rfc822Header(_) => "RFC822.HEADER".to_owned(),
        FetchItem::Rfc822Size(_) => "RFC822.SIZE".to_owned(),
        FetchItem::SaveDate(_) => "SAVEDATE".to_owned(),
        FetchItem::Snippet(_) => "SNIPPET".to_owned(),
        FetchItem::ThreadId(_) => "THREADID".to_owned(),
        FetchItem::Uid(_) => "UID".to_owned(),
        FetchItem::XGmLabels(_) => "X-GM-LABELS".to_owned(),
        FetchItem::XGmMsgId(_) => "X-GM-MSGID".to_owned(),
        FetchItem::XGmThrId(_) => "X-GM-THRID".to_owned(),
        _ => String::new(),
    }
}

/// The items of all FETCH responses.
fn fetches<'r>(reply: &'r Reply) -> impl Iterator<Item = &'r [FetchItem<'r>]> {
    reply.responses().filter_map(|response| match response {
        Response::Fetch(fetch) => Some(fetch.items),
        _ => None,
    })
}

/// Ranges of so many messages as are asked for at a time.
fn chunks(first: u32, last: u32) -> impl Iterator<Item = (u32, u32)> {
    (first..=last)
        .step_by(CHUNK as usize)
        .map(move |first| (first, last.min(first.saturating_add(CHUNK - 1))))
}

const CHUNK: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_of_items() {
        let items = "UID BODY.PEEK[HEADER.FIELDS (SUBJECT DATE)] BODY.PEEK[]<0.16> PREVIEW (LAZY) \
                     BODY.PEEK[1.2.MIME] BINARY.SIZE[1]";
        let wanted: Vec<String> = wanted(items).collect();
        assert_eq!(
            wanted,
            [
                "UID",
                "BODY[HEADER.FIELDS]",
                "BODY[]<0>",
                "PREVIEW",
                "BODY[1.2.MIME]",
                "BINARY.SIZE[1]",
            ]
        );
    }

    #[test]
    fn ok_ranges() {
        let all: Vec<_> = chunks(3, 120).collect();
        assert_eq!(all, [(3, 52), (53, 102), (103, 120)]);
        assert_eq!(chunks(1, 1).collect::<Vec<_>>(), [(1, 1)]);
    }
}
