//! Fetches the unread messages of a mailbox, and shows the beginning of each.
//!
//! ```text
//! cargo run --example fetch_unread -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]
//! ```
//!
//! The messages stay unread. The password comes from the variable `IMAP_PASSWORD`, or is asked for.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure, decode};
use imap_client::Query;
use imap_proto::{FetchItemName, Section};

/// How many octets of the text are fetched of each message.
const SHOWN: u64 = 200;

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address] = &*arguments.values else {
        return Err("usage: fetch_unread [--ca FILE] [--mailbox NAME] imaps://USER@HOST".into());
    };
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    client.examine(&arguments.mailbox)?;
    let unread = client.uid_search(&Query::unseen())?.all;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} unread", unread.len())?;
    if !unread.is_empty() {
        let beginning = FetchItemName::BodySection {
            section: Section::TEXT,
            peek: true,
            partial: Some((0, SHOWN)),
        };
        let items = [FetchItemName::Envelope, beginning];
        for message in client.uid_fetch(&unread, &items)?.iter() {
            let subject = message.envelope().and_then(|envelope| envelope.subject);
            let subject = subject.map(|subject| decode(subject.as_bytes()));
            let text = message.section(Section::TEXT).unwrap_or_default();
            let text = String::from_utf8_lossy(text).replace(char::is_control, " ");
            let subject = subject.as_deref().unwrap_or("(no subject)");
            writeln!(out, "{subject}: {}", text.trim())?;
        }
    }
    client.logout()?;
    Ok(())
}
