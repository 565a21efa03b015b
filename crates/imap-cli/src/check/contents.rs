//! Contents of messages: whether their sections fit together, and fit what is told of them.

use imap_proto::{
    BodyStructure, Capability, FetchItem, Part, PartBuf, Response, Section, SectionText,
};

use super::Checker;
use super::departure::Behaviour;
use super::fetch::judge;
use super::reply::{Outcome, Reply};
use crate::error::Failure;

/// Fetches the contents of messages, the newest first, up to some octets in all.
pub(super) fn probe(checker: &mut Checker<'_>) -> Result<(), Failure> {
    let Some((first, last)) = checker.range() else {
        return Ok(());
    };
    let mut left = ALL_OCTETS;
    for number in (first..=last).rev() {
        let items = "RFC822.SIZE BODYSTRUCTURE";
        let reply = checker.ask(format!("FETCH {number} ({items})"))?;
        let Some(told) = Told::new(&reply) else {
            continue;
        };
        if told.size > OCTETS || told.size > left {
            continue;
        }
        left -= told.size;
        whole(checker, number, told.size)?;
        // A structure that is written wrongly is not certain to mean these parts.
        if reply.is_exact() {
            parts(checker, number, &told.parts)?;
        }
    }
    Ok(())
}

/// What is told of a message.
#[derive(Debug)]
struct Told {
    size: u64,
    parts: Vec<ToldPart>,
}

#[derive(Debug)]
struct ToldPart {
    number: PartBuf,
    /// Octets of a part that is no multipart.
    octets: Option<u32>,
}

impl Told {
    fn new(reply: &Reply) -> Option<Self> {
        let size = find(reply, |item| match item {
            FetchItem::Rfc822Size(size) => Some(*size),
            _ => None,
        })?;
        let structure = find(reply, |item| match item {
            FetchItem::BodyStructure(structure) => Some(*structure),
            _ => None,
        });
        let parts = structure
            .into_iter()
            .flat_map(|structure| structure.parts());
        let parts = parts
            // A multipart that is the body of a message has no number of its own.
            .filter(|part| !part.structure.is_multipart())
            .map(|part| ToldPart {
                octets: match part.structure {
                    BodyStructure::Single(single) => Some(single.octets),
                    _ => None,
                },
                number: part.number,
            })
            .take(PARTS)
            .collect();
        Some(Self { size, parts })
    }
}

/// The first item of a kind in a reply.
fn find<'r, T>(reply: &'r Reply, is: impl Fn(&'r FetchItem<'r>) -> Option<T>) -> Option<T> {
    reply.responses().find_map(|response| match response {
        Response::Fetch(fetch) => fetch.items.iter().find_map(&is),
        _ => None,
    })
}

/// The octets of a section; nothing where the server says `NIL` or nothing.
fn section<'r>(reply: &'r Reply, wanted: Section<'_>, is_partial: bool) -> Option<&'r [u8]> {
    find(reply, |item| match item {
        FetchItem::BodySection(body)
            if body.section == wanted && body.origin.is_some() == is_partial =>
        {
            body.data.map(|data| data.0)
        }
        _ => None,
    })
}

/// Fetches a message in several ways that have to give the same octets.
fn whole(checker: &mut Checker<'_>, number: u32, size: u64) -> Result<(), Failure> {
    let items = format!(
        "BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT] RFC822.HEADER BODY.PEEK[]<0.{FIRST}> \
         BODY.PEEK[HEADER.FIELDS (SUBJECT DATE)] BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT DATE)]"
    );
    let reply = checker.ask(format!("FETCH {number} ({items})"))?;
    judge(checker, &reply, &items, None);
    let Some(message) = section(&reply, Section::ALL, false) else {
        return Ok(());
    };
    if reply.is_damaged() {
        return Ok(());
    }
    if message.len() as u64 != size {
        let note = format!(
            "RFC822.SIZE is {size}, and BODY[] has {} octets",
            message.len()
        );
        checker.note(Behaviour::WrongSize, &reply, note);
    }
    let header = section(&reply, Section::HEADER, false).unwrap_or_default();
    let text = section(&reply, Section::TEXT, false).unwrap_or_default();
    let old_header = find(&reply, |item| match item {
        FetchItem::Rfc822Header(header) => header.map(|header| header.0),
        _ => None,
    });
    let first = message.get(..FIRST.min(message.len()));
    for (is_same, what) in [
        (
            message.strip_prefix(header) == Some(text),
            "BODY[HEADER] and BODY[TEXT] are not BODY[]",
        ),
        (
            old_header == Some(header),
            "RFC822.HEADER is not BODY[HEADER]",
        ),
        (
            section(&reply, Section::ALL, true) == first,
            "BODY[]<0> is not the beginning of BODY[]",
        ),
    ] {
        if !is_same {
            checker.note(Behaviour::WrongOctets, &reply, what);
        }
    }
    Ok(())
}

/// Fetches the parts that the structure tells of.
fn parts(checker: &mut Checker<'_>, number: u32, parts: &[ToldPart]) -> Result<(), Failure> {
    if parts.is_empty() {
        return Ok(());
    }
    let name = |part: &ToldPart| format!("BODY.PEEK[{0}] BODY.PEEK[{0}.MIME]", part.number);
    let items: Vec<String> = parts.iter().map(name).collect();
    let reply = checker.ask(format!("FETCH {number} ({})", items.join(" ")))?;
    if matches!(reply.outcome(), Outcome::Bad | Outcome::No) {
        checker.note(Behaviour::MissingSection, &reply, "the parts are refused");
    }
    for part in parts {
        let numbers = part.number.as_part();
        judge_part(checker, &reply, part, numbers);
    }
    if checker.has_or_rev2(Capability::Binary) {
        for ToldPart { number: part, .. } in parts {
            checker.ask(format!(
                "FETCH {number} (BINARY.SIZE[{part}] BINARY.PEEK[{part}])"
            ))?;
        }
    }
    Ok(())
}

fn judge_part(checker: &mut Checker<'_>, reply: &Reply, part: &ToldPart, numbers: Part<'_>) {
    let mime = Section {
        part: numbers,
        text: Some(SectionText::Mime),
    };
    let contents = section(reply, Section::part(numbers), false);
    let has_mime = section(reply, mime, false).is_some();
    let what = format!("BODY[{numbers}]");
    checker.want(reply, contents.is_some(), Behaviour::MissingSection, &what);
    let what = format!("BODY[{numbers}.MIME]");
    checker.want(reply, has_mime, Behaviour::MissingSection, &what);
    let (Some(contents), Some(octets)) = (contents, part.octets) else {
        return;
    };
    if contents.len() != octets as usize && !reply.is_damaged() {
        let found = contents.len();
        let note = format!("part {numbers} has {octets} octets by its structure, and {found}");
        checker.note(Behaviour::WrongPartSize, reply, note);
    }
}

/// Octets of the largest message whose contents are fetched.
const OCTETS: u64 = 1 << 20;
/// Octets of all contents.
const ALL_OCTETS: u64 = 32 << 20;
/// Parts of a message that are fetched.
const PARTS: usize = 20;
/// Octets of the beginning that is fetched for itself.
const FIRST: usize = 16;
