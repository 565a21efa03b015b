//! The crate `imap-next`, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::imap_next;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(imap_next::run)
}
