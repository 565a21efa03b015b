//! The crate `io-imap`, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::io_imap;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(io_imap::run)
}
