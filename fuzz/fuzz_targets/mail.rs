//! Octets as mail.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| imap_fuzz::mail(octets));
