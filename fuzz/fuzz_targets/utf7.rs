//! Octets as the name of a mailbox.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| imap_fuzz::utf7(octets));
