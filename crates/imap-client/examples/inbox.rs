//! Lists the messages of a mailbox, and shows the text of the newest one.
//!
//! ```text
//! cargo run --example inbox -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]
//! ```
//!
//! The password comes from the variable `IMAP_PASSWORD`, or is asked for. One line for each message:
//! number, date, sender, subject, size in octets and flags, with tabs between. However many messages
//! there are and however large they are, the memory needed stays the same.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure, decode};
use imap_client::blocking::Client;
use imap_proto::response::Fetch;
use imap_proto::{Address, FetchItemName, Section, SectionText, SeqNum, SequenceSetBuf};
use mail_parser::MessageParser;

/// How many octets of the text are shown.
const SHOWN: u64 = 64 << 10;

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address] = &*arguments.values else {
        return Err("usage: inbox [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]".into());
    };
    let mailbox = &arguments.mailbox;
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    let mut out = std::io::stdout().lock();
    let selected = client.examine(mailbox)?;
    writeln!(out, "{mailbox}: {} messages", selected.exists)?;
    if let Ok(newest) = SeqNum::try_from(selected.exists) {
        list(&mut client, &mut out)?;
        show(&mut client, newest, &mut out)?;
    }
    client.logout()?;
    Ok(())
}

/// One line for each message.
fn list(client: &mut Client, out: &mut impl Write) -> Result<(), Failure> {
    let items = [
        FetchItemName::InternalDate,
        FetchItemName::Envelope,
        FetchItemName::Rfc822Size,
        FetchItemName::Flags,
    ];
    let mut written = Ok(());
    client.fetch_each(SequenceSetBuf::all(), &items, |message| {
        if written.is_ok() {
            written = writeln!(out, "{}", line(message));
        }
    })?;
    Ok(written?)
}

fn line(message: &Fetch<'_>) -> String {
    let date = message
        .internal_date()
        .map(|date| date.to_string())
        .unwrap_or_default();
    let envelope = message.envelope();
    let sender = envelope
        .and_then(|e| e.from.first())
        .map(sender)
        .unwrap_or_default();
    let subject = envelope
        .and_then(|e| e.subject)
        .map(|s| decode(s.as_bytes()));
    let flags: Vec<String> = message
        .flags()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect();
    format!(
        "{}\t{}\t{sender}\t{}\t{}\t{}",
        message.number,
        date.trim_matches('"'),
        subject.as_deref().unwrap_or("(no subject)"),
        message.size().unwrap_or_default(),
        flags.join(" "),
    )
}

/// `Ann <ann@example.org>`
fn sender(address: &Address<'_>) -> String {
    let text = |part: Option<imap_proto::IString<'_>>| {
        part.map(|p| decode(p.as_bytes())).unwrap_or_default()
    };
    let mailbox = format!("{}@{}", text(address.mailbox), text(address.host));
    match address.name {
        Some(_) => format!("{} <{mailbox}>", text(address.name)),
        None => mailbox,
    }
}

/// The text of one message: nothing else of it is fetched.
fn show(client: &mut Client, newest: SeqNum, out: &mut impl Write) -> Result<(), Failure> {
    let mut place = None;
    client.fetch_each(newest, &[FetchItemName::BodyStructure], |message| {
        place = message
            .body_structure()
            .and_then(|body| Some((body.find_text()?.number, body.is_multipart())));
    })?;
    let Some((place, is_multipart)) = place else {
        return Ok(writeln!(out, "(no text)")?);
    };
    let part = place.as_part();
    // The header of the part says how the text is encoded; that of a message does for its only part.
    let header = if is_multipart {
        Section {
            part,
            text: Some(SectionText::Mime),
        }
    } else {
        Section::HEADER
    };
    let item = |section, partial| FetchItemName::BodySection {
        section,
        peek: true,
        partial,
    };
    let items = [
        item(header, None),
        item(Section::part(part), Some((0, SHOWN))),
    ];
    let mut message = Vec::new();
    client.fetch_each(newest, &items, |fetch| {
        for section in [header, Section::part(part)] {
            message.extend_from_slice(fetch.section(section).unwrap_or_default());
        }
    })?;
    let parsed = MessageParser::new().parse(&message);
    let text = parsed
        .as_ref()
        .and_then(|m| m.body_text(0))
        .unwrap_or_default();
    let printable = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    Ok(writeln!(
        out,
        "\n{}",
        text.chars().filter(printable).collect::<String>()
    )?)
}
