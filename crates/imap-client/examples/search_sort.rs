//! Finds messages by the words of a SEARCH command, and lists them with the newest first.
//!
//! ```text
//! cargo run --example search_sort -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT] KEYS
//! cargo run --example search_sort -- imaps://ann@example.org 'FROM "bob" SINCE 1-Feb-2024'
//! ```
//!
//! Where the server does not sort, the messages come in the order of the mailbox. The password comes
//! from the variable `IMAP_PASSWORD`, or is asked for.

mod common;

use std::collections::HashMap;
use std::io::Write;

use common::{Account, Arguments, Failure, decode};
use imap_proto::command::{SortCriterion, SortKey};
use imap_proto::{Capability, FetchItemName, Uid};

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address, keys] = &*arguments.values else {
        return Err(
            "usage: search_sort [--ca FILE] [--mailbox NAME] imaps://USER@HOST KEYS".into(),
        );
    };
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    client.examine(&arguments.mailbox)?;
    let newest_first = SortCriterion {
        reverse: true,
        key: SortKey::Date,
    };
    let found = if client.state().has(Capability::Sort) {
        client.uid_sort(&[newest_first], keys.as_str())?.all
    } else {
        client.uid_search(keys.as_str())?.all
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} found", found.len())?;
    if !found.is_empty() {
        // The server tells of messages in its own order, so that theirs has to be kept.
        let mut subjects: HashMap<Uid, String> = HashMap::new();
        for message in client.uid_fetch(&found, &[FetchItemName::Envelope])?.iter() {
            let subject = message.envelope().and_then(|envelope| envelope.subject);
            let subject = decode(subject.unwrap_or_default().as_bytes());
            subjects.extend(message.uid().map(|uid| (uid, subject)));
        }
        for uid in found.iter() {
            let subject = subjects.get(&uid).map(String::as_str);
            writeln!(out, "{uid}\t{}", subject.unwrap_or("(gone)"))?;
        }
    }
    client.logout()?;
    Ok(())
}
