//! Octets as a stream of messages.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| imap_fuzz::framer(octets));
