//! The commands, one file each.

pub(crate) mod append;
pub(crate) mod capability;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod copy;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod fetch;
pub(crate) mod flag;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod r#move;
pub(crate) mod raw;
pub(crate) mod search;
pub(crate) mod status;
pub(crate) mod watch;

use crate::args::{Arguments, Command};
use crate::error::{Exit, Failure};
use crate::output::Output;

/// Does what the command line says.
pub(crate) fn run(arguments: &Arguments, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Append(command) => command.run(global, out),
        Command::Capability(command) => command.run(global, out),
        Command::Check(command) => command.run(global, out),
        Command::Completions(command) => command.run(out),
        Command::Copy(command) => command.run(global, out),
        Command::Export(command) => command.run(global, out),
        Command::Demo(command) => command.run(out),
        Command::Fetch(command) => command.run(global, out),
        Command::Flag(command) => command.run(global, out),
        Command::Import(command) => command.run(global, out),
        Command::List(command) => command.run(global, out),
        Command::Man(command) => command.run(out),
        Command::Move(command) => command.run(global, out),
        Command::Raw(command) => command.run(global, out),
        Command::Search(command) => command.run(global, out),
        Command::Status(command) => command.run(global, out),
        Command::Watch(command) => command.run(global, out),
    }
}
