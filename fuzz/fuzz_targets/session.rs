//! Octets as what a server says.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| imap_fuzz::session(octets));
