//! `imap import`.

use std::path::PathBuf;

use clap::Args;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure, Report};
use crate::import::{MailboxSummary, Options, Summary, import};
use crate::interrupt::Interrupt;
use crate::link::stopped;
use crate::output::{Output, messages, printable, size};

/// Copies Maildirs or mbox files into mailboxes
///
/// Mailboxes are made as they are needed; flags, keywords and dates are kept. What was imported already is
/// left out: run the same command to go on after an interruption. The files stay as they are; a journal
/// beside them says what is in the mailbox.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Import {
    /// A Maildir, a folder with Maildirs or mbox files in it, or an mbox file
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// Import into this mailbox; by default into those that are named as the files
    #[arg(short, long, value_name = "NAME")]
    mailbox: Option<String>,

    /// Keep the journals in this folder
    #[arg(long, value_name = "FOLDER")]
    state: Option<PathBuf>,

    /// How many connections to use: each imports into another mailbox
    #[arg(
        long,
        value_name = "N",
        default_value_t = 4,
        value_parser = clap::value_parser!(u8).range(1..=32)
    )]
    connections: u8,

    /// How often to connect again after the connection was lost
    #[arg(long, value_name = "N", default_value_t = 8)]
    retries: u32,
}

const EXAMPLES: &str = "\
Examples:
  imap import ~/backup
  imap import --mailbox Archive/2024 ~/backup/.Archive.2024
  imap import --state ~/import --mailbox Old /var/mail/ann";

impl Import {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let options = Options {
            path: self.path.clone(),
            mailbox: self.mailbox.clone(),
            state: self.state.clone(),
            connections: self.connections.into(),
            retries: self.retries,
        };
        let interrupt = Interrupt::listen();
        interrupt.ends_in_time_with(stopped(), global.json);
        let mut summary = Summary::default();
        let outcome = import(&connector, &interrupt, &options, &mut summary);
        let failed = summary.mailboxes.iter().flat_map(|mailbox| &mailbox.failed);
        for failed in failed.clone() {
            anstream::eprintln!("imap: {}: {}", printable(&failed.message), failed.reason);
        }
        let is_whole = failed.count() == 0;
        outcome.map_err(|failure| failure.with_done(&summary))?;
        if out.is_json() {
            out.json(&Report::of(is_whole, &summary))?;
        } else {
            for mailbox in &summary.mailboxes {
                out.line(line(mailbox))?;
            }
            let counts = summary.mailboxes.iter().map(|mailbox| mailbox.imported);
            let messages = messages(counts.sum());
            out.line(format!("{messages} imported, {}", size(summary.octets)))?;
        }
        Ok(if is_whole { Exit::Done } else { Exit::Partial })
    }
}

/// What was done with a mailbox, in a line.
fn line(mailbox: &MailboxSummary) -> String {
    let name = printable(&mailbox.mailbox);
    let mut line = format!(
        "{name}: {} imported, {} there already",
        mailbox.imported, mailbox.present
    );
    if !mailbox.failed.is_empty() {
        line.push_str(&format!(", {} not imported", mailbox.failed.len()));
    }
    line
}
