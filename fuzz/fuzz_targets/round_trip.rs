//! Octets as decisions that make a value.

#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| imap_fuzz::round_trip(octets));
