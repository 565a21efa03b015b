//! `imap append`: puts messages from files into a mailbox.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use imap_client::AppendOptions;
use imap_client::blocking::Client;
use imap_proto::InternalDate;
use mail_parser::MessageParser;
use serde::Serialize;

use crate::args::Global;
use crate::command::flag::flag;
use crate::connect::Connector;
use crate::error::{Exit, Failure};
use crate::mailbox::{self, InMailbox};
use crate::output::{Output, printable};

/// Put messages from files, or from standard input, into a mailbox
///
/// Line ends become CR LF. The server keeps the date of the header field Date as that when the message
/// came, so that mailboxes sorted by date stay so; --date says otherwise.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap append message.eml
  imap append -m Sent --flag seen < message.eml
  imap append -m Archive/2025 --create --date now *.eml
  imap append --date '31-Jan-2026 14:03:00 +0100' message.eml")]
pub(crate) struct Append {
    #[command(flatten)]
    mailbox: InMailbox,

    /// A file with one message; standard input if there is none, or for -
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A flag that the messages get: seen, answered, flagged, deleted, draft, or a keyword
    #[arg(short, long = "flag", value_name = "FLAG")]
    flags: Vec<String>,

    /// When the messages came: header, now, or a date such as 31-Jan-2026 14:03:00 +0100
    #[arg(long, value_name = "DATE", default_value = "header", value_parser = Came::read)]
    date: Came,

    /// Make the mailbox if it is not there
    #[arg(long)]
    create: bool,
}

/// When a message came, as far as the server is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Came {
    At(InternalDate),
    Header,
    Now,
}

/// The object that `--json` prints for each message.
#[derive(Serialize)]
struct Object<'a> {
    file: &'a str,
    mailbox: &'a str,
    /// Where it is, if the server tells.
    uid: Option<u32>,
    uid_validity: Option<u32>,
}

impl Append {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        // What is wrong with the command line is told before anything is done.
        for name in &self.flags {
            flag(name)?;
        }
        let stdin = [PathBuf::from("-")];
        let files = if self.files.is_empty() {
            &stdin
        } else {
            &*self.files
        };
        let first = read(&files[0])?;
        let connector = Connector::new(global)?;
        let name = self.mailbox.name(connector.account());
        let mut client = connector.connect()?;
        self.append(&mut client, name, &files[0], &first, out)?;
        for file in &files[1..] {
            let message = read(file)?;
            self.append(&mut client, name, file, &message, out)?;
        }
        client.logout()?;
        Ok(Exit::Done)
    }

    fn append(
        &self,
        client: &mut Client,
        name: &str,
        file: &Path,
        message: &[u8],
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let flags: Vec<_> = self
            .flags
            .iter()
            .map(|name| flag(name))
            .collect::<Result<_, _>>()?;
        let options = AppendOptions {
            flags: &flags,
            date: self.date.of(message),
        };
        let appended = mailbox::or_create(client, name, self.create, |client| {
            client.append(name, message, options)
        })?;
        let uid = appended.as_ref().and_then(|appended| {
            appended
                .uids
                .ranges()
                .first()
                .and_then(|range| match range.start {
                    imap_proto::Bound::Number(uid) => Some(uid.get()),
                    imap_proto::Bound::Largest => None,
                })
        });
        let file = file.display().to_string();
        if out.is_json() {
            return out.json(&Object {
                file: &file,
                mailbox: name,
                uid,
                uid_validity: appended.map(|appended| appended.uid_validity.get()),
            });
        }
        let uid = uid.map(|uid| format!(" as UID {uid}")).unwrap_or_default();
        let file = if file == "-" {
            "message".to_owned()
        } else {
            printable(&file)
        };
        out.line(format!("{file} is in {}{uid}", printable(name)))
    }
}

impl Came {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "header" => Ok(Self::Header),
            "now" => Ok(Self::Now),
            date => InternalDate::parse(date.as_bytes())
                .map(Self::At)
                .map_err(|_| {
                    "a date is header, now, or such as 31-Jan-2026 14:03:00 +0100".to_owned()
                }),
        }
    }

    /// What the server is told; nothing for the present time.
    fn of(self, message: &[u8]) -> Option<InternalDate> {
        match self {
            Self::At(date) => Some(date),
            Self::Header => header_date(message),
            Self::Now => None,
        }
    }
}

/// The date in the header, if it can be read.
fn header_date(message: &[u8]) -> Option<InternalDate> {
    let parsed = MessageParser::new().parse_headers(message)?;
    let date = parsed.date()?;
    let minutes = i16::from(date.tz_hour) * 60 + i16::from(date.tz_minute);
    let offset = if date.tz_before_gmt {
        -minutes
    } else {
        minutes
    };
    InternalDate::new(
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        offset,
    )
    .ok()
}

/// A message with CR LF at the ends of its lines.
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let text = if file == Path::new("-") {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            anstream::eprintln!("imap: reading a message from the terminal; Ctrl-D ends it");
        }
        let mut text = Vec::new();
        stdin.lock().read_to_end(&mut text).map(|_| text)
    } else {
        std::fs::read(file)
    };
    let text = text.map_err(|error| Failure::file("read", file, &error))?;
    if text.trim_ascii().is_empty() {
        return Err(Failure::usage(format!("{} has no message", file.display())));
    }
    Ok(with_crlf(&text))
}

fn with_crlf(text: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(text.len() + text.len() / 32);
    for line in text.split_inclusive(|octet| *octet == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                message.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
                message.extend_from_slice(b"\r\n");
            }
            None => message.extend_from_slice(line),
        }
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_line_ends() {
        assert_eq!(with_crlf(b"a\nb\r\nc"), b"a\r\nb\r\nc");
        assert_eq!(with_crlf(b"\n\n"), b"\r\n\r\n");
    }

    #[test]
    fn ok_dates() {
        let message = b"Date: Sat, 31 Jan 2026 14:03:00 -0330\r\n\r\n";
        let date = Came::Header.of(message).unwrap();
        assert_eq!(date.to_string(), "\"31-Jan-2026 14:03:00 -0330\"");
        assert_eq!(Came::Header.of(b"Subject: x\r\n\r\n"), None);
        assert_eq!(Came::Now.of(message), None);
        let given = Came::read("1-Feb-2026 00:00:00 +0000").unwrap();
        assert_eq!(
            given.of(message).unwrap().to_string(),
            "\"01-Feb-2026 00:00:00 +0000\""
        );
        assert!(Came::read("yesterday").is_err());
    }
}
