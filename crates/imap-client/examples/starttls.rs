//! Connects without TLS, changes over to it by STARTTLS, and tells what the server can do.
//!
//! ```text
//! cargo run --example starttls -- [--ca FILE] imap://USER@HOST[:PORT]
//! ```
//!
//! Nothing is said to a server that does not offer STARTTLS. The password comes from the variable
//! `IMAP_PASSWORD`, or is asked for.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure};
use imap_client::blocking::Client;

fn main() -> Result<(), Failure> {
    let Arguments { config, values, .. } = Arguments::read()?;
    let [address] = &*values else {
        return Err("usage: starttls [--ca FILE] imap://USER@HOST[:PORT]".into());
    };
    let account = Account::parse(address, "imap", 143)?;
    let mut client = Client::connect_starttls(&account.host, account.port, &config)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "encrypted: {}", client.state().is_encrypted())?;
    client.log_in(&account.credentials()?, Default::default())?;
    // What a server can do often depends on who asks.
    for capability in client.capability()?.iter() {
        writeln!(out, "{capability}")?;
    }
    client.logout()?;
    Ok(())
}
