//! Talks to a server that is a child process, and lists its mailboxes.
//!
//! ```text
//! cargo run --example child_process -- PROGRAM [ARGUMENT]...
//! cargo run --example child_process -- ssh mail.example.org /usr/lib/dovecot/imap
//! ```
//!
//! The program speaks IMAP over its standard input and output, and knows the user already, so that
//! nobody has to log in.

mod common;

use std::io::Write;
use std::process::Command;

use common::Failure;
use imap_client::ConnectionState;
use imap_client::blocking::{Client, Config};

fn main() -> Result<(), Failure> {
    let mut words = std::env::args_os().skip(1);
    let program = words
        .next()
        .ok_or("usage: child_process PROGRAM [ARGUMENT]...")?;
    let mut command = Command::new(program);
    command.args(words);
    let mut client = Client::spawn(command, &Config::default())?;
    if client.state().connection() != ConnectionState::Authenticated {
        return Err("the program wants somebody to log in".into());
    }
    let mut out = std::io::stdout().lock();
    for mailbox in client.list("", "*")? {
        writeln!(out, "{}", mailbox.name())?;
    }
    client.logout()?;
    Ok(())
}
