//! No client: a plain loop, in a program of its own.

use anyhow::Result;
use imap_benches_sessions::client::plain;
use imap_benches_sessions::client_main;

fn main() -> Result<()> {
    client_main(plain::run)
}
