//! The mailbox that a command is about.

use clap::Args;
use imap_client::blocking::Client;
use imap_client::{Error, ListEntry, Selected};

use crate::account::Account;
use crate::error::{Exit, Failure};
use crate::output::printable;

/// The option that names it.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct InMailbox {
    /// The mailbox; that of the account if none is named, INBOX mostly
    #[arg(short, long, value_name = "NAME")]
    pub(crate) mailbox: Option<String>,
}

impl InMailbox {
    pub(crate) fn name<'a>(&'a self, account: &'a Account) -> &'a str {
        self.mailbox.as_deref().unwrap_or(&account.mailbox)
    }
}

/// Selects a mailbox for reading and writing.
pub(crate) fn select(client: &mut Client, name: &str) -> Result<Selected, Failure> {
    let selected = client.select(name);
    let selected = selected.map_err(|error| failure(client, name, error))?;
    if selected.read_only {
        return Err(Failure::new(
            Exit::Refused,
            format!("{} can only be read", printable(name)),
        ));
    }
    Ok(selected)
}

/// Selects a mailbox for reading only.
pub(crate) fn examine(client: &mut Client, name: &str) -> Result<Selected, Failure> {
    let selected = client.examine(name);
    selected.map_err(|error| failure(client, name, error))
}

/// Does something with a mailbox, which is made if it is not there and `create` says so.
pub(crate) fn or_create<T>(
    client: &mut Client,
    name: &str,
    create: bool,
    mut run: impl FnMut(&mut Client) -> Result<T, Error>,
) -> Result<T, Failure> {
    let failure = match run(client) {
        Ok(done) => return Ok(done),
        Err(error) => failure(client, name, error),
    };
    match (failure.exit(), create) {
        (Exit::Missing, true) => {
            client.create(name)?;
            run(client).map_err(|error| self::failure(client, name, error))
        }
        (Exit::Missing, false) => Err(failure.with_further_hint("--create makes it")),
        _ => Err(failure),
    }
}

/// Why something could not be done with a mailbox: if it is not there, which may have been meant.
pub(crate) fn failure(client: &mut Client, name: &str, error: Error) -> Failure {
    let shown = printable(name);
    if !matches!(error, Error::Refused(_)) {
        return Failure::from(error).with_context(shown);
    }
    // Servers say it in many ways, so the list has to tell whether it is there.
    let entries = client.list("", "*").unwrap_or_default();
    let is_there = entries
        .iter()
        .any(|entry| entry.name() == name && entry.is_selectable());
    if is_there || entries.is_empty() {
        return Failure::from(error).with_context(shown);
    }
    missing(name, &entries)
}

/// There is no mailbox of this name among those that there are.
pub(crate) fn missing(name: &str, entries: &[ListEntry]) -> Failure {
    let text = format!("no mailbox `{}`", printable(name));
    let failure = Failure::new(Exit::Missing, text);
    let names = entries.iter().filter(|entry| entry.is_selectable());
    match near(name, names.map(|entry| entry.name())) {
        Some(near) => failure.with_hint(format!("is `{}` meant?", printable(near))),
        None => failure.with_hint("`imap list` shows what there is"),
    }
}

/// The name that is most like this one, if one is like it at all: by its letters, or by its last level.
fn near<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let likeness = |other: &str| {
        let other = other.to_lowercase();
        let last = other.rsplit(['/', '.']).next().unwrap_or(&other);
        strsim::jaro_winkler(&name, &other).max(strsim::jaro_winkler(&name, last))
    };
    names
        .map(|other| (likeness(other), other))
        .filter(|(likeness, _)| *likeness > LIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, other)| other)
}

/// From this likeness on a name may have been meant.
const LIKE: f64 = 0.8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_names_that_may_be_meant() {
        let names = [
            "INBOX",
            "Archive",
            "Archive/2025",
            "Work/Invoices",
            "Entwürfe",
        ];
        for (name, meant) in [
            ("archiv", Some("Archive")),
            ("Inbx", Some("INBOX")),
            ("Invoices", Some("Work/Invoices")),
            ("entwurfe", Some("Entwürfe")),
            ("zzz", None),
        ] {
            assert_eq!(near(name, names.into_iter()), meant, "{name}");
        }
    }
}
