//! `imap man`: the manual.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_mangen::Man as Page;

use crate::args::Arguments;
use crate::error::{Exit, Failure};
use crate::output::Output;

/// Print the manual page, or write those of all commands into a folder
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap man | man -l -
  imap man --dir ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// Write imap.1, imap-list.1 and so on into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(&self, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let command = Arguments::command();
        match &self.dir {
            Some(folder) => {
                let written = std::fs::create_dir_all(folder)
                    .and_then(|()| clap_mangen::generate_to(command, folder));
                written.map_err(|error| Failure::file("write into", folder, &error))?;
            }
            None => {
                let mut page = Vec::new();
                Page::new(command).render(&mut page)?;
                out.writer().write_all(&page)?;
            }
        }
        Ok(Exit::Done)
    }
}
