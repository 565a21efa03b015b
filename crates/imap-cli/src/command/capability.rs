//! `imap capability`: what the server is and can do.

use clap::Args;
use imap_client::blocking::Client;
use imap_proto::Capability as Cap;
use serde::Serialize;

use crate::args::Global;
use crate::connect::{Connector, capability_names};
use crate::error::{Exit, Failure};
use crate::output::{NOTE, Output, STRONG, printable};

/// Show what the server is and can do
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap capability
  imap -a imaps://ann@imap.example.org/ capability --no-login")]
pub(crate) struct Capability {
    /// Do not log in: show what the server says to everybody
    #[arg(long)]
    no_login: bool,
}

/// The object that `--json` prints.
#[derive(Serialize)]
struct Server {
    greeting: String,
    /// What the server says of itself: name, version and so on.
    id: Vec<(String, Option<String>)>,
    capabilities: Vec<String>,
    /// Whether these are what there is after logging in.
    logged_in: bool,
    encrypted: bool,
}

impl Capability {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let mut client = if self.no_login {
            connector.greet()?
        } else {
            connector.connect()?
        };
        show(&mut client, !self.no_login, out)?;
        client.logout()?;
        Ok(Exit::Done)
    }
}

fn show(client: &mut Client, logged_in: bool, out: &mut Output<'_>) -> Result<(), Failure> {
    if client.state().capabilities().is_none() {
        client.capability()?;
    }
    let mut id = Vec::new();
    if client.state().has(Cap::Id) {
        let told = client.id(&[])?;
        let field = |(name, value): (&str, Option<&str>)| (printable(name), value.map(printable));
        id.extend(told.iter().map(field));
    }
    let state = client.state();
    let server = Server {
        greeting: printable(state.greeting()),
        id,
        capabilities: capability_names(state),
        logged_in,
        encrypted: state.is_encrypted(),
    };
    if out.is_json() {
        return out.json(&server);
    }
    out.line(out.paint(STRONG, &server.greeting))?;
    for (name, value) in &server.id {
        let value = value.as_deref().unwrap_or_default();
        out.line(format!("{} {value}", out.paint(NOTE, format!("{name}:"))))?;
    }
    server
        .capabilities
        .iter()
        .try_for_each(|capability| out.line(capability))
}
