//! `imap demo`: a tour of the main commands.

use clap::Args;

use crate::demo;
use crate::error::{Exit, Failure};
use crate::output::Output;

/// Show the main commands at work, on a server inside this program
///
/// No account is needed, and nothing leaves this machine. The server has a sample account; what is exported
/// stays in a new folder below the one for temporary files, whose name is told.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap demo
  imap demo --fast")]
pub(crate) struct Demo {
    /// Do not pause for reading
    #[arg(long)]
    fast: bool,
}

impl Demo {
    pub(crate) fn run(&self, out: &mut Output<'_>) -> Result<Exit, Failure> {
        demo::Demo::start(out, self.fast)?.run()?;
        Ok(Exit::Done)
    }
}
