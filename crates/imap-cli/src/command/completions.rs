//! `imap completions`: what shells complete commands and options by.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::args::Arguments;
use crate::error::{Exit, Failure};
use crate::output::Output;

/// Print the completions for a shell
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap completions bash > ~/.local/share/bash-completion/completions/imap
  imap completions zsh > ~/.zfunc/_imap
  imap completions fish > ~/.config/fish/completions/imap.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let mut command = Arguments::command();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "imap", &mut script);
        out.writer().write_all(&script)?;
        Ok(Exit::Done)
    }
}
