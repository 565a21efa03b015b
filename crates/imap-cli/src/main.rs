//! The `imap` command.

use clap::Parser;

/// Reads, watches, exports and imports mail over IMAP.
#[derive(Debug, Parser)]
#[command(name = "imap", version)]
struct Arguments {}

fn main() {
    Arguments::parse();
}
