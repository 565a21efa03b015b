//! An in-memory IMAP server to try things with.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;

use clap::Parser;
use imap_testserver::{Builder, Fault, QuirkName, TestServer};

/// Serves mail from memory until it is interrupted; nothing is kept.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port without TLS; any free one if it is 0
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port with TLS; any free one if it is 0
    #[arg(long, default_value_t = 0)]
    tls_port: u16,
    /// A user; without one there is user:pass
    #[arg(long = "user", value_name = "NAME:PASSWORD", value_parser = user)]
    users: Vec<(String, String)>,
    /// An empty mailbox
    #[arg(long = "mailbox", value_name = "USER:MAILBOX", value_parser = mailbox)]
    mailboxes: Vec<(String, String)>,
    /// The messages of an mbox file
    #[arg(long = "mbox", value_name = "USER:MAILBOX=FILE", value_parser = source)]
    mboxes: Vec<Source>,
    /// The messages of a Maildir
    #[arg(long = "maildir", value_name = "USER:MAILBOX=FOLDER", value_parser = source)]
    maildirs: Vec<Source>,
    /// A capability that the server lacks, such as MOVE, with what belongs to it
    #[arg(long = "without", value_name = "CAPABILITY")]
    without: Vec<String>,
    /// Something that goes wrong, such as "SELECT#1:no=[INUSE] later"; see --list-faults
    #[arg(long = "fault", value_name = "WHEN[#TIMES]:WHAT[=VALUE]")]
    faults: Vec<Fault>,
    /// Show what --fault knows, and do nothing else
    #[arg(long)]
    list_faults: bool,
    /// A way to depart from the grammar; see --list-quirks
    #[arg(long = "quirk", value_name = "NAME")]
    quirks: Vec<String>,
    /// Show the names that --quirk knows, and do nothing else
    #[arg(long)]
    list_quirks: bool,
    /// Most messages that one command is about
    #[arg(long)]
    message_limit: Option<NonZeroU32>,
    /// Where to write the certificate of the authority that clients have to trust
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,
}

/// Where the messages of a mailbox come from.
#[derive(Clone, Debug)]
struct Source {
    user: String,
    mailbox: String,
    path: PathBuf,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                text = format!("{text}: {error}");
                source = error.source();
            }
            // Nobody is left to be told that standard error is closed.
            let _ = writeln!(io::stderr(), "imap-testserver: {text}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    if arguments.list_quirks || arguments.list_faults {
        list(&arguments, &mut io::stdout().lock())?;
        return Ok(());
    }
    let (interrupted, interruption) = mpsc::channel();
    ctrlc::set_handler(move || {
        // It is enough to be interrupted once.
        let _ = interrupted.send(());
    })?;
    let server = builder(&arguments).start()?;
    let is_temporary = arguments.ca_file.is_none();
    let name = format!("imap-testserver-{}.pem", std::process::id());
    let path = std::env::temp_dir().join(name);
    let ca_file = arguments.ca_file.unwrap_or(path);
    fs::write(&ca_file, server.ca_pem())?;
    let mut out = io::stdout().lock();
    writeln!(out, "plain {}", server.address())?;
    writeln!(out, "tls {}", server.tls_address())?;
    writeln!(out, "ca {}", ca_file.display())?;
    out.flush()?;
    // The sender lives as long as the program.
    let _ = interruption.recv();
    if is_temporary {
        fs::remove_file(&ca_file)?;
    }
    Ok(())
}

/// Writes what can be wrong, a line each.
fn list(arguments: &Arguments, out: &mut impl Write) -> io::Result<()> {
    if arguments.list_faults {
        for (when, meaning) in MOMENTS {
            writeln!(out, "{when:28} {meaning}")?;
        }
        for (form, meaning) in Fault::forms() {
            writeln!(out, ":{form:27} {meaning}")?;
        }
    }
    if arguments.list_quirks {
        for known in QuirkName::all() {
            writeln!(out, "{:28} {}", known.name(), known.quirk().meaning())?;
        }
    }
    Ok(())
}

fn builder(arguments: &Arguments) -> Builder {
    let mut builder = TestServer::builder()
        .port(arguments.port)
        .tls_port(arguments.tls_port);
    if arguments.users.is_empty() {
        builder = builder.user("user", "pass");
    }
    for (name, password) in &arguments.users {
        builder = builder.user(name, password);
    }
    for (user, mailbox) in &arguments.mailboxes {
        builder = builder.mailbox(user, mailbox);
    }
    for source in &arguments.mboxes {
        builder = builder.mbox(&source.user, &source.mailbox, &source.path);
    }
    for source in &arguments.maildirs {
        builder = builder.maildir(&source.user, &source.mailbox, &source.path);
    }
    for name in &arguments.without {
        builder = builder.without_capability(name);
    }
    for fault in &arguments.faults {
        builder = builder.fault(fault.clone());
    }
    for name in &arguments.quirks {
        builder = builder.quirk(name);
    }
    if let Some(limit) = arguments.message_limit {
        builder = builder.message_limit(limit);
    }
    builder
}

fn user(text: &str) -> Result<(String, String), String> {
    pair(text, ':', "NAME:PASSWORD")
}

fn mailbox(text: &str) -> Result<(String, String), String> {
    pair(text, ':', "USER:MAILBOX")
}

fn source(text: &str) -> Result<Source, String> {
    let form = "USER:MAILBOX=PATH";
    let (place, path) = pair(text, '=', form)?;
    let (user, mailbox) = pair(&place, ':', form)?;
    Ok(Source {
        user,
        mailbox,
        path: path.into(),
    })
}

fn pair(text: &str, separator: char, form: &str) -> Result<(String, String), String> {
    let (first, second) = text
        .split_once(separator)
        .ok_or_else(|| format!("expected {form}"))?;
    Ok((first.to_owned(), second.to_owned()))
}

/// When something can go wrong; `#TIMES` may follow each.
const MOMENTS: [(&str, &str); 5] = [
    ("NOOP, UID FETCH, ...", "with this command"),
    ("*", "with each command"),
    ("greeting", "with the greeting, or in place of it"),
    (
        "connection",
        "all along a connection; with close-after and split",
    ),
    ("handshake", "when TLS begins; with ignore"),
];
