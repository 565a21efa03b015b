//! Tells of new messages in a mailbox as they arrive.
//!
//! ```text
//! cargo run --example idle -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]
//! ```
//!
//! It goes on until it is interrupted. The password comes from the variable `IMAP_PASSWORD`, or is
//! asked for.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure, decode};
use imap_client::{Event, Idled};
use imap_proto::{FetchItemName, UidSetBuf};

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address] = &*arguments.values else {
        return Err("usage: idle [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]".into());
    };
    let mailbox = &arguments.mailbox;
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    let selected = client.examine(mailbox)?;
    let mut next = selected.uid_next.ok_or("the server tells no UIDs")?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{mailbox}: {} messages", selected.exists)?;
    loop {
        let mut idle = client.idle()?;
        // Flags that change and messages that go are news, too, but not to this program.
        while !matches!(
            idle.wait(None)?,
            Idled::Event(Event::Exists(_)) | Idled::Ended
        ) {}
        idle.done()?;
        // The last message is always in such a set, so that older ones have to be left out.
        let new = UidSetBuf::starting_at(next);
        for message in client.uid_fetch(new, &[FetchItemName::Envelope])?.iter() {
            let Some(uid) = message.uid().filter(|uid| *uid >= next) else {
                continue;
            };
            let subject = message.envelope().and_then(|envelope| envelope.subject);
            let subject = decode(subject.unwrap_or_default().as_bytes());
            writeln!(out, "new: {subject}")?;
            next = (uid.get() + 1).try_into()?;
        }
    }
}
