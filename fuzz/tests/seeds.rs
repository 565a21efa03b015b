//! What holds for any octets holds for the seeds of each target, and for what was found in earlier runs.

use std::panic::catch_unwind;

use imap_fuzz::{TARGETS, seeds};

/// Runs one target over its seeds, cut short in several ways, too.
fn replay(name: &str) {
    let (_, target) = TARGETS.iter().find(|(other, _)| *other == name).unwrap();
    let seeds = seeds(name);
    assert!(!seeds.is_empty());
    for seed in seeds {
        for octets in [&seed[..], &seed[..seed.len() / 2], &seed[seed.len() / 3..]] {
            let outcome = catch_unwind(|| target(octets));
            assert!(outcome.is_ok(), "{name}: {}", octets.escape_ascii());
        }
    }
}

#[test]
fn ok_targets_have_seeds_and_programs() {
    for (name, _) in TARGETS {
        let program = format!("{}/fuzz_targets/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        let program = std::fs::read_to_string(program).unwrap();
        assert!(program.contains(&format!("imap_fuzz::{name}(octets)")));
    }
}

#[test]
fn ok_command() {
    replay("command");
}

#[test]
fn ok_framer() {
    replay("framer");
}

#[test]
fn ok_greeting() {
    replay("greeting");
}

#[test]
fn ok_internal_date() {
    replay("internal_date");
}

#[test]
fn ok_mail() {
    replay("mail");
}

#[test]
fn ok_response() {
    replay("response");
}

#[test]
fn ok_round_trip() {
    replay("round_trip");
}

#[test]
fn ok_session() {
    replay("session");
}

#[test]
fn ok_utf7() {
    replay("utf7");
}
