//! What is encoded is read back as the same value, as one message, and encoded alike again.

use std::collections::BTreeSet;

use imap_proto::{Arena, SearchKey};
use proptest::collection::vec;
use proptest::prelude::*;

#[expect(dead_code, reason = "each test uses a part of it")]
mod support;
use support::{Gen, round_trip};

fn decisions() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..600)
}

/// Values from octets that are all different, for a look at what the generator makes.
fn samples<'a, T>(arena: &'a Arena, make: impl Fn(&mut Gen<'a>) -> T) -> Vec<T> {
    let mut state = 1_u32;
    let mut sample = |_| {
        let decisions: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(100)
        .collect();
        make(&mut Gen::new(arena.alloc_bytes(&decisions), arena))
    };
    (0..4000).map(&mut sample).collect()
}

/// The first word of the form that `Debug` gives: the variant.
fn variants<T: std::fmt::Debug>(values: &[T]) -> BTreeSet<String> {
    let variant = |value: &T| {
        let shown = format!("{value:?}");
        shown
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap()
            .to_owned()
    };
    values.iter().map(variant).collect()
}

#[test]
fn ok_the_generator_makes_every_kind() {
    let arena = Arena::new();
    assert_eq!(variants(&samples(&arena, Gen::command)).len(), 76);
    assert_eq!(variants(&samples(&arena, Gen::response)).len(), 40);
    assert_eq!(variants(&samples(&arena, Gen::search_key)).len(), 54);
    assert_eq!(variants(&samples(&arena, Gen::fetch_item)).len(), 24);
    assert_eq!(variants(&samples(&arena, Gen::code)).len(), 61);
    let deep = |key: &SearchKey<'_>| format!("{key:?}").matches('(').count() >= 63;
    assert!(samples(&arena, Gen::search_key).iter().any(deep));
}

proptest! {
    #[test]
    fn ok_command(decisions in decisions()) {
        round_trip::command(&decisions);
    }

    #[test]
    fn ok_command_by_the_book(decisions in decisions()) {
        round_trip::command_by_the_book(&decisions);
    }

    #[test]
    fn ok_response(decisions in decisions()) {
        round_trip::response(&decisions);
    }

    #[test]
    fn ok_response_by_the_book(decisions in decisions()) {
        round_trip::response_by_the_book(&decisions);
    }

    #[test]
    fn ok_greeting(decisions in decisions()) {
        round_trip::greeting(&decisions);
    }
}
