//! `imap fetch`: shows messages, or saves them and their attachments.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use imap_client::blocking::Client;
use imap_proto::{FetchItemName, Section, Uid, UidSetBuf};
use serde::Serialize;

use crate::args::Global;
use crate::attachment::Attachment;
use crate::body::{self, Text};
use crate::connect::Connector;
use crate::criteria::{Messages, uids};
use crate::error::{Exit, Failure};
use crate::file::{NewFile, make_folder};
use crate::interrupt::{Interrupt, interrupted};
use crate::mailbox::{self, InMailbox};
use crate::message::{Person, SUMMARY, Summary};
use crate::output::{NOTE, Output, STRONG, WEAK, printable_lines, size};

/// Show messages, or save them and their attachments; they stay unread
///
/// Without options, the header fields that matter and the text are shown, that of HTML without its
/// tags. No file is written over: a name that is taken gets a number behind it. Ctrl-C leaves only what
/// is whole.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap fetch 4711
  imap fetch '*'
  imap fetch --search 'unseen from ann' --text
  imap fetch --raw 4711 > message.eml
  imap fetch --attachments ~/Downloads 4711
  imap fetch --save backup --search 'since 1-Jan-2026'")]
pub(crate) struct Fetch {
    #[command(flatten)]
    mailbox: InMailbox,

    /// The messages by their UIDs: 4711 or 4,7:9; * is the newest
    #[arg(value_name = "UIDS", value_parser = uids)]
    uids: Option<UidSetBuf>,

    /// The messages by the words of a search
    #[arg(short, long, value_name = "WORDS", conflicts_with = "uids")]
    search: Option<String>,

    #[command(flatten)]
    what: What,
}

/// What is shown of each message.
#[derive(Args, Debug, Default)]
struct What {
    /// Show all header fields, decoded, and no text
    #[arg(long, group = "what")]
    headers: bool,

    /// Show the text only
    #[arg(long, group = "what")]
    text: bool,

    /// Print one message as it is, octet by octet
    #[arg(long, group = "what", conflicts_with = "json")]
    raw: bool,

    /// Save the messages as they are into this folder, as UID.eml
    #[arg(long, group = "what", value_name = "DIR")]
    save: Option<PathBuf>,

    /// Save the attachments into this folder
    #[arg(long, group = "what", value_name = "DIR")]
    attachments: Option<PathBuf>,
}

/// The object that `--json` prints for each message.
#[derive(Debug, Serialize)]
struct Object<'a> {
    #[serde(flatten)]
    summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Vec<Field>>,
    attachments: &'a [Attachment],
}

/// A header field, decoded.
#[derive(Debug, Serialize)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A file that was saved, as `--json` tells of it.
#[derive(Serialize)]
struct Saved<'a> {
    uid: u32,
    file: &'a str,
    /// Octets.
    size: u64,
}

/// A message, and where its parts are.
struct Found {
    uid: Uid,
    summary: Summary,
    text: Option<Text>,
    attachments: Vec<Attachment>,
}

impl Fetch {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let messages = Messages::new(self.uids.as_ref(), self.search.as_deref())?;
        let connector = Connector::new(global)?;
        let mut client = connector.connect()?;
        mailbox::examine(&mut client, self.mailbox.name(connector.account()))?;
        let set = messages.find(&mut client)?;
        let interrupt = self.what.interrupt(global.json);
        let shown = self.what.show(&mut client, &set, &interrupt, out);
        let left = client.logout();
        let exit = shown?;
        left?;
        Ok(exit)
    }
}

impl What {
    /// Ctrl-C, where there are files to bring to an end.
    fn interrupt(&self, is_json: bool) -> Interrupt {
        if self.save.is_none() && self.attachments.is_none() {
            return Interrupt::default();
        }
        let interrupt = Interrupt::listen();
        interrupt.ends_in_time_with(interrupted("interrupted"), is_json);
        interrupt
    }

    /// Shows these messages of the selected mailbox.
    fn show(
        &self,
        client: &mut Client,
        set: &UidSetBuf,
        interrupt: &Interrupt,
        out: &mut Output<'_>,
    ) -> Result<Exit, Failure> {
        if self.raw {
            return print_raw(client, set, out);
        }
        if let Some(folder) = &self.save {
            return save(client, set, folder, interrupt, out);
        }
        let found = find(client, set)?;
        if let Some(folder) = &self.attachments {
            return save_attachments(client, &found, folder, interrupt, out);
        }
        for (place, message) in found.iter().enumerate() {
            if place > 0 && !out.is_json() {
                out.line("")?;
            }
            self.show_one(client, message, out)?;
        }
        Ok(if found.is_empty() {
            Exit::Partial
        } else {
            Exit::Done
        })
    }

    fn show_one(
        &self,
        client: &mut Client,
        message: &Found,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let headers = match self.headers {
            true => Some(body::headers(client, message.uid)?),
            false => None,
        };
        let text = match &message.text {
            Some(text) if !self.headers => Some(text.fetch(client, message.uid)?),
            _ => None,
        };
        if out.is_json() {
            return out.json(&Object {
                summary: &message.summary,
                text,
                headers,
                attachments: &message.attachments,
            });
        }
        if let Some(headers) = headers {
            return headers.iter().try_for_each(|field| {
                out.line(format!(
                    "{} {}",
                    out.paint(NOTE, format!("{}:", field.name)),
                    field.value
                ))
            });
        }
        if !self.text {
            message.print_header(out)?;
            out.line("")?;
        }
        match text {
            Some(text) => out.line(printable_lines(&text).trim_end()),
            None => out.line(out.paint(WEAK, "(no text)")),
        }
    }
}

impl Found {
    /// The header fields that matter, and what is attached.
    fn print_header(&self, out: &mut Output<'_>) -> Result<(), Failure> {
        let people = |people: &[Person]| {
            let people: Vec<String> = people.iter().map(Person::full).collect();
            (!people.is_empty()).then(|| people.join(", "))
        };
        let summary = &self.summary;
        let flags = (!summary.flags.is_empty()).then(|| summary.flags.join(" "));
        let fields = [
            ("UID", Some(self.uid.to_string())),
            ("From", people(&summary.from)),
            ("To", people(&summary.to)),
            ("Cc", people(&summary.cc)),
            (
                "Date",
                summary.date.clone().or_else(|| summary.received.clone()),
            ),
            ("Subject", summary.subject.clone()),
            ("Flags", flags),
        ];
        for (name, value) in fields {
            let Some(value) = value else {
                continue;
            };
            let style = if name == "Subject" {
                STRONG
            } else {
                Default::default()
            };
            let name = out.cell(NOTE, &format!("{name}:"), 8);
            out.line(format!("{name} {}", out.paint(style, value)))?;
        }
        for attachment in &self.attachments {
            let name = out.cell(NOTE, "File:", 8);
            out.line(format!("{name} {attachment}"))?;
        }
        Ok(())
    }
}

/// What there is of these messages: all but their contents.
fn find(client: &mut Client, set: &UidSetBuf) -> Result<Vec<Found>, Failure> {
    let mut items = SUMMARY.to_vec();
    items.push(FetchItemName::BodyStructure);
    let mut found = Vec::new();
    client.uid_fetch_each(set, &items, |fetch| {
        // What comes unasked has no structure.
        if let (Some(uid), Some(structure)) = (fetch.uid(), fetch.body_structure()) {
            found.push(Found {
                uid,
                summary: Summary::of(fetch, Some(uid)),
                text: Text::find(structure),
                attachments: Attachment::all(structure),
            });
        }
    })?;
    Ok(found)
}

/// Prints one message as it is.
fn print_raw(client: &mut Client, set: &UidSetBuf, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let mut uids = set.numbers(Uid::MAX);
    let (Some(uid), None) = (uids.next(), uids.next()) else {
        return Err(
            Failure::usage("--raw is for one message").with_hint("save several: --save DIR")
        );
    };
    let mut writer = Noted {
        writer: out.writer(),
        error: None,
    };
    let result = client.uid_fetch_to(uid, Section::ALL, &mut writer);
    match (result, writer.error) {
        (_, Some(error)) => Err(error.into()),
        (Err(error), None) => Err(error.into()),
        (Ok(None), None) => Ok(Exit::Partial),
        (Ok(Some(_)), None) => Ok(Exit::Done),
    }
}

/// A writer that keeps the reason why it failed, to tell it from that of the connection.
struct Noted<'w> {
    writer: &'w mut dyn io::Write,
    error: Option<io::Error>,
}

impl io::Write for Noted<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.writer.write(octets).map_err(|error| {
            let kind = error.kind();
            self.error = Some(error);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Saves messages as they are.
fn save(
    client: &mut Client,
    set: &UidSetBuf,
    folder: &Path,
    interrupt: &Interrupt,
    out: &mut Output<'_>,
) -> Result<Exit, Failure> {
    make_folder(folder)?;
    let mut exit = Exit::Done;
    for uid in set.numbers(Uid::MAX) {
        if interrupt.is_set() {
            return Err(interrupted("interrupted"));
        }
        let mut file = NewFile::create(folder, &format!("{uid}.eml"), interrupt)?;
        match client.uid_fetch_to(uid, Section::ALL, &mut file) {
            Ok(Some(octets)) => tell(uid, &file.finish()?, octets, out)?,
            // It was removed meanwhile.
            Ok(None) => exit = Exit::Partial,
            Err(error) => return Err(file.failure(error)),
        }
    }
    Ok(exit)
}

fn save_attachments(
    client: &mut Client,
    found: &[Found],
    folder: &Path,
    interrupt: &Interrupt,
    out: &mut Output<'_>,
) -> Result<Exit, Failure> {
    make_folder(folder)?;
    let mut exit = Exit::Partial;
    for message in found {
        for attachment in &message.attachments {
            let (name, contents) = attachment.fetch(client, message.uid)?;
            let mut file = NewFile::create(folder, &name, interrupt)?;
            if let Err(error) = io::Write::write_all(&mut file, &contents) {
                return Err(file.failure(error));
            }
            tell(message.uid, &file.finish()?, contents.len() as u64, out)?;
            exit = Exit::Done;
        }
    }
    Ok(exit)
}

/// Tells of a file that was saved, at once: the run may be interrupted over the next one.
fn tell(uid: Uid, path: &Path, octets: u64, out: &mut Output<'_>) -> Result<(), Failure> {
    let file = path.display().to_string();
    if out.is_json() {
        out.json(&Saved {
            uid: uid.get(),
            file: &file,
            size: octets,
        })?;
    } else {
        out.line(format!("{file}  {}", out.paint(WEAK, size(octets))))?;
    }
    out.flush()
}
