//! Our blocking client, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::ours;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(ours::run)
}
