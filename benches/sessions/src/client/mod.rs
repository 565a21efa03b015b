//! The clients that are linked into this program, each used as its documentation says.

mod async_imap;
mod imap;
mod imap_next;
mod io_imap;
mod ours;
mod ours_tokio;
mod plain;

use crate::contender::{Client, Contender};
use crate::load::Load;
use crate::proof::Proof;
use anyhow::{Result, bail};

/// Who logs in.
pub(crate) const USER: &str = "ann";

/// The password.
pub(crate) const PASSWORD: &str = "secret";

/// Where the server is.
pub(crate) const HOST: &str = "127.0.0.1";

/// What FETCH asks for, as peers take it.
const FLAGS: &str = "(UID FLAGS)";
const FULL: &str = "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)";
const BODY: &str = "(UID BODY.PEEK[])";

/// Where the server is, and what to do there.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// Its port on loopback.
    pub port: u16,
    /// What to do.
    pub load: Load,
    /// Octets of the answer, for who does not read it.
    pub answer: u64,
}

/// Runs a whole session of a client of Rust, and tells what it found.
pub(crate) fn run(contender: Contender, task: &Task) -> Result<Proof> {
    let form = contender.form;
    match contender.client {
        Client::Ours => ours::run(form, task),
        Client::OursTokio => block_on(ours_tokio::run(form, task)),
        Client::AsyncImap => block_on(async_imap::run(form, task)),
        Client::Imap => imap::run(task),
        Client::ImapNext => block_on(imap_next::run(form, task)),
        Client::IoImap => io_imap::run(form, task),
        Client::Plain => plain::run(form, task),
        Client::Curl | Client::ImapFlow | Client::Imaplib => bail!("no client of Rust"),
    }
}

fn block_on<T>(session: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(session)
}
