//! The `imap` command.

mod account;
mod args;
mod attachment;
mod body;
mod check;
mod command;
mod config;
mod connect;
mod criteria;
mod demo;
mod error;
mod export;
mod file;
mod folder_name;
mod import;
mod interrupt;
mod journal;
mod known;
mod link;
mod mailbox;
mod maildir;
mod mbox;
mod message;
mod output;
mod pool;
mod progress;
mod proxy;
mod secret;
mod unfinished;
mod url;

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use crate::args::Arguments;
use crate::error::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let stdout = std::io::stdout();
    let has_colours = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    // Not locked, since the thread that ends an interrupted run may have something to say.
    let mut writer = BufWriter::new(stdout);
    let arguments = Arguments::read();
    let is_json = match &arguments {
        Ok(arguments) => arguments.global.json,
        Err(_) => std::env::args_os().any(|argument| argument == "--json"),
    };
    let mut out = Output::new(&mut writer)
        .with_json(is_json)
        .with_colours(has_colours);
    let result = arguments.and_then(|arguments| command::run(&arguments, &mut out));
    let told = match &result {
        Err(failure) => out.failure(failure),
        Ok(_) => Ok(()),
    };
    let flushed = writer.flush().map_err(Failure::from);
    let exit = result.and_then(|exit| told.and(flushed).map(|()| exit));
    // What cannot be written need not be tried again when it is dropped.
    let _ = writer.into_parts();
    ExitCode::from(exit.unwrap_or_else(|failure| {
        failure.report();
        failure.exit()
    }))
}
