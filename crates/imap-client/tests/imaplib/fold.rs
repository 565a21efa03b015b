//! Typed answers in the form that imaplib has: a status, and lines of data.

use imap_client::{
    AclEntry, Annotation, Copied, Error, Fetched, ListEntry, Namespace, Namespaces, Numbers,
    QuotaRoot, StatusData, Threads,
};
use imap_codec::{Encode, encode_response};
use imap_proto::response::Status;
use imap_proto::{Atom, MessageNumber, Response};

use crate::memory::latin1;

/// The status and the data.
pub(crate) type Given = Vec<String>;

/// `OK` with lines of data, or the refusal.
pub(crate) fn given<T>(answer: Result<T, Error>, data: impl FnOnce(T) -> Vec<String>) -> Given {
    match answer {
        Ok(answer) => [vec!["OK".to_owned()], data(answer)].concat(),
        Err(error) => self::error(&error),
    }
}

/// `OK` without data, or the refusal.
pub(crate) fn done<T>(answer: Result<T, Error>) -> Given {
    given(answer, |_| Vec::new())
}

/// imaplib gives NO as a status where it is not about logging in, and raises an exception for the rest.
pub(crate) fn error(error: &Error) -> Given {
    match error.refusal() {
        Some(refusal) if refusal.status() == Status::No => {
            let line = refusal.to_string();
            let text = line.strip_prefix("NO ").unwrap();
            vec!["NO".to_owned(), text.to_owned()]
        }
        _ if error.is_fatal() => vec!["raises abort".to_owned()],
        _ => vec!["raises error".to_owned()],
    }
}

/// Logging in: there, imaplib raises an exception for NO, too.
pub(crate) fn login(answer: Result<(), Error>) -> Given {
    match answer {
        Err(error) if !error.is_fatal() => vec!["raises error".to_owned()],
        answer => done(answer),
    }
}

pub(crate) fn mailboxes(entries: Vec<ListEntry>) -> Vec<String> {
    let line = |entry: &ListEntry| {
        let attributes: Vec<_> = entry
            .attributes()
            .map(|a| format!("\\{}", a.as_str()))
            .collect();
        let delimiter = entry
            .delimiter()
            .map_or_else(|| "NIL".to_owned(), |c| format!("\"{c}\""));
        format!(
            "({}) {delimiter} {}",
            attributes.join(" "),
            astring(entry.name())
        )
    };
    entries.iter().map(line).collect()
}

pub(crate) fn fetched(fetched: Fetched) -> Vec<String> {
    fetched
        .iter()
        .map(|fetch| encoded(fetch).replacen(" FETCH", "", 1))
        .collect()
}

/// What is said behind `* ` and a name, if there is one.
fn encoded<T: Encode>(response: &T) -> String {
    let line = latin1(&encode_response(response).unwrap());
    line.strip_prefix("* ").unwrap().trim_end().to_owned()
}

pub(crate) fn numbers<N: MessageNumber>(numbers: &Numbers<N>) -> Vec<String> {
    let texts: Vec<String> = numbers.iter().map(|n| n.into().to_string()).collect();
    let text = texts.join(" ");
    if text.is_empty() {
        Vec::new()
    } else {
        vec![text]
    }
}

pub(crate) fn threads<N: MessageNumber>(threads: Threads<N>) -> Vec<String> {
    let trees: Vec<_> = threads.trees().copied().collect();
    let line = encoded(&Response::Thread(&trees));
    vec![line.strip_prefix("THREAD ").unwrap().to_owned()]
}

pub(crate) fn copied(copied: Option<Copied>) -> Given {
    let line = |copied: Copied| {
        let sets = [copied.source, copied.destination].map(|uids| numbers(&uids).join(" "));
        format!("{} {}", copied.uid_validity.get(), sets.join(" "))
    };
    [
        vec!["COPYUID".to_owned()],
        copied.map(line).into_iter().collect(),
    ]
    .concat()
}

pub(crate) fn acl(entries: Vec<AclEntry>) -> Vec<String> {
    let entry = |entry: &AclEntry| format!(" {} {}", entry.identifier, entry.rights);
    vec![format!(
        "INBOX{}",
        entries.iter().map(entry).collect::<String>()
    )]
}

pub(crate) fn quota(root: QuotaRoot) -> Vec<String> {
    let usage = |usage: &imap_client::QuotaUsage| {
        format!(
            "{} {} {}",
            usage.resource().as_str(),
            usage.usage,
            usage.limit
        )
    };
    let resources: Vec<_> = root.resources.iter().map(usage).collect();
    vec![format!("{} ({})", astring(&root.name), resources.join(" "))]
}

pub(crate) fn quota_roots(roots: Vec<QuotaRoot>) -> Vec<String> {
    let names: String = roots
        .iter()
        .map(|root| format!(" {}", astring(&root.name)))
        .collect();
    [format!("INBOX{names}")]
        .into_iter()
        .chain(roots.into_iter().flat_map(quota))
        .collect()
}

pub(crate) fn annotations(annotations: Vec<Annotation>) -> Vec<String> {
    let line = |annotation: &Annotation| {
        let value = latin1(annotation.get("value").unwrap());
        format!("INBOX \"{}\" (\"value\" \"{value}\")", annotation.entry)
    };
    annotations.iter().map(line).collect()
}

pub(crate) fn namespaces(namespaces: Namespaces) -> Vec<String> {
    let one = |n: &Namespace| format!("(\"{}\" \"{}\")", n.prefix, n.delimiter.unwrap());
    let list = |list: &Vec<Namespace>| match &list[..] {
        [] => "NIL".to_owned(),
        list => format!("({})", list.iter().map(one).collect::<String>()),
    };
    let Namespaces {
        personal,
        other_users,
        shared,
        ..
    } = &namespaces;
    vec![[personal, other_users, shared].map(list).join(" ")]
}

pub(crate) fn status(mailbox: &str, status: StatusData) -> Vec<String> {
    let messages = status.messages.unwrap();
    let uid_next = status.uid_next.unwrap();
    vec![format!(
        "{mailbox} (MESSAGES {messages} UIDNEXT {uid_next})"
    )]
}

/// An atom, or a quoted string.
fn astring(text: &str) -> String {
    match Atom::new(text) {
        Ok(atom) => atom.to_string(),
        Err(_) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The results as text, where literals that could have been quoted strings are such.
pub(crate) fn to_text(gives: Vec<Given>) -> String {
    let quote = |text: String| quoted_literals(&text);
    let gives = gives
        .into_iter()
        .map(|given| given.into_iter().map(quote).collect());
    let gives: Vec<Given> = gives.collect();
    serde_json::Value::from(gives).to_string()
}

fn quoted_literals(text: &str) -> String {
    let Some((before, rest)) = text.split_once('{') else {
        return text.to_owned();
    };
    let Some((size, rest)) = rest.split_once("}\r\n") else {
        return text.to_owned();
    };
    let (literal, rest) = rest.split_at(size.parse().unwrap());
    let literal = literal.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{before}\"{literal}\"{}", quoted_literals(rest))
}
