//! Answers in a form in which they can be compared.

use imap_proto::response::{Esearch, SearchReturnData, Thread};
use imap_proto::{
    Arena, BodyStructure, FetchItem, MultiPart, Parameter, PartKind, Response, SinglePart,
};

/// What responses say. Left out is what servers may choose: texts for people, the case of names, the order
/// of data and of parameters, and whether a part that is not there is `NIL` or empty.
pub(crate) fn normal(responses: &[Vec<u8>]) -> String {
    let mut shown = Vec::new();
    for octets in responses {
        let arena = Arena::new();
        match Response::parse(octets, &arena) {
            Ok(Response::Fetch(fetch)) => shown.extend(fetch.items.iter().filter_map(item)),
            Ok(Response::Status(status)) if status.tag.is_some() => {
                shown.push(format!("{:?}", status.status));
            }
            Ok(Response::Status(_)) => {}
            Ok(Response::Esearch(found)) => shown.push(esearch(&found)),
            Ok(Response::Thread(threads)) => shown.push(threads.iter().map(thread).collect()),
            Ok(response) => shown.push(format!("{response:?}")),
            Err(error) => panic!("{error}: {}", octets.escape_ascii()),
        }
    }
    shown.join(" ")
}

fn item(item: &FetchItem<'_>) -> Option<String> {
    Some(match item {
        FetchItem::Binary(part) => format!("{:?}", part.data.unwrap_or_default()),
        FetchItem::Body(body) | FetchItem::BodyStructure(body) => structure(body),
        FetchItem::BodySection(section) => format!("{:?}", section.data.unwrap_or_default()),
        FetchItem::Flags(_) => return None,
        item => format!("{item:?}"),
    })
}

fn structure(body: &BodyStructure<'_>) -> String {
    let (fields, extension) = match body {
        BodyStructure::Multi(MultiPart {
            parts, extension, ..
        }) => (parts.iter().map(structure).collect(), extension),
        BodyStructure::Single(part) => (single(part), &part.extension),
    };
    let disposition = extension.disposition.map(|disposition| {
        let kind = disposition.kind.to_string().to_lowercase();
        format!("{kind} {}", parameters(disposition.parameters))
    });
    format!(
        "({}/{} {} {fields} {disposition:?} {:?} {:?})",
        body.media_type().to_string().to_lowercase(),
        body.media_subtype().to_string().to_lowercase(),
        parameters(body.parameters()),
        extension
            .language
            .iter()
            .map(|tag| tag.to_string().to_lowercase())
            .collect::<Vec<_>>(),
        extension.location,
    )
}

fn single(part: &SinglePart<'_>) -> String {
    let kind = match part.kind {
        PartKind::Message {
            envelope,
            body,
            lines,
        } => format!("{envelope:?} {} {lines}", structure(&body)),
        kind => format!("{kind:?}"),
    };
    format!(
        "{:?} {:?} {} {} {:?} {kind}",
        part.id,
        part.description,
        part.encoding.to_string().to_lowercase(),
        part.octets,
        part.md5,
    )
}

fn parameters(parameters: &[Parameter<'_>]) -> String {
    let show = |parameter: &Parameter<'_>| {
        let name = parameter.name.to_string().to_lowercase();
        format!("{name}={:?}", parameter.value)
    };
    let mut shown: Vec<_> = parameters.iter().map(show).collect();
    shown.sort();
    shown.join(";")
}

fn esearch(found: &Esearch<'_>) -> String {
    let show = |data: &SearchReturnData<'_>| format!("{data:?}");
    let mut shown: Vec<_> = found.data.iter().map(show).collect();
    shown.sort();
    shown.join(" ")
}

fn thread(Thread { messages, replies }: &Thread<'_>) -> String {
    let replies: String = replies.iter().map(thread).collect();
    format!("({messages:?}{replies})")
}
