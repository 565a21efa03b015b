//! `imap export`.

use std::path::PathBuf;

use clap::Args;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure, Report};
use crate::export::{Format, MailboxSummary, Options, Summary, export};
use crate::folder_name::Layout;
use crate::interrupt::Interrupt;
use crate::link::stopped;
use crate::output::{Output, messages, printable, size};

/// Copies mailboxes, or the whole account, into files
///
/// What is there already is not fetched again: run the same command to go on after an interruption, or to
/// get what is new. Nothing is changed on the server, and no message is marked as read. Messages that were
/// removed on the server stay in the files.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// The folder to export to, which is made if need be
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Export this mailbox only; can be given several times
    #[arg(short, long, value_name = "NAME")]
    mailbox: Vec<String>,

    /// What the files are like
    #[arg(long, value_enum, default_value_t = Format::Maildir)]
    format: Format,

    /// How mailboxes become folders of Maildirs
    #[arg(long, value_enum, default_value_t = Layout::Flat)]
    layout: Layout,

    /// How many connections to use
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
  imap export ~/backup
  imap export -m INBOX -m Archive/2024 ~/backup
  imap export --format mbox --connections 1 ~/mbox";

impl Export {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let connector = Connector::new(global)?;
        let interrupt = Interrupt::listen();
        interrupt.ends_in_time_with(stopped(), global.json);
        let options = Options {
            mailboxes: self.mailbox.clone(),
            folder: self.folder.clone(),
            format: self.format,
            layout: self.layout,
            connections: self.connections.into(),
            retries: self.retries,
        };
        let mut summary = Summary::default();
        export(&connector, &interrupt, &options, &mut summary)
            .map_err(|failure| failure.with_done(&summary))?;
        let is_whole = summary
            .mailboxes
            .iter()
            .all(|mailbox| mailbox.failed.is_empty());
        if out.is_json() {
            out.json(&Report::of(is_whole, &summary))?;
        } else {
            for mailbox in &summary.mailboxes {
                out.line(line(mailbox))?;
            }
            let counts = summary.mailboxes.iter().map(|mailbox| mailbox.exported);
            let messages = messages(counts.sum());
            out.line(format!("{messages} exported, {}", size(summary.octets)))?;
        }
        Ok(if is_whole { Exit::Done } else { Exit::Partial })
    }
}

/// What was done with a mailbox, in a line.
fn line(mailbox: &MailboxSummary) -> String {
    let mut line = format!(
        "{}: {} exported, {} there already",
        printable(&mailbox.mailbox),
        mailbox.exported,
        mailbox.present
    );
    let rest = [
        (mailbox.updated, "with other flags now"),
        (mailbox.gone, "removed meanwhile"),
        (mailbox.failed.len(), "refused by the server"),
    ];
    for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
        line.push_str(&format!(", {count} {what}"));
    }
    line
}
