//! `imap copy`: copies messages to another mailbox.

use clap::Args;
use imap_client::blocking::Client;
use imap_client::{Copied, Error, Selected};
use imap_proto::UidSetBuf;
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::criteria::{Messages, uids};
use crate::error::{Exit, Failure};
use crate::mailbox::{self, InMailbox};
use crate::output::{Output, printable};

/// Copy messages to another mailbox
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap copy --to Archive 4711
  imap copy -m Lists/rust --to Archive --create --search 'before 1-Jan-2025'")]
pub(crate) struct Copy {
    #[command(flatten)]
    pub(crate) transfer: Transfer,
}

/// What copying and moving have in common.
#[derive(Args, Debug)]
pub(crate) struct Transfer {
    #[command(flatten)]
    pub(crate) mailbox: InMailbox,

    /// The mailbox that they go to
    #[arg(short, long, value_name = "MAILBOX")]
    pub(crate) to: String,

    /// Make that mailbox if it is not there
    #[arg(long)]
    pub(crate) create: bool,

    /// The messages by their UIDs: 4711 or 4,7:9
    #[arg(value_name = "UIDS", value_parser = uids)]
    pub(crate) uids: Option<UidSetBuf>,

    /// The messages by the words of a search
    #[arg(short, long, value_name = "WORDS", conflicts_with = "uids")]
    pub(crate) search: Option<String>,
}

/// The object that `--json` prints.
#[derive(Serialize)]
struct Object<'a> {
    /// How many messages.
    messages: u64,
    from: &'a str,
    to: &'a str,
    /// Where they were, and where they are now, in the same order, if the server tells.
    uids: Option<Vec<(u32, u32)>>,
}

impl Copy {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        self.transfer.run(
            "copied",
            mailbox::examine,
            global,
            out,
            |client, set, to| client.uid_copy(set, to),
        )
    }
}

impl Transfer {
    /// Opens the mailbox, finds the messages, and has `transfer` bring them to the other mailbox.
    pub(crate) fn run(
        &self,
        done: &str,
        open: fn(&mut Client, &str) -> Result<Selected, Failure>,
        global: &Global,
        out: &mut Output<'_>,
        transfer: impl Fn(&mut Client, &UidSetBuf, &str) -> Result<Option<Copied>, Error>,
    ) -> Result<Exit, Failure> {
        let messages = Messages::new(self.uids.as_ref(), self.search.as_deref())?;
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        let from = self.mailbox.name(connector.account());
        open(&mut client, from)?;
        let set = messages.find(&mut client)?;
        let copied = mailbox::or_create(&mut client, &self.to, self.create, |client| {
            transfer(client, &set, &self.to)
        })?;
        client.logout()?;
        let object = Object {
            messages: set.len().unwrap_or_default(),
            from,
            to: &self.to,
            uids: copied.map(|copied| {
                let pairs = copied.pairs();
                pairs.map(|(old, new)| (old.get(), new.get())).collect()
            }),
        };
        if out.is_json() {
            out.json(&object)?;
        } else {
            let Object { messages, .. } = object;
            let (from, to) = (printable(from), printable(&self.to));
            let noun = if messages == 1 { "message" } else { "messages" };
            out.line(format!("{messages} {noun} {done} from {from} to {to}"))?;
        }
        Ok(Exit::Done)
    }
}
