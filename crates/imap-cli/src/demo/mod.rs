//! A tour of the main commands, on a server of its own with a sample account.

mod sample;

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use clap::Parser as _;
use imap_client::blocking::{Client, Config};
use imap_testserver::TestServer;

use crate::args::Arguments;
use crate::command;
use crate::error::{Exit, Failure, cause};
use crate::interrupt::Interrupt;
use crate::output::{NOTE, Output, STRONG, WEAK};

/// The server, the account on it, and where things are put.
pub(crate) struct Demo<'o, 'w> {
    out: &'o mut Output<'w>,
    server: TestServer,
    /// The file that has the account, in a folder that goes with the demonstration.
    accounts: tempfile::TempDir,
    /// Nobody watches, so that nothing has to wait.
    is_fast: bool,
    interrupt: Interrupt,
}

impl<'o, 'w> Demo<'o, 'w> {
    /// Starts the server and fills the account.
    pub(crate) fn start(out: &'o mut Output<'w>, is_fast: bool) -> Result<Self, Failure> {
        let server = TestServer::builder().user(USER, PASSWORD).start();
        let server = server.map_err(|error| {
            let message = format!("cannot start the server of the demonstration: {error}");
            Failure::new(Exit::Unreachable, message)
        })?;
        let accounts = folder()?;
        let demo = Self {
            out,
            server,
            accounts,
            is_fast,
            interrupt: Interrupt::listen(),
        };
        demo.write_accounts()?;
        sample::fill(&mut demo.log_in()?)?;
        Ok(demo)
    }

    /// Walks through the commands.
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        self.say("A mail server has started inside this program, with a sample account.")?;
        self.say("All that follows are real commands that talk to it over IMAP.")?;
        self.step("Which mailboxes are there, and what is in them?", &["list"])?;
        self.step("What came last?", &["search", "--limit", "5", "all"])?;
        let uid = sample::READ.to_string();
        self.step("Read one; it stays unread.", &["fetch", &uid])?;
        self.watch()?;
        self.export()?;
        self.farewell()
    }

    /// Waits for a message that another client sends.
    fn watch(&mut self) -> Result<(), Failure> {
        self.announce(
            "Wait for news, while another client delivers a message.",
            &["watch", "--count", "1"],
        )?;
        let (told, is_watching) = channel();
        let mut client = self.log_in()?;
        let pause = if self.is_fast { Duration::ZERO } else { PAUSE };
        let deliver = thread::spawn(move || deliver(&mut client, &is_watching, pause));
        let has_colours = self.out.has_colours();
        let mut writer = Telling {
            writer: self.out.writer(),
            told,
        };
        let out = Output::new(&mut writer).with_colours(has_colours);
        let watched = run(self.accounts.path(), &["watch", "--count", "1"], out);
        drop(writer);
        let delivered = deliver.join();
        watched?;
        // cannot fail: it does not panic
        delivered.unwrap_or(Ok(()))?;
        self.wait()
    }

    /// Exports the account to a folder that stays.
    fn export(&mut self) -> Result<(), Failure> {
        let folder = folder()?.keep();
        let folder = folder.join("mail");
        let shown = folder.display().to_string();
        self.step(
            "Take everything home: a Maildir for each mailbox, over four connections.",
            &["export", &shown],
        )?;
        self.say(&format!("Your copy is in {shown}."))
    }

    fn farewell(&mut self) -> Result<(), Failure> {
        self.out.line("")?;
        self.say("That was it. Now with an account of yours:")?;
        for (command, what) in NEXT {
            let command = self.out.cell(STRONG, command, 52);
            let what = self.out.paint(WEAK, what);
            self.out.line(format!("  {command}{what}"))?;
        }
        self.out.flush()
    }

    /// Shows a command and what it does.
    fn step(&mut self, why: &str, command: &[&str]) -> Result<(), Failure> {
        self.announce(why, command)?;
        let has_colours = self.out.has_colours();
        let out = Output::new(self.out.writer()).with_colours(has_colours);
        run(self.accounts.path(), command, out)?;
        self.out.flush()?;
        self.wait()
    }

    /// Shows a command as it is typed.
    fn announce(&mut self, why: &str, command: &[&str]) -> Result<(), Failure> {
        self.out.line("")?;
        self.say(why)?;
        let prompt = self.out.paint(NOTE, "$ ");
        write!(self.out.writer(), "{prompt}")?;
        for letter in format!("imap {}", command.join(" ")).chars() {
            let letter = self.out.paint(STRONG, letter);
            write!(self.out.writer(), "{letter}")?;
            self.out.flush()?;
            self.pause(KEY)?;
        }
        self.out.line("")?;
        self.out.flush()
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.out.line(self.out.paint(NOTE, format!("# {text}")))?;
        self.out.flush()
    }

    /// Gives time to read.
    fn wait(&self) -> Result<(), Failure> {
        self.pause(PAUSE)
    }

    fn pause(&self, time: Duration) -> Result<(), Failure> {
        let time = if self.is_fast { Duration::ZERO } else { time };
        match self.interrupt.wait(time) {
            true => Err(interrupted()),
            false => Ok(()),
        }
    }

    /// Writes the file that has the account.
    fn write_accounts(&self) -> Result<(), Failure> {
        let address = self.server.address();
        let text = format!(
            "[account.demo]\nhost = \"{}\"\nport = {}\ntls = \"none\"\nuser = \"{USER}\"\n\
             password-command = \"echo {PASSWORD}\"\n",
            address.ip(),
            address.port()
        );
        let path = self.accounts.path().join(ACCOUNTS);
        std::fs::write(&path, text).map_err(|error| Failure::file("write", &path, &error))
    }

    /// Another client of the same account.
    fn log_in(&self) -> Result<Client, Failure> {
        let address = self.server.address();
        let host = address.ip().to_string();
        let mut client = Client::connect_plain(&host, address.port(), &Config::default())?;
        client.login(USER, PASSWORD)?;
        Ok(client)
    }
}

/// Runs a command line on the account.
fn run(accounts: &Path, command: &[&str], mut out: Output<'_>) -> Result<(), Failure> {
    let words = std::iter::once("imap").chain(command.iter().copied());
    let arguments = Arguments::try_parse_from(words);
    let mut arguments = arguments.map_err(|error| Failure::usage(error.to_string()))?;
    arguments.global.account = Some("demo".to_owned());
    arguments.global.config = Some(accounts.join(ACCOUNTS));
    match command::run(&arguments, &mut out)? {
        Exit::Interrupted => Err(interrupted()),
        _ => Ok(()),
    }
}

fn interrupted() -> Failure {
    Failure::new(Exit::Interrupted, "the demonstration was interrupted")
}

/// Delivers a message once somebody watches.
fn deliver(
    client: &mut Client,
    is_watching: &Receiver<()>,
    pause: Duration,
) -> Result<(), Failure> {
    if is_watching.recv().is_err() {
        // The watch ended before it began, which it tells itself.
        return Ok(());
    }
    thread::sleep(pause);
    sample::append(client, "INBOX", sample::ARRIVING, &[], ARRIVES)
}

/// A new folder for what is written.
fn folder() -> Result<tempfile::TempDir, Failure> {
    let folder = tempfile::Builder::new().prefix("imap-demo-").tempdir();
    folder.map_err(|error| {
        let message = format!(
            "cannot make a folder for the demonstration: {}",
            cause(&error)
        );
        Failure::new(Exit::File, message)
    })
}

/// Tells somebody when what was written is shown.
struct Telling<'w> {
    writer: &'w mut dyn Write,
    told: Sender<()>,
}

impl Write for Telling<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.writer.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()?;
        // Nobody listens any more once it was heard.
        let _ = self.told.send(());
        Ok(())
    }
}

const USER: &str = "you";
const PASSWORD: &str = "demo";
const ACCOUNTS: &str = "config.toml";
/// 2026-03-05 11:42 UTC.
const ARRIVES: i64 = 1_772_710_920;
/// How long a screen stays.
const PAUSE: Duration = Duration::from_millis(1800);
/// How fast is typed.
const KEY: Duration = Duration::from_millis(35);

/// What to try next.
const NEXT: [(&str, &str); 4] = [
    (
        "imap -a imaps://you@imap.example.org/ list",
        "list your mailboxes",
    ),
    (
        "imap -a imaps://you@imap.example.org/ check",
        "see what your server does its own way",
    ),
    (
        "imap -a imaps://you@imap.example.org/ export ~/mail",
        "back up all of it",
    ),
    ("imap --help", "all commands"),
];
