//! An in-memory IMAP server for tests, with faults on demand.
//!
//! [`TestServer::start`] gives a server that ends when it is dropped, with one user, `user` with the
//! password `pass`; [`TestServer::builder`] gives others. The server speaks IMAP4rev1 and IMAP4rev2.
//!
//! ```
//! use std::io::{BufRead as _, BufReader, Write as _};
//! use std::net::TcpStream;
//!
//! use imap_testserver::TestServer;
//!
//! let server = TestServer::builder()
//!     .user("ann", "secret")
//!     .message("ann", "INBOX", "Subject: hello\r\n\r\nhow are you?\r\n")
//!     .start()?;
//! let mut stream = BufReader::new(TcpStream::connect(server.address())?);
//! let mut greeting = String::new();
//! stream.read_line(&mut greeting)?;
//! assert!(greeting.starts_with("* OK [CAPABILITY IMAP4rev1 "));
//!
//! let inbox = server.user("ann").unwrap().mailbox("INBOX").unwrap();
//! assert_eq!(inbox.messages()[0].octets(), &b"Subject: hello\r\n\r\nhow are you?\r\n"[..]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod mime;
pub mod search;

mod auth;
mod net;
mod seed;
mod server;
mod session;
mod settings;
mod shared;
mod store;
mod view;

pub use seed::SeedMessage;
pub use server::{Builder, StartError, TestServer};
pub use view::{MailboxView, MessageView, UserView};
