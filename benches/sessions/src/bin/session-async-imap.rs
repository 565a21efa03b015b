//! The crate `async-imap`, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::async_imap;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(async_imap::run)
}
