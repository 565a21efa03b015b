//! An in-memory IMAP server for tests, with faults on demand.

pub mod mime;
pub mod search;
