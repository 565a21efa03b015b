//! Asks for the state of all mailboxes at once, without waiting for one answer before the next question.
//!
//! ```text
//! cargo run --example pipeline -- [--ca FILE] imaps://USER@HOST[:PORT]
//! ```
//!
//! However many mailboxes there are, a batch of them takes one round trip. The password comes from the
//! variable `IMAP_PASSWORD`, or is asked for.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure};
use imap_client::Error;
use imap_proto::StatusItemName;
use imap_proto::command::Status;

/// How many commands are in flight at a time, since servers need not read on for ever.
const BATCH: usize = 50;

fn main() -> Result<(), Failure> {
    let Arguments { config, values, .. } = Arguments::read()?;
    let [address] = &*values else {
        return Err("usage: pipeline [--ca FILE] imaps://USER@HOST[:PORT]".into());
    };
    let mut client = Account::with_tls(address)?.log_in(&config)?;
    let mut mailboxes = client.list("", "*")?;
    mailboxes.retain(|mailbox| mailbox.is_selectable());
    let mut out = std::io::stdout().lock();
    for batch in mailboxes.chunks(BATCH) {
        let tickets: Vec<_> = batch
            .iter()
            .map(|entry| {
                client.submit(&Status {
                    mailbox: entry.mailbox(),
                    items: &[StatusItemName::Messages, StatusItemName::Unseen],
                })
            })
            .collect::<Result<_, Error>>()?;
        for (entry, ticket) in batch.iter().zip(tickets) {
            match client.answer(ticket) {
                Ok(status) => {
                    let messages = status.messages.unwrap_or_default();
                    let unseen = status.unseen.unwrap_or_default();
                    writeln!(out, "{}\t{messages}\t{unseen}", entry.name())?;
                }
                // One mailbox may be refused, and the others are still told.
                Err(Error::Refused(refusal)) => {
                    writeln!(out, "{}\t{}", entry.name(), refusal.text())?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    client.logout()?;
    Ok(())
}
