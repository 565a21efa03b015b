//! Logs in with a bearer token of OAuth 2.0, as large providers want it, and counts messages.
//!
//! ```text
//! cargo run --example oauth2 -- [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]
//! ```
//!
//! The access token comes from the variable `IMAP_TOKEN`, or is asked for; how to get one is a matter
//! between a program and the provider. It is shown by OAUTHBEARER, or by XOAUTH2 where there is no
//! other.

mod common;

use std::io::Write;

use common::{Account, Arguments, Failure};
use imap_client::blocking::Client;
use imap_client::sasl::Credentials;
use imap_proto::StatusItemName;

fn main() -> Result<(), Failure> {
    let arguments = Arguments::read()?;
    let [address] = &*arguments.values else {
        return Err("usage: oauth2 [--ca FILE] [--mailbox NAME] imaps://USER@HOST[:PORT]".into());
    };
    let account = Account::with_tls(address)?;
    let token = account.secret("IMAP_TOKEN")?;
    let Account { host, port, user } = &account;
    let credentials = Credentials::token(user, &token).with_server(host, *port);
    let mut client = Client::connect_tls(host, *port, &arguments.config)?;
    if let Err(error) = client.log_in(&credentials, Default::default()) {
        return Err(match error.refusal() {
            // A program would get a new token here, and try again.
            Some(refusal) => format!("the token is not good: {}", refusal.text()).into(),
            None => error.into(),
        });
    }
    let items = [StatusItemName::Messages, StatusItemName::Unseen];
    let status = client.status(&arguments.mailbox, &items)?;
    let (messages, unseen) = (status.messages.unwrap_or(0), status.unseen.unwrap_or(0));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{user}: {messages} messages, {unseen} unread")?;
    client.logout()?;
    Ok(())
}
