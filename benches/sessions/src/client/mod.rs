//! The clients of Rust, each used as its documentation says: a module and a program for each.

pub mod async_imap;
pub mod imap;
pub mod imap_next;
pub mod io_imap;
pub mod ours;
pub mod ours_tokio;
pub mod plain;

use crate::load::Load;
use anyhow::Result;

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

/// Runs a session of a client of tokio.
fn block_on<T>(session: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(session)
}
