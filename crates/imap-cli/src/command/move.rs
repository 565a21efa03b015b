//! `imap move`: moves messages to another mailbox.

use clap::Args;
use imap_proto::Capability;

use super::copy::Transfer;
use crate::args::Global;
use crate::error::{Exit, Failure};
use crate::mailbox;
use crate::output::Output;

/// Move messages to another mailbox
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  imap move --to Trash 4711
  imap move --to Archive/2025 --create --search 'seen before 1-Jan-2026'")]
pub(crate) struct Move {
    #[command(flatten)]
    transfer: Transfer,
}

impl Move {
    pub(crate) fn run(&self, global: &Global, out: &mut Output<'_>) -> Result<Exit, Failure> {
        let open = mailbox::select;
        self.transfer
            .run("moved", open, global, out, |client, set, to| {
                let state = client.state();
                let has_move = state.has(Capability::Move) || state.has(Capability::Imap4Rev2);
                let moved = if has_move {
                    client.uid_move_messages(set, to)?
                } else {
                    // By COPY, and by what UIDPLUS has to remove these messages only.
                    client.uid_move_by_copy(set, to)?
                };
                Ok(moved.copied)
            })
    }
}
