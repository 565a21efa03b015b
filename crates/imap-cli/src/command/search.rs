//! `imap search`: finds messages and lists them.

use clap::Args;
use imap_client::blocking::Client;
use imap_proto::{Date, IString, SearchKey, UidSetBuf};

use crate::args::Global;
use crate::connect::Connector;
use crate::criteria::{self, day};
use crate::error::{Exit, Failure};
use crate::mailbox::{self, InMailbox};
use crate::message::{SUMMARY, Summary};
use crate::output::Output;

/// Find messages and list them: UID, flags (New, Flagged, Answered, Deleted), date, sender, subject
///
/// The words are those of a SEARCH command of IMAP. One argument is taken as it is; of several, those
/// with blanks in them are strings.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap search unseen
  imap search 'unseen from ann since 1-Jan-2026'
  imap search -m Archive --from ann --subject 'two words' --since 2026-01-31
  imap search or from ann from bob
  imap fetch $(imap search --uids unseen)
  imap search --json all | jq -r .subject")]
pub(crate) struct Search {
    #[command(flatten)]
    mailbox: InMailbox,

    /// What the messages are like; all if nothing is said
    #[arg(value_name = "WORD")]
    words: Vec<String>,

    /// Those whose sender has this text
    #[arg(long, value_name = "TEXT")]
    from: Option<String>,

    /// Those that are to somebody with this text
    #[arg(long, value_name = "TEXT")]
    to: Option<String>,

    /// Those with this text in the subject
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,

    /// Those with this text anywhere
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,

    /// Those that came on this day or later: 2026-01-31
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Date>,

    /// Those that came before this day: 2026-01-31
    #[arg(long, value_name = "DAY", value_parser = day)]
    before: Option<Date>,

    /// Those that were not read
    #[arg(long)]
    unseen: bool,

    /// Those that are flagged
    #[arg(long)]
    flagged: bool,

    /// List the newest ones only, so many
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,

    /// Print the UIDs only, as one set
    #[arg(long)]
    uids: bool,
}

impl Search {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let words = criteria::join(&self.words);
        if !words.is_empty() {
            criteria::check(&words)?;
        }
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        mailbox::examine(&mut client, self.mailbox.name(connector.account()))?;
        let found = criteria::find(&mut client, &words, &self.keys())?;
        let mut uids: Vec<_> = found.iter().collect();
        uids.sort_unstable();
        if let Some(limit) = self.limit {
            uids.drain(..uids.len().saturating_sub(limit));
        }
        let set: UidSetBuf = uids.into_iter().collect();
        let exit = if set.is_empty() {
            Exit::Partial
        } else {
            Exit::Done
        };
        if self.uids && !set.is_empty() {
            if out.is_json() {
                out.json(&serde_json::json!({ "uids": set.to_string() }))?;
            } else {
                out.line(&set)?;
            }
        } else if !set.is_empty() {
            list(&mut client, &set, out)?;
        }
        client.logout()?;
        Ok(exit)
    }

    /// What the options say.
    fn keys(&self) -> Vec<SearchKey<'_>> {
        [
            self.from.as_deref().map(IString::from).map(SearchKey::From),
            self.to.as_deref().map(IString::from).map(SearchKey::To),
            self.subject
                .as_deref()
                .map(IString::from)
                .map(SearchKey::Subject),
            self.text.as_deref().map(IString::from).map(SearchKey::Text),
            self.since.map(SearchKey::Since),
            self.before.map(SearchKey::Before),
            self.unseen.then_some(SearchKey::Unseen),
            self.flagged.then_some(SearchKey::Flagged),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Prints a line for each of these messages of the selected mailbox, in constant memory.
pub(crate) fn list(
    client: &mut Client,
    uids: &UidSetBuf,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    let mut printed = Ok(());
    client.uid_fetch_each(uids, &SUMMARY, |fetch| {
        if printed.is_ok() && fetch.envelope().is_some() {
            let summary = Summary::of(fetch, fetch.uid());
            printed = if out.is_json() {
                out.json(&summary)
            } else {
                summary.print(out)
            };
        }
    })?;
    printed
}
