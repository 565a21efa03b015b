//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::account::Security;
use crate::command;
use crate::error::{Exit, Failure};

/// Reads, watches, copies and changes mail over IMAP.
#[derive(Debug, Parser)]
#[command(
    name = "imap",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = EXAMPLES,
    after_long_help = after_long_help(),
    max_term_width = 100,
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Reads the command line; help and the version are printed, which ends the program.
    pub(crate) fn read() -> Result<Self, Failure> {
        Self::try_parse().map_err(|error| {
            use clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand as NoCommand;
            if !error.use_stderr() || error.kind() == NoCommand {
                error.exit();
            }
            failure(&error.render().to_string())
        })
    }
}

/// A failure of what clap says at length: its first paragraph, and its advice if it has some.
fn failure(text: &str) -> Failure {
    let mut paragraphs = text.split("\n\n");
    let first: Vec<&str> = paragraphs
        .next()
        .unwrap_or(text)
        .split_whitespace()
        .collect();
    let first = first.join(" ");
    let message = first.strip_prefix("error: ").unwrap_or(&first);
    let tip = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("tip: "));
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: "));
    let is_name = |word: &&str| !word.starts_with(['-', '<', '[']);
    let command = usage.unwrap_or("imap").split(' ').take_while(is_name);
    let command = command.collect::<Vec<_>>().join(" ");
    Failure::usage(message).with_hint(match tip {
        Some(tip) => tip.to_owned(),
        None => format!("`{command} --help` says how it is used"),
    })
}

/// What all commands have.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Account and output")]
pub(crate) struct Global {
    #[arg(
        short,
        long,
        help = "The account: its name in the file with the accounts, or imaps://USER@HOST/",
        global = true,
        value_name = "NAME|URL",
        env = "IMAP_ACCOUNT",
        hide_env_values = true
    )]
    pub(crate) account: Option<String>,

    /// The file with the accounts
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "IMAP_CONFIG",
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,

    /// A command that prints the password
    #[arg(long, global = true, value_name = "COMMAND")]
    pub(crate) password_command: Option<String>,

    /// A command that prints a token of OAuth 2.0, to log in with instead of a password
    ///
    /// It is run again when the token has expired by the time of another connection.
    #[arg(
        long,
        global = true,
        value_name = "COMMAND",
        conflicts_with = "password_command"
    )]
    pub(crate) token_command: Option<String>,

    /// Trust the authorities in this PEM file instead of those of the system
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ca: Vec<PathBuf>,

    /// How TLS begins
    #[arg(long, global = true, value_name = "MODE")]
    pub(crate) tls: Option<Security>,

    /// The proxy on the way to the server: socks5://HOST:PORT or http://HOST:PORT
    ///
    /// USER:PASSWORD@ can stand in front of the host. By default it is what the account says, or else the
    /// variable `ALL_PROXY`, unless `NO_PROXY` names the server or it is on this machine. An empty one is none.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) proxy: Option<String>,

    /// Allow to send the password without TLS to another machine
    #[arg(long, global = true)]
    pub(crate) insecure_plaintext: bool,

    /// How long to wait for the server
    #[arg(
        long,
        global = true,
        value_name = "SECONDS",
        default_value_t = DEFAULT_TIMEOUT,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    pub(crate) timeout: u64,

    /// Print JSON: one object on each line, also where a run fails
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Show what goes over the wire, without secrets, on standard error
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

impl Default for Global {
    fn default() -> Self {
        Self {
            account: None,
            config: None,
            password_command: None,
            token_command: None,
            ca: Vec::new(),
            tls: None,
            proxy: None,
            insecure_plaintext: false,
            timeout: DEFAULT_TIMEOUT,
            json: false,
            verbose: false,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Capability(command::capability::Capability),
    List(command::list::List),
    Status(command::status::Status),
    Search(command::search::Search),
    Fetch(command::fetch::Fetch),
    Watch(command::watch::Watch),
    Copy(command::copy::Copy),
    Move(command::r#move::Move),
    Flag(command::flag::Flag),
    Append(command::append::Append),
    Export(command::export::Export),
    Import(command::import::Import),
    Raw(command::raw::Raw),
    Check(command::check::Check),
    Demo(command::demo::Demo),
    Completions(command::completions::Completions),
    Man(command::man::Man),
}

/// Seconds.
const DEFAULT_TIMEOUT: u64 = 60;

const EXAMPLES: &str = "\
Examples:
  imap -a imaps://ann@imap.example.org/ list
  imap search unseen from bob
  imap fetch 4711

`imap COMMAND --help` has more. The password comes from --password-command, from the file with the
accounts, from the variable IMAP_PASSWORD, or is asked for.";

fn after_long_help() -> String {
    format!("{EXAMPLES}\n\n{}", Exit::TABLE)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn ok_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn ok_every_command_has_examples() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string);
            let help = help.unwrap_or_default();
            assert!(
                help.starts_with("Examples:\n  imap "),
                "{}",
                command.get_name()
            );
        }
    }
}
