//! `imap raw`: commands as they are, with what goes over the wire and how the answers are read.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::Args;
use etcetera::BaseStrategy as _;
use imap_client::blocking::Client;
use imap_client::{Error, Trace, TraceLine};
use imap_proto::Parsed;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;
use serde::Serialize;

use crate::args::Global;
use crate::connect::Connector;
use crate::error::{Exit, Failure, cause};
use crate::output::{NOTE, Output, WEAK};

/// Send commands as they are, and show what goes over the wire and how the answers are read
///
/// Each line is a command without tag. A line that ends with {5} goes on with a literal of 5 octets.
/// On a terminal there is a prompt with a history; of a file or a pipe all lines are sent, and the
/// exit code tells whether one of them was refused.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap raw
  echo 'STATUS INBOX (MESSAGES)' | imap raw
  printf 'EXAMINE INBOX\\nFETCH 1 (FLAGS ENVELOPE)\\n' | imap raw --pretty")]
pub(crate) struct Raw {
    /// Do not log in
    #[arg(long)]
    no_login: bool,

    /// Spread parsed answers over several lines
    #[arg(long)]
    pretty: bool,
}

/// The object that `--json` prints for each command.
#[derive(Serialize)]
struct Object<'a> {
    command: &'a str,
    ok: bool,
    /// Lines such as `C: A1 NOOP` and `S: A1 OK done`.
    wire: Vec<String>,
    /// The untagged answers as the parser reads them, as text.
    parsed: Vec<String>,
}

impl Raw {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let wire = Wire::default();
        let connector = Connector::new(global)?.with_trace(wire.trace());
        let mut client = if self.no_login {
            connector.greet()?
        } else {
            connector.connect()?
        };
        let mut input = Input::new()?;
        if matches!(input, Input::Terminal(_)) && !out.is_json() {
            wire.show(out)?;
        }
        wire.take();
        let mut exit = Exit::Done;
        loop {
            out.flush()?;
            let Some(command) = input.next()? else {
                client.logout()?;
                break;
            };
            let (name, arguments) = split(&command);
            let is_logout = name.eq_ignore_ascii_case("LOGOUT");
            let result = if is_logout {
                client.logout().map(|()| Vec::new()).map_err(Failure::from)
            } else {
                run(&mut client, &name, arguments)
            };
            if result.is_err() {
                exit = Exit::Partial;
            }
            self.show(&command, result, &wire, out)?;
            if is_logout {
                break;
            }
        }
        Ok(exit)
    }

    /// Prints what came of a command; an error ends the session.
    fn show(
        &self,
        command: &[u8],
        result: Result<Vec<Parsed>, Failure>,
        wire: &Wire,
        out: &mut Output<'_>,
    ) -> Result<(), Failure> {
        let parsed: Vec<String> = match &result {
            Ok(responses) => responses.iter().map(|r| self.parsed(r)).collect(),
            Err(_) => Vec::new(),
        };
        if out.is_json() {
            out.json(&Object {
                command: &String::from_utf8_lossy(command),
                ok: result.is_ok(),
                wire: wire.take(),
                parsed,
            })?;
        } else {
            wire.show(out)?;
            parsed
                .iter()
                .try_for_each(|line| out.line(out.paint(NOTE, line)))?;
        }
        match result {
            Err(failure) if failure.exit() != Exit::Refused && failure.exit() != Exit::Usage => {
                Err(failure)
            }
            // What the server said to it was shown.
            Err(failure) if failure.exit() == Exit::Usage => {
                out.flush()?;
                failure.report();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn parsed(&self, parsed: &Parsed) -> String {
        let response = parsed.response();
        if self.pretty {
            format!("{response:#?}")
        } else {
            format!("{response:?}")
        }
    }
}

/// The name of a command, and what stands behind it.
fn split(command: &[u8]) -> (String, &[u8]) {
    let space = command.iter().position(|octet| *octet == b' ');
    let (name, arguments) = command.split_at(space.unwrap_or(command.len()));
    let name = String::from_utf8_lossy(name).into_owned();
    (name, arguments.get(1..).unwrap_or_default())
}

fn run(client: &mut Client, name: &str, arguments: &[u8]) -> Result<Vec<Parsed>, Failure> {
    for (special, hint) in SPECIAL {
        if name.eq_ignore_ascii_case(special) {
            let message = format!("{special} changes how the connection is used");
            return Err(Failure::usage(message).with_hint(hint));
        }
    }
    client
        .run_raw(name, arguments)
        .map(|reply| reply.responses)
        .map_err(|error| match error {
            Error::Refused(_) => Failure::new(Exit::Refused, error.to_string()),
            Error::Argument(error) => Failure::usage(format!("not sent: {error}")),
            error => Failure::from(error),
        })
}

/// Commands that are more than a question and an answer.
const SPECIAL: [(&str, &str); 4] = [
    (
        "AUTHENTICATE",
        "the program logs in by itself, unless --no-login",
    ),
    ("COMPRESS", "all goes as it is here"),
    ("IDLE", "use `imap watch`"),
    ("STARTTLS", "use --tls starttls"),
];

/// The lines that went over the wire and were not shown yet.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<String>>>);

impl Wire {
    fn trace(&self) -> Trace {
        let wire = self.clone();
        Trace::new(move |line: TraceLine<'_>| wire.lines().push(line.to_string()))
    }

    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines())
    }

    fn show(&self, out: &mut Output<'_>) -> Result<(), Failure> {
        self.take()
            .iter()
            .try_for_each(|line| match line.strip_prefix("C: ") {
                Some(_) => out.line(out.paint(WEAK, line)),
                None => out.line(line),
            })
    }
}

/// Where commands come from.
enum Input {
    /// A prompt.
    Terminal(Box<Prompt>),
    /// A file or a pipe.
    Stream(io::StdinLock<'static>),
}

struct Prompt {
    editor: DefaultEditor,
    history: Option<PathBuf>,
}

impl Input {
    fn new() -> Result<Self, Failure> {
        let stdin = io::stdin();
        if !stdin.is_terminal() {
            return Ok(Self::Stream(stdin.lock()));
        }
        let mut editor = DefaultEditor::new().map_err(|error| unusable(&error))?;
        let history = etcetera::choose_base_strategy()
            .ok()
            .map(|folders| folders.data_dir().join("imap").join("history"));
        if let Some(history) = &history {
            // There is none at first.
            let _ = editor.load_history(history);
        }
        Ok(Self::Terminal(Box::new(Prompt { editor, history })))
    }

    /// The next command with its literals, without the line end; nothing when there are no more.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let mut command = Vec::new();
        loop {
            let is_first = command.is_empty();
            let line = match self.line(is_first)? {
                Some(line) => line,
                None if is_first => return Ok(None),
                None => return Ok(Some(command)),
            };
            let line = line.trim_ascii_end();
            // Behind a literal, a blank counts.
            let line = if is_first {
                line.trim_ascii_start()
            } else {
                line
            };
            command.extend_from_slice(line);
            if let Some(size) = announced(line) {
                command.extend_from_slice(b"\r\n");
                self.literal(size, &mut command)?;
            } else if !command.is_empty() {
                return Ok(Some(command));
            }
        }
    }

    /// A line as it is: the first of a command, or what goes on behind a literal.
    fn line(&mut self, is_first: bool) -> Result<Option<Vec<u8>>, Failure> {
        match self {
            Self::Terminal(shown) if is_first => shown.command("imap> "),
            Self::Terminal(shown) => shown.line("  ... "),
            Self::Stream(stdin) => {
                let mut line = Vec::new();
                let count = stdin.read_until(b'\n', &mut line);
                let count = count.map_err(|error| unread(&error))?;
                Ok((count > 0).then_some(line))
            }
        }
    }

    /// Reads the octets of a literal; on a terminal, lines until there are enough.
    fn literal(&mut self, size: u64, command: &mut Vec<u8>) -> Result<(), Failure> {
        let Self::Terminal(shown) = self else {
            let Self::Stream(stdin) = self else {
                return Ok(());
            };
            let read = stdin.take(size).read_to_end(command);
            return match read {
                Ok(count) if count as u64 == size => Ok(()),
                Ok(_) => Err(Failure::usage("the input ends inside of a literal")),
                Err(error) => Err(unread(&error)),
            };
        };
        let mut literal = Vec::new();
        while (literal.len() as u64) < size {
            let left = size - literal.len() as u64;
            let Some(line) = shown.line(&format!("{left} octets> "))? else {
                return Err(Failure::usage("the input ends inside of a literal"));
            };
            literal.extend_from_slice(&line);
            if (literal.len() as u64) < size {
                literal.extend_from_slice(b"\r\n");
            }
        }
        literal.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        command.extend_from_slice(&literal);
        Ok(())
    }
}

impl Prompt {
    /// Reads a line, and keeps it for the history.
    fn command(&mut self, prompt: &str) -> Result<Option<Vec<u8>>, Failure> {
        let line = self.line(prompt)?;
        let text = line.as_deref().map(String::from_utf8_lossy);
        // A password is not to be found in a file.
        let text = text.filter(|text| !is_log_in(text));
        if let Some(text) = text {
            // A history that cannot be kept is no reason not to go on.
            let _ = self.editor.add_history_entry(text);
        }
        Ok(line)
    }

    /// Reads a line that nobody is to remember, which may be a part of a password.
    fn line(&mut self, prompt: &str) -> Result<Option<Vec<u8>>, Failure> {
        match self.editor.readline(prompt) {
            Ok(line) => Ok(Some(line.into_bytes())),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
            Err(error) => Err(unusable(&error)),
        }
    }
}

/// Whether a line begins with the command LOGIN.
fn is_log_in(line: &str) -> bool {
    let name = line.split_whitespace().next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("LOGIN"))
}

impl Drop for Prompt {
    /// Keeps the history, if it can be kept.
    fn drop(&mut self) {
        if let Some(history) = &self.history {
            let folder = history.parent().map(std::fs::create_dir_all);
            if let Some(Ok(())) = folder {
                let _ = self.editor.save_history(history);
            }
        }
    }
}

/// The size of the literal that a command announces at its end.
fn announced(command: &[u8]) -> Option<u64> {
    let inside = command.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|octet| *octet == b'{')?;
    let digits = inside.get(open + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    str::from_utf8(digits).ok()?.parse().ok()
}

fn unread(error: &io::Error) -> Failure {
    Failure::new(
        Exit::File,
        format!("cannot read the commands: {}", cause(error)),
    )
}

fn unusable(error: &ReadlineError) -> Failure {
    Failure::new(Exit::File, format!("the terminal cannot be used: {error}"))
        .with_hint("give the commands by a pipe: echo NOOP | imap raw")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_announced_literals() {
        for (command, size) in [
            (&b"LOGIN {3}"[..], Some(3)),
            (b"APPEND INBOX {10+}", Some(10)),
            (b"APPEND INBOX ~{10}", Some(10)),
            (b"NOOP", None),
            (b"X {}", None),
            (b"X {a}", None),
        ] {
            assert_eq!(announced(command), size);
        }
    }

    #[test]
    fn ok_passwords_are_not_remembered() {
        assert!(is_log_in(" login ann secret") && is_log_in("LOGIN {3}"));
        assert!(!is_log_in("NOOP") && !is_log_in(""));
    }

    #[test]
    fn ok_name_and_arguments() {
        assert_eq!(split(b"NOOP"), ("NOOP".to_owned(), &b""[..]));
        assert_eq!(
            split(b"UID FETCH 1 FLAGS"),
            ("UID".to_owned(), &b"FETCH 1 FLAGS"[..])
        );
    }
}
