//! Our client for tokio, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::ours_tokio;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(ours_tokio::run)
}
