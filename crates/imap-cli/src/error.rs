//! What is told when something does not work: a sentence, a hint, and the exit code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{fmt, io};

use imap_client::sasl::MechanismError;
use imap_proto::Code;
use serde::Serialize;
use serde_json::Value;

/// How a run ends, as the number that the program exits with.
///
/// From 64 on they are those of `sysexits.h`, as far as that has one for the matter.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub(crate) enum Exit {
    /// All was done.
    Done = 0,
    /// Nothing was found, not all of it could be done, or `check` met a departure.
    Partial = 1,
    /// An option, an address or a word of a search is wrong.
    Usage = 2,
    /// The mailbox or the message is not there.
    Missing = 66,
    /// No host has this name.
    NoHost = 68,
    /// The server cannot be reached, does not answer in time, or closed the connection.
    Unreachable = 69,
    /// A file cannot be read or written.
    File = 74,
    /// The server refused a command, or does not keep to the protocol.
    Refused = 76,
    /// The server did not let the user in, or there is no password.
    LogIn = 77,
    /// The file with the accounts is wrong, or a command in it failed.
    Config = 78,
    /// There is no TLS, or the certificate cannot be trusted.
    Tls = 79,
    /// Interrupted, by Ctrl-C above all.
    Interrupted = 130,
}

impl Exit {
    /// The table for `--help` and the man page.
    pub(crate) const TABLE: &'static str = "\
Exit codes:
    0  done
    1  nothing was found, or not all could be done; `check` met a departure
    2  wrong usage: an option, an address, the words of a search
   66  no such mailbox or message
   68  no host of this name
   69  server not reachable, connection lost, or no answer in time
   74  a file cannot be read or written
   76  the server refused a command, or broke the protocol
   77  the server did not let the user in, or there is no password
   78  the file with the accounts is wrong, or a command in it failed
   79  no TLS, or a certificate that cannot be trusted
  130  interrupted";
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do all that it was asked for.
///
/// It shows as one line, without `imap: ` in front; the hint is another one.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    hint: Option<String>,
    /// Nobody wants to read what is printed any more, so that nothing is to be said.
    is_silent: bool,
    /// The connection is lost, and another one may do.
    is_lost: bool,
    /// What was done before, as `--json` tells of it.
    done: Option<Box<Value>>,
}

/// What `--json` prints of a run that ended like this: its last line.
#[derive(Debug, Serialize)]
pub(crate) struct Report<D> {
    status: Status,
    #[serde(flatten)]
    done: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Told>,
}

impl<D> Report<D> {
    /// A run that came to its end, and did all or not.
    pub(crate) fn of(is_whole: bool, done: D) -> Self {
        let status = if is_whole {
            Status::Done
        } else {
            Status::Partial
        };
        Self {
            status,
            done,
            error: None,
        }
    }
}

/// How much of what a run was to do was done.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Done,
    /// Not all of it, but nothing else is possible.
    Partial,
    /// It ended before.
    Failed,
}

/// What a failure tells a program.
#[derive(Debug, Serialize)]
struct Told {
    kind: Exit,
    message: String,
    hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            hint: None,
            is_silent: false,
            is_lost: false,
            done: None,
        }
    }

    /// An option or an argument is wrong.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A file or a folder cannot be read or written: `cannot write /tmp/1.eml: no space left on device`.
    pub(crate) fn file(what: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let failure = Self::new(
            Exit::File,
            format!("cannot {what} {path}: {}", cause(error)),
        );
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failure.with_hint("make room, then run the same command again")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.with_hint("choose a place where you may write, or change its permissions")
            }
            _ => failure,
        }
    }

    /// The same with a line that says what to do.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with more to do.
    #[must_use]
    pub(crate) fn with_further_hint(self, hint: &str) -> Self {
        let hint = match &self.hint {
            Some(first) => format!("{first}; {hint}"),
            None => hint.to_owned(),
        };
        self.with_hint(hint)
    }

    /// The same with words in front of the message: `Archive: server refused: ...`.
    #[must_use]
    pub(crate) fn with_context(mut self, context: impl fmt::Display) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// The same, for a connection that is lost or did not come about.
    #[must_use]
    pub(crate) fn lost(self) -> Self {
        Self {
            is_lost: true,
            ..self
        }
    }

    /// The same with what was done before it, an object.
    #[must_use]
    pub(crate) fn with_done(self, done: &impl Serialize) -> Self {
        Self {
            done: serde_json::to_value(done).ok().map(Box::new),
            ..self
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Whether the connection is lost, so that connecting again may help.
    pub(crate) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// What `--json` prints, unless there is nothing to say.
    pub(crate) fn to_report(&self) -> Option<Report<Option<&Value>>> {
        let error = Told {
            kind: self.exit,
            message: self.message.clone(),
            hint: self.hint.clone(),
        };
        (!self.is_silent).then_some(Report {
            status: Status::Failed,
            done: self.done.as_deref(),
            error: Some(error),
        })
    }

    /// Tells the user on standard error, unless there is nothing to say.
    pub(crate) fn report(&self) {
        if self.is_silent {
            return;
        }
        anstream::eprintln!("imap: {}", self.message);
        if let Some(hint) = &self.hint {
            anstream::eprintln!("hint: {hint}");
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<io::Error> for Failure {
    /// Standard output cannot be written: all other files have paths, see [`Failure::file`].
    fn from(error: io::Error) -> Self {
        let message = format!("cannot write the output: {}", cause(&error));
        let is_silent = error.kind() == io::ErrorKind::BrokenPipe;
        Self {
            exit: if is_silent { Exit::Done } else { Exit::File },
            is_silent,
            ..Self::new(Exit::File, message)
        }
    }
}

impl From<imap_client::Error> for Failure {
    fn from(error: imap_client::Error) -> Self {
        use imap_client::Error as E;

        let exit = match &error {
            E::Argument(_) => Exit::Usage,
            E::Authentication { .. } | E::Mechanism(_) | E::Untrusted(_) => Exit::LogIn,
            E::Bye(_) | E::Closed | E::Exited(_) | E::Io(_) | E::Proxy(_) | E::Timeout => {
                Exit::Unreachable
            }
            E::PreAuth | E::Tls(_) => Exit::Tls,
            E::Refused(refusal) => exit_of_code(refusal.code()),
            _ => Exit::Refused,
        };
        let hint = match &error {
            E::Refused(refusal) => hint_of_code(refusal.code()),
            E::Mechanism(MechanismError::NeedsEncryption) => {
                Some("the connection is not encrypted: use an imaps:// address or --tls starttls")
            }
            E::Frame(_) | E::TooLarge(_) => Some("ask for fewer messages at a time"),
            _ => None,
        };
        Self {
            hint: hint.map(str::to_owned),
            is_lost: exit == Exit::Unreachable,
            ..Self::new(exit, chain(&error))
        }
    }
}

/// What a refusal with this code is to a script.
fn exit_of_code(code: Option<Code<'_>>) -> Exit {
    match code {
        Some(Code::NonExistent) => Exit::Missing,
        Some(
            Code::AuthenticationFailed
            | Code::AuthorizationFailed
            | Code::Expired
            | Code::PrivacyRequired
            | Code::ContactAdmin,
        ) => Exit::LogIn,
        _ => Exit::Refused,
    }
}

fn hint_of_code(code: Option<Code<'_>>) -> Option<&'static str> {
    Some(match code? {
        Code::OverQuota => "the mailbox is full: delete something first",
        Code::NoPerm => "you have no right to do this in that mailbox",
        Code::InUse | Code::Unavailable | Code::ServerBug | Code::Limit => "try again later",
        _ => return None,
    })
}

/// An error and its causes in one line, each told once.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = match error.downcast_ref::<io::Error>() {
            Some(error) => cause(error),
            None => error.to_string(),
        };
        // Some errors tell of their causes themselves.
        if !text.ends_with(&cause) {
            // cannot fail: writing to a String
            let _ = write!(text, ": {cause}");
        }
        source = error.source();
    }
    one_line(&text)
}

/// An error of the operating system as a part of a sentence: `no such file or directory`.
pub(crate) fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => error.kind().to_string(),
    }
}

/// A text of somebody else, such that it cannot steer the terminal.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_table_has_every_code() {
        let codes = [
            Exit::Done,
            Exit::Partial,
            Exit::Usage,
            Exit::Missing,
            Exit::NoHost,
            Exit::Unreachable,
            Exit::File,
            Exit::Refused,
            Exit::LogIn,
            Exit::Config,
            Exit::Tls,
            Exit::Interrupted,
        ];
        let told: Vec<u8> = Exit::TABLE
            .lines()
            .filter_map(|line| line.trim_start().split(' ').next()?.parse().ok())
            .collect();
        assert_eq!(told, codes.map(|code| code as u8));
    }

    #[test]
    fn ok_readme_has_the_same_table() {
        let rows = include_str!("../README.md").lines().filter_map(|line| {
            let (code, meaning) = line
                .strip_prefix("| ")?
                .strip_suffix(" |")?
                .split_once(" | ")?;
            code.parse::<u8>()
                .ok()
                .map(|code| format!("{code:>5}  {meaning}"))
        });
        let rows: Vec<String> = rows.collect();
        let told: Vec<&str> = Exit::TABLE.lines().skip(1).collect();
        assert_eq!(rows, told);
    }

    #[test]
    fn ok_file_says_which_and_why() {
        let error = io::Error::from_raw_os_error(28);
        let failure = Failure::file("write", Path::new("/tmp/1.eml"), &error);
        assert_eq!(
            failure.to_string(),
            "cannot write /tmp/1.eml: no space left on device"
        );
        assert_eq!(failure.exit(), Exit::File);
        assert!(failure.hint.unwrap().contains("make room"));
    }

    #[test]
    fn ok_closed_pipe_is_no_failure_to_tell_of() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(failure.exit(), Exit::Done);
        assert!(failure.is_silent);
    }

    #[test]
    fn ok_server_texts_are_one_line() {
        let error = io::Error::other("bad\x1b[2J\r\nthing");
        let failure = Failure::from(imap_client::Error::from(error));
        assert_eq!(failure.message(), "connection broke: bad [2J  thing");
        assert!(failure.is_lost());
    }
}
