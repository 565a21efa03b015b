//! `imap status`: what the server says of mailboxes without opening them.

use clap::Args;
use imap_client::StatusData;
use imap_client::blocking::Client;
use imap_proto::{Capability, StatusItemName};
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::mailbox;
use crate::output::{NOTE, Output, STRONG, printable, size};

/// Show how many messages are in mailboxes, and what the next one will get
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap status
  imap status INBOX Archive
  imap status --json INBOX | jq .unseen")]
pub(crate) struct Status {
    /// The mailboxes; that of the account if none is named, INBOX mostly
    #[arg(value_name = "MAILBOX")]
    mailboxes: Vec<String>,
}

/// The object that `--json` prints for each mailbox.
#[derive(Serialize)]
struct Object<'a> {
    name: &'a str,
    messages: Option<u32>,
    unseen: Option<u32>,
    recent: Option<u32>,
    deleted: Option<u32>,
    /// Octets.
    size: Option<u64>,
    uid_next: Option<u32>,
    uid_validity: Option<u32>,
    highest_mod_seq: Option<u64>,
    mailbox_id: Option<String>,
}

impl Status {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        let default = std::slice::from_ref(&connector.account().mailbox);
        let names = if self.mailboxes.is_empty() {
            default
        } else {
            &self.mailboxes
        };
        let mut exit = Exit::Done;
        for name in names {
            match status(&mut client, name) {
                Ok(data) => show(name, &data, out)?,
                // The others may be there.
                Err(failure) if names.len() > 1 && !failure.is_lost() => {
                    out.flush()?;
                    failure.report();
                    exit = Exit::Partial;
                }
                Err(failure) => return Err(failure),
            }
        }
        client.logout()?;
        Ok(exit)
    }
}

/// All that the server can tell of a mailbox.
fn status(client: &mut Client, name: &str) -> Result<StatusData, Failure> {
    use StatusItemName as Item;

    let state = client.state();
    let is_rev2 = state.has(Capability::Imap4Rev2);
    let mut items = vec![
        Item::Messages,
        Item::Unseen,
        Item::UidNext,
        Item::UidValidity,
    ];
    if state.has(Capability::Imap4Rev1) {
        items.push(Item::Recent);
    }
    if is_rev2 {
        items.push(Item::Deleted);
    }
    if is_rev2 || state.has(Capability::StatusSize) {
        items.push(Item::Size);
    }
    if state.has(Capability::CondStore) || state.has(Capability::QResync) {
        items.push(Item::HighestModSeq);
    }
    if state.has(Capability::ObjectId) {
        items.push(Item::MailboxId);
    }
    let status = client.status(name, &items);
    status.map_err(|error| mailbox::failure(client, name, error))
}

fn show(name: &str, data: &StatusData, out: &mut Output<'_>) -> Result<(), Failure> {
    let object = Object {
        name,
        messages: data.messages,
        unseen: data.unseen,
        recent: data.recent,
        deleted: data.deleted,
        size: data.size,
        uid_next: data.uid_next.map(|uid| uid.get()),
        uid_validity: data.uid_validity.map(|validity| validity.get()),
        highest_mod_seq: data.highest_mod_seq,
        mailbox_id: data.mailbox_id.clone(),
    };
    if out.is_json() {
        return out.json(&object);
    }
    let text = |number: Option<u32>| number.map(|n| n.to_string());
    let rows = [
        ("messages", text(object.messages)),
        ("unread", text(object.unseen)),
        ("recent", text(object.recent)),
        ("deleted", text(object.deleted)),
        ("size", object.size.map(size)),
        ("next UID", text(object.uid_next)),
        ("UIDVALIDITY", text(object.uid_validity)),
        (
            "HIGHESTMODSEQ",
            object.highest_mod_seq.map(|n| n.to_string()),
        ),
        ("identifier", object.mailbox_id.as_deref().map(printable)),
    ];
    out.line(out.paint(STRONG, printable(name)))?;
    for (label, value) in rows {
        if let Some(value) = value {
            out.line(format!("  {} {value}", out.cell(NOTE, label, 14)))?;
        }
    }
    Ok(())
}
