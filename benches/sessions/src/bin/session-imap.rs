//! The crate `imap`, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::imap;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(imap::run)
}
