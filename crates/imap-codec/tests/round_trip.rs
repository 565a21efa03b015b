//! What is encoded is read back as the same value, as one message, and encoded alike again.

use std::collections::BTreeSet;

use imap_codec::{Encode, EncodeOptions, Encoded, Encoder, Framed, Framer, LiteralMode};
use imap_proto::response::Greeting;
use imap_proto::{Arena, Command, Limits, Options, Response, SearchKey};
use proptest::collection::vec;
use proptest::prelude::*;

#[expect(dead_code, reason = "each test uses a part of it")]
mod support;
use support::Gen;

const MODES: [LiteralMode; 4] = [
    LiteralMode::Synchronizing,
    LiteralMode::NonSynchronizingSmall,
    LiteralMode::NonSynchronizing,
    LiteralMode::Response,
];

/// All ways to encode, with line breaks in strings allowed.
fn all_options() -> impl Iterator<Item = EncodeOptions> {
    MODES.into_iter().flat_map(|mode| {
        let options = EncodeOptions::SERVER.with_literals(mode);
        [options, options.with_utf8(true)]
    })
}

fn encode(value: &impl Encode, options: EncodeOptions) -> Encoded {
    let mut out = Encoder::new(options);
    value.encode(&mut out);
    out.finish().unwrap()
}

/// Encodes in all ways, and has `read` give back the value and encode it again.
fn check(
    value: &impl Encode,
    framer: fn(Limits) -> Framer,
    read: impl Fn(&[u8], EncodeOptions) -> Encoded,
) {
    for options in all_options() {
        let encoded = encode(value, options);
        let again = read(encoded.as_bytes(), options);
        assert_eq!(
            again.as_bytes().escape_ascii().to_string(),
            encoded.as_bytes().escape_ascii().to_string()
        );
        assert_eq!(again.pauses(), encoded.pauses());
        assert_eq!(
            encoded.parts().collect::<Vec<_>>().concat(),
            encoded.as_bytes()
        );
        let waits = assert_one_message(framer(Limits::default()), &encoded);
        if options.literals != LiteralMode::Response {
            assert!(waits == 0 || waits == encoded.pauses().len());
        }
    }
}

/// A framer sees one message; that of a server also where the client waits, which is counted.
fn assert_one_message(mut framer: Framer, encoded: &Encoded) -> usize {
    framer.feed(encoded.as_bytes());
    let mut waits = 0;
    loop {
        match framer.poll().unwrap() {
            Some(Framed::Continuation { .. }) => waits += 1,
            Some(Framed::Message(message)) => {
                assert_eq!(message, encoded.as_bytes());
                break;
            }
            other => panic!("{other:?} in {}", encoded.as_bytes().escape_ascii()),
        }
    }
    assert!(framer.is_idle());
    waits
}

fn reading(base: Options, options: EncodeOptions) -> Options {
    base.with_utf8(options.utf8)
}

/// Whether a strict client takes responses that were encoded like this.
fn is_by_the_book(options: EncodeOptions) -> bool {
    options.literals == LiteralMode::Response
}

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
    (0..2000).map(&mut sample).collect()
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
    assert_eq!(variants(&samples(&arena, Gen::command)).len(), 34);
    assert_eq!(variants(&samples(&arena, Gen::response)).len(), 14);
    assert_eq!(variants(&samples(&arena, Gen::search_key)).len(), 53);
    assert_eq!(variants(&samples(&arena, Gen::fetch_item)).len(), 12);
    assert_eq!(variants(&samples(&arena, Gen::code)).len(), 36);
    let deep = |key: &SearchKey<'_>| format!("{key:?}").matches('(').count() >= 63;
    assert!(samples(&arena, Gen::search_key).iter().any(deep));
}

proptest! {
    #[test]
    fn ok_command(decisions in decisions()) {
        let arena = Arena::new();
        let value = Gen::new(&decisions, &arena).tagged();
        check(&value, Framer::server, |bytes, options| {
            let arena = Arena::new();
            let lenient = reading(Options::lenient(), options);
            let read = Command::parse_with(bytes, &arena, &lenient).unwrap();
            assert_eq!(read, value);
            encode(&read, options)
        });
    }

    #[test]
    fn ok_command_by_the_book(decisions in decisions()) {
        let arena = Arena::new();
        let value = Gen::strict(&decisions, &arena).tagged();
        check(&value, Framer::server, |bytes, options| {
            let arena = Arena::new();
            let strict = reading(Options::strict(), options);
            let read = Command::parse_with(bytes, &arena, &strict).unwrap();
            assert_eq!(read, value);
            encode(&read, options)
        });
    }

    #[test]
    fn ok_response(decisions in decisions()) {
        let arena = Arena::new();
        let value = Gen::new(&decisions, &arena).response();
        check(&value, Framer::client, |bytes, options| {
            let arena = Arena::new();
            let lenient = reading(Options::lenient(), options);
            let read = Response::parse_with(bytes, &arena, &lenient).unwrap();
            assert_eq!(read, value);
            encode(&read, options)
        });
    }

    #[test]
    fn ok_response_by_the_book(decisions in decisions()) {
        let arena = Arena::new();
        let value = Gen::strict(&decisions, &arena).response();
        check(&value, Framer::client, |bytes, options| {
            let arena = Arena::new();
            let book = if is_by_the_book(options) { Options::strict() } else { Options::lenient() };
            let read = Response::parse_with(bytes, &arena, &reading(book, options)).unwrap();
            assert_eq!(read, value);
            encode(&read, options)
        });
    }

    #[test]
    fn ok_greeting(decisions in decisions()) {
        let arena = Arena::new();
        let value = Gen::new(&decisions, &arena).greeting();
        check(&value, Framer::client, |bytes, options| {
            let arena = Arena::new();
            let lenient = reading(Options::lenient(), options);
            let read = Greeting::parse_with(bytes, &arena, &lenient).unwrap();
            assert_eq!(read, value);
            encode(&read, options)
        });
    }
}
