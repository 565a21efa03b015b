//! Puts a message from a file into a mailbox.
//!
//! ```text
//! cargo run --example append -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT] FILE
//! ```
//!
//! The mailbox is made if it does not exist. Lines of the file may end as they do on this machine. The
//! password comes from the variable `IMAP_PASSWORD`, or is asked for.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure};
use imap_client::{AppendOptions, Error};
use imap_proto::{Code, Flag};

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address, file] = &*arguments.values else {
        return Err("usage: append [--ca FILE] [--mailbox NAME] imaps://USER@HOST FILE".into());
    };
    let mailbox = &arguments.mailbox;
    let message = with_crlf(&std::fs::read(file)?);
    let mut client = Account::with_tls(address)?.log_in(&arguments.config)?;
    let options = AppendOptions {
        flags: &[Flag::Seen],
        ..AppendOptions::default()
    };
    let appended = match client.append(mailbox, &message, options) {
        Err(error) if is_try_create(&error) => {
            client.create(mailbox)?;
            client.append(mailbox, &message, options)?
        }
        outcome => outcome?,
    };
    let mut out = std::io::stdout().lock();
    match appended {
        Some(appended) => writeln!(out, "{mailbox}: message {}", appended.uids)?,
        None => writeln!(out, "{mailbox}: done")?,
    }
    client.logout()?;
    Ok(())
}

/// Whether the server says that the mailbox could be made.
fn is_try_create(error: &Error) -> bool {
    let refusal = error.refusal();
    refusal.is_some_and(|refusal| refusal.code() == Some(Code::TryCreate))
}

/// The lines with CR LF at their ends, which mail has everywhere.
fn with_crlf(text: &[u8]) -> Vec<u8> {
    let lines = text.split_inclusive(|octet| *octet == b'\n');
    let mut message = Vec::with_capacity(text.len());
    for line in lines {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                message.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                message.extend_from_slice(b"\r\n");
            }
            None => message.extend_from_slice(line),
        }
    }
    message
}
