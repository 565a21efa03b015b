//! Clients that nobody here wrote, at work with the test server.
//!
//! Each runs as a program with a home folder of its own and with a time limit. Its scripts and
//! configuration are the files beside its module. A client that is not installed makes its test fail,
//! and the test says what to install.

mod curl;
mod imapflow;
mod imaplib;
mod maildir;
mod mbsync;
mod mutt;
mod offlineimap;
mod scene;
