//! Messages written by `write!`, as programs without an encoder do.
//!
//! Nothing is checked and nothing chosen: strings are taken to need no escapes, and are copied.

use std::io::{Result, Write as _};

use imap_proto::command::{Login, Store, StoreAction, StoreData, Tagged};
use imap_proto::response::{Fetch, List};
use imap_proto::{
    Address, BodyExtension, BodyStructure, Command, Envelope, FetchItem, Flag, IString, MultiPart,
    Parameter, PartKind, Response, SinglePart,
};

/// Writes a FETCH or LIST response of the corpora.
///
/// # Errors
///
/// None: the buffer grows.
pub fn response(out: &mut Vec<u8>, response: &Response<'_>) -> Result<()> {
    match response {
        Response::Fetch(value) => fetch(out, value),
        Response::List(value) => list(out, value),
        other => unreachable!("not written: {other:?}"),
    }
}

/// Writes a LOGIN or STORE command of the corpora.
///
/// # Errors
///
/// None: the buffer grows.
pub fn command(out: &mut Vec<u8>, tagged: &Tagged<'_>) -> Result<()> {
    write!(out, "{} ", tagged.tag)?;
    match &tagged.command {
        Command::Login(Login {
            user_name,
            password,
        }) => {
            out.write_all(b"LOGIN ")?;
            out.write_all(user_name.as_bytes())?;
            out.write_all(b" ")?;
            quoted(out, password)?;
        }
        Command::Store(value) => store(out, value)?,
        other => unreachable!("not written: {other:?}"),
    }
    out.write_all(b"\r\n")
}

fn store(out: &mut Vec<u8>, store: &Store<'_>) -> Result<()> {
    let sign = match store.action {
        StoreAction::Add => "+",
        StoreAction::Remove => "-",
        StoreAction::Replace => "",
    };
    let silent = if store.silent { ".SILENT" } else { "" };
    write!(out, "STORE {} {sign}FLAGS{silent} ", store.set)?;
    match store.data {
        StoreData::Flags(list) => flags(out, list),
        other => unreachable!("not written: {other:?}"),
    }
}

fn list(out: &mut Vec<u8>, list: &List<'_>) -> Result<()> {
    out.write_all(b"* LIST (")?;
    for (n, attribute) in list.attributes.iter().enumerate() {
        let blank = if n > 0 { " " } else { "" };
        write!(out, "{blank}\\{}", attribute.as_str())?;
    }
    match list.delimiter {
        Some(delimiter) => write!(out, ") \"{}\" ", char::from(delimiter))?,
        None => out.write_all(b") NIL ")?,
    }
    let name = list.mailbox.as_string();
    if name.as_bytes().contains(&b' ') {
        quoted(out, &name)?;
    } else {
        out.write_all(name.as_bytes())?;
    }
    out.write_all(b"\r\n")
}

fn fetch(out: &mut Vec<u8>, fetch: &Fetch<'_>) -> Result<()> {
    write!(out, "* {} FETCH (", fetch.number)?;
    for (n, item) in fetch.items.iter().enumerate() {
        if n > 0 {
            out.write_all(b" ")?;
        }
        match item {
            FetchItem::Uid(uid) => write!(out, "UID {uid}")?,
            FetchItem::Flags(list) => {
                out.write_all(b"FLAGS ")?;
                flags(out, list)?;
            }
            FetchItem::InternalDate(date) => write!(out, "INTERNALDATE {date}")?,
            FetchItem::Rfc822Size(size) => write!(out, "RFC822.SIZE {size}")?,
            FetchItem::Envelope(value) => {
                out.write_all(b"ENVELOPE ")?;
                envelope(out, value)?;
            }
            FetchItem::BodyStructure(value) => {
                out.write_all(b"BODYSTRUCTURE ")?;
                body(out, value)?;
            }
            other => unreachable!("not written: {other:?}"),
        }
    }
    out.write_all(b")\r\n")
}

fn flags(out: &mut Vec<u8>, flags: &[Flag<'_>]) -> Result<()> {
    out.write_all(b"(")?;
    for (n, flag) in flags.iter().enumerate() {
        let blank = if n > 0 { " " } else { "" };
        write!(out, "{blank}{flag}")?;
    }
    out.write_all(b")")
}

fn envelope(out: &mut Vec<u8>, envelope: &Envelope<'_>) -> Result<()> {
    out.write_all(b"(")?;
    nstring(out, envelope.date, " ")?;
    nstring(out, envelope.subject, " ")?;
    let lists = [
        envelope.from,
        envelope.sender,
        envelope.reply_to,
        envelope.to,
        envelope.cc,
        envelope.bcc,
    ];
    for list in lists {
        addresses(out, list)?;
    }
    nstring(out, envelope.in_reply_to, " ")?;
    nstring(out, envelope.message_id, ")")
}

fn addresses(out: &mut Vec<u8>, addresses: &[Address<'_>]) -> Result<()> {
    if addresses.is_empty() {
        return out.write_all(b"NIL ");
    }
    out.write_all(b"(")?;
    for address in addresses {
        out.write_all(b"(")?;
        nstring(out, address.name, " ")?;
        nstring(out, address.route, " ")?;
        nstring(out, address.mailbox, " ")?;
        nstring(out, address.host, ")")?;
    }
    out.write_all(b") ")
}

fn body(out: &mut Vec<u8>, body: &BodyStructure<'_>) -> Result<()> {
    match body {
        BodyStructure::Single(part) => single(out, part),
        BodyStructure::Multi(part) => multi(out, part),
    }
}

fn multi(out: &mut Vec<u8>, part: &MultiPart<'_>) -> Result<()> {
    out.write_all(b"(")?;
    for part in part.parts {
        body(out, part)?;
    }
    out.write_all(b" ")?;
    quoted(out, &part.media_subtype)?;
    out.write_all(b" ")?;
    parameters(out, part.parameters)?;
    extension(out, &part.extension)
}

fn single(out: &mut Vec<u8>, part: &SinglePart<'_>) -> Result<()> {
    out.write_all(b"(")?;
    nstring(out, Some(part.media_type), " ")?;
    nstring(out, Some(part.media_subtype), " ")?;
    parameters(out, part.parameters)?;
    out.write_all(b" ")?;
    nstring(out, part.id, " ")?;
    nstring(out, part.description, " ")?;
    nstring(out, Some(part.encoding), " ")?;
    write!(out, "{}", part.octets)?;
    match &part.kind {
        PartKind::Basic => {}
        PartKind::Text { lines } => write!(out, " {lines}")?,
        PartKind::Message {
            envelope: inner,
            body: structure,
            lines,
        } => {
            out.write_all(b" ")?;
            envelope(out, inner)?;
            out.write_all(b" ")?;
            body(out, structure)?;
            write!(out, " {lines}")?;
        }
    }
    out.write_all(b" ")?;
    nstring(out, part.md5, "")?;
    extension(out, &part.extension)
}

fn parameters(out: &mut Vec<u8>, parameters: &[Parameter<'_>]) -> Result<()> {
    if parameters.is_empty() {
        return out.write_all(b"NIL");
    }
    for (n, parameter) in parameters.iter().enumerate() {
        out.write_all(if n > 0 { b" " } else { b"(" })?;
        quoted(out, &parameter.name)?;
        out.write_all(b" ")?;
        quoted(out, &parameter.value)?;
    }
    out.write_all(b")")
}

/// The extension data, for which the corpora have no languages, and the end of the part.
fn extension(out: &mut Vec<u8>, extension: &BodyExtension<'_>) -> Result<()> {
    match extension.disposition {
        Some(disposition) => {
            out.write_all(b" (")?;
            quoted(out, &disposition.kind)?;
            out.write_all(b" ")?;
            parameters(out, disposition.parameters)?;
            out.write_all(b")")?;
        }
        None => out.write_all(b" NIL")?,
    }
    out.write_all(b" NIL ")?;
    nstring(out, extension.location, ")")
}

fn nstring(out: &mut Vec<u8>, value: Option<IString<'_>>, behind: &str) -> Result<()> {
    match value {
        Some(value) => quoted(out, &value)?,
        None => out.write_all(b"NIL")?,
    }
    out.write_all(behind.as_bytes())
}

fn quoted(out: &mut Vec<u8>, value: &IString<'_>) -> Result<()> {
    out.write_all(b"\"")?;
    out.write_all(value.as_bytes())?;
    out.write_all(b"\"")
}
