//! IMAP servers for the tests: real ones, and that of `imap-testserver`.
//!
//! [`Server::start`] makes a server of one's own, a Dovecot, a Cyrus or the one in memory: a fresh state
//! directory, a certificate from a fresh authority, free ports on the loopback interface. It ends when the value
//! is dropped, and also when the process of the test ends in any other way. [`Server::shared`] is
//! the one that all tests of a process share. [`User::seed`] puts messages into a mailbox, and
//! [`samples`] makes messages whose properties are known.
//!
//! A machine without the servers makes tests fail, with a text that says what to install.
//!
//! ```
//! use std::io::{BufRead, BufReader};
//! use std::net::TcpStream;
//!
//! use imap_interop::{Server, samples};
//!
//! let server = Server::Dovecot.start()?;
//! let user = server.user("readme");
//! user.seed("INBOX", samples(1).take(3).map(|sample| sample.message))?;
//!
//! let mut greeting = String::new();
//! BufReader::new(TcpStream::connect(server.addr())?).read_line(&mut greeting)?;
//! assert!(greeting.starts_with("* OK "));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With `IMAP_INTEROP_KEEP=1` in the environment the state directories stay, and their paths are
//! written to standard error; the one of a Cyrus then has transcripts of all sessions in `conf/log`.

mod account;
mod append;
mod certificate;
mod cyrus;
mod date;
mod dovecot;
mod error;
mod guard;
mod in_memory;
mod instance;
mod maildir;
mod message;
mod ports;
mod program;
mod sample;
mod server;
mod settings;
mod state;
mod token;
mod user;
mod utf7;

pub use certificate::Certificate;
pub use error::StartError;
pub use instance::Instance;
pub use message::{Message, SystemFlag};
pub use sample::{Kind, Person, Sample, samples};
pub use server::Server;
pub use user::User;
