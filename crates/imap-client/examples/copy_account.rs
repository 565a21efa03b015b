//! Copies all mailboxes of one account to another, with flags and dates.
//!
//! ```text
//! cargo run --example copy_account -- [--ca FILE]... imaps://USER@FROM[:PORT] imaps://USER@TO[:PORT]
//! ```
//!
//! The passwords come from the variables `IMAP_PASSWORD` and `IMAP_PASSWORD_TO`, or are asked for.
//!
//! Nothing is changed in the first account, nothing is removed from the second. A message is left out
//! if the mailbox there has one with the same `Message-ID` and size, so that a copy that was interrupted
//! can be begun anew. A message without `Message-ID` is known by its internal date and size.
//! Large messages go by way of a file, so that the memory needed stays small.

mod common;

use std::collections::HashMap;
use std::io::{Seek as _, Write};

use common::{Account, Arguments, Failure};
use imap_client::blocking::Client;
use imap_client::sasl::Credentials;
use imap_client::{AppendOptions, Error, ListEntry};
use imap_proto::response::Fetch;
use imap_proto::{FetchItemName, Flag, InternalDate, Section, SequenceSetBuf, Uid};
use tempfile::SpooledTempFile;

/// How many octets of a message are kept in memory.
const IN_MEMORY: usize = 1 << 20;

/// After how many messages there is a sign of life.
const STEP: usize = 1000;

fn main() -> Result<(), Failure> {
    let Arguments { config, values, .. } = Arguments::read()?;
    let [from, to] = &*values else {
        return Err("usage: copy_account [--ca FILE]... imaps://USER@FROM imaps://USER@TO".into());
    };
    let (from, to) = (Account::with_tls(from)?, Account::with_tls(to)?);
    let credentials = Credentials::password(&to.user, &to.secret("IMAP_PASSWORD_TO")?);
    let mut from = from.log_in(&config)?;
    let mut to = to.log_in_by(&credentials, &config)?;
    let delimiter = to.list("", "")?.first().and_then(ListEntry::delimiter);
    let mut out = std::io::stdout().lock();
    let mut failures = 0;
    for entry in from.list("", "*")? {
        if !entry.is_selectable() {
            continue;
        }
        let name = translate(&entry, delimiter);
        failures += copy_mailbox(&mut from, &mut to, &entry, &name, &mut out)?;
    }
    from.logout()?;
    to.logout()?;
    match failures {
        0 => Ok(()),
        _ => Err(format!("{failures} messages were refused").into()),
    }
}

/// The name of a mailbox where the levels have another delimiter. What was no delimiter stays none.
fn translate(entry: &ListEntry, delimiter: Option<char>) -> String {
    let Some(theirs) = delimiter else {
        return entry.name().to_owned();
    };
    let levels = entry.name().split(|c| Some(c) == entry.delimiter());
    let levels: Vec<String> = levels.map(|level| level.replace(theirs, "_")).collect();
    levels.join(&theirs.to_string())
}

/// What is known of a message before it is copied.
struct Known {
    uid: Uid,
    key: Key,
    flags: Vec<String>,
    date: Option<InternalDate>,
}

/// By what a message is found again: its `Message-ID` or else its date, and its size.
type Key = (Vec<u8>, u64);

impl Known {
    fn new(message: &Fetch<'_>) -> Option<Self> {
        let envelope = message.envelope()?;
        let date = message.internal_date();
        let id = envelope.message_id.filter(|id| !id.as_bytes().is_empty());
        let id = match (id, date) {
            (Some(id), _) => id.as_bytes().trim_ascii().to_vec(),
            (None, date) => date.map(|date| date.to_unix().to_string())?.into_bytes(),
        };
        let flags = message
            .flags()?
            .iter()
            .filter(|flag| **flag != Flag::Recent);
        Some(Self {
            uid: message.uid()?,
            key: (id, message.size()?),
            flags: flags.map(ToString::to_string).collect(),
            date,
        })
    }
}

/// What there is in the selected mailbox.
fn known(client: &mut Client) -> Result<Vec<Known>, Failure> {
    let mut known = Vec::new();
    let mut exists = 0;
    if client
        .state()
        .selected()
        .is_none_or(|mailbox| mailbox.exists == 0)
    {
        return Ok(known);
    }
    let items = [
        FetchItemName::Uid,
        FetchItemName::Flags,
        FetchItemName::InternalDate,
        FetchItemName::Rfc822Size,
        FetchItemName::Envelope,
    ];
    client.fetch_each(SequenceSetBuf::all(), &items, |message| {
        exists += 1;
        known.extend(Known::new(message));
    })?;
    if known.len() < exists {
        return Err("the server does not tell enough of some messages".into());
    }
    Ok(known)
}

/// Copies what is missing, and gives how many messages were refused.
fn copy_mailbox(
    from: &mut Client,
    to: &mut Client,
    entry: &ListEntry,
    name: &str,
    out: &mut impl Write,
) -> Result<usize, Failure> {
    from.examine(entry.mailbox())?;
    match to.examine(name) {
        Err(Error::Refused(_)) => {
            to.create(name)?;
            to.examine(name)?;
        }
        outcome => drop(outcome?),
    }
    // Two messages that are alike in all this are two, and so is what there is of them.
    let mut there: HashMap<Key, usize> = HashMap::new();
    for message in known(to)? {
        *there.entry(message.key).or_default() += 1;
    }
    let (mut copied, mut refused) = (0, 0);
    for message in known(from)? {
        match there.get_mut(&message.key) {
            Some(count) if *count > 0 => *count -= 1,
            _ => match copy(from, to, name, &message) {
                Ok(()) => {
                    copied += 1;
                    if copied % STEP == 0 {
                        writeln!(out, "{name}: {copied} so far")?;
                    }
                }
                Err(error) if error.is_fatal() => return Err(error.into()),
                Err(error) => {
                    refused += 1;
                    writeln!(out, "{name}: message {}: {error}", message.uid)?;
                }
            },
        }
    }
    writeln!(out, "{name}: {copied} copied")?;
    Ok(refused)
}

/// Copies one message, unless it is gone meanwhile.
fn copy(from: &mut Client, to: &mut Client, name: &str, message: &Known) -> Result<(), Error> {
    let mut contents = SpooledTempFile::new(IN_MEMORY);
    let Some(length) = from.uid_fetch_to(message.uid, Section::ALL, &mut contents)? else {
        return Ok(());
    };
    contents.rewind()?;
    let flags: Vec<Flag<'_>> = message
        .flags
        .iter()
        .filter_map(|flag| Flag::new(flag).ok())
        .collect();
    let options = AppendOptions {
        flags: &flags,
        date: message.date,
    };
    to.append_from(name, &mut contents, length, options)?;
    Ok(())
}
