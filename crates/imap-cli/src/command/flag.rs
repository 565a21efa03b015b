//! `imap flag`: sets and removes flags of messages.

use clap::Args;
use imap_proto::command::StoreAction;
use imap_proto::{Flag as ImapFlag, UidSetBuf};
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::criteria::{Messages, uids};
use crate::error::{Exit, Failure};
use crate::mailbox::{self, InMailbox};
use crate::message;
use crate::output::{NOTE, Output, printable};

/// Set and remove flags of messages
///
/// A flag is seen, answered, flagged, deleted, draft, or a keyword such as $Forwarded. Options come
/// before the UIDs. Where --search takes the place of the UIDs, flags with a minus come behind `--`.
#[derive(Args, Debug)]
#[command(override_usage = "imap flag [OPTIONS] [UIDS] <+FLAG|-FLAG>...")]
#[command(after_help = "\
Examples:
  imap flag 4711 +seen
  imap flag 4,7:9 +flagged -seen '+$Work'
  imap flag -m Lists/rust --search 'before 1-Jan-2026' +seen
  imap flag --search 'from bob' -- -flagged")]
pub(crate) struct Flag {
    #[command(flatten)]
    mailbox: InMailbox,

    /// The messages by the words of a search
    #[arg(short, long, value_name = "WORDS")]
    search: Option<String>,

    /// The messages by their UIDs, then the flags: + sets one, - removes it
    #[arg(
        value_name = "UIDS|+FLAG|-FLAG",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    words: Vec<String>,
}

/// What is to become of the flags.
#[derive(Debug, Default, Eq, PartialEq)]
struct Changes<'a> {
    uids: Option<UidSetBuf>,
    add: Vec<ImapFlag<'a>>,
    remove: Vec<ImapFlag<'a>>,
}

/// The object that `--json` prints for each message.
#[derive(Serialize)]
struct Object {
    uid: u32,
    flags: Vec<String>,
}

impl Flag {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let changes = Changes::read(&self.words)?;
        let messages = Messages::new(changes.uids.as_ref(), self.search.as_deref())?;
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        mailbox::select(&mut client, self.mailbox.name(connector.account()))?;
        let set = messages.find(&mut client)?;
        for (action, flags) in [
            (StoreAction::Add, &changes.add),
            (StoreAction::Remove, &changes.remove),
        ] {
            if !flags.is_empty() {
                client.uid_store(&set, action, flags)?;
            }
        }
        // Servers need not tell the flags of messages that did not change.
        let fetched = client.uid_fetch(&set, &[imap_proto::FetchItemName::Flags])?;
        client.logout()?;
        for fetch in fetched.by_uid() {
            let uid = fetch.number.get();
            let flags = message::flags(fetch.flags().unwrap_or_default());
            if out.is_json() {
                out.json(&Object { uid, flags })?;
            } else {
                out.line(format!(
                    "{uid:>7} {}",
                    out.paint(NOTE, printable(&flags.join(" ")))
                ))?;
            }
        }
        Ok(Exit::Done)
    }
}

impl<'a> Changes<'a> {
    fn read(words: &'a [String]) -> Result<Self, Failure> {
        let mut changes = Self::default();
        for (place, word) in words.iter().enumerate() {
            if let Some(name) = word.strip_prefix('+') {
                changes.add.push(flag(name)?);
            } else if let Some(name) = word.strip_prefix('-') {
                changes.remove.push(flag(name)?);
            } else if place == 0 {
                changes.uids = Some(uids(word).map_err(Failure::usage)?);
            } else {
                return Err(
                    Failure::usage(format!("`{word}` is neither +FLAG nor -FLAG"))
                        .with_hint("options and the UIDs come before the flags"),
                );
            }
        }
        if changes.add.is_empty() && changes.remove.is_empty() {
            return Err(
                Failure::usage("which flags?").with_hint("+seen sets one, -seen removes it")
            );
        }
        Ok(changes)
    }
}

/// A flag by its name, where that of the system flags needs no backslash.
pub(crate) fn flag(name: &str) -> Result<ImapFlag<'_>, Failure> {
    let system = [
        ("answered", ImapFlag::Answered),
        ("deleted", ImapFlag::Deleted),
        ("draft", ImapFlag::Draft),
        ("flagged", ImapFlag::Flagged),
        ("seen", ImapFlag::Seen),
    ];
    let found = system
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    if let Some((_, flag)) = found {
        return Ok(flag);
    }
    ImapFlag::new(name)
        .ok()
        .filter(ImapFlag::is_settable)
        .ok_or_else(|| {
            Failure::usage(format!("`{name}` is no flag that can be set")).with_hint(
                "flags are seen, answered, flagged, deleted, draft, and keywords such as $Forwarded",
            )
        })
}

#[cfg(test)]
mod tests {
    use imap_proto::Keyword;

    use super::*;

    fn read(words: &[&str]) -> Result<String, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let changes = Changes::read(&words);
        changes
            .map(|changes| format!("{changes:?}"))
            .map_err(|failure| failure.to_string())
    }

    #[test]
    fn ok_words() {
        let words = ["4,7:9", "+SEEN", "-flagged", "+$Work", "+\\Draft"].map(str::to_owned);
        let changes = Changes::read(&words).unwrap();
        assert_eq!(changes.uids.unwrap().to_string(), "4,7:9");
        let work = Keyword::new("$Work").unwrap();
        assert_eq!(
            changes.add,
            [ImapFlag::Seen, ImapFlag::Keyword(work), ImapFlag::Draft]
        );
        assert_eq!(changes.remove, [ImapFlag::Flagged]);
    }

    #[test]
    fn err_wrong_words() {
        for (words, message) in [
            (&["7"][..], "which flags?"),
            (&["7", "seen"], "`seen` is neither +FLAG nor -FLAG"),
            (&["x", "+seen"], "UIDs are such as 4711 or 4,7:9,20:*"),
            (&["7", "+\\Recent"], "`\\Recent` is no flag that can be set"),
            (&["7", "+a b"], "`a b` is no flag that can be set"),
            (&["7", "+"], "`` is no flag that can be set"),
        ] {
            assert_eq!(read(words), Err(message.to_owned()));
        }
    }
}
